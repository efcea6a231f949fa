# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import formataddr


class EbsMember(models.Model):
    """A mail about an exchange is answered there, and stands with the others of it."""

    _inherit = "ebs.member"

    @api.model
    def _get_mail_marks(self, company, user, values):
        """Send answers to the conversation, where the words are for the other one."""
        marks = super()._get_mail_marks(company, user, values)
        exchange_id = values.get("exchange_id")
        domain_sudo = company._ebs_get_mail_domain()
        if not exchange_id or not domain_sudo:
            return marks
        # Mail programs put what bears the same mark together.
        marks["references"] = f"<exchange-{exchange_id}@{domain_sudo.name}>"
        if values.get("is_answered"):
            exchange = self.env["ebs.exchange"].sudo().browse(exchange_id)
            address = exchange._get_reply_address(values["side"], user)
            name = f"{values['other_name']} ({company.name})"
            marks["reply_to"] = formataddr((name, address))
        return marks
