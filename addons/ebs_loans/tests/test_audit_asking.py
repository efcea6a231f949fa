# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans")
class TestAuditAsking(LoansCase):
    """What contradicts itself in limits, lines and agreements is named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loan = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-25")
        cls.hand_over(cls.loan)
        cls.loan = cls.loan.sudo()
        cls.place = cls.by(cls.rival, cls.drill).action_wait().sudo()

    def said(self):
        self.env.flush_all()
        return [
            sentence
            for sentence in self.env["ebs.audit"].sudo()._run()
            if any(
                word in sentence
                for word in ("tally", "limit", "hold", "place", "lost", "extension")
            )
        ]

    def broken(self, statement, *args):
        self.env.flush_all()
        self.env.cr.execute(statement, args)
        self.env.invalidate_all()
        return self.said()

    def test_what_is_made_by_its_buttons_holds(self):
        self.by(self.borrower, self.loan).action_extend("2026-11-26")
        self.assertEqual(self.said(), [])
        self.take_back(self.loan)
        self.assertEqual(self.place.state, "held")
        self.ask(self.rival, self.drill, "2026-11-24")
        self.assertEqual(self.said(), [])

    def test_a_wrong_count_is_named(self):
        said = self.broken(
            "UPDATE ebs_loan_tally SET loan_count = 2 WHERE member_id = %s"
            " AND category_id IS NULL",
            self.borrower.id,
        )
        self.assertEqual(len(said), 1)
        self.assertIn("says 2 loans", said[0])

    def test_a_loan_that_counts_nowhere_is_named(self):
        said = self.broken(
            "DELETE FROM ebs_exchange_tally_rel WHERE exchange_id = %s", self.loan.id
        )
        self.assertTrue(any("counts in no limit" in one for one in said))

    def test_what_is_over_and_still_counts_is_named(self):
        said = self.broken(
            "UPDATE ebs_exchange SET state = 'cancelled' WHERE id = %s", self.loan.id
        )
        self.assertTrue(
            any("is cancelled and counts in a limit" in one for one in said)
        )

    def test_a_hold_without_a_place_and_a_place_without_a_hold_are_named(self):
        self.take_back(self.loan)
        said = self.broken(
            "UPDATE ebs_waiting SET state = 'gone' WHERE id = %s", self.place.id
        )
        self.assertTrue(any("is a hold, its member is gone" in one for one in said))
        said = self.broken(
            "UPDATE ebs_waiting SET state = 'held' WHERE id = %s", self.place.id
        )
        self.assertEqual(said, [])
        said = self.broken(
            "DELETE FROM ebs_booking WHERE waiting_id = %s", self.place.id
        )
        self.assertTrue(any("nothing is kept for it" in one for one in said))

    def test_an_extension_of_what_is_back_is_named(self):
        said = self.broken(
            """UPDATE ebs_exchange SET extension_asked_until = day_end
            WHERE id = %s""",
            self.loan.id,
        )
        self.assertTrue(any("an extension is asked for" in one for one in said))

    def test_a_loan_that_is_lost_and_goes_on_is_named(self):
        said = self.broken(
            "UPDATE ebs_exchange SET lost_at = now() WHERE id = %s", self.loan.id
        )
        self.assertTrue(any("closed as lost" in one for one in said))
