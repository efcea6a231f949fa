# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate, format_amount, mute_logger

from ..utils import ONE_DAY, format_day, format_period

_lt = LazyTranslate(__name__)

REMINDER_HOUR = 10


class EbsExchange(models.Model):
    """A loan or rental: days, a copy, a deposit, hand-over and return."""

    _inherit = "ebs.exchange"

    state = fields.Selection(
        selection_add=[
            ("ongoing", "Handed over"),
            ("returned", "Returned"),
            ("done",),
        ],
        ondelete={"ongoing": "cascade", "returned": "cascade"},
        group_expand="_expand_states",
    )

    # The days as agreed, in the platform's zone, and the moments they stand for.
    date_start = fields.Datetime("From", readonly=True, copy=False)
    date_end = fields.Datetime("Until", readonly=True, copy=False)
    day_start = fields.Date("First Day", compute="_compute_days", store=True)
    day_end = fields.Date("Last Day", compute="_compute_days", store=True)

    # What is lent, and what really happened.
    copy_id = fields.Many2one(
        "ebs.copy", readonly=True, check_company=True, index="btree_not_null"
    )
    booking_ids = fields.One2many("ebs.booking", "exchange_id", "Bookings")
    handed_over_at = fields.Datetime("Handed Over on", readonly=True, copy=False)
    returned_at = fields.Datetime("Returned on", readonly=True, copy=False)
    reminder_ids = fields.One2many("ebs.reminder", "exchange_id", "Reminders")

    # The deposit as it was shown when asking, and what became of it.
    deposit_kind = fields.Selection(
        [("none", "None"), ("cheque", "Cheque"), ("cash", "Cash")],
        "Deposit Asked For",
        required=True,
        default="none",
        readonly=True,
    )
    deposit_amount = fields.Monetary("Amount of the Deposit", readonly=True)
    deposit_ids = fields.One2many("ebs.deposit", "exchange_id", "Deposits")
    deposit_id = fields.Many2one("ebs.deposit", compute="_compute_deposit_id")

    # What the desk looks at on a Monday morning.
    is_due_out = fields.Boolean(
        "To Hand Over Today", compute="_compute_is_due", search="_search_is_due_out"
    )
    is_due_back = fields.Boolean(
        "To Take Back Today", compute="_compute_is_due", search="_search_is_due_back"
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_is_due", search="_search_is_late"
    )

    _period_forward = models.Constraint(
        "CHECK (date_end > date_start)", "A loan ends after it starts."
    )
    _day_start_idx = models.Index("(company_id, day_start) WHERE state = 'accepted'")
    _day_end_idx = models.Index("(company_id, day_end) WHERE state = 'ongoing'")

    # === COMPUTE METHODS === #

    @api.depends("date_start", "date_end")
    def _compute_days(self):
        """The days as agreed: they stay when the platform changes its zone."""
        for exchange in self:
            company = exchange.company_id
            start, end = exchange.date_start, exchange.date_end
            exchange.day_start = start and company._ebs_local(start).date()
            exchange.day_end = end and company._ebs_local(end).date() - ONE_DAY

    @api.depends("deposit_ids")
    def _compute_deposit_id(self):
        for exchange in self:
            exchange.deposit_id = exchange.deposit_ids[:1]

    @api.depends("state", "day_start", "date_end")
    def _compute_is_due(self):
        for name in ("is_due_out", "is_due_back", "is_late"):
            found = self.filtered_domain(self._get_due_domain(name))
            for exchange in self:
                exchange[name] = exchange in found

    def _search_is_due_out(self, operator, value):
        return self._search_due("is_due_out", operator)

    def _search_is_due_back(self, operator, value):
        return self._search_due("is_due_back", operator)

    def _search_is_late(self, operator, value):
        return self._search_due("is_late", operator)

    def _search_due(self, name, operator):
        return self._get_due_domain(name) if operator == "in" else NotImplemented

    @api.model
    def _get_due_domain(self, name):
        """One domain for each list, so that field and search always agree.

        Today is told by each platform's own clock.
        """
        if name == "is_late":
            return Domain("state", "=", "ongoing") & Domain(
                "date_end", "<=", clock.now()
            )
        platforms = (
            self.env["res.company"].sudo().search([("is_ebs_platform", "=", True)])
        )
        return Domain.OR(
            Domain("company_id", "in", companies.ids)
            & self._get_due_on_domain(name, today)
            for today, companies in platforms.grouped(
                lambda company: company._ebs_today()
            ).items()
        )

    @api.model
    def _get_due_on_domain(self, name, today):
        if name == "is_due_out":
            return Domain("state", "=", "accepted") & Domain("day_start", "<=", today)
        return Domain("state", "=", "ongoing") & Domain("day_end", "=", today)

    @api.model
    def _expand_states(self, states, domain):
        """The columns of a board: what staff wait for, in the order it comes."""
        waited_for = ("requested", "accepted", "ongoing", "returned")
        keys = self._fields["state"].get_values(self.env)
        return [key for key in keys if key in waited_for or key in states]

    # === ASKING AND ACCEPTING === #

    def _is_loan(self):
        """Whether accepting takes a copy for a period."""
        return self.sudo().way_id.commitment == "booking"

    def _commit_accept(self):
        """Take a copy for the days, and agree on the deposit that was shown."""
        res = super()._commit_accept()
        if self._is_loan():
            self._take_copy()
            self._agree_on_deposit()
        return res

    def _take_copy(self):
        """Book the first copy that is free: the database says which one is.

        Two owners' clicks may reach for one copy at the same moment. The one who
        comes second is refused by the exclusion constraint and tries the next.
        """
        listing = self.listing_id
        start, end = listing._get_day_bounds(self.day_start, self.day_end)
        free = listing._get_free_copies(start, end)
        for copy in free:
            booking = self._try_booking(
                self.env["ebs.booking"].create,
                {
                    "copy_id": copy.id,
                    "exchange_id": self.id,
                    "date_start": start,
                    "date_end": end,
                },
            )
            if booking:
                self.copy_id = copy
                return
        if not free:
            raise UserError(listing._get_why_taken(self.day_start, self.day_end))
        raise UserError(
            self.env._(
                "Somebody else was faster: it is now taken %(period)s. "
                "Reload the page to see which days are still free.",
                period=format_period(self.env, self.day_start, self.day_end),
            )
        )

    def _try_booking(self, write, values):
        """Write a booking, or undo and answer False when the database refuses."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return write(values)
        except (psycopg2.errors.ExclusionViolation, psycopg2.errors.UniqueViolation):
            return False

    def _agree_on_deposit(self):
        if self.deposit_kind != "none":
            self.env["ebs.deposit"].create(
                {
                    "exchange_id": self.id,
                    "kind": self.deposit_kind,
                    "amount": self.deposit_amount,
                    "currency_id": self.currency_id.id,
                }
            )

    def _release(self):
        """A cancelled loan takes nothing: no copy, no deposit."""
        res = super()._release()
        self.booking_ids.unlink()
        self.deposit_ids.unlink()
        self.copy_id = False
        return res

    @api.model
    def _get_expired_domain(self):
        """A request whose days are over has had its answer."""
        over = Domain("state", "=", "requested") & Domain("date_end", "<=", clock.now())
        return super()._get_expired_domain() | over

    # === HAND-OVER AND RETURN === #

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
        deposit._set_state(("agreed",), "held", {"held_at": moment})
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

    def _plan_reminder(self):
        """Owe the borrower a word the day before the last day, if that is ahead."""
        due_at = self.company_id._ebs_to_utc(self.day_end - ONE_DAY, REMINDER_HOUR)
        if due_at >= clock.now():
            self.env["ebs.reminder"].create(
                {
                    "exchange_id": self.id,
                    "member_id": self.asker_id.id,
                    "due_at": due_at,
                }
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
        loan.deposit_id._set_state(("held",), "returned", {"returned_at": clock.now()})
        self._tell_loan(
            "ebs_loans.mail_deposit_returned",
            _lt("Deposit given back: “%(title)s”", title=loan.title),
        )

    # === WHO MAY DO WHAT NOW === #

    def _get_actions(self):
        """Hand-over, return and deposit first: the owner's side, or the desk's."""
        actions = super()._get_actions()
        loan = self.sudo()
        if not loan._is_loan():
            return actions
        actions = [code for code in actions if code != "done"]
        if loan.date_end <= clock.now():
            actions = [code for code in actions if code != "accept"]
        if self._get_my_side() != "owner" and not self._is_desk():
            return actions
        handling = {
            "accepted": ["hand_over"],
            "ongoing": ["return"],
            "returned": ["return_deposit"],
        }
        return handling.get(loan.state, []) + actions

    def _is_desk(self):
        """Whether the user runs the loan desk of this platform."""
        user = self.env.user
        return (
            user.has_group("ebs_base.group_ebs_desk")
            and self.sudo().company_id in user.company_ids
        )

    # === WORDS === #

    def _get_next_step(self):
        """Say where the loan is and what the reader must do now."""
        loan = self.sudo()
        if not loan._is_loan():
            return super()._get_next_step()
        side = self._get_my_side() or "staff"
        say = {
            "requested": self._get_requested_step,
            "accepted": self._get_accepted_step,
            "ongoing": self._get_ongoing_step,
            "returned": self._get_returned_step,
        }.get(loan.state)
        return say(loan, side) if say else super()._get_next_step()

    def _get_requested_step(self, loan, side):
        period = format_period(self.env, loan.day_start, loan.day_end)
        if loan.date_end <= clock.now():
            return self.env._(
                "The days asked for (%(period)s) are over.", period=period
            )
        if side == "asker":
            return self.env._(
                "You asked for it %(period)s. %(owner)s will answer you.",
                period=period,
                owner=loan.owner_name,
            )
        if side == "owner":
            return self.env._(
                "%(asker)s would like it %(period)s. Answer yes or no.",
                asker=loan.asker_name,
                period=period,
            )
        return self.env._(
            "%(asker)s would like it %(period)s and waits for %(owner)s to answer.",
            asker=loan.asker_name,
            period=period,
            owner=loan.owner_name,
        )

    def _get_accepted_step(self, loan, side):
        words = {
            "period": format_period(self.env, loan.day_start, loan.day_end),
            "day": format_day(self.env, loan.day_start),
            "deposit": loan._get_deposit_words(self.env),
        }
        if side == "asker" and words["deposit"]:
            return self.env._(
                "Agreed %(period)s. Fetch it on %(day)s, with the deposit: "
                "%(deposit)s.",
                **words,
            )
        if side == "asker":
            return self.env._("Agreed %(period)s. Fetch it on %(day)s.", **words)
        if words["deposit"]:
            return self.env._(
                "Agreed %(period)s. Receive the deposit (%(deposit)s), then hand it "
                "over and note it here.",
                **words,
            )
        return self.env._(
            "Agreed %(period)s. When you hand it over, note it here.", **words
        )

    def _get_ongoing_step(self, loan, side):
        words = {
            "day": format_day(self.env, loan.day_end),
            "owner": loan.owner_name,
            "asker": loan.asker_name,
        }
        if side == "asker" and loan.is_late:
            return self.env._(
                "It is late: it was due back on %(day)s. Bring it back, or write to "
                "%(owner)s.",
                **words,
            )
        if side == "asker":
            return self.env._(
                "Bring it back to %(owner)s on %(day)s at the latest.", **words
            )
        if loan.is_late:
            return self.env._(
                "It is late: it was due back on %(day)s. Write to %(asker)s, and note "
                "the return when it is back.",
                **words,
            )
        return self.env._(
            "%(asker)s has it until %(day)s. When it is back, note the return.",
            **words,
        )

    def _get_returned_step(self, loan, side):
        words = {
            "deposit": loan._get_deposit_words(self.env),
            "owner": loan.owner_name,
            "asker": loan.asker_name,
        }
        if side == "asker":
            return self.env._(
                "It is back. %(owner)s still has your deposit to give back: "
                "%(deposit)s.",
                **words,
            )
        return self.env._(
            "It is back. Give %(asker)s the deposit back (%(deposit)s), then note it.",
            **words,
        )

    def _get_deposit_words(self, env):
        """The deposit in words: "Cheque of €80.00"; nothing when there is none."""
        deposit = self.deposit_id
        if not deposit:
            return ""
        kinds = dict(deposit.with_env(env)._fields["kind"]._description_selection(env))
        return env._(
            "%(kind)s of %(amount)s",
            kind=kinds[deposit.kind],
            amount=format_amount(
                env, deposit.amount, deposit.currency_id, env.lang or "en_US"
            ),
        )

    def _get_steps(self):
        """The line of steps of a loan: hand-over and return stand before the end."""
        steps = super()._get_steps()
        loan = self.sudo()
        if not loan._is_loan():
            return steps
        handling = [
            {
                "code": "ongoing",
                "label": self.env._("Handed over"),
                "date": loan.handed_over_at,
                "reached": bool(loan.handed_over_at),
            },
            {
                "code": "returned",
                "label": self.env._("Returned"),
                "date": loan.returned_at,
                "reached": bool(loan.returned_at),
            },
        ]
        ended = steps[-1]["code"] != "done"
        return steps if ended else [*steps[:-1], *handling, steps[-1]]

    # === MAIL === #

    def _tell_loan(self, template, subject):
        """Queue a mail to the parties, without the one who has just acted."""
        loan = self.sudo()
        told = {"owner": ("asker",), "asker": ("owner",)}
        for side in told.get(self._get_my_side(), ("owner", "asker")):
            loan._tell(side, template, subject, {"exchange": loan})
