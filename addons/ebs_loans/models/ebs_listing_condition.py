# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class EbsListing(models.Model):
    """Whether a loan of the thing wants condition reports."""

    _inherit = "ebs.listing"

    def _is_condition_required(self):
        """Whether the platform or the category wants them."""
        listing = self.sudo()
        return (
            listing.company_id.ebs_condition_required
            or listing.category_id._is_condition_required()
        )
