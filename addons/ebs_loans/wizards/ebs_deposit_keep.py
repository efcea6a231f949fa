# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsDepositKeep(models.TransientModel):
    """Asks the desk what is kept of a deposit and why; the borrower is told."""

    _name = "ebs.deposit.keep"
    _description = "Keep a Part of a Deposit"

    amount = fields.Float("Amount Kept", required=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Announce it to the borrower of the loan chosen."""
        loan = self.env["ebs.exchange"].browse(self.env.context.get("active_id", 0))
        loan.action_announce_keep(self.amount, self.reason)
