# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LoansCase, utc


@tagged("ebs_loans")
class TestWaiting(LoansCase):
    """The line of those who wait: first come, first served, each for some hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tara = cls.make_member("Tara")
        cls.loan = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-29")
        cls.hand_over(cls.loan)

    def wait(self, member, listing=None):
        return self.by(member, listing or self.drill).action_wait().sudo()

    def bring_back(self):
        self.take_back(self.loan)

    # === THE LINE === #

    def test_the_line_is_in_the_order_of_coming(self):
        first, second = self.wait(self.rival), self.wait(self.tara)
        self.assertEqual((first.place, second.place), (1, 2))
        self.by(self.rival, first).action_leave()
        self.assertEqual((first.place, second.place), (0, 1))

    def test_waiting_twice_is_one_place(self):
        self.assertEqual(self.wait(self.rival), self.wait(self.rival))

    def test_the_database_knows_one_place_for_each(self):
        place = self.wait(self.rival)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            place.copy()

    def test_nobody_waits_for_what_is_there(self):
        self.bring_back()
        with self.refused("It is there today"):
            self.wait(self.rival)

    def test_nobody_waits_for_a_gift_nor_for_what_one_has(self):
        gift = self.make_listing(self.owner, way="give")
        with self.refused("ask for this one"):
            self.wait(self.rival, gift)
        with self.refused("You have it already"):
            self.wait(self.borrower)

    def test_the_owner_does_not_wait(self):
        with self.refused("your own listing"):
            self.wait(self.owner)

    # === SERVED === #

    def test_what_comes_back_is_kept_for_the_first_in_line(self):
        first, second = self.wait(self.rival), self.wait(self.tara)
        self.bring_back()
        self.assertEqual((first.state, second.state), ("held", "waiting"))
        self.assertEqual(first.held_until, utc(2026, 11, 25, 8))
        self.assertEqual(first.booking_ids.kind, "hold")
        self.assertTrue(self.mails_to(self.rival, "kept for you"))
        self.assertFalse(self.mails_to(self.tara))

    def test_what_is_kept_is_free_for_its_member_alone(self):
        self.wait(self.rival)
        self.bring_back()
        with self.refused("Already taken on Monday 23"):
            self.ask(self.tara, self.drill, "2026-11-23")
        loan = self.ask(self.rival, self.drill, "2026-11-23", "2026-11-24")
        self.assertEqual(loan.state, "requested")

    def test_it_stays_kept_until_the_owner_answers(self):
        place = self.wait(self.rival)
        self.bring_back()
        loan = self.ask(self.rival, self.drill, "2026-11-26", "2026-11-27")
        self.assertEqual(place.exchange_id, loan.sudo())
        with self.at(2026, 11, 26, 9), self.refused("Already taken"):
            self.ask(self.tara, self.drill, "2026-11-27")
        self.accept(loan)
        self.assertEqual(place.state, "served")
        self.assertFalse(place.booking_ids)
        self.assertEqual(loan.sudo().booking_ids.kind, "loan")

    def test_a_request_that_is_declined_passes_it_on(self):
        place, following = self.wait(self.rival), self.wait(self.tara)
        self.bring_back()
        loan = self.ask(self.rival, self.drill, "2026-11-23")
        self.by(self.owner, loan).action_decline()
        self.assertEqual((place.state, following.state), ("gone", "held"))

    def test_an_instant_loan_takes_what_is_kept_at_once(self):
        self.drill.sudo().agreement = "instant"
        place = self.wait(self.rival)
        self.bring_back()
        loan = self.ask(self.rival, self.drill, "2026-11-23")
        self.assertEqual((loan.state, place.state), ("accepted", "served"))

    def test_a_cancelled_loan_serves_the_line_too(self):
        listing = self.make_loan_listing(self.owner)
        loan = self.lend(self.borrower, listing, "2026-11-23", "2026-11-25")
        place = self.wait(self.rival, listing)
        self.by(self.borrower, loan).action_cancel()
        self.assertEqual(place.state, "held")

    def test_nothing_is_kept_over_a_loan_that_is_agreed(self):
        self.lend(self.tara, self.drill, "2026-11-30")
        place = self.wait(self.rival)
        with self.at(2026, 11, 29, 8):
            self.bring_back()
        self.assertEqual(place.state, "waiting")

    def test_who_is_late_elsewhere_keeps_the_place_and_the_next_is_served(self):
        ladder = self.make_loan_listing(self.owner)
        self.hand_over(self.lend(self.rival, ladder, "2026-11-23"))
        late, following = self.wait(self.rival), self.wait(self.tara)
        with self.at(2026, 11, 25, 8):
            self.bring_back()
        self.assertEqual((late.state, following.state), ("waiting", "held"))

    def test_who_may_not_ask_any_more_leaves_the_line(self):
        place, following = self.wait(self.rival), self.wait(self.tara)
        self.rival.with_user(self.moderator).action_suspend("A test.")
        self.bring_back()
        self.assertEqual((place.state, following.state), ("gone", "held"))

    def test_each_copy_that_comes_back_serves_one(self):
        listing = self.make_loan_listing(self.owner, copies=2)
        loans = [
            self.hand_over(self.lend(member, listing, "2026-11-23", "2026-11-25"))
            for member in (self.borrower, self.make_member("Ugo"))
        ]
        places = [self.wait(member, listing) for member in (self.rival, self.tara)]
        for loan, place in zip(loans, places, strict=True):
            self.assertEqual(place.state, "waiting")
            self.take_back(loan)
            self.assertEqual(place.state, "held")

    # === PASSED ON === #

    def test_who_does_not_ask_in_time_is_told_and_the_next_is_served(self):
        first, second = self.wait(self.rival), self.wait(self.tara)
        self.bring_back()
        with self.cron(2026, 11, 25, 8) as commits:
            self.env["ebs.waiting"].sudo()._cron_serve()
        self.assertEqual((first.state, second.state), ("gone", "held"))
        self.assertFalse(first.booking_ids)
        self.assertTrue(self.mails_to(self.rival, "goes to the next"))
        self.assertTrue(self.mails_to(self.tara, "kept for you"))
        self.assertEqual(commits[0], 0)

    def test_a_stranger_who_asks_before_the_cron_comes_does_not_jump_the_line(self):
        first, second = self.wait(self.rival), self.wait(self.tara)
        self.bring_back()
        ugo = self.make_member("Ugo")
        with self.at(2026, 11, 25, 9):
            with self.refused("Already taken"):
                self.ask(ugo, self.drill, "2026-11-25")
            self.ask(self.tara, self.drill, "2026-11-25")
        self.assertEqual((first.state, second.state), ("gone", "held"))

    def test_without_a_line_a_hold_that_is_over_stands_in_nobodys_way(self):
        self.wait(self.rival)
        self.bring_back()
        with self.at(2026, 11, 25, 9):
            self.lend(self.tara, self.drill, "2026-11-25")

    def test_leaving_gives_what_was_kept_to_the_next(self):
        first, second = self.wait(self.rival), self.wait(self.tara)
        self.bring_back()
        self.by(self.rival, first).action_leave()
        self.assertEqual((first.state, second.state), ("gone", "held"))

    # === WHO SEES AND DOES WHAT === #

    def test_a_place_is_read_by_its_member_and_the_desk_alone(self):
        place = self.wait(self.rival)
        self.assertTrue(self.by(self.rival, place).has_access("read"))
        self.assertTrue(place.with_user(self.desk).has_access("read"))
        for user in (
            self.owner.user_id,
            self.tara.user_id,
            self.stranger,
            self.moderator,
        ):
            self.assertFalse(place.with_user(user).has_access("read"))
        self.assertFalse(self.by(self.rival, place).has_access("write"))

    def test_nobody_leaves_for_another(self):
        place = self.wait(self.rival)
        for member in (self.owner, self.tara):
            with self.assertRaises(UserError):
                self.by(member, place).action_leave()
        with self.assertRaises(UserError):
            place.with_user(self.desk).action_leave()
