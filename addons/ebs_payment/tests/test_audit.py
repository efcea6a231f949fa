# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import CardCase


@tagged("-at_install", "post_install")
class TestAudit(CardCase):
    """What should never be, and is found when it is."""

    def found(self, statement, *values):
        self.env.flush_all()
        self.assertEqual(self.env["ebs.audit"]._run(), [])
        self.env.cr.execute(statement, values)
        self.env.invalidate_all()
        return " / ".join(map(str, self.env["ebs.audit"]._run()))

    def test_a_card_of_somebody_else_is_found(self):
        words = self.found(
            "UPDATE ebs_listing SET deposit_kind = 'card', deposit_amount = 5"
            " WHERE id = %s",
            self.drill.id,
        )
        self.assertIn("is not the operator's", words)

    def test_an_authorisation_of_another_amount_is_found(self):
        hold = self.authorise(self.lend_saw())
        words = self.found(
            "UPDATE payment_transaction SET amount = 8 WHERE id = %s", hold.id
        )
        self.assertIn("disagree on the amount", words)

    def test_money_taken_without_a_word_is_found(self):
        hold = self.authorise(self.lend_saw())
        words = self.found(
            "UPDATE payment_transaction SET state = 'done' WHERE id = %s", hold.id
        )
        self.assertIn("was taken and its deposit was not kept", words)

    def test_a_card_that_nobody_lets_go_of_is_found(self):
        hold = self.authorise(self.lend_saw())
        words = self.found(
            "UPDATE ebs_deposit SET hold_id = NULL WHERE hold_id = %s", hold.id
        )
        self.assertIn("stands for nothing", words)
