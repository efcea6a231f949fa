# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsListingReject(models.TransientModel):
    """Asks a moderator for the reason, which the member is told."""

    _name = "ebs.listing.reject"
    _description = "Reject a Listing"

    reason = fields.Text(required=True)

    def action_confirm(self):
        """Reject the listings chosen."""
        listings = self.env["ebs.listing"].browse(
            self.env.context.get("active_ids", [])
        )
        listings.action_reject(self.reason)
