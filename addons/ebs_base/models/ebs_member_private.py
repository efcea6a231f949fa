# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class EbsMemberPrivate(models.Model):
    """What only the member and staff may read."""

    _name = "ebs.member.private"
    _description = "Private Data of a Member"
    _inherit = ["ebs.base.mixin"]
    _rec_name = "civil_name"
    _check_company_auto = True

    member_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="member_id.company_id", store=True, index=True, precompute=True
    )
    civil_name = fields.Char()
    email = fields.Char(string="E-mail")
    phone = fields.Char()
    email_confirmed_at = fields.Datetime(
        string="E-mail Confirmed on", readonly=True, copy=False
    )
    confirmation_sent_at = fields.Datetime(
        string="Last Confirmation Sent on", readonly=True, copy=False
    )

    _one_each = models.UniqueIndex(
        "(member_id)", "This member already has private data."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Keep phone numbers in one international form."""
        privates = super().create(vals_list)
        privates.filtered("phone")._normalize_phone()
        return privates

    def write(self, vals):
        """Keep phone numbers in one international form."""
        res = super().write(vals)
        if vals.get("phone"):
            self._normalize_phone()
        return res

    def _normalize_phone(self):
        for private in self:
            number = private._format_phone(private.phone)
            if number != private.phone:
                private.phone = number

    def _format_phone(self, number):
        """Return a number in its international form, or raise a sentence."""
        return self._phone_format(
            number=number, country=self.company_id.country_id, raise_exception=True
        )
