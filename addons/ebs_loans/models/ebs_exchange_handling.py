# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

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
