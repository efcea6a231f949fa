# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans")
class TestAsk(LoansCase):
    """Asking for days: what is refused says why, and what to do."""

    # === WHICH DAYS === #

    def test_a_loan_is_asked_for_whole_days(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29")
        self.assertEqual(loan.state, "requested")
        self.assertFalse(loan.sudo().booking_ids, "asking takes nothing yet")

    def test_garbage_dates_get_a_sentence(self):
        """T-S8: never an error page, whatever is sent."""
        for garbage in (
            None,
            False,
            True,
            "",
            " ",
            "tomorrow",
            "27/11/2026",
            "2026-13-45",
            "2026-02-30",
            "0000-00-00",
            "\x00",
            "2026-11-27\x00",
            "9" * 500,
            20261127,
            -1,
            1e400,
            [],
            ["2026-11-27"],
            {"day": 27},
        ):
            with self.subTest(garbage=garbage), self.refused("first and the last day"):
                self.ask(self.borrower, self.drill, "2026-11-27", date_start=garbage)
            with self.subTest(garbage=garbage), self.refused("first and the last day"):
                self.ask(self.borrower, self.drill, "2026-11-27", date_end=garbage)

    def test_days_at_the_ends_of_the_calendar_get_a_sentence(self):
        for first, last in (
            ("0001-01-01", "0001-01-02"),
            ("2026-11-27", "9999-12-31"),
            ("9999-12-31", "9999-12-31"),
            ("1900-01-01", "2100-01-01"),
        ):
            with self.subTest(first=first), self.assertRaises(UserError):
                self.ask(self.borrower, self.drill, first, last)

    def test_missing_days_get_a_sentence(self):
        with self.refused("first and the last day"):
            self.drill.with_user(self.borrower.user_id).action_ask(
                {"way": "lend", "message": "Hello"}
            )

    def test_yesterday_is_refused_and_today_is_not(self):
        with self.refused("today or later"):
            self.ask(self.borrower, self.drill, "2026-11-22", "2026-11-24")
        self.ask(self.borrower, self.drill, "2026-11-23", "2026-11-24")

    def test_the_last_day_cannot_come_before_the_first(self):
        with self.refused("last day cannot come before"):
            self.ask(self.borrower, self.drill, "2026-11-29", "2026-11-27")

    def test_the_operator_says_how_long_a_loan_may_last(self):
        self.drill.company_id.sudo().ebs_loan_max_days = 3
        self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29")
        with self.refused("3 days at most"):
            self.ask(self.rival, self.drill, "2026-12-01", "2026-12-04")

    def test_a_loan_starts_within_a_year(self):
        last = date(2026, 11, 23) + timedelta(days=365)
        self.ask(self.borrower, self.drill, last.isoformat())
        with self.refused("365 days"):
            self.ask(self.rival, self.drill, (last + timedelta(days=1)).isoformat())

    # === WHO ASKS TWICE === #

    def test_the_same_days_cannot_be_asked_for_twice_by_one_member(self):
        self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29")
        with self.refused("already"):
            self.ask(self.borrower, self.drill, "2026-11-29", "2026-11-30")

    def test_other_days_may_be_asked_for_meanwhile(self):
        self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29")
        self.ask(self.borrower, self.drill, "2026-11-30")
        self.ask(self.rival, self.drill, "2026-11-27", "2026-11-29")

    # === WHAT IS TAKEN === #

    def test_taken_days_are_named_with_the_next_free_ones(self):
        self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-28")
        with self.refused(
            "Already taken from Friday 27 November to Saturday 28 November. "
            "Next 3 free days: from Sunday 29 November to Tuesday 1 December."
        ):
            self.ask(self.rival, self.drill, "2026-11-27", "2026-11-29")

    def test_one_taken_day_is_named_with_the_next_free_one(self):
        self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-28")
        with self.refused(
            "Already taken on Friday 27 November. Next free day: Sunday 29 November."
        ):
            self.ask(self.rival, self.drill, "2026-11-27")

    def test_two_runs_of_taken_days_are_both_named(self):
        self.lend(self.borrower, self.drill, "2026-11-25")
        self.lend(self.borrower, self.drill, "2026-11-27")
        with self.refused("Already taken on Wednesday 25 November, on Friday 27"):
            self.ask(self.rival, self.drill, "2026-11-24", "2026-11-28")

    def test_days_before_and_after_a_loan_are_free(self):
        self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-28")
        self.lend(self.rival, self.drill, "2026-11-26")
        self.lend(self.rival, self.drill, "2026-11-29")

    def test_copies_free_on_different_days_do_not_make_one_free_copy(self):
        listing = self.make_loan_listing(self.owner, copies=2)
        first = self.lend(self.borrower, listing, "2026-11-26", "2026-11-27")
        self.lend(self.rival, listing, "2026-11-27", "2026-11-28")
        first.with_user(self.borrower.user_id).action_cancel()
        self.lend(self.borrower, listing, "2026-11-26")
        tara = self.make_member("Tara")
        with self.refused(
            "No single copy is free from Thursday 26 November to Saturday 28 "
            "November. Next 3 free days: from Friday 27 November"
        ):
            self.ask(tara, listing, "2026-11-26", "2026-11-28")

    def test_a_thing_that_is_late_is_taken_today(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-23", "2026-11-24")
        self.hand_over(loan)
        with self.at(2026, 11, 26, 9):
            with self.refused("Already taken on Thursday 26 November"):
                self.ask(self.rival, self.drill, "2026-11-26")
            self.ask(self.rival, self.drill, "2026-11-27")

    def test_a_thing_that_came_back_early_is_free_at_once(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-23", "2026-11-29")
        self.hand_over(loan)
        with self.at(2026, 11, 25, 14):
            self.take_back(loan)
        with self.at(2026, 11, 25, 15):
            self.lend(self.rival, self.drill, "2026-11-25", "2026-11-29")

    # === OTHER WAYS === #

    def test_days_are_not_asked_of_a_gift(self):
        gift = self.make_listing(self.owner, way="give")
        exchange = self.ask(
            self.borrower, gift, "2026-11-27", way="give", date_start="garbage"
        )
        self.assertFalse(exchange.sudo().date_start)

    def test_a_rental_takes_days_as_a_loan_does(self):
        listing = self.make_loan_listing(self.owner, way="rent", price=5)
        rental = self.ask(self.borrower, listing, "2026-11-27", way="rent")
        self.accept(rental)
        self.assertEqual(len(rental.sudo().booking_ids), 1)

    # === ACCEPTING === #

    def test_accepting_takes_the_first_free_copy(self):
        listing = self.make_loan_listing(self.owner, copies=3)
        loans = [
            self.lend(member, listing, "2026-11-27").sudo()
            for member in (self.borrower, self.rival)
        ]
        self.assertEqual([loan.copy_id.number for loan in loans], [1, 2])
        self.assertEqual(loans[0].state, "accepted")

    def test_the_second_yes_for_the_same_days_says_why_not(self):
        first = self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29")
        second = self.ask(self.rival, self.drill, "2026-11-28", "2026-11-28")
        self.accept(first)
        with self.refused("Already taken on Saturday 28 November"):
            self.accept(second)
        self.assertEqual(second.sudo().state, "requested")
        self.assertFalse(second.sudo().booking_ids)

    def test_days_gone_by_cannot_be_accepted_any_more(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-24")
        with self.at(2026, 11, 25, 9):
            actions = loan.with_user(self.owner.user_id)._get_actions()
            self.assertNotIn("accept", actions)
            with self.assertRaises(UserError):
                self.accept(loan)

    def test_a_request_whose_days_are_over_expires(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-24").sudo()
        other = self.ask(self.rival, self.drill, "2026-11-27").sudo()
        with self.cron(2026, 11, 25, 9):
            self.env["ebs.exchange"].sudo()._cron_expire()
        self.assertEqual(loan.state, "expired")
        self.assertEqual(other.state, "requested")

    def test_a_loan_accepted_on_its_second_day_takes_the_rest(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-23", "2026-11-25")
        with self.at(2026, 11, 24, 9):
            self.accept(loan)
        self.assertEqual(loan.sudo().booking_ids.date_start.day, 24)

    # === CANCELLING === #

    def test_cancelling_gives_the_days_back(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-29")
        loan.with_user(self.borrower.user_id).action_cancel()
        self.assertEqual(loan.state, "cancelled")
        self.assertFalse(loan.sudo().booking_ids)
        self.lend(self.rival, self.drill, "2026-11-27", "2026-11-29")

    def test_what_was_handed_over_cannot_be_cancelled(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-23", "2026-11-25")
        self.hand_over(loan)
        for member in (self.borrower, self.owner):
            with self.assertRaises(UserError):
                loan.with_user(member.user_id).action_cancel()
        self.assertTrue(loan.sudo().booking_ids)
