# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.tests import tagged

from .common import LoansCase, utc


@tagged("ebs_loans")
class TestDays(LoansCase):
    """Days are those of the platform's zone, right through both clock changes."""

    def test_a_loan_lasts_from_local_midnight_to_local_midnight(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29").sudo()
        self.assertEqual(loan.date_start, utc(2026, 11, 26, 23))
        self.assertEqual(loan.date_end, utc(2026, 11, 29, 23))
        self.assertEqual(loan.day_start, date(2026, 11, 27))
        self.assertEqual(loan.day_end, date(2026, 11, 29))

    def test_the_day_when_clocks_go_back_lasts_25_hours(self):
        with self.at(2026, 10, 19, 8):
            loan = self.ask(self.borrower, self.drill, "2026-10-25").sudo()
        self.assertEqual(loan.date_start, utc(2026, 10, 24, 22))
        self.assertEqual(loan.date_end, utc(2026, 10, 25, 23))
        self.assertEqual(loan.day_start, loan.day_end)

    def test_the_day_when_clocks_go_forward_lasts_23_hours(self):
        with self.at(2027, 3, 22, 8):
            loan = self.ask(self.borrower, self.drill, "2027-03-28").sudo()
        self.assertEqual(loan.date_start, utc(2027, 3, 27, 23))
        self.assertEqual(loan.date_end, utc(2027, 3, 28, 22))
        self.assertEqual(loan.day_start, loan.day_end)

    def test_days_next_to_each_other_never_collide_at_a_clock_change(self):
        """A loan must not shift by an hour over a change (Lend Engine 103)."""
        for now, first in (
            (utc(2026, 10, 19, 8), date(2026, 10, 23)),
            (utc(2027, 3, 22, 8), date(2027, 3, 26)),
            (utc(2028, 2, 25, 8), date(2028, 2, 27)),
            (utc(2026, 12, 28, 8), date(2026, 12, 30)),
        ):
            listing = self.make_loan_listing(self.owner)
            with self.subTest(first=first), self.at(*now.timetuple()[:6]):
                for n in range(5):
                    day = (first + timedelta(days=n)).isoformat()
                    loan = self.lend(self.borrower, listing, day).sudo()
                    self.assertEqual(loan.day_start, loan.day_end)
                    self.assertEqual(loan.day_start.isoformat(), day)
                last = first + timedelta(days=9)
                self.assertEqual(
                    listing._get_busy_days(first - timedelta(days=1), last),
                    {first + timedelta(days=n) for n in range(5)},
                )

    def test_a_loan_over_leap_day_and_one_over_new_year_keep_their_days(self):
        for now, first, last in (
            ((2028, 2, 21, 8), "2028-02-28", "2028-03-01"),
            ((2026, 12, 21, 8), "2026-12-30", "2027-01-02"),
        ):
            with self.subTest(first=first), self.at(*now):
                loan = self.ask(self.borrower, self.drill, first, last).sudo()
                self.assertEqual(loan.day_start.isoformat(), first)
                self.assertEqual(loan.day_end.isoformat(), last)

    def test_today_is_the_platforms_today_shortly_after_local_midnight(self):
        with self.at(2026, 11, 23, 23, 30):  # half past midnight on Tuesday
            loan = self.ask(self.borrower, self.drill, "2026-11-24").sudo()
            self.assertEqual(loan.day_start, date(2026, 11, 24))
            with self.refused("today or later"):
                self.ask(self.rival, self.drill, "2026-11-23")

    def test_another_zone_has_other_moments_for_the_same_days(self):
        self.drill.company_id.sudo().ebs_tz = "Australia/Lord_Howe"
        with self.at(2026, 9, 28, 8):
            loan = self.ask(self.borrower, self.drill, "2026-10-04").sudo()
        # Clocks go forward by half an hour that night.
        self.assertEqual(
            loan.date_end - loan.date_start, timedelta(hours=23, minutes=30)
        )
        self.assertEqual((loan.day_start, loan.day_end), (date(2026, 10, 4),) * 2)

    def test_agreed_days_stay_when_the_platform_changes_its_zone(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-27").sudo()
        loan.flush_recordset()
        loan.company_id.ebs_tz = "Asia/Kolkata"
        loan.invalidate_recordset()
        self.assertEqual(loan.day_start, date(2026, 11, 27))
        self.assertEqual(loan.day_end, date(2026, 11, 27))
