# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsConsent(models.Model):
    """A member's acceptance of one version of the terms."""

    _name = "ebs.consent"
    _description = "Consent"
    _inherit = ["ebs.base.mixin"]
    _order = "accepted_at desc, id desc"
    _rec_name = "terms_id"
    _check_company_auto = True

    member_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="member_id.company_id", store=True, index=True, precompute=True
    )
    terms_id = fields.Many2one(
        "ebs.terms",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    accepted_at = fields.Datetime(required=True, readonly=True)

    _once = models.UniqueIndex(
        "(member_id, terms_id)", "These terms are accepted already."
    )
