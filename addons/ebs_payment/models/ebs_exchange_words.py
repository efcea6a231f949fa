# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_loans.utils import format_day, format_period
from odoo.tools import format_amount


class EbsExchange(models.Model):
    """Where a loan with a card is, and what each party must do now, in words."""

    _inherit = "ebs.exchange"

    def _get_deposit_words(self, env):
        if self.deposit_id.kind != "card":
            return super()._get_deposit_words(env)
        deposit = self.deposit_id
        amount = format_amount(
            env, deposit.amount, deposit.currency_id, env.lang or "en_US"
        )
        return env._("%(amount)s held on a card", amount=amount)

    def _get_card_words(self, amount):
        """The deposit by card and what became of it, for its two parties."""
        loan = self.sudo()
        deposit = loan.deposit_id
        words = {"amount": amount}
        if deposit.state == "kept":
            words["kept"] = format_amount(
                self.env, deposit.kept_amount, deposit.currency_id
            )
            return self.env._("%(amount)s on a card (%(kept)s kept)", **words)
        if deposit.state == "returned":
            return self.env._("%(amount)s on a card (let go)", **words)
        if deposit.card_state == "authorised":
            words["day"] = format_day(
                self.env, loan.company_id._ebs_local(deposit.held_until).date()
            )
            return self.env._("%(amount)s held on a card until %(day)s", **words)
        if deposit.card_state == "lapsed":
            return self.env._("%(amount)s on a card (not held any more)", **words)
        return self.env._("%(amount)s, held on a card", **words)

    def _get_accepted_step(self, loan, side):
        if loan.deposit_id.kind != "card":
            return super()._get_accepted_step(loan, side)
        words = {
            "period": format_period(self.env, loan.day_start, loan.day_end),
            "day": format_day(self.env, loan.day_start),
            "card_day": format_day(self.env, loan._get_card_day()),
            "deposit": loan._get_deposit_words(self.env),
            "asker": loan.asker_name,
        }
        ready = loan.deposit_id._is_authorised()
        if side == "asker" and ready:
            return self.env._(
                "Agreed %(period)s, and your card is ready. Fetch it on %(day)s.",
                **words,
            )
        if side == "asker" and self._can_card_now():
            return self.env._(
                "Agreed %(period)s. Have the deposit held on your card, then fetch it "
                "on %(day)s.",
                **words,
            )
        if side == "asker":
            return self.env._(
                "Agreed %(period)s. Come back here from %(card_day)s on, to have the "
                "deposit held on your card (%(deposit)s).",
                **words,
            )
        if ready:
            return self.env._(
                "Agreed %(period)s. The card of %(asker)s is ready: hand it over and "
                "note it here.",
                **words,
            )
        return self.env._(
            "Agreed %(period)s. Hand it over once the card of %(asker)s is ready; you "
            "will read it here.",
            **words,
        )

    def _get_returned_step(self, loan, side):
        if loan.deposit_id.kind != "card" or loan.deposit_id.settles_at:
            return super()._get_returned_step(loan, side)
        words = {
            "deposit": loan._get_deposit_words(self.env),
            "owner": loan.owner_name,
            "asker": loan.asker_name,
        }
        if side == "asker":
            return self.env._(
                "It is back. %(owner)s has still to let go of your card: %(deposit)s.",
                **words,
            )
        return self.env._(
            "It is back. If all is well, let go of the card of %(asker)s "
            "(%(deposit)s).",
            **words,
        )

    def _get_deposit_clause(self, words):
        """What the contract says of a card."""
        if self.deposit_kind != "card":
            return super()._get_deposit_clause(words)
        return self.env._(
            "%(amount)s held on a card of the borrower, and not taken. Where the loan "
            "outlasts what a bank allows, the amount is held anew, always once. It is "
            "let go once the thing is back in order.",
            **words,
        )
