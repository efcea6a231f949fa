# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold between listings, their feeds and their outside calendars."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            (
                "listing %(id)s is closed by an outside calendar that it has not",
                SQL(
                    """SELECT DISTINCT a.listing_id AS id FROM ebs_availability a
                    WHERE a.is_outside AND NOT EXISTS (
                        SELECT FROM ebs_outside_calendar c
                        WHERE c.listing_id = a.listing_id AND c.url IS NOT NULL)"""
                ),
            ),
            (
                "outside calendar %(id)s is read and says nothing of how far",
                SQL(
                    """SELECT id FROM ebs_outside_calendar
                    WHERE read_at IS NOT NULL AND read_until IS NULL"""
                ),
            ),
            (
                "feed %(id)s is for the listing of another member",
                SQL(
                    """SELECT f.id FROM ebs_feed f
                    JOIN ebs_listing l ON l.id = f.listing_id
                    WHERE f.member_id != l.member_id"""
                ),
            ),
        ]
