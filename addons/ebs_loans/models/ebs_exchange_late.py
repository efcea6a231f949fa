# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

REMINDER_HOUR = 10
# The day before the last day, then so many days after it.
RETURN_DAY = -1
LATE_DAYS = (1, 3, 7)
# Who comes next within so many days is told that it is late.
TOLD_AHEAD_DAYS = 7
REASON_LENGTH = 500


class EbsExchange(models.Model):
    """What is late: who is reminded and told, and how it ends when it is lost."""

    _inherit = "ebs.exchange"

    lost_at = fields.Datetime("Closed as Lost on", readonly=True, copy=False)

    is_lost = fields.Boolean("May Be Closed as Lost", compute="_compute_is_lost")

    @api.depends("state", "date_end")
    def _compute_is_lost(self):
        """Late for so long that it may be closed."""
        now = clock.now()
        for loan in self:
            lost_after = timedelta(days=loan.company_id.sudo().ebs_lost_days)
            loan.is_lost = loan.state == "ongoing" and loan.date_end + lost_after <= now

    # === REMINDERS === #

    def _plan_reminder(self):
        """Owe the borrower a word the day before the last day, and when it is late."""
        self._owe_reminder("return", RETURN_DAY)
        for days in LATE_DAYS:
            self._owe_reminder("late", days)

    def _owe_reminder(self, kind, days):
        """Owe one message, if its moment is ahead; what was called off is owed anew."""
        day = self.day_end + timedelta(days=days)
        due_at = self.company_id._ebs_to_utc(day, REMINDER_HOUR)
        if due_at < clock.now():
            return
        planned = self.reminder_ids.filtered(
            lambda one: one.kind == kind and one.due_at == due_at
        )
        if planned:
            planned._set_state(("cancelled",), "waiting")
            return
        self.env["ebs.reminder"].create(
            {
                "exchange_id": self.id,
                "member_id": self.asker_id.id,
                "kind": kind,
                "due_at": due_at,
            }
        )

    def _tell_late(self):
        """Tell the owner, who waits for it, and who is to have it next."""
        self._tell(
            "owner",
            "ebs_loans.mail_late_owner",
            _lt("Late: “%(title)s”", title=self.title),
            {"exchange": self},
        )
        subject = _lt("It is not back yet: “%(title)s”", title=self.title)
        self._tell_guarantor("late", subject)
        values = {"title": self.title, "listing": self.listing_id}
        self.listing_id._get_line(("waiting",)).member_id._notify(
            "ebs_loans.mail_late_waiting", subject, values
        )
        for following in self._get_following():
            following._tell(
                "asker", "ebs_loans.mail_late_next", subject, {"exchange": following}
            )

    def _get_following(self):
        """Return the loans that are to take these copies within some days."""
        until = clock.now() + timedelta(days=TOLD_AHEAD_DAYS)
        domain = (
            Domain("copy_id", "in", self.booking_ids.copy_id.ids)
            & Domain("exchange_id.state", "=", "accepted")
            & Domain("date_start", ">=", self.date_end)
            & Domain("date_start", "<=", until)
        )
        return self.env["ebs.booking"].search(domain).exchange_id

    # === LOST === #

    def action_close_lost(self, decision="give_back", reason="", amount=None):
        """Close a loan whose thing will not come back; say what the deposit does.

        `decision` is "keep" (all of it, or `amount`), with a reason that the
        borrower reads, or "give_back". What is kept is announced, and kept after the
        days of notice as any other part of a deposit.
        """
        loan = self._check_action("close_lost")
        reason = to_text(reason, REASON_LENGTH)
        deposit = loan.deposit_id.filtered(lambda one: one.state == "held")
        if decision not in ("keep", "give_back"):
            raise UserError(self.env._("Say whether the deposit is kept."))
        is_kept = deposit and decision == "keep"
        if is_kept:
            amount = deposit.amount if amount in (None, "", False) else amount
            amount, reason = loan._read_kept(amount, reason)
        moment = clock.now()
        loan.booking_ids.copy_id._take_out("lost", reason)
        loan._set_state(
            ("ongoing",),
            "lost",
            {
                "lost_at": moment,
                "ended_reason": reason or self.env._("It did not come back."),
            },
        )
        loan.booking_ids._end(moment)
        loan.reminder_ids._cancel()
        if is_kept:
            loan._announce_keep(amount, reason)
        else:
            loan._finish(("lost",))
            deposit._give_back()
        self._tell_loan(
            "ebs_loans.mail_lost",
            _lt("Closed as lost: “%(title)s”", title=loan.title),
        )

    def _get_stopped_actions(self):
        """The outcome of a case says what becomes of the deposit."""
        return (*super()._get_stopped_actions(), "close_lost")

    def _get_actions(self):
        """Closing as lost is the last resort of the owner's side and the desk."""
        actions = super()._get_actions()
        loan = self.sudo()
        if not loan._is_loan() or not loan.is_lost or loan._has_open_dispute():
            return actions
        if self._get_my_side() == "owner" or self._is_desk():
            actions = [*actions, "close_lost"]
        return actions
