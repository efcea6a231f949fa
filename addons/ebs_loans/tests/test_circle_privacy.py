# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import MissingError
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans", "ebs_security")
class TestCirclePrivacy(LoansCase):
    """A loan inside a circle is the business of its two parties."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.circle = cls.make_circle("Family", "invitation")
        cls.add_to_circle(cls.circle, cls.owner, cls.borrower)
        saw = cls.make_loan_listing(
            cls.owner,
            name="Saw",
            deposit_kind="cash",
            deposit_amount=20,
            visibility="circles",
            circle_ids=cls.circle.ids,
        )
        cls.loan = cls.lend(cls.borrower, saw, "2026-11-23", "2026-11-27").sudo()
        cls.hand_over(cls.loan, True)
        cls.parts = {
            "exchange": cls.loan,
            "copy": saw.sudo().copy_ids,
            "booking": cls.loan.booking_ids,
            "deposit": cls.loan.deposit_id,
            "reminder": cls.loan.reminder_ids,
        }

    def readable(self, user):
        """The parts of the loan that the user finds."""
        return {
            name
            for name, records in self.parts.items()
            if records.with_user(user).has_access("read")
            and records.with_user(user).search([("id", "in", records.ids)])
        }

    def test_no_staff_reads_it(self):
        for user in (self.desk, self.moderator, self.manager):
            self.assertEqual(self.readable(user), set(), user.name)

    def test_a_manager_who_opens_the_circle_reads_it(self):
        self.circle.with_user(self.manager).action_open_content("A dispute")
        self.assertEqual(self.readable(self.manager), set(self.parts))

    def test_the_desk_does_nothing_to_it(self):
        for action in ("return", "return_deposit"):
            with self.assertRaises(MissingError):
                getattr(self.loan.with_user(self.desk), f"action_{action}")()

    def test_it_is_in_none_of_the_lists_of_the_desk(self):
        exchanges = self.env["ebs.exchange"].with_user(self.desk)
        with self.at(2026, 11, 27, 9):
            self.assertFalse(exchanges.search([("is_due_back", "=", True)]))
        with self.at(2026, 12, 3, 9):
            self.assertFalse(exchanges.search([("is_late", "=", True)]))
        self.assertFalse(exchanges.search_count([("listing_id.name", "=", "Saw")]))

    def test_it_goes_on_when_the_borrower_leaves_the_circle(self):
        self.circle.with_user(self.borrower.user_id).action_leave()
        self.assertEqual(self.loan.state, "ongoing")
        seen = self.readable(self.borrower.user_id)
        self.assertEqual(seen, set(self.parts) - {"copy"})
        mine = self.loan.with_user(self.borrower.user_id)
        self.assertIn("Bring it back to Olga", mine._get_next_step())
        self.take_back(self.loan)
        self.loan.with_user(self.owner.user_id).action_return_deposit()
        self.assertEqual(self.loan.state, "done")
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_a_request_for_days_is_withdrawn_with_its_circle(self):
        self.add_to_circle(self.circle, self.rival)
        saw = self.loan.listing_id
        asked = self.ask(self.rival, saw, "2026-12-10").sudo()
        self.circle.with_user(self.rival.user_id).action_leave()
        self.assertEqual(asked.state, "cancelled")
        self.assertFalse(asked.booking_ids)
