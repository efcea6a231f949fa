# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .. import clock


class EbsTerms(models.Model):
    """One version of the terms that members accept."""

    _name = "ebs.terms"
    _description = "Terms of Use"
    _inherit = ["ebs.base.mixin"]
    _order = "company_id, version desc"
    _rec_name = "version"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="Platform",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    version = fields.Integer(required=True, default=1)
    body = fields.Html(string="Text", required=True)
    published_on = fields.Date(string="In Force Since")

    _version_unique = models.UniqueIndex(
        "(company_id, version)", "There is already a version of this number."
    )

    @api.model
    def _get_current(self, company):
        """Return the terms in force on a platform, or none."""
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("published_on", "<=", company._ebs_today()),
            ],
            order="version desc",
            limit=1,
        )

    @api.model
    def _create_first(self, companies):
        """Write the first version, from the template, where there is none."""
        known = self._read_group([("company_id", "in", companies.ids)], ["company_id"])
        known = self.env["res.company"].union(*(company for (company,) in known))
        return self.create(
            [
                {
                    "company_id": company.id,
                    "version": 1,
                    "body": self._render_first(company),
                    "published_on": clock.now().date(),
                }
                for company in companies - known
            ]
        )

    @api.model
    def _render_first(self, company):
        lang = company.partner_id.lang or self.env.lang
        return (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "ebs_base.terms_template", {"company": company}, minimal_qcontext=True
            )
        )
