# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import LazyTranslate, format_amount

from .ebs_exchange import SETTLING_STATES

_lt = LazyTranslate(__name__)

MOVED_STATES = ("returned", "kept")


class EbsDispute(models.Model):
    """The outcome of a case moves the deposit of the loan."""

    _inherit = "ebs.dispute"

    deposit_words = fields.Char(
        string="Deposit", compute="_compute_deposit_words", compute_sudo=True
    )

    @api.depends_context("lang")
    @api.depends("exchange_id.deposit_ids.state", "exchange_id.deposit_ids.kept_amount")
    def _compute_deposit_words(self):
        """Say how much it is and where it is, for the mediator."""
        for dispute in self:
            deposit = dispute.exchange_id.deposit_id
            states = dict(deposit._fields["state"]._description_selection(self.env))
            dispute.deposit_words = deposit and self.env._(
                "%(deposit)s: %(state)s",
                deposit=dispute.exchange_id._get_deposit_words(self.env),
                state=states[deposit.state],
            )

    def _get_outcomes(self):
        """A deposit that is held may be kept in part; given back, once all is back."""
        outcomes = super()._get_outcomes()
        if self.exchange_id.deposit_id.state != "held":
            return outcomes
        if self.exchange_id.state in SETTLING_STATES:
            return ["release", "keep", *outcomes]
        return ["keep", *outcomes]

    def _get_outcome_hint(self):
        if self._get_moved_deposit():
            return self._get_moved_refusal()
        if self._get_outcomes()[0] == "keep":
            return self._get_not_back_refusal()
        return super()._get_outcome_hint()

    def _get_outcome_refusal(self, outcome, amount):
        """Say why the deposit cannot be moved like that."""
        deposit = self.exchange_id.deposit_id
        if outcome not in ("release", "keep") or not deposit:
            return super()._get_outcome_refusal(outcome, amount)
        if deposit.state in MOVED_STATES:
            return self._get_moved_refusal()
        if deposit.state != "held":
            return self.env._(
                "The deposit was not received yet: there is none to move."
            )
        if outcome not in self._get_outcomes():
            return self._get_not_back_refusal()
        if outcome == "keep" and amount > deposit.amount:
            return self.env._(
                "The deposit is %(amount)s: no more than that can be kept.",
                amount=format_amount(self.env, deposit.amount, deposit.currency_id),
            )
        return None

    def _get_moved_refusal(self):
        return self.env._(
            "The deposit has been moved already, and cannot be moved once more: only"
            " what they agree on between them is left."
        )

    def _get_not_back_refusal(self):
        return self.env._(
            "The thing is not back: before the deposit is given back, the desk or the"
            " owner notes its return."
        )

    def _get_moved_deposit(self):
        state = self.exchange_id.deposit_id.state
        return state if state in MOVED_STATES else super()._get_moved_deposit()

    def _apply_outcome(self):
        """Move the deposit; with it, a loan that is back, or lost, is done.

        When nobody is at fault nothing is kept: what can be given back is. What the
        owner had announced to keep is over with any outcome.
        """
        super()._apply_outcome()
        loan = self.exchange_id
        deposit = loan.deposit_id
        if deposit.state != "held":
            return
        is_over = loan.state in SETTLING_STATES
        if self.outcome == "keep":
            deposit._keep(self.outcome_amount, self.outcome_text)
        elif self.outcome == "release" or (self.outcome == "no_fault" and is_over):
            deposit._give_back()
        else:
            if deposit.announced_at:
                deposit._forget_announcement()
                loan._tell_guarantor(
                    "over",
                    _lt("You do not owe anything: “%(title)s”", title=loan.title),
                )
            return
        if is_over:
            loan._finish(SETTLING_STATES)
