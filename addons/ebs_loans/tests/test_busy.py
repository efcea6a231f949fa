# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time
from datetime import datetime
from unittest.mock import patch

from odoo.addons.ebs_loans import busy
from odoo.addons.ebs_loans.busy import BusyError, find_busy
from odoo.tests import BaseCase, tagged

from .calendar_server import make_calendar
from .common import utc

START, END = utc(2026, 11, 22, 23), utc(2027, 11, 22, 23)


def at(text):
    """A moment in UTC, written shortly."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - as Odoo has it


@tagged("-at_install", "post_install")
class TestBusy(BaseCase):
    """Busy times are read out of whatever calendar somebody has."""

    def find(self, *events, data=None, zone="Europe/Paris", **kwargs):
        data = make_calendar(*events) if data is None else data
        return find_busy(data, zone, START, END, **kwargs)

    def assert_busy(self, periods, *events, **kwargs):
        found = self.find(*events, **kwargs)
        self.assertEqual(found, [(at(start), at(end)) for start, end in periods])

    def assert_refused(self, code, *events, data=None):
        with self.assertRaises(BusyError) as caught:
            self.find(*events, data=data)
        self.assertEqual(caught.exception.code, code, str(caught.exception))

    # === WHEN === #

    def test_a_whole_day_is_one_of_the_platform(self):
        day = ["DTSTART;VALUE=DATE:20261225"]
        self.assert_busy([("2026-12-24 23:00", "2026-12-25 23:00")], day)
        self.assert_busy(
            [("2026-12-25 04:00", "2026-12-26 04:00")], day, zone="America/Martinique"
        )

    def test_whole_days_end_before_the_day_they_name(self):
        days = ["DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227"]
        self.assert_busy([("2026-12-24 23:00", "2026-12-26 23:00")], days)

    def test_the_night_of_a_clock_change_is_an_hour_longer_or_shorter(self):
        self.assert_busy(
            [
                ("2027-03-27 23:00", "2027-03-28 22:00"),
                ("2027-10-30 22:00", "2027-10-31 23:00"),
            ],
            ["DTSTART;VALUE=DATE:20270328"],
            ["DTSTART;VALUE=DATE:20271031"],
        )

    def test_an_hour_without_a_zone_is_one_of_the_platform(self):
        self.assert_busy(
            [("2026-12-25 09:00", "2026-12-25 10:00")],
            ["DTSTART:20261225T100000", "DTEND:20261225T110000"],
        )

    def test_an_hour_with_a_zone_is_there(self):
        self.assert_busy(
            [("2026-12-25 15:00", "2026-12-25 17:00")],
            ["DTSTART;TZID=America/New_York:20261225T100000", "DURATION:PT2H"],
        )
        self.assert_busy(
            [("2026-12-25 09:00", "2026-12-25 11:00")],
            ["DTSTART;TZID=Romance Standard Time:20261225T100000", "DURATION:PT2H"],
        )

    def test_what_repeats_comes_as_often_as_it_does_and_keeps_its_hour(self):
        self.assert_busy(
            [
                ("2027-03-14 09:00", "2027-03-14 10:00"),
                ("2027-03-28 08:00", "2027-03-28 09:00"),
                ("2027-04-04 12:00", "2027-04-04 13:00"),
            ],
            [
                "UID:weekly",
                "DTSTART;TZID=Europe/Paris:20270314T100000",
                "DURATION:PT1H",
                "RRULE:FREQ=WEEKLY;COUNT=4",
                "EXDATE;TZID=Europe/Paris:20270321T100000",
            ],
            [
                "UID:weekly",
                "RECURRENCE-ID;TZID=Europe/Paris:20270404T100000",
                "DTSTART;TZID=Europe/Paris:20270404T140000",
                "DURATION:PT1H",
            ],
        )

    def test_what_has_repeated_for_years_is_read_from_today_to_the_horizon(self):
        found = self.find(
            ["DTSTART;VALUE=DATE:19900101", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1"]
        )
        self.assertEqual(len(found), 12)
        self.assertGreater(found[0][0], START)
        self.assertLess(found[-1][1], END)

    def test_busy_times_that_touch_are_one_and_stay_within_the_horizon(self):
        self.assert_busy(
            [
                ("2026-11-22 23:00", "2026-12-02 12:00"),
                ("2027-11-20 00:00", "2027-11-22 23:00"),
            ],
            ["DTSTART:20261101T000000Z", "DTEND:20261201T100000Z"],
            ["DTSTART:20261201T100000Z", "DTEND:20261202T120000Z"],
            ["DTSTART:20261201T110000Z", "DTEND:20261201T120000Z"],
            ["DTSTART:20271120T000000Z", "DTEND:20280101T000000Z"],
            ["DTSTART:20280201T000000Z", "DTEND:20280202T000000Z"],
        )

    def test_what_is_free_cancelled_or_takes_no_time_is_not_busy(self):
        hour = ["DTSTART:20261225T100000Z", "DURATION:PT1H"]
        self.assert_busy(
            [],
            [*hour, "TRANSP:TRANSPARENT"],
            [*hour, "STATUS:CANCELLED"],
            [*hour, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"],
            ["DTSTART:20261225T100000Z"],
        )

    def test_our_own_loans_do_not_come_back_as_busy_times(self):
        self.assert_busy(
            [],
            ["UID:abc@ours.ebs", "DTSTART:20261225T100000Z", "DURATION:PT1H"],
            own="@ours.ebs",
        )

    def test_a_calendar_that_tells_only_when_one_is_busy_is_read(self):
        self.assert_busy(
            [
                ("2026-12-25 10:00", "2026-12-25 11:00"),
                ("2026-12-26 10:00", "2026-12-26 11:00"),
            ],
            data=make_calendar().replace(
                b"END:VCALENDAR",
                b"BEGIN:VFREEBUSY\r\nUID:f\r\nDTSTAMP:20260101T000000Z\r\n"
                b"FREEBUSY:20261225T100000Z/PT1H,20261226T100000Z/20261226T110000Z\r\n"
                b"FREEBUSY;FBTYPE=FREE:20261227T100000Z/PT1H\r\n"
                b"END:VFREEBUSY\r\nEND:VCALENDAR",
            ),
        )

    def test_ends_of_lines_and_marks_of_order_do_not_matter(self):
        data = make_calendar(["DTSTART:20261225T100000Z", "DURATION:PT1H"])
        for form in (
            data.replace(b"\r\n", b"\n"),
            b"\xef\xbb\xbf" + data,
            data + data,
            data.replace(b"DURATION", b"DURA\r\n TION"),
        ):
            self.assert_busy([("2026-12-25 10:00", "2026-12-25 11:00")], data=form)

    # === WHAT IS NO CALENDAR === #

    def test_what_is_no_whole_calendar_is_refused(self):
        data = make_calendar(["DTSTART:20261225T100000Z", "DURATION:PT1H"])
        for broken in (
            b"",
            b"<!doctype html><title>Log in</title>",
            data[:-20],
            data.replace(b"END:VEVENT\r\n", b""),
            data.replace(b"BEGIN:VCALENDAR\r\n", b""),
            b"\x00\xff" * 1000,
        ):
            self.assert_refused("content", data=broken)

    def test_an_event_whose_time_cannot_be_read_is_not_taken_for_none(self):
        for lines in (
            ["SUMMARY:some day"],
            ["DTSTART:2026"],
            ["DTSTART:20261399T000000Z"],
            ["DTSTART:20261225T100000Z", "DURATION:long"],
            ["DTSTART:20261225T100000Z", "DURATION:P99999999999999D"],
            ["DTSTART:20261225T100000Z", "RRULE:FREQ=NEVER"],
            ["DTSTART:20261225T100000Z", "EXDATE:yesterday"],
        ):
            self.assert_refused("content", lines)

    def test_what_repeats_all_the_time_is_refused_in_time(self):
        old = ["DTSTART:19700101T000000Z", "DURATION:PT1S"]
        self.assert_refused("many", [*old, "RRULE:FREQ=HOURLY"])
        began = time.monotonic()
        with patch.object(busy, "SECONDS", 1):
            self.assert_refused("heavy", [*old, "RRULE:FREQ=SECONDLY"])
        self.assertLess(time.monotonic() - began, 5)

    def test_a_reader_that_fails_harms_nobody(self):
        with patch.object(busy.sys, "executable", "/bin/false"):
            self.assert_refused("heavy", data=make_calendar())
