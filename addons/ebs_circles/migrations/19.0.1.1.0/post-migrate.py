# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Circles by invitation were secret: they stay so. Members get their counter."""


def migrate(cr, version):
    """Set what new columns cannot know by their defaults."""
    cr.execute("UPDATE ebs_circle SET is_listed = FALSE WHERE join_mode = 'invitation'")
    cr.execute(
        """UPDATE ebs_circle_member SET answer = NULL
        WHERE state = 'active' AND answer IS NOT NULL"""
    )
    # A closed circle keeps nobody: see `ebs.circle.action_close`.
    cr.execute(
        """UPDATE ebs_circle_member m SET state = 'left', role = 'member'
        FROM ebs_circle c WHERE c.id = m.circle_id AND NOT c.active
            AND m.state IN ('applied', 'invited', 'active')"""
    )
    cr.execute(
        """UPDATE ebs_circle SET member_count = 0, organiser_count = 0
        WHERE NOT active"""
    )
    cr.execute(
        """UPDATE ebs_member p SET circle_count = c.count FROM (
            SELECT member_id, count(*) FROM ebs_circle_member
            WHERE state = 'active' GROUP BY member_id
        ) c WHERE c.member_id = p.id"""
    )
