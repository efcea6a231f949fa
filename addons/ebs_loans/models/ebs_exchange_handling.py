# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base import clock
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class EbsExchange(models.Model):
    """Hand-over and return: what really happens to the copy."""

    _inherit = "ebs.exchange"

    def action_hand_over(self, deposit_received=False, report=None):
        """Note that the borrower has it; with a deposit, that it was received.

        `report` is what `action_report_condition` takes.
        """
        loan = self._check_action("hand_over")
        loan._check_deposit(deposit_received)
        self._note_condition("hand_over", report)
        moment = clock.now()
        loan._set_state(("accepted",), "ongoing", {"handed_over_at": moment})
        loan._hand_over_copy(moment)
        loan.deposit_id._receive()
        loan._plan_reminder()
        self._tell_loan(
            "ebs_loans.mail_handed_over",
            _lt("Handed over: “%(title)s”", title=loan.title),
        )
        loan._tell_guarantor(
            "handed_over", _lt("Handed over: “%(title)s”", title=loan.title)
        )

    def action_return(self, report=None):
        """Note that it is back; without a deposit to give back, the loan is done.

        `report` is what `action_report_condition` takes.
        """
        loan = self._check_action("return")
        self._note_condition("return", report)
        moment = clock.now()
        loan._set_state(("ongoing",), "returned", {"returned_at": moment})
        loan.booking_ids._end(moment)
        loan.reminder_ids._cancel()
        if loan.deposit_id.state != "held":
            loan._finish(("returned",))
        self._tell_loan(
            "ebs_loans.mail_returned", _lt("It is back: “%(title)s”", title=loan.title)
        )
        loan._tell_guarantor(
            "returned", _lt("It is back: “%(title)s”", title=loan.title)
        )
