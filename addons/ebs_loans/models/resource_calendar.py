# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from dateutil.easter import easter
from odoo import fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

from ..loan_calendar import ONE_DAY, merge
from ..utils import days_between

_lt = LazyTranslate(__name__)

# The public holidays of French law (Code du travail, L3133-1).
FIXED_HOLIDAYS = {
    (1, 1): _lt("New Year’s Day"),
    (5, 1): _lt("Labour Day"),
    (5, 8): _lt("Victory Day"),
    (7, 14): _lt("Bastille Day"),
    (8, 15): _lt("Assumption Day"),
    (11, 1): _lt("All Saints’ Day"),
    (11, 11): _lt("Armistice Day"),
    (12, 25): _lt("Christmas Day"),
}
AFTER_EASTER = {
    1: _lt("Easter Monday"),
    39: _lt("Ascension Day"),
    50: _lt("Whit Monday"),
}


def french_holidays(year):
    """The public holidays of a year: {day: name}."""
    fixed = {date(year, *day): name for day, name in FIXED_HOLIDAYS.items()}
    sunday = easter(year)
    moving = {sunday + timedelta(days=n): name for n, name in AFTER_EASTER.items()}
    # Ascension falls on a fixed holiday now and then: 1 May 2008.
    return dict(sorted({**fixed, **moving}.items()))


class ResourceCalendar(models.Model):
    """Opening hours of a platform, of a place or of one listing."""

    _inherit = "resource.calendar"

    # Made from what an owner typed: nothing else uses it.
    is_ebs_own = fields.Boolean("Hours of One Listing", readonly=True, copy=False)

    def action_ebs_add_holidays(self, year=None):
        """Close on the French public holidays of a year, or of this and the next.

        What is there already stays: calling it twice changes nothing.
        """
        self.check_access("read")
        user = self.env.user
        if (
            not user.has_group("ebs_base.group_ebs_manager")
            or self.company_id - user.company_ids
            or not all(one.company_id.is_ebs_platform for one in self)
        ):
            raise AccessError(self.env._("Only a manager of the platform may do this."))
        for calendar in self.sudo():
            this_year = calendar.company_id._ebs_local(clock.now()).year
            years = [year] if isinstance(year, int) else [this_year, this_year + 1]
            for one in years:
                if 1900 <= one <= 2199:
                    calendar._add_ebs_holidays(one)
        return True

    def _add_ebs_holidays(self, year):
        company = self.company_id
        known = {
            company._ebs_local(leave.date_from).date()
            for leave in self.leave_ids
            if not leave.resource_id
        }
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": str(name),
                    "calendar_id": self.id,
                    "company_id": company.id,
                    "date_from": company._ebs_to_utc(day),
                    # Core's own days end a second before midnight.
                    "date_to": company._ebs_to_utc(day + ONE_DAY)
                    - timedelta(seconds=1),
                }
                for day, name in french_holidays(year).items()
                if day not in known
            ]
        )

    def _get_ebs_opening(self, company, first, last):
        """Weekly hours and closed days in UTC, from a day to another: two queries.

        Both are {calendar: [(start, end), …]}. Hours are those of the platform's
        clock, whatever zone the calendar names.
        """
        zone = company._get_ebs_zone()
        weeks = {calendar: [] for calendar in self}
        leaves = {calendar: [] for calendar in self}
        if not self:
            return weeks, leaves
        days = days_between(first, last)
        week_of = self.env["resource.calendar.attendance"].get_week_type
        for row in (
            self.env["resource.calendar.attendance"]
            .sudo()
            .search_fetch(
                [("calendar_id", "in", self.ids), ("display_type", "=", False)],
                ["calendar_id", "dayofweek", "hour_from", "hour_to", "week_type"]
                + ["day_period"],
            )
        ):
            if row.day_period == "lunch":
                continue
            weeks[row.calendar_id] += [
                (zone.to_utc(day, row.hour_from), zone.to_utc(day, row.hour_to))
                for day in days
                if day.weekday() == int(row.dayofweek)
                and (not row.week_type or int(row.week_type) == week_of(day))
            ]
        start, end = zone.moment(first), zone.moment(last + ONE_DAY)
        for leave in (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search_fetch(
                [
                    ("calendar_id", "in", self.ids),
                    ("resource_id", "=", False),
                    ("time_type", "=", "leave"),
                    ("date_from", "<", end),
                    ("date_to", ">=", start),
                ],
                ["calendar_id", "date_from", "date_to"],
            )
        ):
            until = leave.date_to
            if (until.minute, until.second) == (59, 59):
                until += timedelta(seconds=1)
            leaves[leave.calendar_id].append((leave.date_from, until))
        return {one: merge(periods) for one, periods in weeks.items()}, leaves
