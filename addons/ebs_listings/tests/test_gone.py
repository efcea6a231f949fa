# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import ListingsCase


@tagged("ebs_listings")
class TestGone(ListingsCase):
    """What everyone could see until it closed, and what may do instead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")

    def get_gone(self, listing, company=None):
        listings = self.env["ebs.listing"].with_user(self.visitor)
        return listings._get_gone(company or self.company, listing.id)

    def test_what_everyone_saw_when_it_closed_is_known_as_gone(self):
        listing = self.make_listing(self.owner)
        self.assertFalse(self.get_gone(listing))
        listing.with_user(self.owner.user_id).action_close()
        self.assertEqual(self.get_gone(listing), listing)
        self.assertFalse(self.get_gone(listing, self.other_company))

    def test_what_was_given_is_gone_too(self):
        listing = self.make_listing(self.owner)
        listing.sudo()._close_given()
        self.assertTrue(self.get_gone(listing))

    def test_what_few_saw_or_nobody_saw_leaves_no_trace(self):
        members = self.make_listing(self.owner, visibility="members")
        paused = self.make_listing(self.owner)
        paused.sudo()._set_state(("published",), "paused")
        draft = self.make_draft(self.owner)
        rejected = self.make_listing(self.owner)
        rejected.sudo()._set_state(
            ("published",), "rejected", {"reject_reason": "A reason"}
        )
        for listing in (members, paused, draft, rejected):
            listing.with_user(self.owner.user_id).action_close()
            self.assertFalse(self.get_gone(listing), listing.name)

    def test_several_closed_at_once_keep_each_their_own_past(self):
        public = self.make_listing(self.owner)
        members = self.make_listing(self.owner, visibility="members")
        moved = (public | members).sudo()._set_state(("published",), "closed")
        self.assertEqual(moved, public | members)
        self.assertTrue(self.get_gone(public))
        self.assertFalse(self.get_gone(members))

    def test_the_database_refuses_a_past_for_what_is_not_closed(self):
        listing = self.make_listing(self.owner)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            listing.sudo().was_public = True
            self.env.flush_all()

    def test_alike_are_of_its_category_first_then_of_those_beside_it(self):
        listing = self.make_listing(self.owner, category_id=self.mowers.id)
        hedges = self.make_category("Hedges", "garden", self.garden)
        beside = self.make_listing(self.owner, category_id=hedges.id)
        same = self.make_listing(self.owner, category_id=self.mowers.id)
        self.make_listing(self.owner, category_id=self.books.id)
        self.make_listing(self.owner, category_id=self.mowers.id, side="want")
        self.make_listing(self.owner, category_id=self.mowers.id, visibility="members")
        self.make_draft(self.owner, category_id=self.mowers.id)
        listings = self.env["ebs.listing"].with_user(self.visitor)
        alike = listings._search_alike(listing.sudo())
        self.assertEqual(alike.ids, [same.id, beside.id])
        self.assertEqual(listings._search_alike(listing.sudo(), limit=1), same)
