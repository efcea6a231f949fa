# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_amount, to_date, to_int
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..utils import ONE_DAY, days_between, format_day, format_period, group_days

DEPOSIT_KINDS = [
    ("none", "None"),
    ("cheque", "Cheque"),
    ("cash", "Cash"),
    ("guarantor", "Guarantor"),
]
MAX_COPIES = 50
DAYS_AHEAD = 365


class EbsListing(models.Model):
    """What a loan of the thing asks for, its copies, and when they are free."""

    _inherit = "ebs.listing"

    deposit_kind = fields.Selection(
        DEPOSIT_KINDS,
        "Deposit",
        required=True,
        default="none",
    )
    deposit_amount = fields.Monetary("Amount of the Deposit")
    # Those that are lent; the others wait for a repair, or are gone.
    copy_ids = fields.One2many(
        "ebs.copy", "listing_id", "Copies", domain=[("state", "=", "in_service")]
    )
    all_copy_ids = fields.One2many("ebs.copy", "listing_id", "All Copies")
    copy_count = fields.Integer(
        "Number of Copies",
        compute="_compute_copy_count",
        inverse="_inverse_copy_count",
        compute_sudo=True,
    )

    _deposit_amount_said = models.Constraint(
        "CHECK (deposit_kind = 'none' OR deposit_amount > 0)",
        "Say how much the deposit is.",
    )

    # === COMPUTE METHODS === #

    @api.depends("copy_ids")
    def _compute_copy_count(self):
        for listing in self:
            listing.copy_count = len(listing.copy_ids)

    def _inverse_copy_count(self):
        for listing in self:
            listing._set_copy_count(listing.copy_count)

    # === WHAT THE OWNER SAYS === #

    @api.model
    def _get_value_readers(self):
        return {
            **super()._get_value_readers(),
            "deposit_kind": self._read_deposit_kind,
            "deposit_amount": self._read_deposit_amount,
            "copy_count": self._read_copy_count,
        }

    def _read_deposit_kind(self, value, member):
        if not isinstance(value, str) or value not in dict(DEPOSIT_KINDS):
            raise UserError(self.env._("Choose one of the deposits on offer."))
        return {"deposit_kind": value}

    def _read_deposit_amount(self, value, member):
        amount = to_amount(value or 0)
        if amount is None:
            raise UserError(self.env._("Type the amount of the deposit as a number."))
        return {"deposit_amount": amount}

    def _read_copy_count(self, value, member):
        count = to_int(value)
        if count is None or not 0 <= count <= MAX_COPIES:
            raise UserError(self._get_count_refusal())
        return {"copy_count": count}

    def _settle_readers(self, vals):
        res = super()._settle_readers(vals)
        self._settle_deposit(vals)
        return res

    def _settle_deposit(self, vals):
        """Make kind and amount agree: no amount without a kind, nor the reverse."""
        if "deposit_kind" not in vals and "deposit_amount" not in vals:
            return
        if vals.get("deposit_kind", self.deposit_kind or "none") == "none":
            vals["deposit_amount"] = 0
        elif not vals.get("deposit_amount", self.deposit_amount):
            raise UserError(self.env._("Say how much the deposit is."))

    def _save(self, values, member):
        listing = super()._save(values, member)
        if listing.state in ("published", "paused"):
            listing._ensure_copy()
        return listing

    def _publish(self, allowed_from):
        res = super()._publish(allowed_from)
        self._ensure_copy()
        return res

    # === ASKING === #

    def _get_ask_keys(self):
        return (*super()._get_ask_keys(), "date_start", "date_end")

    def _get_priced_ways(self):
        return (*super()._get_priced_ways(), "rent")

    def _prepare_exchange(self, way, asker, values):
        vals = super()._prepare_exchange(way, asker, values)
        if way.commitment == "booking":
            first, last = self._check_days(values)
            vals |= {
                "date_start": self.company_id._ebs_to_utc(first),
                "date_end": self.company_id._ebs_to_utc(last + ONE_DAY),
                "deposit_kind": self.deposit_kind,
                "deposit_amount": self.deposit_amount,
            }
        return vals

    def _get_asked_domain(self, way, asker, vals):
        """For a loan, only days that overlap make a second request of the first."""
        domain = super()._get_asked_domain(way, asker, vals)
        if "date_start" in vals:
            domain &= Domain("date_start", "<", vals["date_end"])
            domain &= Domain("date_end", ">", vals["date_start"])
        return domain

    def _check_days(self, values):
        """The first and the last day asked for, or the sentence that says no."""
        first, last = to_date(values.get("date_start")), to_date(values.get("date_end"))
        if not first or not last:
            raise UserError(self.env._("Choose the first and the last day."))
        today = self.company_id._ebs_today()
        if first < today:
            raise UserError(self.env._("Choose a first day that is today or later."))
        if last < first:
            raise UserError(
                self.env._("The last day cannot come before the first one.")
            )
        if first > today + timedelta(days=DAYS_AHEAD):
            raise UserError(
                self.env._(
                    "Choose days within the next %(count)s days.", count=DAYS_AHEAD
                )
            )
        longest = self.company_id.ebs_loan_max_days
        if (last - first).days >= longest:
            raise UserError(
                self.env._(
                    "A loan lasts %(count)s days at most: choose an earlier last day.",
                    count=longest,
                )
            )
        if not self._can_lend(*self._get_day_bounds(first, last)):
            raise UserError(self._get_why_taken(first, last))
        return first, last

    # === COPIES === #

    def _is_lendable(self):
        """Whether one of the ways takes a copy for a period."""
        return "booking" in self.way_ids.mapped("commitment")

    # === WHEN IT IS FREE === #

    def _get_taken_periods(self, start, end):
        """Say when each copy is taken: {copy: [(start, end), …]}, two queries.

        A copy that should be back and is not counts as taken until tonight.
        """
        self.ensure_one()
        copies = self._get_needed().copy_ids
        tonight = self.company_id._ebs_to_utc(self.company_id._ebs_today() + ONE_DAY)
        bookings = (
            self.env["ebs.booking"]
            .sudo()
            .search_fetch(
                [
                    ("copy_id", "in", copies.ids),
                    ("date_start", "<", end),
                    "|",
                    ("date_end", ">", start),
                    "&",
                    ("handed_over_at", "!=", False),
                    ("returned_at", "=", False),
                ],
                ["copy_id", "date_start", "date_end", "handed_over_at", "returned_at"],
            )
        )
        taken = {copy: [] for copy in copies}
        for booking in bookings:
            until = booking.date_end
            if booking._is_out():
                until = max(until, tonight)
            taken[booking.copy_id].append((booking.date_start, until))
        return taken

    def _get_day_bounds(self, first, last):
        """The moments of whole days; the past part of today needs not be free."""
        company = self.company_id
        start = company._ebs_to_utc(first)
        end = company._ebs_to_utc(last + ONE_DAY)
        now = clock.now()
        return (max(start, now) if end > now else start), end

    def _get_free_copies(self, start, end):
        """The copies that nothing takes in the period, in their order."""
        taken = self._get_taken_periods(start, end)
        return (
            self.env["ebs.copy"]
            .sudo()
            .union(
                *(
                    copy
                    for copy in taken
                    if copy.listing_id == self and _is_free(taken[copy], start, end)
                )
            )
        )

    def _can_lend(self, start, end):
        """Whether a loan of that period finds all the copies that it takes."""
        return self._is_enough(self._get_taken_periods(start, end), start, end)

    def _is_enough(self, taken, start, end):
        """Whether what is taken leaves enough copies for a loan of that period."""
        free = Counter(
            copy.listing_id
            for copy, periods in taken.items()
            if _is_free(periods, start, end)
        )
        return all(
            free[listing] >= quantity for listing, quantity in self._get_needs().items()
        )

    def _get_busy_days(self, first, last):
        """The days from ``first`` to ``last`` on which none can be lent."""
        taken = self._get_taken_periods(*self._get_day_bounds(first, last))
        busy = set()
        for day in days_between(first, last):
            bounds = self._get_day_bounds(day, day)
            if not self._is_enough(taken, *bounds):
                busy.add(day)
        return busy

    def _get_next_free_day(self, after, length):
        """The first day after ``after`` that begins ``length`` free days, or None."""
        company = self.company_id
        horizon = company._ebs_today() + timedelta(days=DAYS_AHEAD)
        _start, end = self._get_day_bounds(after, horizon)
        taken = self._get_taken_periods(company._ebs_to_utc(after), end)
        days = {after + ONE_DAY}
        for periods in taken.values():
            for _from, until in periods:
                day = company._ebs_local(until).date()
                days |= {day, day + ONE_DAY}
        for day in sorted(days):
            last = day + timedelta(days=length - 1)
            if day > after and last <= horizon:
                bounds = self._get_day_bounds(day, last)
                if self._is_enough(taken, *bounds):
                    return day
        return None

    def _get_why_taken(self, first, last):
        """Say which of the days asked for are taken, and when it is free again."""
        busy = self._get_busy_days(first, last)
        length = (last - first).days + 1
        if busy:
            sentences = [
                self.env._(
                    "Already taken %(periods)s.",
                    periods=", ".join(
                        format_period(self.env, *run) for run in group_days(busy)
                    ),
                )
            ]
        else:
            sentences = [
                self.env._(
                    "No single copy is free %(period)s.",
                    period=format_period(self.env, first, last),
                )
            ]
        day = self._get_next_free_day(first, length)
        if not day:
            sentences.append(self.env._("Try fewer days."))
        elif length == 1:
            sentences.append(
                self.env._("Next free day: %(day)s.", day=format_day(self.env, day))
            )
        else:
            sentences.append(
                self.env._(
                    "Next %(count)s free days: %(period)s.",
                    count=length,
                    period=format_period(
                        self.env, day, day + timedelta(days=length - 1)
                    ),
                )
            )
        return " ".join(sentences)


def _is_free(periods, start, end):
    return all(until <= start or since >= end for since, until in periods)
