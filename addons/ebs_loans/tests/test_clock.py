# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import os
import random
import secrets
from datetime import date, datetime, timedelta

import pytz
from odoo.tests import tagged

from ..loan_calendar import LoanCalendar, Zone
from .calendar_common import CalendarCase

_logger = logging.getLogger(__name__)

SEED = int(os.environ.get("EBS_SEED") or secrets.randbelow(10**9))
ONE_DAY = timedelta(days=1)
# Zones that shift by an hour, by half an hour, not at all, twice a year for Ramadan,
# and one that left out a day; each with days around what is special there.
ZONES = {
    "Europe/Brussels": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Asia/Kolkata": (date(2028, 2, 29), date(2026, 12, 31)),
    "Africa/Casablanca": (date(2026, 2, 15), date(2026, 3, 22)),
    "Pacific/Apia": (date(2011, 12, 30), date(2012, 2, 29)),
}
IS_FULL = bool(os.environ.get("EBS_FULL"))
AROUND = 200 if IS_FULL else 5
RANDOM_LOANS = 10_000 if IS_FULL else 200


def zone_of(name):
    """The clock of a zone, as a platform has it."""
    tz = pytz.timezone(name)

    def to_utc(day, hour=0):
        wall = datetime.combine(day, datetime.min.time()) + timedelta(hours=hour)
        return tz.localize(wall, is_dst=False).astimezone(pytz.utc).replace(tzinfo=None)

    return Zone(to_utc, lambda moment: pytz.utc.localize(moment).astimezone(tz))


def local_midnights(name, day):
    """When a day begins and ends, told by pytz's own table of changes."""
    tz = pytz.timezone(name)
    moment = datetime.combine(day, datetime.min.time()) - timedelta(days=2)
    start = None
    while True:
        local = pytz.utc.localize(moment).astimezone(tz).date()
        if local == day and not start:
            start = moment
        if local > day:
            return start, moment
        moment += timedelta(minutes=30)


@tagged("ebs_loans", "ebs_clock")
class TestClock(CalendarCase):
    """T-K2: days and hours are those of the platform, whatever its clocks do.

    A loan must never shift with a change (Lend Engine 103).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _logger.info("EBS_SEED=%s", SEED)

    def days(self):
        """Each zone with each of its days around what is special there."""
        count = 0
        for name, centres in ZONES.items():
            days = {
                centre + timedelta(days=n)
                for centre in centres
                for n in range(-AROUND, AROUND)
            }
            count += len(days)
            yield name, sorted(days)
        _logger.info("T-K2: %s days in %s zones, seed %s", count, len(ZONES), SEED)

    def test_days_follow_each_other_without_gap_or_overlap(self):
        for name, days in self.days():
            zone = zone_of(name)
            calendar = LoanCalendar(zone)
            for day in days:
                start, end = calendar.bounds(day, day)
                after, _end = calendar.bounds(day + ONE_DAY, day + ONE_DAY)
                with self.subTest(zone=name, day=day):
                    self.assertEqual(end, after, "back to back, half-open")
                    self.assertEqual(zone.exists(day), start < end)
                    if start == end:
                        self.assertEqual((name, day.year), ("Pacific/Apia", 2011))
                        continue
                    self.assertEqual(zone.wall(start).date(), day)
                    self.assertEqual(zone.wall(end - timedelta(seconds=1)).date(), day)
                    self.assertLessEqual(abs(end - start - ONE_DAY), timedelta(hours=1))
                    self.assertEqual((start, end), local_midnights(name, day))

    def test_halves_and_hours_of_a_day_fill_it_and_never_collide(self):
        for name, days in self.days():
            zone = zone_of(name)
            halves = LoanCalendar(zone, "half_day")
            for day in filter(zone.exists, days):
                (start, noon), (again, end) = halves.halves(day)
                with self.subTest(zone=name, day=day):
                    self.assertEqual(noon, again)
                    self.assertLessEqual(start, noon)
                    self.assertLessEqual(noon, end)
                    moments = [
                        zone.moment(datetime.combine(day, datetime.min.time()) + hour)
                        for hour in (timedelta(hours=n) for n in range(25))
                    ]
                    self.assertEqual(moments, sorted(moments))
                    self.assertEqual((moments[0], moments[-1]), (start, end))

    def test_loans_of_any_length_keep_their_local_days(self):
        """Random loans: what is asked for is what is read afterwards."""
        draw = random.Random(SEED)  # noqa: S311 - no secret is drawn
        wrong = 0
        for _n in range(RANDOM_LOANS):
            name = draw.choice(list(ZONES))
            zone = zone_of(name)
            turnover = draw.random() < 0.3
            calendar = LoanCalendar(zone, "day", turnover)
            first = date(2010, 1, 1) + timedelta(days=draw.randrange(9000))
            last = first + timedelta(days=draw.randrange(21))
            if not (zone.exists(first) and zone.exists(last)):
                continue
            start, end = calendar.bounds(first, last)
            read = zone.wall(start).date(), zone.wall(end - timedelta(seconds=1)).date()
            wrong += read != (first, last) or start >= end
        _logger.info("T-K2: %s random loans, seed %s", RANDOM_LOANS, SEED)
        self.assertEqual(wrong, 0)

    def test_a_change_is_the_same_in_the_whole_flow(self):
        """Asked, accepted, shown and read back, on both sides of each change."""
        for name, (change, other) in list(ZONES.items())[:3]:
            self.company.ebs_tz = name
            for day in (change, other):
                listing = self.make_loan_listing(self.owner)
                with self.at(*(day - timedelta(days=4)).timetuple()[:3], 12):
                    for n in (-1, 0, 1):
                        asked = (day + timedelta(days=n)).isoformat()
                        loan = self.lend(self.borrower, listing, asked).sudo()
                        self.assertEqual(
                            (loan.day_start.isoformat(), loan.day_end.isoformat()),
                            (asked, asked),
                        )
                    self.assertEqual(
                        self.states(
                            listing, day - timedelta(days=2), day + timedelta(days=2)
                        ),
                        ["free", "busy", "busy", "busy", "free"],
                    )

    def test_a_day_that_was_left_out_cannot_be_asked_for(self):
        self.company.ebs_tz = "Pacific/Apia"
        with self.at(2011, 12, 20, 12):
            with self.refused("clocks are changed"):
                self.ask(self.borrower, self.drill, "2011-12-30")
            loan = self.lend(self.borrower, self.drill, "2011-12-29", "2011-12-31")
            self.assertEqual(
                loan.sudo().date_end - loan.sudo().date_start, timedelta(days=2)
            )
            self.assertEqual(loan.sudo().day_end, date(2011, 12, 31))
            alone = self.lend(
                self.rival, self.make_loan_listing(self.owner), "2011-12-29"
            )
            self.assertEqual(alone.sudo().day_end, date(2011, 12, 29))

    def test_an_hour_that_clocks_leave_out_cannot_be_asked_for(self):
        self.set_rules(loan_step="hour")
        with self.at(2027, 3, 22, 8):
            with self.refused("clocks are changed"):
                self.ask(
                    self.borrower, self.drill, "2027-03-28T02:30", "2027-03-28T04:30"
                )
            loan = self.ask(
                self.borrower, self.drill, "2027-03-28T01:00", "2027-03-28T03:00"
            )
        self.assertEqual(
            loan.sudo().date_end - loan.sudo().date_start, timedelta(hours=1)
        )

    def test_opening_hours_stay_on_the_wall_clock_through_a_change(self):
        self.company.ebs_calendar_id = self.make_hours("0123456", ((9, 12),))
        for day in (date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26)):
            with self.at(2026, 10, 20, 8):
                calendar = self.drill._get_calendars(day, day)[self.drill]
                wall = calendar.zone.wall
                hours = [(wall(a).hour, wall(b).hour) for a, b in calendar.open_on(day)]
                self.assertEqual(hours, [(9, 12)])
