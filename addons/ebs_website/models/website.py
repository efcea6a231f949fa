# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..const import SOURCE_PAGE


class Website(models.Model):
    """A site of a platform, when its company is one."""

    _inherit = "website"

    def _ebs_company(self):
        """The platform behind this site, as superuser, or an empty recordset."""
        self.ensure_one()
        company = self.env["res.company"].sudo().browse(self._get_cached("company_id"))
        return company if company.is_ebs_platform else company.browse()

    def _ebs_source_url(self):
        """Where the source code of what runs here is offered (AGPL, section 13)."""
        return SOURCE_PAGE
