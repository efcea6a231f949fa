# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CardCase

MODELS = ("ebs.payment.order", "ebs.payment.inbox", "payment.transaction")


@tagged("ebs_security")
class TestAccess(CardCase):
    """Rows about money are for the desk of their platform, and read-only."""

    def setUp(self):
        super().setUp()
        self.loan = self.lend_saw()
        self.hold = self.authorise(self.loan)
        self.order = self.env["ebs.payment.order"]._place(
            "release", self.hold, 80, self.loan.sudo().deposit_id
        )
        self.event = self.env["ebs.payment.inbox"].create(
            {
                "company_id": self.company.id,
                "provider_id": self.provider.id,
                "event": "evt_1",
                "kind": "payment_intent.canceled",
                "exchange_id": self.loan.id,
                "received_at": "2026-11-24",
                "next_try_at": "2026-11-24",
            }
        )

    def test_members_and_visitors_read_no_payment(self):
        for user in (
            self.borrower.user_id,
            self.library.user_id,
            self.rival.user_id,
            self.visitor,
            self.stranger,
            self.moderator,
        ):
            for model in MODELS:
                with self.subTest(user=user.login, model=model):
                    with self.assertRaises(AccessError):
                        self.env[model].with_user(user).search_read([], ["id"])

    def test_the_desk_reads_those_of_its_platform(self):
        for record in (self.order, self.event):
            model = record.with_user(self.desk)
            self.assertEqual(model.search([("id", "=", record.id)]), record)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(model.has_access(operation))

    def test_the_desk_of_another_platform_reads_none(self):
        self.desk.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [(6, 0, self.other_company.ids)],
            }
        )
        for record in (self.order, self.event):
            self.assertFalse(record.with_user(self.desk).search([]))

    def test_the_borrower_reads_how_the_card_stands_and_no_more(self):
        deposit = self.loan.deposit_id.with_user(self.borrower.user_id)
        self.assertEqual(deposit.card_state, "authorised")
        self.assertTrue(deposit.held_until)
        for name in ("hold_id", "order_ids", "start_count"):
            with self.assertRaises(AccessError):
                deposit.read([name])

    def test_only_a_manager_has_an_order_tried_again(self):
        self.order._fail("No")
        for user in (self.borrower.user_id, self.library.user_id, self.rival.user_id):
            with self.assertRaises(AccessError):
                self.order.with_user(user).action_try_again()
        with self.refused("Only a manager"):
            self.order.with_user(self.desk).action_try_again()
        self.order.with_user(self.manager).action_try_again()
        self.assertEqual(self.order.state, "waiting")

    def test_a_refund_is_never_made_twice_by_a_click(self):
        refund = self.env["ebs.payment.order"]._place(
            "refund", self.hold, 10, self.loan.sudo().deposit_id
        )
        refund._fail("No answer")
        with self.refused("Look at the provider first"):
            refund.with_user(self.manager).action_try_again()
