# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class EbsLoanLost(models.TransientModel):
    """Asks the desk what becomes of the deposit of a loan that will not come back."""

    _name = "ebs.loan.lost"
    _description = "Close a Loan as Lost"

    exchange_id = fields.Many2one(
        "ebs.exchange",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    deposit_kind = fields.Selection(related="exchange_id.deposit_kind")
    currency_id = fields.Many2one(related="exchange_id.currency_id")
    decision = fields.Selection(
        [("give_back", "Is given back"), ("keep", "Is kept after the days of notice")],
        "The Deposit",
        required=True,
        default="give_back",
    )
    amount = fields.Monetary(
        "Kept",
        compute="_compute_amount",
        store=True,
        readonly=False,
    )
    reason = fields.Text()

    @api.depends("exchange_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.exchange_id.deposit_amount

    def action_confirm(self):
        """Close the loan with that decision."""
        self.exchange_id.action_close_lost(
            self.decision,
            self.reason or "",
            self.amount if self.decision == "keep" else None,
        )
