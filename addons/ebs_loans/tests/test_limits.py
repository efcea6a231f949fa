# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LoansCase


@tagged("ebs_loans")
class TestLimits(LoansCase):
    """What a member may borrow at once: the rule and what to do, in a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.platform = cls.company.sudo()
        cls.saw = cls.make_loan_listing(cls.owner, name="Saw")
        cls.book = cls.make_loan_listing(
            cls.owner, name="Book", category_id=cls.books.id
        )

    def tally(self, category=None):
        return (
            self.env["ebs.loan.tally"]
            .sudo()
            .search(
                [
                    ("member_id", "=", self.borrower.id),
                    ("category_id", "=", category.id if category else False),
                ]
            )
        )

    def refusal(self, listing=None):
        return (listing or self.saw)._get_ask_refusal(self.borrower)

    # === NUMBER === #

    def test_without_a_rule_nothing_is_refused(self):
        for day in ("2026-11-27", "2026-11-28", "2026-11-29"):
            self.ask(self.borrower, self.drill, day)
        self.assertIsNone(self.refusal())

    def test_one_loan_more_than_the_platform_allows_is_refused(self):
        self.platform.ebs_loan_max_open = 1
        self.ask(self.borrower, self.drill, "2026-11-27")
        self.assertIn("1 at most for each member", self.refusal())
        with self.refused("Bring one back or withdraw a request first"):
            self.ask(self.borrower, self.saw, "2026-11-27")
        self.ask(self.rival, self.saw, "2026-11-27")

    def test_the_refusal_is_the_same_before_the_click_and_after(self):
        self.platform.ebs_loan_max_open = 1
        self.ask(self.borrower, self.drill, "2026-11-27")
        with self.assertRaisesRegex(Exception, self.refusal().split("(")[0][:40]):
            self.ask(self.borrower, self.saw, "2026-11-27")

    def test_what_ends_makes_room(self):
        self.platform.ebs_loan_max_open = 1
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.by(self.borrower, loan).action_cancel()
        loan = self.lend(self.borrower, self.drill, "2026-11-23")
        self.hand_over(loan)
        self.assertTrue(self.refusal())
        self.take_back(loan)
        self.assertIsNone(self.refusal())
        self.assertEqual(self.tally().loan_count, 0)

    def test_a_declined_and_an_expired_request_make_room(self):
        self.platform.ebs_loan_max_open = 1
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.by(self.owner, loan).action_decline()
        loan = self.ask(self.borrower, self.drill, "2026-11-24")
        with self.cron(2026, 11, 25, 9):
            self.env["ebs.exchange"].sudo()._cron_expire()
        self.assertEqual(loan.state, "expired")
        self.assertIsNone(self.refusal())

    def test_a_category_limits_itself_and_what_is_a_part_of_it(self):
        self.garden.sudo().loan_max_open = 1
        mower = self.make_loan_listing(
            self.owner, name="Mower", category_id=self.mowers.id
        )
        self.ask(self.borrower, mower, "2026-11-27")
        self.assertIn("“Garden”", self.refusal())
        self.assertIsNone(self.refusal(self.book))
        self.assertEqual(self.tally(self.garden).loan_count, 1)
        self.assertEqual(self.tally(self.mowers).loan_count, 1)

    def test_a_thing_that_changes_its_category_makes_room_where_it_was_counted(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.drill.sudo().category_id = self.books
        self.by(self.borrower, loan).action_cancel()
        self.assertEqual(self.tally(self.garden).loan_count, 0)

    def test_a_gift_and_a_question_count_for_nothing(self):
        self.platform.ebs_loan_max_open = 1
        gift = self.make_listing(self.owner, way="give")
        self.ask(self.borrower, gift, "2026-11-27", way="give")
        self.by(self.borrower, self.drill).action_inquire("Is it heavy?")
        self.assertIsNone(self.refusal())

    def test_a_lower_limit_takes_nothing_away_and_lets_things_come_back(self):
        loans = [
            self.lend(self.borrower, listing, "2026-11-23")
            for listing in (self.drill, self.saw)
        ]
        self.platform.ebs_loan_max_open = 1
        for loan in loans:
            self.take_back(self.hand_over(loan))
        self.assertEqual(self.tally().loan_count, 0)

    def test_the_database_refuses_a_count_above_its_limit(self):
        self.platform.ebs_loan_max_open = 1
        self.ask(self.borrower, self.drill, "2026-11-27")
        for values in ({"loan_count": 2}, {"loan_count": -1}):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.tally().write(values)
                self.env.flush_all()

    # === VALUE === #

    def test_the_value_borrowed_at_once_is_limited(self):
        self.platform.ebs_loan_max_value = 100
        self.drill.sudo().value = 80
        self.saw.sudo().write({"deposit_kind": "cash", "deposit_amount": 30})
        self.ask(self.borrower, self.drill, "2026-11-27")
        self.assertRegex(self.refusal(), "worth .*100.* at most.*110")
        with self.refused("Bring something back first"):
            self.ask(self.borrower, self.saw, "2026-11-27")
        self.ask(self.borrower, self.book, "2026-11-27")

    def test_a_value_that_changes_meanwhile_makes_room_as_it_was_counted(self):
        self.drill.sudo().value = 80
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.drill.sudo().value = 10
        self.by(self.borrower, loan).action_cancel()
        self.assertEqual(self.tally().value_sum, 0)

    # === LENGTH === #

    def test_a_category_says_how_long_its_things_are_lent(self):
        self.garden.sudo().loan_max_days = 2
        with self.refused("“Garden” are lent for 2 days at most"):
            self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29")
        self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-28")
        self.ask(self.borrower, self.book, "2026-11-27", "2026-11-29")

    def test_a_day_that_lasts_an_hour_more_is_one_day(self):
        self.garden.sudo().loan_max_days = 1
        with self.at(2027, 10, 25, 9):
            self.ask(self.borrower, self.drill, "2027-10-31")

    # === LATE, PHONE === #

    def test_who_is_late_brings_it_back_first(self):
        loan = self.hand_over(self.lend(self.borrower, self.drill, "2026-11-23"))
        with self.at(2026, 11, 25, 9):
            self.assertIn("“Drill” was due back on Monday 23", self.refusal())
            with self.refused("bring it back first"):
                self.ask(self.borrower, self.saw, "2026-11-27")
            self.take_back(loan)
            self.ask(self.borrower, self.saw, "2026-11-27")

    def test_the_operator_may_let_who_is_late_borrow(self):
        self.platform.ebs_loan_late_blocks = False
        self.hand_over(self.lend(self.borrower, self.drill, "2026-11-23"))
        with self.at(2026, 11, 25, 9):
            self.ask(self.borrower, self.saw, "2026-11-27")

    def test_the_operator_may_ask_for_a_phone_number(self):
        self.platform.ebs_loan_needs_phone = True
        self.borrower.sudo().private_ids.phone = False
        with self.refused("add your number to your profile first"):
            self.ask(self.borrower, self.saw, "2026-11-27")
        self.borrower.sudo().private_ids.phone = "+33612345678"
        self.ask(self.borrower, self.saw, "2026-11-27")

    # === WHO READS IT === #

    def test_a_tally_is_read_by_its_member_and_the_desk_alone(self):
        self.ask(self.borrower, self.drill, "2026-11-27")
        tally = self.tally()
        self.assertTrue(self.by(self.borrower, tally).has_access("read"))
        self.assertTrue(tally.with_user(self.desk).has_access("read"))
        self.assertFalse(self.by(self.owner, tally).has_access("read"))
        self.assertFalse(tally.with_user(self.stranger).has_access("read"))
        self.assertFalse(self.by(self.borrower, tally).has_access("write"))
