# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import CardCase


@tagged("-at_install", "post_install")
class TestCardDeposit(CardCase):
    """From the agreement to the hand-over: held before the thing goes."""

    def test_nothing_is_handed_over_without_an_authorisation(self):
        loan = self.lend_saw()
        with self.at(2026, 11, 24, 9), self.refused("Wait with the hand-over"):
            self.hand_over(loan)
        with self.at(2026, 11, 24, 9), self.refused("Wait with the hand-over"):
            self.hand_over(loan, deposit_received=True)
        self.assertEqual(loan.state, "accepted")

    def test_an_authorised_card_lets_the_thing_go(self):
        loan = self.lend_saw()
        hold = self.authorise(loan)
        self.assertEqual(hold.state, "authorized")
        self.assertEqual(loan.sudo().deposit_id.hold_id, hold)
        with self.at(2026, 11, 24, 9):
            self.hand_over(loan)
        self.assertEqual(loan.deposit_id.state, "held")
        self.assertSound()

    def test_a_refused_card_is_no_card(self):
        loan = self.lend_saw()
        for state in ("error", "cancel", "pending"):
            transaction = self.begin(loan, reference=f"EBS-{state}")
            self.pay(transaction, state)
            with self.at(2026, 11, 24, 9), self.refused("Wait with the hand-over"):
                self.hand_over(loan)

    def test_an_authorisation_that_is_over_is_none(self):
        loan = self.lend_saw("2026-12-10")
        self.authorise(loan)
        with self.at(2026, 12, 10, 9), self.refused("Wait with the hand-over"):
            self.hand_over(loan)
        self.assertEqual(loan.deposit_id.with_context().card_state, "authorised")

    def test_another_amount_or_currency_is_none(self):
        loan = self.lend_saw()
        self.authorise(loan, amount=8)
        with self.at(2026, 11, 24, 9), self.refused("Wait with the hand-over"):
            self.hand_over(loan)

    def test_a_second_authorisation_is_let_go(self):
        loan = self.lend_saw()
        first = self.begin(loan)
        self.pay(first)
        second = self.authorise(loan, reference="EBS-again")
        self.assertEqual(loan.sudo().deposit_id.hold_id, first)
        self.run_orders()
        self.assertEqual((first.state, second.state), ("authorized", "cancel"))
        self.assertSound()

    def test_what_falls_through_lets_go_of_the_card(self):
        loan = self.lend_saw()
        hold = self.authorise(loan)
        loan.with_user(self.borrower.user_id).action_cancel()
        self.run_orders()
        self.assertEqual(hold.state, "cancel")
        self.assertEqual(self.orders(loan), [("release", "done")])
        self.assertSound()

    def test_an_authorisation_that_comes_after_the_end_is_let_go(self):
        loan = self.lend_saw()
        late = self.begin(loan)
        loan.with_user(self.borrower.user_id).action_cancel()
        self.pay(late)
        self.run_orders()
        self.assertEqual(late.state, "cancel")
        self.assertSound()

    def test_the_card_is_asked_for_from_the_day_before(self):
        loan = self.lend_saw("2026-11-27")
        borrower = loan.with_user(self.borrower.user_id)
        with self.refused("It is too early"):
            borrower._get_card_deposit()
        self.assertFalse(borrower._can_card_now())
        self.assertIn("Come back here from", borrower._get_next_step())
        with self.at(2026, 11, 26, 8):
            self.assertTrue(borrower._can_card_now())
            self.assertEqual(borrower._get_card_deposit(), loan.sudo().deposit_id)
            self.assertIn("held on your card", borrower._get_next_step())

    def test_only_the_borrower_puts_it_on_a_card(self):
        loan = self.lend_saw()
        with self.refused("Only the borrower"):
            loan.with_user(self.library.user_id)._get_card_deposit()
        with self.refused("does not exist"):
            loan.with_user(self.rival.user_id)._get_card_deposit()
        self.authorise(loan)
        with self.refused("authorised already"):
            loan.with_user(self.borrower.user_id)._get_card_deposit()

    def test_one_start_at_a_time(self):
        loan = self.lend_saw()
        deposit = loan.sudo().deposit_id
        partner = self.borrower.sudo().user_id.partner_id
        self.assertFalse(deposit._get_begun(partner, self.method.id))
        begun = self.begin(loan)
        self.assertEqual(deposit._get_begun(partner, self.method.id), begun)
        other = self.env.ref("payment.payment_method_card")
        self.assertFalse(deposit._get_begun(partner, other.id))
        self.assertEqual(begun.state, "cancel")
        self.pay(self.begin(loan, reference="EBS-pending"), "pending")
        with self.refused("wait a moment"):
            deposit._get_begun(partner, self.method.id)

    def test_both_read_where_it_is(self):
        loan = self.lend_saw()
        owner = loan.with_user(self.library.user_id)
        borrower = loan.with_user(self.borrower.user_id)
        self.assertIn("once the card of Boris is ready", owner._get_next_step())
        self.authorise(loan)
        self.assertIn("The card of Boris is ready", owner._get_next_step())
        self.assertIn("your card is ready", borrower._get_next_step())
        self.assertIn("held on a card until", borrower._get_card_words("€80"))
