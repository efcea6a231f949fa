# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from babel.dates import get_day_names
from odoo import api, models
from odoo.addons.ebs_base.utils import to_date, to_int
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import babel_locale_parse

from ..const import DAYS_AHEAD
from ..loan_calendar import ONE_DAY
from ..utils import format_period

MAX_PERIODS = 3
MAX_CLOSED = 100
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")


class EbsListing(models.Model):
    """Opening hours and closed periods, as an owner says them."""

    _inherit = "ebs.listing"

    # === WEEKLY HOURS === #

    @api.model
    def _get_value_readers(self):
        return {**super()._get_value_readers(), "hours": self._read_hours}

    def _read_hours(self, value, member):
        """Read {"0": [["09:00", "12:00"], …], …}, Monday being 0; {} is always open."""
        week = self._parse_week(value)
        listing = self.sudo()
        if week == listing._get_week():
            return {}
        calendar = listing.calendar_id
        if not any(week.values()):
            # What was made for this listing only goes with it, once written.
            return {"calendar_id": False}
        lines = [
            Command.create(
                {
                    "name": self.env._("Open"),
                    "dayofweek": day,
                    "hour_from": start,
                    "hour_to": end,
                    "day_period": "morning" if start < 12 else "afternoon",
                }
            )
            for day, periods in week.items()
            for start, end in periods
        ]
        if calendar.is_ebs_own:
            calendar.write({"attendance_ids": [Command.clear(), *lines]})
            return {}
        company = member.company_id
        calendar = (
            self.env["resource.calendar"]
            .sudo()
            .create(
                {
                    # No title: whoever works here reads the names of calendars.
                    "name": self.env._("Hours of a listing"),
                    "company_id": company.id,
                    "tz": company.sudo().ebs_tz,
                    "is_ebs_own": True,
                    "attendance_ids": lines,
                }
            )
        )
        return {"calendar_id": calendar.id}

    def _parse_week(self, value):
        week = value or {}
        if not isinstance(week, dict) or set(map(str, week)) - set("0123456"):
            raise UserError(self.env._("Type the opening hours for each day."))
        parsed = {}
        for day, periods in week.items():
            if not isinstance(periods, list | tuple) or len(periods) > MAX_PERIODS:
                raise UserError(self.env._("Type the opening hours for each day."))
            parsed[str(day)] = sorted(self._parse_hours(one) for one in periods)
        for periods in parsed.values():
            for (_start, end), (after, _end) in zip(periods, periods[1:], strict=False):
                if after < end:
                    raise UserError(
                        self.env._("Opening hours of one day cannot overlap.")
                    )
        return {day: periods for day, periods in sorted(parsed.items()) if periods}

    def _parse_hours(self, period):
        if (
            not isinstance(period, list | tuple)
            or len(period) != 2
            or not all(isinstance(one, str) and _CLOCK.fullmatch(one) for one in period)
        ):
            raise UserError(
                self.env._("Type opening hours such as 09:00 to 12:00, or leave both.")
            )
        start, end = (int(one[:2]) + int(one[3:]) / 60 for one in period)
        if end <= start:
            raise UserError(self.env._("It closes after it opens."))
        return start, end

    def _get_week(self):
        """The listing's own hours: {"0": [(9.0, 12.0), …], …}."""
        return _read_week(self.sudo().calendar_id)

    def _get_own_hours(self):
        """The listing's own hours, as they are typed: {"0": [("09:00", "12:00")]}."""
        return {
            day: [(_say(start), _say(end)) for start, end in periods]
            for day, periods in self._get_week().items()
        }

    def _get_hours(self):
        """The hours that bind: {"0": [("09:00", "12:00"), …]}, {} when always open."""
        listing = self.sudo()
        calendar = (
            listing.calendar_id
            or listing.place_id.calendar_id
            or listing.company_id.ebs_calendar_id
        )
        return {
            day: [(_say(start), _say(end)) for start, end in periods]
            for day, periods in _read_week(calendar).items()
        }

    def _get_hours_words(self):
        """The hours that bind as lines, the days that are alike together."""
        hours = self._get_hours()
        if not hours:
            return []
        names = get_day_names(
            "wide", locale=babel_locale_parse(self.env.lang or "en_US")
        )
        lines = []
        for day in range(7):
            periods = hours.get(str(day), [])
            if lines and lines[-1][2] == periods:
                lines[-1][1] = day
            else:
                lines.append([day, day, periods])
        return [
            self.env._(
                "%(days)s: %(hours)s",
                days=names[first]
                if first == last
                else f"{names[first]} – {names[last]}",
                hours=", ".join(f"{start}–{end}" for start, end in periods),
            )
            for first, last, periods in lines
            if periods
        ]

    def write(self, vals):
        """Take away the hours that were only this listing's when it has others."""
        old = self.sudo().calendar_id if "calendar_id" in vals else None
        res = super().write(vals)
        if old:
            self.flush_recordset(["calendar_id"])
            (old - self.sudo().calendar_id).filtered("is_ebs_own").unlink()
        return res

    def unlink(self):
        """Its own hours go with it."""
        self.check_access("unlink")
        own = self.sudo().calendar_id.filtered("is_ebs_own")
        res = super().unlink()
        own.unlink()
        return res

    # === CLOSED PERIODS === #

    def action_set_closed(self, first, last=None):
        """Close one's own listing from a day to another, both included."""
        listing_sudo = self._check_acting()
        first, last = to_date(first), to_date(last or first)
        if not first or not last:
            raise UserError(self.env._("Choose the first and the last day."))
        today = listing_sudo.company_id._ebs_today()
        if last < max(first, today) or last > today + timedelta(days=2 * DAYS_AHEAD):
            raise UserError(
                self.env._("Choose days from today on, the last one not before.")
            )
        zone = listing_sudo.company_id._get_ebs_zone()
        start, end = zone.moment(first), zone.moment(last + ONE_DAY)
        listing_sudo.copy_ids._touch()
        listing_sudo._check_nothing_promised(start, end)
        if len(listing_sudo._get_owner_closed()) >= MAX_CLOSED:
            raise UserError(
                self.env._("There are many closed periods: remove some first.")
            )
        period = listing_sudo.availability_ids.create(
            {"listing_id": listing_sudo.id, "date_start": start, "date_end": end}
        )
        return period.id

    def action_unset_closed(self, availability_id):
        """Open again what one has closed."""
        listing_sudo = self._check_acting()
        known = to_int(availability_id)
        period = listing_sudo._get_owner_closed().filtered(lambda one: one.id == known)
        if not period:
            raise UserError(self.env._("This closed period is not there any more."))
        period.unlink()

    def _get_owner_closed(self):
        """What the owner has closed, but for what is over."""
        start = self.company_id._get_ebs_zone().moment(self.company_id._ebs_today())
        return self.availability_ids.filtered(
            lambda one: not one.is_outside and one.date_end > start
        )

    def _check_nothing_promised(self, start, end):
        """Refuse to close days that somebody was promised."""
        promised = self.env["ebs.exchange"].search(
            [
                ("listing_id", "=", self.id),
                ("state", "=", "accepted"),
                ("date_start", "<", end),
                ("date_end", ">", start),
            ],
            order="date_start",
            limit=1,
        )
        if promised:
            raise UserError(
                self.env._(
                    "It is promised %(period)s: cancel that loan first, or choose "
                    "other days.",
                    period=promised._format_days(self.env),
                )
            )

    def _get_closed_words(self):
        """What the owner has closed, as (id, words)."""
        local = self.sudo().company_id._ebs_local
        return [
            (
                one.id,
                format_period(
                    self.env,
                    local(one.date_start).date(),
                    local(one.date_end - timedelta(seconds=1)).date(),
                ),
            )
            for one in self.sudo()._get_owner_closed()
        ]


def _read_week(calendar):
    week = {}
    for row in calendar.attendance_ids.sorted(lambda one: one.hour_from):
        if row.day_period != "lunch" and not row.display_type:
            periods = week.setdefault(row.dayofweek, [])
            if (row.hour_from, row.hour_to) not in periods:
                periods.append((row.hour_from, row.hour_to))
    return dict(sorted(week.items()))


def _say(hour):
    minutes = round(hour * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
