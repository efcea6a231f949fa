# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import fields

from .. import clock
from .common import EbsCase


class TestClock(EbsCase):
    def test_without_a_set_clock_it_is_the_time_that_odoo_knows(self):
        with freeze_time("2026-05-04 10:20:30.999"):
            self.assertEqual(clock.now(), datetime(2026, 5, 4, 10, 20, 30))
            self.assertEqual(clock.now(), fields.Datetime.now())

    def test_a_set_clock_holds_for_its_block_and_inside_another(self):
        with clock.clock_at(datetime(2026, 1, 1, 12, 0, 0, 5)):
            self.assertEqual(clock.now(), datetime(2026, 1, 1, 12))
            with clock.clock_at("2027-02-03 04:05:06"):
                self.assertEqual(clock.now(), datetime(2027, 2, 3, 4, 5, 6))
            self.assertEqual(clock.now(), datetime(2026, 1, 1, 12))
        self.assertGreater(clock.now(), datetime(2026, 1, 2))

    def test_a_set_clock_is_put_back_after_an_error(self):
        with self.assertRaises(ZeroDivisionError), clock.clock_at("2020-01-01 00:00:00"):
            raise ZeroDivisionError
        self.assertNotEqual(clock.now().year, 2020)

    def test_days_are_decided_in_the_zone_of_the_platform(self):
        with clock.clock_at("2026-07-14 22:30:00"):
            self.assertEqual(self.company._ebs_today(), date(2026, 7, 15))
            self.company.ebs_tz = "America/Martinique"
            self.assertEqual(self.company._ebs_today(), date(2026, 7, 14))

    def test_a_local_moment_knows_its_offset(self):
        local = self.company._ebs_local(datetime(2026, 7, 14, 22, 30))
        self.assertEqual(local.utcoffset(), timedelta(hours=2))
        self.assertEqual((local.day, local.hour), (15, 0))

    def test_a_local_hour_becomes_utc_in_winter_and_in_summer(self):
        to_utc = self.company._ebs_to_utc
        self.assertEqual(to_utc(date(2026, 1, 15)), datetime(2026, 1, 14, 23))
        self.assertEqual(to_utc(date(2026, 7, 15), 10), datetime(2026, 7, 15, 8))

    def test_the_day_on_which_summer_time_begins_has_23_hours(self):
        to_utc = self.company._ebs_to_utc
        start, end = to_utc(date(2026, 3, 29)), to_utc(date(2026, 3, 30))
        self.assertEqual(start, datetime(2026, 3, 28, 23))
        self.assertEqual(end, datetime(2026, 3, 29, 22))
        self.assertEqual(end - start, timedelta(hours=23))
        self.assertEqual(to_utc(date(2026, 3, 29), 10), datetime(2026, 3, 29, 8))

    def test_the_day_on_which_summer_time_ends_has_25_hours(self):
        to_utc = self.company._ebs_to_utc
        start, end = to_utc(date(2026, 10, 25)), to_utc(date(2026, 10, 26))
        self.assertEqual(start, datetime(2026, 10, 24, 22))
        self.assertEqual(end, datetime(2026, 10, 25, 23))
        self.assertEqual(end - start, timedelta(hours=25))
        self.assertEqual(to_utc(date(2026, 10, 25), 10), datetime(2026, 10, 25, 9))

    def test_an_hour_that_is_jumped_over_and_24_give_a_moment(self):
        to_utc = self.company._ebs_to_utc
        jumped = to_utc(date(2026, 3, 29), 2)
        self.assertIn(jumped, (datetime(2026, 3, 29, 0), datetime(2026, 3, 29, 1)))
        self.assertEqual(to_utc(date(2026, 7, 1), 24), to_utc(date(2026, 7, 2)))
