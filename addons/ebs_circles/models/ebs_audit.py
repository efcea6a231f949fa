# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold of circles."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            (
                "circle %(id)s counts %(member_count)s members and"
                " %(organiser_count)s organisers, but has %(members)s and"
                " %(organisers)s",
                SQL(
                    """SELECT c.id, c.member_count, c.organiser_count,
                        count(m.id) AS members,
                        count(m.id) FILTER (WHERE m.role = 'organiser') AS organisers
                    FROM ebs_circle c
                    LEFT JOIN ebs_circle_member m
                        ON m.circle_id = c.id AND m.state = 'active'
                    GROUP BY c.id
                    HAVING count(m.id) != c.member_count
                        OR count(m.id) FILTER (WHERE m.role = 'organiser')
                            != c.organiser_count"""
                ),
            ),
            (
                "membership %(id)s joins a circle and a member of two platforms",
                SQL(
                    """SELECT m.id FROM ebs_circle_member m
                    JOIN ebs_circle c ON c.id = m.circle_id
                    JOIN ebs_member p ON p.id = m.member_id
                    WHERE c.company_id IS DISTINCT FROM p.company_id
                        OR c.company_id IS DISTINCT FROM m.company_id"""
                ),
            ),
            (
                "membership %(id)s is active without a date of joining",
                SQL(
                    """SELECT id FROM ebs_circle_member
                    WHERE state = 'active' AND joined_at IS NULL"""
                ),
            ),
            (
                "member %(id)s counts %(circle_count)s circles, but is in %(circles)s",
                SQL(
                    """SELECT p.id, p.circle_count, count(m.id) AS circles
                    FROM ebs_member p
                    LEFT JOIN ebs_circle_member m
                        ON m.member_id = p.id AND m.state = 'active'
                    GROUP BY p.id HAVING count(m.id) != p.circle_count"""
                ),
            ),
            (
                "circle %(id)s is closed, but membership %(membership_id)s is not",
                SQL(
                    """SELECT c.id, m.id AS membership_id FROM ebs_circle c
                    JOIN ebs_circle_member m ON m.circle_id = c.id
                    WHERE NOT c.active
                        AND m.state IN ('applied', 'invited', 'active')"""
                ),
            ),
            (
                "invitation %(id)s for one address is used, but not once",
                SQL(
                    """SELECT id FROM ebs_circle_invitation
                    WHERE NOT is_link AND (state = 'used') != (use_count = 1)"""
                ),
            ),
            (
                "%(kind)s %(id)s belongs to the circle and a member of two platforms",
                SQL(
                    """SELECT 'invitation' AS kind, i.id FROM ebs_circle_invitation i
                    JOIN ebs_member m ON m.id = i.member_id
                    WHERE m.company_id IS DISTINCT FROM i.company_id
                    UNION ALL
                    SELECT 'announcement', a.id FROM ebs_announcement a
                    JOIN ebs_member m ON m.id = a.member_id
                    WHERE m.company_id IS DISTINCT FROM a.company_id"""
                ),
            ),
        ]
