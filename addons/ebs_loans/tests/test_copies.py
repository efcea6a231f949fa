# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans")
class TestCopies(LoansCase):
    """How many units of a thing there are, and what the owner may change."""

    def save(self, listing, **values):
        listing.with_user(self.owner.user_id).action_save(values)

    def begin(self, **values):
        listing = self.env["ebs.listing"].with_user(self.owner.user_id)
        return listing.action_create(
            {
                "name": "Folding chairs",
                "category_id": self.drill.sudo().category_id.id,
                "ways": ["lend"],
                **values,
            }
        )

    # === NUMBER OF COPIES === #

    def test_a_thing_to_lend_has_one_copy_once_published(self):
        listing = self.begin()
        listing.action_publish()
        self.assertEqual(listing.copy_count, 1)

    def test_a_thing_to_give_has_no_copy(self):
        listing = self.begin(ways=["give"])
        listing.action_publish()
        self.assertEqual(listing.copy_count, 0)
        self.save(listing, ways=["give", "lend"])
        self.assertEqual(listing.copy_count, 1, "now it can be lent")

    def test_the_owner_says_how_many_copies_there_are(self):
        listing = self.begin(copy_count=3)
        self.assertEqual(listing.copy_count, 3)
        self.save(listing, copy_count="5")
        self.assertEqual(listing.copy_ids.mapped("number"), [1, 2, 3, 4, 5])
        self.save(listing, copy_count=2)
        self.assertEqual(listing.copy_ids.mapped("number"), [1, 2])
        self.save(listing, copy_count=4)
        self.assertEqual(listing.copy_ids.mapped("number"), [1, 2, 3, 4])

    def test_a_senseless_number_of_copies_gets_a_sentence(self):
        for garbage in (0, -1, 51, 10**30, "many", None, [], {}, "", "\x00", 1e400):
            with (
                self.subTest(garbage=garbage),
                self.refused("from 1 to 50"),
            ):
                self.begin(copy_count=garbage)

    def test_a_copy_that_is_out_or_promised_stays(self):
        listing = self.begin(copy_count=3)
        listing.action_publish()
        self.lend(self.borrower, listing, "2026-11-23")
        self.lend(self.rival, listing, "2026-11-23")
        with self.refused("Copies lent or promised: 2"):
            self.save(listing, copy_count=1)
        self.save(listing, copy_count=2)

    def test_the_copies_that_go_are_those_nobody_has(self):
        listing = self.begin(copy_count=3)
        listing.action_publish()
        first = self.lend(self.borrower, listing, "2026-11-23")
        self.lend(self.rival, listing, "2026-11-23")
        first.with_user(self.borrower.user_id).action_cancel()
        self.save(listing, copy_count=1)
        self.assertEqual(listing.copy_ids.mapped("number"), [2])

    def test_an_archived_copy_is_not_promised(self):
        listing = self.make_loan_listing(self.owner, copies=2)
        listing.sudo()._set_copy_count(1)
        self.lend(self.borrower, listing, "2026-11-23")
        with self.refused("Already taken"):
            self.ask(self.rival, listing, "2026-11-23")

    # === DEPOSIT ASKED FOR === #

    def test_the_owner_says_what_deposit_is_asked_for(self):
        listing = self.begin(deposit_kind="cash", deposit_amount="20")
        self.assertEqual(listing.deposit_kind, "cash")
        self.assertEqual(listing.deposit_amount, 20)
        self.save(listing, deposit_kind="none")
        self.assertEqual(listing.deposit_kind, "none")

    def test_a_senseless_deposit_gets_a_sentence(self):
        for values in (
            {"deposit_kind": "gold", "deposit_amount": 5},
            {"deposit_kind": ["cash"], "deposit_amount": 5},
            {"deposit_kind": None, "deposit_amount": 5},
            {"deposit_kind": "cash"},
            {"deposit_kind": "cash", "deposit_amount": 0},
            {"deposit_kind": "cash", "deposit_amount": -5},
            {"deposit_kind": "cash", "deposit_amount": "much"},
            {"deposit_kind": "cash", "deposit_amount": float("inf")},
            {"deposit_kind": "cash", "deposit_amount": float("nan")},
            {"deposit_kind": "cash", "deposit_amount": 1e9},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.begin(**values)

    # === BUSY DAYS === #

    def test_a_day_is_busy_when_no_copy_is_free(self):
        listing = self.make_loan_listing(self.owner, copies=2)
        month = date(2026, 11, 1), date(2026, 11, 30)
        self.lend(self.borrower, listing, "2026-11-27", "2026-11-29")
        self.assertEqual(listing._get_busy_days(*month), set())
        self.lend(self.rival, listing, "2026-11-28")
        self.assertEqual(listing._get_busy_days(*month), {date(2026, 11, 28)})

    def test_busy_days_cost_the_same_for_one_loan_and_for_many(self):
        listing = self.make_loan_listing(self.owner, copies=3)
        self.env.flush_all()

        def cost():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            listing._get_busy_days(date(2026, 11, 1), date(2026, 12, 31))
            return self.env.cr.sql_log_count - before

        first = cost()
        for n in range(8):
            member = self.make_member(f"Neighbour {n}")
            self.lend(member, listing, f"2026-12-{1 + n:02}", f"2026-12-{2 + n:02}")
        self.env.flush_all()
        self.assertEqual(cost(), first)
