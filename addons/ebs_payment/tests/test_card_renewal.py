# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import CardCase


@tagged("-at_install", "post_install")
class TestCardRenewal(CardCase):
    """A loan that outlasts an authorisation: the card is saved, and held anew."""

    def setUp(self):
        super().setUp()
        self.loan = self.lend_saw("2026-11-24", "2026-12-10")
        self.deposit = self.loan.sudo().deposit_id

    def begin_loan(self):
        hold = self.authorise(self.loan)
        with self.at(2026, 11, 24, 9):
            self.hand_over(self.loan)
        return hold

    def renew(self, *moment):
        with self.cron(*moment):
            self.env["ebs.deposit"]._cron_renew()
        self.run_orders(*moment)

    def test_only_a_long_loan_saves_the_card(self):
        self.assertTrue(self.loan.sudo()._outlasts_hold())
        short = self.lend(self.rival, self.saw, "2026-12-20", "2026-12-21")
        self.assertFalse(short.sudo()._outlasts_hold())

    def test_it_is_held_anew_before_it_ends_and_the_old_one_let_go(self):
        first = self.begin_loan()
        self.assertTrue(first.token_id, "the card was saved")
        self.renew(2026, 11, 27, 8)
        self.assertEqual(self.orders(self.loan), [], "too early")
        self.renew(2026, 11, 29, 8)
        self.renew(2026, 11, 29, 9)
        self.assertEqual(
            self.orders(self.loan), [("renew", "done"), ("release", "done")]
        )
        second = self.deposit.hold_id
        self.assertEqual((first.state, second.state), ("cancel", "authorized"))
        self.assertEqual(second.amount, 80)
        self.renew(2026, 12, 5, 8)
        self.renew(2026, 12, 5, 9)
        self.assertEqual(len(self.orders(self.loan)), 4)
        self.assertSound()

    def test_the_card_is_forgotten_at_the_end(self):
        hold = self.begin_loan()
        token = hold.token_id
        self.renew(2026, 11, 29, 8)
        self.renew(2026, 11, 29, 9)
        self.assertTrue(token.active, "the loan goes on")
        self.take_back(self.loan)
        self.give_back(self.loan)
        self.run_orders(2026, 12, 1, 8)
        self.assertFalse(token.active)
        self.assertSound()

    def test_a_card_that_cannot_be_held_anew_is_told_to_both(self):
        hold = self.begin_loan()
        hold.token_id.demo_simulated_state = "error"
        self.renew(2026, 11, 29, 8)
        for minute in range(1, 50):
            self.run_orders(2026, 11, 30, minute // 6, minute % 6 * 10)
        self.assertEqual(self.orders(self.loan), [("renew", "failed")])
        self.assertTrue(self.mails_to(self.borrower, "The deposit by card ends"))
        self.assertTrue(self.mails_to(self.library, "The deposit by card ends"))
        self.renew(2026, 11, 29, 10)
        self.assertEqual(self.orders(self.loan), [("renew", "failed")], "said once")

    def test_a_card_that_was_not_saved_is_told_too(self):
        hold = self.begin_loan()
        hold.token_id.active = False
        self.renew(2026, 11, 29, 8)
        self.assertEqual(self.orders(self.loan), [("renew", "failed")])

    def test_nothing_is_held_anew_after_the_return(self):
        self.begin_loan()
        self.take_back(self.loan)
        self.renew(2026, 11, 29, 8)
        self.assertEqual(self.orders(self.loan), [])

    def test_a_return_between_order_and_renewal_holds_nothing(self):
        self.begin_loan()
        with self.cron(2026, 11, 29, 8):
            self.env["ebs.deposit"]._cron_renew()
        self.take_back(self.loan)
        self.give_back(self.loan)
        self.run_orders(2026, 11, 29, 9)
        self.assertEqual(
            self.orders(self.loan), [("renew", "failed"), ("release", "done")]
        )
        self.assertSound()

    def test_what_is_kept_of_a_lapsed_card_is_asked_of_the_saved_one(self):
        first = self.begin_loan()
        self.pay(first, "cancel")
        # The provider let go by itself: it is held anew at once.
        self.run_orders(2026, 12, 5, 8)
        second = self.deposit.hold_id
        self.assertEqual(second.state, "authorized")
        self.take_back(self.loan)
        self.pay(second, "cancel")
        self.run_orders(2026, 12, 5, 9)
        self.assertEqual(self.deposit.card_state, "lapsed", "nobody needs it")
        self.keep(self.loan, 30)
        for hour in (9, 10, 11):
            self.run_orders(2026, 12, 6, hour)
        taken = self.deposit.hold_id
        self.assertEqual((taken.amount, taken.state), (30, "done"))
        self.assertSound()
