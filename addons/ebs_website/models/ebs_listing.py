# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class EbsListing(models.Model):
    """The way from the back office to the pages of a listing."""

    _inherit = "ebs.listing"

    def action_print_labels(self):
        """Open the sheet of labels of its copies, to print it."""
        self._check_readable()
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/listings/{self.id}/labels",
            "target": "new",
        }
