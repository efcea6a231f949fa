# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MONDAY, LoansCase


@tagged("ebs_loans")
class TestDeposit(LoansCase):
    """A deposit is shown before asking, noted at hand-over, given back at the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.saw = cls.make_loan_listing(
            cls.owner, name="Saw", deposit_kind="cheque", deposit_amount=80
        )
        cls.loan = cls.lend(cls.borrower, cls.saw, "2026-11-23", "2026-11-25")

    @property
    def deposit(self):
        return self.loan.sudo().deposit_id

    def test_saying_yes_agrees_on_the_deposit(self):
        self.assertEqual(self.deposit.state, "agreed")
        self.assertEqual(self.deposit.kind, "cheque")
        self.assertEqual(self.deposit.amount, 80)

    def test_the_deposit_is_the_one_shown_when_asking(self):
        loan = self.ask(self.rival, self.saw, "2026-11-28")
        self.saw.sudo().write({"deposit_kind": "cash", "deposit_amount": 500})
        self.accept(loan)
        self.assertEqual(loan.sudo().deposit_id.kind, "cheque")
        self.assertEqual(loan.sudo().deposit_id.amount, 80)

    def test_a_loan_without_deposit_has_none(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-23")
        self.assertFalse(loan.sudo().deposit_id)

    def test_nothing_is_handed_over_before_the_deposit_is_noted(self):
        for answer in (False, None, "", 0, "false", "no", [], {}):
            with (
                self.subTest(answer=answer),
                self.refused("Note the deposit"),
            ):
                self.hand_over(self.loan, answer)
        self.assertEqual(self.loan.state, "accepted")
        self.assertEqual(self.deposit.state, "agreed")

    def test_the_deposit_is_held_from_hand_over_to_the_end(self):
        self.hand_over(self.loan, True)
        self.assertEqual(self.deposit.state, "held")
        self.assertEqual(self.deposit.held_at, MONDAY)
        with self.at(2026, 11, 25, 17):
            self.take_back(self.loan)
            self.assertEqual(self.loan.state, "returned", "the deposit is still held")
            loan = self.loan.with_user(self.owner.user_id)
            self.assertEqual(loan._get_actions(), ["return_deposit", "announce_keep"])
            loan.action_return_deposit()
        self.assertEqual(self.loan.state, "done")
        self.assertEqual(self.deposit.state, "returned")
        self.assertGreater(self.deposit.returned_at, MONDAY)
        self.assertEqual(len(self.mails_to(self.borrower, "Deposit given back")), 1)

    def test_the_borrower_cannot_say_that_the_deposit_is_back(self):
        self.hand_over(self.loan, True)
        self.take_back(self.loan)
        with self.assertRaises(UserError):
            self.loan.with_user(self.borrower.user_id).action_return_deposit()

    def test_the_deposit_is_not_given_back_before_the_thing(self):
        self.hand_over(self.loan, True)
        with self.assertRaises(UserError):
            self.loan.with_user(self.owner.user_id).action_return_deposit()

    def test_the_desk_may_note_the_deposit_both_ways(self):
        loan = self.loan.with_user(self.desk)
        loan.action_hand_over(True)
        loan.action_return()
        loan.action_return_deposit()
        self.assertEqual(loan.state, "done")

    def test_cancelling_leaves_no_deposit_behind(self):
        self.loan.with_user(self.owner.user_id).action_cancel()
        self.assertFalse(self.deposit)

    def test_each_side_reads_about_the_deposit(self):
        owner = self.loan.with_user(self.owner.user_id)
        borrower = self.loan.with_user(self.borrower.user_id)
        self.assertIn("80", owner._get_next_step())
        self.assertIn("80", borrower._get_next_step())
        self.hand_over(self.loan, True)
        self.take_back(self.loan)
        self.assertIn("deposit", owner._get_next_step())
        self.assertIn("deposit", borrower._get_next_step())
