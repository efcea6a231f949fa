# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.clock import clock_at
from odoo.tests import tagged
from odoo.tools import SQL

from .common import LoansCase, utc


@tagged("ebs_loans")
class TestAuditHandling(LoansCase):
    """The audit is silent on true reports and deposits, and names what is broken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gina = cls.make_member("Gina")
        cls.add_to_circle(cls.open_circle, cls.borrower, cls.gina)
        cls.garden.condition_required = True
        cls.kept = cls.make_kept("cheque")
        cls.called = cls.make_kept("guarantor")
        cls.held = cls.make_loan("guarantor")

    @classmethod
    def make_loan(cls, kind):
        """A loan with a report, handed over."""
        listing = cls.make_loan_listing(cls.owner, deposit_kind=kind, deposit_amount=20)
        loan = cls.ask(cls.borrower, listing, "2026-11-23")
        if kind == "guarantor":
            loan.with_user(cls.borrower.user_id).action_ask_guarantor(cls.gina.id)
            guarantee = loan.sudo().guarantee_ids
            guarantee.with_user(cls.gina.user_id).action_accept()
        cls.accept(loan)
        owner = loan.with_user(cls.owner.user_id)
        owner.action_hand_over(kind != "guarantor", {"note": "Fine"})
        return loan

    @classmethod
    def make_kept(cls, kind):
        """A loan of which the deposit was kept."""
        loan = cls.make_loan(kind)
        owner = loan.with_user(cls.owner.user_id)
        owner.action_return({"note": "Broken"})
        owner.action_announce_keep(10, "Broken")
        with clock_at(utc(2026, 11, 26, 9)):
            loan.sudo()._settle_keep()
        return loan

    def broken(self, statement, *ids):
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, *ids))
        self.env.invalidate_all()
        return self.env["ebs.audit"]._run()

    def test_true_reports_and_deposits_are_in_order(self):
        self.env.flush_all()
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_a_returned_loan_without_its_report_is_named(self):
        said = self.broken(
            "DELETE FROM ebs_condition WHERE exchange_id = %s AND kind = 'return'",
            self.kept.id,
        )
        self.assertEqual(
            said,
            [f"loan {self.kept.id} wants condition reports and has none of its return"],
        )

    def test_two_open_deposits_are_named_even_without_their_constraint(self):
        self.env.cr.execute(
            "ALTER TABLE ebs_deposit DROP CONSTRAINT ebs_deposit_exchange_unique"
        )
        self.held.sudo().deposit_id.copy()
        said = self.broken("SELECT 1")
        self.assertIn(f"exchange {self.held.id} has 2 open deposits", said)

    def test_a_deposit_kept_before_the_days_of_notice_is_named(self):
        said = self.broken(
            "UPDATE ebs_deposit SET settles_at = kept_at + interval '1 day'"
            " WHERE exchange_id = %s",
            self.kept.id,
        )
        self.assertEqual(len(said), 1)
        self.assertIn("before the days of notice", said[0])

    def test_a_lost_loan_that_waits_for_nothing_is_named(self):
        said = self.broken(
            "UPDATE ebs_exchange SET state = 'lost', lost_at = returned_at,"
            " returned_at = NULL WHERE id = %s",
            self.kept.id,
        )
        self.assertTrue([line for line in said if "nobody holds" in line])

    def test_a_deposit_kept_on_a_loan_that_is_not_over_is_named(self):
        said = self.broken(
            "UPDATE ebs_exchange SET state = 'returned' WHERE id = %s", self.kept.id
        )
        deposit = self.kept.sudo().deposit_id
        self.assertIn(
            f"deposit {deposit.id} is kept, exchange {self.kept.id} is returned", said
        )

    def test_a_deposit_whose_dates_contradict_it_is_named(self):
        said = self.broken(
            "UPDATE ebs_deposit SET kept_at = NULL WHERE exchange_id = %s", self.kept.id
        )
        self.assertEqual(len(said), 1)
        self.assertIn("its dates say otherwise", said[0])

    def test_a_loan_that_nobody_answers_for_is_named(self):
        said = self.broken(
            "DELETE FROM ebs_guarantee WHERE exchange_id = %s", self.held.id
        )
        self.assertEqual(len(said), 1)
        self.assertIn("nobody answers for it", said[0])

    def test_a_guarantor_who_owes_something_else_is_named(self):
        said = self.broken(
            "UPDATE ebs_guarantee SET called_amount = 5 WHERE exchange_id = %s",
            self.called.id,
        )
        self.assertEqual(len(said), 1)
        self.assertIn("owes another sum", said[0])

    def test_a_guarantee_that_outlives_its_loan_is_named(self):
        said = self.broken(
            "UPDATE ebs_guarantee SET guarantor_id = %s WHERE exchange_id = %s",
            self.borrower.id,
            self.held.id,
        )
        self.assertEqual(len(said), 1)
        self.assertIn("is of a party", said[0])

    def test_an_agreed_loan_without_contract_is_named(self):
        said = self.broken(
            "UPDATE ebs_exchange SET contract_text = NULL WHERE id = %s", self.held.id
        )
        self.assertEqual(said, [f"loan {self.held.id} was agreed and has no contract"])
