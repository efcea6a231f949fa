# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import SQL

from .common import LoansCase, utc


@tagged("ebs_loans")
class TestAudit(LoansCase):
    """The audit is silent on true loans, and names each invariant once broken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        saw = cls.make_loan_listing(
            cls.owner, copies=2, deposit_kind="cash", deposit_amount=20
        )
        cls.requested = cls.ask(cls.borrower, saw, "2026-12-20")
        cls.accepted = cls.lend(cls.borrower, saw, "2026-12-10", "2026-12-12")
        cls.ongoing = cls.lend(cls.borrower, saw, "2026-11-23", "2026-11-27")
        cls.hand_over(cls.ongoing, True)
        cls.done = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-25")
        cls.hand_over(cls.done)
        cls.take_back(cls.done)
        cls.cancelled = cls.lend(cls.borrower, saw, "2026-12-01")
        cls.cancelled.with_user(cls.borrower.user_id).action_cancel()

    def broken(self, statement, *ids):
        """What the audit says after such a change made behind its back."""
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, *ids))
        self.env.invalidate_all()
        return self.env["ebs.audit"]._run()

    def test_true_loans_are_in_order(self):
        self.env.flush_all()
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_an_ongoing_loan_without_open_hand_over_is_named(self):
        said = self.broken(
            "UPDATE ebs_booking SET handed_over_at = NULL WHERE exchange_id = %s",
            self.ongoing.id,
        )
        self.assertEqual(
            said, [f"loan {self.ongoing.id} is ongoing and has no open hand-over"]
        )

    def test_an_accepted_loan_without_booking_is_named(self):
        said = self.broken(
            "DELETE FROM ebs_booking WHERE exchange_id = %s", self.accepted.id
        )
        self.assertEqual(
            said, [f"loan {self.accepted.id} is accepted and has no booking"]
        )

    def test_an_overlap_is_named_even_without_its_constraint(self):
        self.env.cr.execute(
            "ALTER TABLE ebs_booking DROP CONSTRAINT ebs_booking_no_overlap"
        )
        booking = self.accepted.sudo().booking_ids
        booking.copy({"date_start": utc(2026, 12, 11)})
        said = self.broken("SELECT 1")
        self.assertEqual(len(said), 1)
        self.assertIn("together", said[0])

    def test_a_deposit_held_on_a_loan_that_is_done_is_named(self):
        said = self.broken(
            """UPDATE ebs_deposit SET state = 'held', exchange_id = %s
               WHERE exchange_id = %s""",
            self.done.id,
            self.ongoing.id,
        )
        self.assertTrue(any("is held, exchange" in sentence for sentence in said))

    def test_a_deposit_that_was_agreed_and_is_gone_is_named(self):
        said = self.broken(
            "DELETE FROM ebs_deposit WHERE exchange_id = %s", self.ongoing.id
        )
        self.assertEqual(
            said,
            [f"exchange {self.ongoing.id} was agreed with a deposit and has none"],
        )

    def test_a_reminder_that_waits_for_a_finished_loan_is_named(self):
        said = self.broken(
            """UPDATE ebs_reminder SET state = 'waiting'
            WHERE exchange_id = %s AND kind = 'return'""",
            self.done.id,
        )
        self.assertEqual(len(said), 1)
        self.assertIn("waits", said[0])

    def test_a_booking_of_a_cancelled_loan_is_named(self):
        said = self.broken(
            "UPDATE ebs_exchange SET state = 'cancelled' WHERE id = %s",
            self.accepted.id,
        )
        self.assertTrue(any("which is cancelled" in sentence for sentence in said))

    def test_a_loan_without_days_is_named(self):
        said = self.broken(
            "UPDATE ebs_exchange SET date_start = NULL WHERE id = %s",
            self.requested.id,
        )
        self.assertEqual(said, [f"exchange {self.requested.id} is a loan without days"])

    def test_a_booking_that_ends_before_its_loan_is_found(self):
        found = self.broken(
            """UPDATE ebs_booking SET date_end = date_end - interval '1 day'
            WHERE exchange_id = %s""",
            self.accepted.id,
        )
        self.assertIn("is over before it", str(found))

    def test_a_closed_period_of_another_platform_is_found(self):
        period = self.env["ebs.availability"].create(
            {
                "listing_id": self.drill.id,
                "date_start": utc(2026, 12, 1),
                "date_end": utc(2026, 12, 2),
            }
        )
        found = self.broken(
            "UPDATE ebs_availability SET company_id = %s WHERE id = %s",
            self.other_company.id,
            period.id,
        )
        self.assertIn(f"closed period {period.id}", str(found))

    def test_hours_and_a_place_of_another_platform_are_found(self):
        place = self.env["ebs.place"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        found = self.broken(
            "UPDATE ebs_listing SET place_id = %s WHERE id = %s",
            place.id,
            self.drill.id,
        )
        self.assertIn(f"listing {self.drill.id} has the hours or the place", str(found))
