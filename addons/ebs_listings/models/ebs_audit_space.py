# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold of the favourites and the alerts of members."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            (
                "favourite %(id)s is of a listing of another platform",
                SQL(
                    """SELECT f.id FROM ebs_favourite f
                    JOIN ebs_listing l ON l.id = f.listing_id
                    JOIN ebs_member m ON m.id = f.member_id
                    WHERE l.company_id != m.company_id
                    OR f.company_id != m.company_id"""
                ),
            ),
            (
                "favourite %(id)s is of the member's own listing",
                SQL(
                    """SELECT f.id FROM ebs_favourite f
                    JOIN ebs_listing l ON l.id = f.listing_id
                    WHERE l.member_id = f.member_id"""
                ),
            ),
            (
                "member %(member_id)s has %(number)s alerts, too many",
                SQL(
                    """SELECT member_id, count(*) AS number FROM ebs_alert
                    GROUP BY member_id HAVING count(*) > 10"""
                ),
            ),
            (
                "alert %(id)s is of another platform than its member",
                SQL(
                    """SELECT a.id FROM ebs_alert a
                    JOIN ebs_member m ON m.id = a.member_id
                    WHERE a.company_id != m.company_id"""
                ),
            ),
        ]
