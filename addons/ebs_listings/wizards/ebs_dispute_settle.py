# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..models.ebs_dispute import OUTCOMES


class EbsDisputeSettle(models.TransientModel):
    """Asks a mediator for the outcome, which both members are told."""

    _name = "ebs.dispute.settle"
    _description = "Settle a Mediation Case"

    dispute_id = fields.Many2one(
        "ebs.dispute",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    outcome = fields.Selection(OUTCOMES, required=True)
    amount = fields.Monetary()
    currency_id = fields.Many2one(related="dispute_id.currency_id")
    text = fields.Text(string="Why", required=True)
    hint = fields.Char(compute="_compute_hint")

    @api.depends("dispute_id")
    def _compute_hint(self):
        for wizard in self:
            # As superuser: a deposit is shown to a mediator of its case alone.
            readable = wizard.dispute_id._filtered_access("read")
            wizard.hint = readable and readable.sudo()._get_outcome_hint()

    def action_confirm(self):
        """Settle the case."""
        self.dispute_id.action_settle(self.outcome, self.text, self.amount)
