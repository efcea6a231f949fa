# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import formataddr


class MailMail(models.Model):
    """A mail about an exchange is answered there, and stands with the others of it."""

    _inherit = "mail.mail"

    ebs_exchange_id = fields.Many2one(
        "ebs.exchange",
        string="About the Exchange",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    ebs_answer_side = fields.Selection(
        [("owner", "Owner"), ("asker", "Asker")],
        string="Answered by the Side",
        readonly=True,
    )

    def _ebs_get_addresses(self, company):
        """Send answers to the conversation, where the words are for the other one."""
        values = super()._ebs_get_addresses(company)
        exchange = self.ebs_exchange_id
        domain_sudo = company._ebs_get_mail_domain()
        if not exchange or not domain_sudo:
            return values
        # Mail programs put what bears the same mark together.
        values["references"] = f"<exchange-{exchange.id}@{domain_sudo.name}>"
        if side := self.ebs_answer_side:
            other = exchange._get_party_name(exchange._get_other_side(side))
            address = exchange._get_reply_address(side, self.ebs_user_id)
            values["reply_to"] = formataddr((f"{other} ({company.name})", address))
        return values
