# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResCompany(models.Model):
    """A platform's sites open and close with it."""

    _inherit = "res.company"

    def write(self, vals):
        """Open the sites of a company that becomes a platform, close when it ends."""
        result = super().write(vals)
        if "is_ebs_platform" in vals:
            websites = self.env["website"].sudo()
            websites.search([("company_id", "in", self.ids)])._ebs_follow_company()
        return result
