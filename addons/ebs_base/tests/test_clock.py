# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time
from odoo import fields

from .. import clock
from .common import EbsCase

at = fields.Datetime.to_datetime


class TestClock(EbsCase):
    def test_without_a_set_clock_it_is_the_time_that_odoo_knows(self):
        with freeze_time("2026-05-04 10:20:30.999"):
            self.assertEqual(clock.now(), at("2026-05-04 10:20:30"))
            self.assertEqual(clock.now(), fields.Datetime.now())

    def test_a_set_clock_holds_for_its_block_and_inside_another(self):
        with clock.clock_at(at("2026-01-01 12:00:00").replace(microsecond=5)):
            self.assertEqual(clock.now(), at("2026-01-01 12:00:00"))
            with clock.clock_at("2027-02-03 04:05:06"):
                self.assertEqual(clock.now(), at("2027-02-03 04:05:06"))
            self.assertEqual(clock.now(), at("2026-01-01 12:00:00"))
        self.assertGreater(clock.now(), at("2026-01-02 00:00:00"))

    def test_a_set_clock_is_put_back_after_an_error(self):
        with (
            self.assertRaises(ZeroDivisionError),
            clock.clock_at("2020-01-01 00:00:00"),
        ):
            raise ZeroDivisionError
        self.assertNotEqual(clock.now().year, 2020)

    def test_days_are_decided_in_the_zone_of_the_platform(self):
        with clock.clock_at("2026-07-14 22:30:00"):
            self.assertEqual(self.company._ebs_today(), date(2026, 7, 15))
            self.company.ebs_tz = "America/Martinique"
            self.assertEqual(self.company._ebs_today(), date(2026, 7, 14))

    def test_a_local_moment_knows_its_offset(self):
        local = self.company._ebs_local(at("2026-07-14 22:30:00"))
        self.assertEqual(local.utcoffset(), timedelta(hours=2))
        self.assertEqual((local.day, local.hour), (15, 0))

    def test_a_local_hour_becomes_utc_in_winter_and_in_summer(self):
        to_utc = self.company._ebs_to_utc
        self.assertEqual(to_utc(date(2026, 1, 15)), at("2026-01-14 23:00:00"))
        self.assertEqual(to_utc(date(2026, 7, 15), 10), at("2026-07-15 08:00:00"))

    def test_the_day_on_which_summer_time_begins_has_23_hours(self):
        to_utc = self.company._ebs_to_utc
        start, end = to_utc(date(2026, 3, 29)), to_utc(date(2026, 3, 30))
        self.assertEqual(start, at("2026-03-28 23:00:00"))
        self.assertEqual(end, at("2026-03-29 22:00:00"))
        self.assertEqual(end - start, timedelta(hours=23))
        self.assertEqual(to_utc(date(2026, 3, 29), 10), at("2026-03-29 08:00:00"))

    def test_the_day_on_which_summer_time_ends_has_25_hours(self):
        to_utc = self.company._ebs_to_utc
        start, end = to_utc(date(2026, 10, 25)), to_utc(date(2026, 10, 26))
        self.assertEqual(start, at("2026-10-24 22:00:00"))
        self.assertEqual(end, at("2026-10-25 23:00:00"))
        self.assertEqual(end - start, timedelta(hours=25))
        self.assertEqual(to_utc(date(2026, 10, 25), 10), at("2026-10-25 09:00:00"))

    def test_an_hour_that_is_jumped_over_and_24_give_a_moment(self):
        to_utc = self.company._ebs_to_utc
        jumped = to_utc(date(2026, 3, 29), 2)
        self.assertIn(jumped, (at("2026-03-29 00:00:00"), at("2026-03-29 01:00:00")))
        self.assertEqual(to_utc(date(2026, 7, 1), 24), to_utc(date(2026, 7, 2)))
