# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

import psycopg2
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LoansCase, utc


@tagged("ebs_loans")
class TestConstraints(LoansCase):
    """The database is the referee: what it refuses, no code path can do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loan = cls.ask(cls.borrower, cls.drill, "2026-11-27", "2026-11-29").sudo()
        cls.copy = cls.drill.sudo().copy_ids

    def book(self, start, end, copy=None, **values):
        copy = copy or self.copy
        return (
            self.env["ebs.booking"]
            .sudo()
            .create(
                {
                    "copy_id": copy.id,
                    "exchange_id": self.loan.id,
                    "date_start": start,
                    "date_end": end,
                    **values,
                }
            )
        )

    @contextmanager
    def refused_by_database(self, error):
        """A block that the database must refuse with ``error``."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(error),
            self.env.cr.savepoint(),
        ):
            yield

    def test_every_declared_constraint_and_index_stands_in_postgresql(self):
        """Odoo only logs a constraint that it could not add."""
        cr = self.env.cr
        cr.execute("SELECT conname FROM pg_constraint")
        there = {name for (name,) in cr.fetchall()}
        cr.execute("SELECT indexname FROM pg_indexes")
        there |= {name for (name,) in cr.fetchall()}
        for model_name in (
            "ebs.copy",
            "ebs.availability",
            "ebs.booking",
            "ebs.deposit",
            "ebs.reminder",
            "ebs.listing",
            "ebs.exchange",
            "res.company",
        ):
            model = self.env[model_name]
            for table_object in model._table_objects.values():
                if table_object._module == "ebs_loans":
                    self.assertIn(table_object.full_name(model), there)
        self.assertIn("ebs_booking_no_overlap", there)
        self.assertIn("ebs_booking_one_open_hand_over", there)

    def test_two_bookings_of_one_copy_cannot_overlap_by_a_second(self):
        self.book(utc(2026, 12, 1), utc(2026, 12, 3))
        with self.refused_by_database(psycopg2.errors.ExclusionViolation):
            self.book(utc(2026, 12, 2, 23, 59, 59), utc(2026, 12, 4))

    def test_a_booking_inside_another_one_is_refused(self):
        self.book(utc(2026, 12, 1), utc(2026, 12, 9))
        with self.refused_by_database(psycopg2.errors.ExclusionViolation):
            self.book(utc(2026, 12, 3), utc(2026, 12, 4))

    def test_a_booking_may_begin_when_the_one_before_it_ends(self):
        self.book(utc(2026, 12, 1), utc(2026, 12, 3))
        self.book(utc(2026, 12, 3), utc(2026, 12, 4))
        self.book(utc(2026, 11, 30), utc(2026, 12, 1))

    def test_two_copies_may_be_out_at_the_same_time(self):
        self.drill.sudo()._set_copy_count(2)
        first, second = self.drill.sudo().copy_ids
        self.book(utc(2026, 12, 1), utc(2026, 12, 3), first)
        self.book(utc(2026, 12, 1), utc(2026, 12, 3), second)

    def test_a_booking_cannot_end_before_it_starts_nor_at_once(self):
        with self.refused_by_database(psycopg2.errors.CheckViolation):
            self.book(utc(2026, 12, 3), utc(2026, 12, 3))
        with self.refused_by_database(psycopg2.Error):
            self.book(utc(2026, 12, 3), utc(2026, 12, 1))

    def test_a_copy_moved_into_a_taken_period_is_refused(self):
        self.book(utc(2026, 12, 1), utc(2026, 12, 3))
        later = self.book(utc(2026, 12, 3), utc(2026, 12, 4))
        with self.refused_by_database(psycopg2.errors.ExclusionViolation):
            later.date_start = utc(2026, 12, 2)

    def test_a_copy_is_handed_over_once_until_it_is_back(self):
        out = self.book(
            utc(2026, 12, 1),
            utc(2026, 12, 3),
            handed_over_at=utc(2026, 12, 1, 9),
        )
        later = self.book(utc(2026, 12, 5), utc(2026, 12, 6))
        with self.refused_by_database(psycopg2.errors.UniqueViolation):
            later.handed_over_at = utc(2026, 12, 5, 9)
        out.returned_at = utc(2026, 12, 5, 8)
        out.flush_recordset()
        later.handed_over_at = utc(2026, 12, 5, 9)
        later.flush_recordset()

    def test_nothing_comes_back_before_it_was_handed_over(self):
        booking = self.book(utc(2026, 12, 1), utc(2026, 12, 3))
        with self.refused_by_database(psycopg2.errors.CheckViolation):
            booking.returned_at = utc(2026, 12, 2)

    def test_two_copies_of_one_listing_have_two_numbers(self):
        with self.refused_by_database(psycopg2.errors.UniqueViolation):
            self.copy.copy({"number": self.copy.number})

    def test_a_deposit_without_an_amount_is_refused(self):
        with self.refused_by_database(psycopg2.errors.CheckViolation):
            self.env["ebs.deposit"].sudo().create(
                {
                    "exchange_id": self.loan.id,
                    "kind": "cash",
                    "amount": 0,
                    "currency_id": self.loan.company_id.currency_id.id,
                }
            )
