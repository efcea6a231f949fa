# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import CardCase


@tagged("-at_install", "post_install")
class TestCardEnd(CardCase):
    """Let go at the return, or kept for a reason: written down, and done once."""

    def setUp(self):
        super().setUp()
        self.loan = self.lend_saw()
        self.hold = self.authorise(self.loan)
        with self.at(2026, 11, 24, 9):
            self.hand_over(self.loan)
        with self.at(2026, 11, 24, 18):
            self.take_back(self.loan)
        self.deposit = self.loan.sudo().deposit_id

    def test_the_return_lets_go_of_the_card(self):
        self.give_back(self.loan)
        self.assertEqual(self.hold.state, "authorized", "nothing in the request")
        self.run_orders()
        self.run_orders()
        self.assertEqual(self.hold.state, "cancel")
        self.assertEqual(self.orders(self.loan), [("release", "done")])
        self.assertEqual(len(self.hold.child_transaction_ids), 1, "done once")
        self.assertIn("let go", self.loan._get_card_words("€80"))
        self.assertSound()

    def test_a_part_is_taken_and_the_rest_let_go(self):
        self.keep(self.loan, 30)
        self.assertEqual(self.hold.state, "authorized", "nothing in the request")
        self.run_orders(2026, 11, 30, 12)
        self.run_orders(2026, 11, 30, 13)
        parts = self.hold.child_transaction_ids.sorted("id")
        self.assertEqual(
            [(part.amount, part.state) for part in parts],
            [(30, "done"), (50, "cancel")],
        )
        self.assertEqual(
            self.orders(self.loan), [("capture", "done"), ("rest", "done")]
        )
        self.assertIn("30", self.loan._get_card_words("€80"))
        self.assertSound()

    def test_all_of_it_is_taken(self):
        self.keep(self.loan, 80)
        self.run_orders(2026, 11, 30, 12)
        self.assertEqual(self.orders(self.loan), [("capture", "done")])
        self.assertEqual(self.hold.state, "done")
        self.assertSound()

    def test_the_borrower_is_told_before_anything_is_taken(self):
        owner = self.loan.with_user(self.library.user_id)
        owner.action_announce_keep(30, "The blade is broken")
        self.assertTrue(self.mails_to(self.borrower, "The blade is broken"))
        with self.refused("not possible, or not any more"):
            owner.action_keep_deposit()
        self.run_orders()
        self.assertEqual(self.orders(self.loan), [])

    def test_what_is_kept_at_once_is_told_first_and_taken_days_later(self):
        """The outcome of a case: no announcement came before."""
        with self.at(2026, 11, 24, 18):
            owner = self.loan.with_user(self.library.user_id)
            case = owner.action_open_dispute({"reason": "It is broken"})
            case = case.with_user(self.mediator)
            case.action_take()
            for member in (self.library, self.borrower):
                case.with_user(member.user_id).action_write({"body": "As I say"})
            case.action_settle("keep", "It is lost", 30)
        self.assertTrue(self.mails_to(self.borrower, "It is lost"))
        self.run_orders(2026, 11, 25, 18)
        self.assertEqual(self.orders(self.loan), [("capture", "waiting")])
        self.assertEqual(self.hold.state, "authorized")
        self.run_orders(2026, 11, 27, 19)
        self.run_orders(2026, 11, 27, 20)
        self.assertEqual(
            self.orders(self.loan), [("capture", "done"), ("rest", "done")]
        )
        self.assertSound()

    def test_nothing_is_kept_without_a_reason(self):
        for reason in ("", "   ", None, False):
            with self.refused("Say why it is kept"):
                self.deposit._keep(10, reason)
        self.assertEqual(self.orders(self.loan), [])

    def test_no_more_is_kept_than_was_held(self):
        for amount in (81, 0, -5):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.deposit._keep(amount, "Broken")
                self.env.flush_all()
        self.assertEqual(self.orders(self.loan), [])

    def test_it_is_let_go_or_kept_never_both(self):
        self.give_back(self.loan)
        with self.refused("This is not possible any more"):
            self.deposit._keep(10, "Too late")
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["ebs.payment.order"]._place("capture", self.hold, 10, self.deposit)
            self.env.flush_all()

    def test_the_same_order_is_placed_once(self):
        place = self.env["ebs.payment.order"]._place
        first = place("release", self.hold, 80, self.deposit)
        self.assertEqual(place("release", self.hold, 80, self.deposit), first)

    def test_a_provider_that_is_down_is_asked_again(self):
        self.give_back(self.loan)
        call = type(self.env["payment.transaction"])
        down = ValidationError("Could not establish the connection")
        with patch.object(call, "_send_void_request", side_effect=down):
            self.run_orders()
        [order] = self.deposit.order_ids
        self.assertEqual((order.state, order.tries), ("waiting", 1))
        self.assertIn("connection", order.reason)
        self.run_orders()
        self.assertEqual(order.state, "waiting", "not before it is due")
        self.run_orders(2026, 11, 24, 12, 5)
        self.assertEqual((order.state, order.tries), ("done", 2))
        self.assertEqual(len(self.hold.child_transaction_ids), 1)
        self.assertSound()

    def test_what_never_comes_through_is_shown_to_a_person(self):
        self.keep(self.loan, 30)
        call = type(self.env["payment.transaction"])
        down = ValidationError("Could not establish the connection")
        with patch.object(call, "_send_capture_request", side_effect=down):
            for hour in range(12, 24):
                self.run_orders(2026, 11, 29, hour)
        [order] = self.deposit.order_ids
        self.assertEqual(order.state, "failed")
        self.assertIn("failed", self.loan.sudo().message_ids[:1].body)
        with self.assertRaisesRegex(UserError, "Only a manager"):
            order.with_user(self.desk).action_try_again()
        order.with_user(self.manager).action_try_again()
        self.run_orders(2026, 11, 30, 8)
        self.run_orders(2026, 11, 30, 9)
        self.assertEqual(
            self.orders(self.loan), [("capture", "done"), ("rest", "done")]
        )
        self.assertSound()

    def test_a_provider_switched_off_is_asked_nothing(self):
        self.give_back(self.loan)
        self.company.ebs_deposit_provider_id = False
        self.provider.state = "disabled"
        self.run_orders()
        self.assertEqual(self.orders(self.loan), [("release", "failed")])
