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
        ]
