# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..utils import format_period

_lt = LazyTranslate(__name__)


class EbsExchange(models.Model):
    """Hand-over and return: what really happens to the copy and the deposit."""

    _inherit = "ebs.exchange"

    def action_hand_over(self, deposit_received=False):
        """Note that the borrower has it; with a deposit, that it was received."""
        loan = self._check_action("hand_over")
        deposit = loan.deposit_id
        if deposit and deposit_received is not True:
            raise UserError(
                self.env._("Note the deposit before you hand the thing over.")
            )
        moment = clock.now()
        loan._set_state(("accepted",), "ongoing", {"handed_over_at": moment})
        loan._hand_over_copy(moment)
        deposit._receive()
        loan._plan_reminder()
        self._tell_loan(
            "ebs_loans.mail_handed_over",
            _lt("Handed over: “%(title)s”", title=loan.title),
        )

    def _hand_over_copy(self, moment):
        """Hand over the promised copy, or another one when that one is not there.

        Before the first day the copy is taken from now on.
        """
        booking = self.booking_ids
        start = min(booking.date_start, moment)
        promised = booking.copy_id
        others = self.listing_id._get_free_copies(start, booking.date_end)
        for copy in promised | others:
            values = {"date_start": start, "handed_over_at": moment}
            if copy != promised:
                values["copy_id"] = copy.id
            if self._try_booking(booking.write, values):
                self.copy_id = copy
                return
        if promised.booking_ids.filtered(lambda other: other._is_out()):
            raise UserError(
                self.env._(
                    "The copy has not come back yet: note its return first, "
                    "on the loan before this one."
                )
            )
        raise UserError(
            self.env._(
                "It is promised to somebody else until then. Hand it over %(period)s.",
                period=format_period(self.env, self.day_start, self.day_start),
            )
        )

    def action_return(self):
        """Note that it is back; without a deposit to give back, the loan is done."""
        loan = self._check_action("return")
        moment = clock.now()
        loan._set_state(("ongoing",), "returned", {"returned_at": moment})
        loan.booking_ids._end(moment)
        loan.reminder_ids._cancel()
        if loan.deposit_id.state != "held":
            loan._finish(("returned",))
        self._tell_loan(
            "ebs_loans.mail_returned", _lt("It is back: “%(title)s”", title=loan.title)
        )

    def action_return_deposit(self):
        """Note that the deposit is back with the borrower: the loan is done."""
        loan = self._check_action("return_deposit")
        loan._finish(("returned",))
        loan.deposit_id._give_back()
        self._tell_loan(
            "ebs_loans.mail_deposit_returned",
            _lt("Deposit given back: “%(title)s”", title=loan.title),
        )
