# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import models
from odoo.addons.ebs_base.utils import to_date
from odoo.exceptions import UserError

from ..loan_calendar import ONE_DAY, count_steps, day_of, overlaps, to_wall
from ..utils import days_between, format_day, format_hours, format_period, group_days


class EbsListing(models.Model):
    """The period that somebody asks for: the rules that the calendar shows, again.

    Each refusal names the rule and says what to do.
    """

    _inherit = "ebs.listing"

    # === READING === #

    def _check_period(self, values):
        """The moments of the loan asked for, or the sentence that says no."""
        listing = self.sudo()
        first, last = self._read_period(values)
        self._check_horizon(day_of(first))
        self._check_length(first, last)
        days = day_of(first), day_of(last)
        calendar = listing._get_calendars(*days)[listing]
        if not calendar.zone.exists(first) or not calendar.zone.exists(last):
            raise UserError(
                self.env._("The clocks are changed then: choose another time.")
            )
        self._check_hand_over(calendar, first, last)
        start, end = calendar.bounds(first, last)
        if not calendar.is_free(start, end):
            raise UserError(listing._get_why_taken(first, last))
        return start, end

    def _read_period(self, values):
        """The first and last day, or the moments on the wall clock."""
        step = self.sudo().loan_step
        read = to_date if step == "day" else to_wall
        first, last = read(values.get("date_start")), read(values.get("date_end"))
        if step == "day":
            if not first or not last:
                raise UserError(self.env._("Choose the first and the last day."))
        elif not first or not last:
            raise UserError(self.env._("Choose when it begins and when it ends."))
        elif step == "half_day" and any(
            one.hour not in (0, 12) or one.minute for one in (first, last)
        ):
            raise UserError(self.env._("It is lent by half days: until or from noon."))
        elif step == "hour" and any(one.minute not in (0, 30) for one in (first, last)):
            raise UserError(self.env._("Choose full hours or half hours."))
        if day_of(first) < self.sudo().company_id._ebs_today():
            raise UserError(self.env._("Choose a first day that is today or later."))
        if step == "day" and last < first:
            raise UserError(
                self.env._("The last day cannot come before the first one.")
            )
        if step != "day" and last <= first:
            raise UserError(self.env._("It must end after it begins."))
        return first, last

    def _check_horizon(self, first):
        horizon = self._get_horizon()
        if first > self.sudo().company_id._ebs_today() + timedelta(days=horizon):
            raise UserError(
                self.env._("Choose days within the next %(count)s days.", count=horizon)
            )

    def _check_length(self, first, last):
        listing = self.sudo()
        step = listing.loan_step
        count = count_steps(step, first, last)
        if step == "hour" and count != int(count):
            raise UserError(
                self.env._("It is lent by the hour: choose a whole number of hours.")
            )
        longest, shortest = self._get_longest(), listing.loan_min
        if count > longest:
            sentences = {
                "day": self.env._(
                    "A loan lasts %(count)s days at most: choose an earlier last day.",
                    count=longest,
                ),
                "half_day": self.env._(
                    "A loan lasts %(count)s half days at most: choose an earlier end.",
                    count=longest,
                ),
                "hour": self.env._(
                    "A loan lasts %(count)s hours at most: choose an earlier end.",
                    count=longest,
                ),
            }
            raise UserError(sentences[step])
        if count < shortest:
            sentences = {
                "day": self.env._(
                    "A loan lasts %(count)s days at least: choose a later last day.",
                    count=shortest,
                ),
                "half_day": self.env._(
                    "A loan lasts %(count)s half days at least: choose a later end.",
                    count=shortest,
                ),
                "hour": self.env._(
                    "A loan lasts %(count)s hours at least: choose a later end.",
                    count=shortest,
                ),
            }
            raise UserError(sentences[step])

    # === HAND-OVER AND RETURN === #

    def _check_hand_over(self, calendar, first, last):
        """Refuse what begins too soon, or begins or ends while it is closed."""
        begin, end = calendar.windows(first, last)
        if begin[1] < calendar.earliest or (
            begin[1] == calendar.earliest and begin[0] != begin[1]
        ):
            raise UserError(self._get_why_soon(calendar, begin))
        if not calendar.can_begin(begin):
            raise UserError(self._get_why_closed(calendar, day_of(first), begin, True))
        if not calendar.can_end(end):
            last_moment = end[1] - timedelta(seconds=1)
            day = calendar.zone.wall(last_moment).date()
            raise UserError(self._get_why_closed(calendar, day, end, False))

    def _get_why_soon(self, calendar, begin):
        if begin[1] <= calendar.now:
            return self.env._("This is over: choose a later time.")
        wall = calendar.zone.wall(calendar.earliest)
        return self.env._(
            "Ask at least %(count)s hours ahead: it can be fetched %(day)s at the "
            "earliest.",
            count=self.sudo().loan_notice,
            day=format_period(self.env, wall.date(), wall.date()),
        )

    def _get_why_closed(self, calendar, day, window, begins):
        """Say when it is open on that day, or on which day it is open next."""
        step = self.sudo().loan_step
        hours = calendar.open_on(day)
        if step != "day" and hours:
            words = {
                "day": format_day(self.env, day),
                "hours": self._format_open(calendar, hours),
            }
            if begins:
                return self.env._(
                    "On %(day)s it is open %(hours)s: begin within these hours.",
                    **words,
                )
            return self.env._(
                "On %(day)s it is open %(hours)s: end within these hours.", **words
            )
        is_over = begins and overlaps(hours, *window)
        when = format_period(self.env, day, day)
        closed = (
            self.env._("It does not open any more %(day)s.", day=when)
            if is_over
            else self.env._("It is closed %(day)s.", day=when)
        )
        cure = (
            self.env._("Choose another day to begin.")
            if begins
            else self.env._("Choose another day to end.")
        )
        later = self._get_next_open_day(day)
        if not later:
            return f"{closed} {cure}"
        opens = self.env._("Next open day: %(day)s.", day=format_day(self.env, later))
        return f"{closed} {cure} {opens}"

    def _get_next_open_day(self, after):
        """The first day after ``after`` on which it is open, within two months."""
        listing = self.sudo()
        last = after + timedelta(days=60)
        calendar = listing._get_calendars(after + ONE_DAY, last)[listing]
        for day in days_between(after + ONE_DAY, last):
            if calendar.open_on(day):
                return day
        return None

    def _format_open(self, calendar, periods):
        wall = calendar.zone.wall
        return format_hours(
            self.env, [(wall(start), wall(end)) for start, end in periods]
        )

    # === WHAT IS TAKEN === #

    def _get_why_taken(self, first, last):
        """Say what of the period asked for is taken, and when it is free again."""
        listing = self.sudo()
        if missing := listing._get_why_missing():
            return missing
        if listing.loan_step != "day":
            return self._get_why_taken_hours(first, last)
        horizon = listing.company_id._ebs_today() + timedelta(days=self._get_horizon())
        length = (last - first).days + 1
        calendar = listing._get_calendars(first, horizon + length * ONE_DAY)[listing]
        busy = self._get_busy_part(calendar, first, last)
        if busy:
            sentence = self.env._(
                "Already taken %(periods)s.",
                periods=", ".join(
                    format_period(self.env, *run) for run in group_days(busy)
                ),
            )
        else:
            sentence = self.env._(
                "No single copy is free %(period)s.",
                period=format_period(self.env, first, last),
            )
        return f"{sentence} {self._get_next_free(calendar, first, length, horizon)}"

    def _get_busy_part(self, calendar, first, last):
        """The days of the period on which no copy is free as long as it asks."""
        start, end = calendar.bounds(first, last)
        busy = set()
        for day in days_between(first, last):
            since, until = calendar.day(day)
            if not calendar.is_free(max(since, start), min(until, end)):
                busy.add(day)
        return busy

    def _get_next_free(self, calendar, after, length, horizon):
        for day in days_between(after + ONE_DAY, horizon):
            last = day + timedelta(days=length - 1)
            if last > horizon or not calendar.fits(day, last):
                continue
            if length == 1:
                return self.env._(
                    "Next free day: %(day)s.", day=format_day(self.env, day)
                )
            return self.env._(
                "Next %(count)s free days: %(period)s.",
                count=length,
                period=format_period(self.env, day, last),
            )
        return self.env._("Try fewer days.")

    def _get_why_taken_hours(self, first, last):
        """The same for hours and half days: what is left of that day, or of another."""
        listing = self.sudo()
        day = day_of(first)
        horizon = listing.company_id._ebs_today() + timedelta(days=self._get_horizon())
        calendar = listing._get_calendars(day, max(day, horizon))[listing]
        taken = self.env._("This time is taken, all of it or a part.")
        for one in days_between(day, max(day, horizon)):
            hours = calendar.free_hours(one)
            if hours:
                free = self.env._(
                    "Free on %(day)s: %(hours)s.",
                    day=format_day(self.env, one),
                    hours=self._format_open(calendar, hours),
                )
                return f"{taken} {free}"
        return taken
