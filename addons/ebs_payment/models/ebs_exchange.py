# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..const import DAYS_BEFORE, LATE_DAYS

_lt = LazyTranslate(__name__)


class EbsExchange(models.Model):
    """A loan whose deposit is held on the borrower's card."""

    _inherit = "ebs.exchange"

    deposit_kind = fields.Selection(
        selection_add=[("card", "Card")], ondelete={"card": "set default"}
    )

    # === AGREEING AND HANDING OVER === #

    def _check_deposit(self, is_received):
        """An authorisation says itself that it is there, and nobody else does."""
        if self.deposit_id.kind == "card":
            self.deposit_id._check_authorised()
            return None
        return super()._check_deposit(is_received)

    def _agree_on_deposit(self):
        if self.deposit_kind == "card":
            self.listing_id._check_cards_taken()
        return super()._agree_on_deposit()

    # === THE BORROWER'S CARD === #

    def _get_card_deposit(self):
        """Return the deposit that the user may put on a card now, or refuse.

        With all rights: the user is the borrower, the loan is agreed, its owner is
        the operator.
        """
        self._check_readable()
        if self._get_my_side() != "asker":
            raise UserError(self.env._("Only the borrower puts the deposit on a card."))
        loan = self.sudo()
        self.env["ebs.member"]._acting(loan.company_id, loan.asker_id.id)
        deposit = loan.deposit_id
        if deposit.kind != "card" or loan.state != "accepted":
            raise UserError(
                self.env._("This is not possible, or not any more: look where it is.")
            )
        if deposit._is_authorised():
            raise UserError(
                self.env._("Your card is authorised already: nothing is left to do.")
            )
        if loan.company_id._ebs_today() < loan._get_card_day():
            raise UserError(
                self.env._(
                    "It is too early: an authorisation does not last. Come back the "
                    "day before the loan begins."
                )
            )
        deposit._check_operator()
        return deposit

    def _get_card_day(self):
        """The first day on which the card may be authorised."""
        return self.day_start - timedelta(days=DAYS_BEFORE)

    def _outlasts_hold(self):
        """Whether one authorisation may end before the thing is back."""
        self.ensure_one()
        days = (self.day_end - self._get_card_day()).days + LATE_DAYS
        return days >= self.company_id.ebs_hold_days

    def _can_card_now(self):
        """Whether the user has a card to authorise, by the page's button."""
        loan = self.sudo()
        return (
            loan.state == "accepted"
            and loan.deposit_id.kind == "card"
            and self._get_my_side() == "asker"
            and not loan.deposit_id._is_authorised()
            and loan.company_id._ebs_today() >= loan._get_card_day()
        )

    def _tell_card(self, sides, template, subject):
        """Queue a mail about the card to the parties named."""
        for side in sides:
            self._tell(
                side,
                template,
                subject,
                {"exchange": self, "deposit": self.deposit_id, "now": clock.now()},
            )
