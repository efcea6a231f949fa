# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestFavourite(ListingsCase):
    """A listing is kept for later, by one member and for nobody else's eyes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.keeper = cls.make_member("Anna")
        cls.other = cls.make_member("Boris")
        cls.listing = cls.make_listing(cls.owner)

    def kept(self, member):
        favourites = self.by(member, self.env["ebs.favourite"])
        listings = favourites.search([]).listing_id
        self.assertEqual(favourites.search_count([]), len(listings))
        return listings.sudo()

    def test_it_is_kept_once_and_let_go(self):
        mine = self.by(self.keeper, self.listing)
        mine.action_favourite()
        mine.action_favourite()
        self.assertEqual(self.kept(self.keeper), self.listing)
        self.assertEqual(mine._get_kept_ids(self.keeper), set(self.listing.ids))
        mine.action_unfavourite()
        mine.action_unfavourite()
        self.assertFalse(self.kept(self.keeper))

    def test_nobody_else_learns_of_it(self):
        self.by(self.keeper, self.listing).action_favourite()
        for member in (self.owner, self.other):
            self.assertFalse(self.kept(member))
        for user in (self.moderator, self.manager, self.stranger):
            self.assertFalse(self.env["ebs.favourite"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            self.env["ebs.favourite"].with_user(self.visitor).search([])

    def test_out_of_sight_it_leaves_no_trace_and_comes_back(self):
        self.by(self.keeper, self.listing).action_favourite()
        owner_s = self.by(self.owner, self.listing)
        owner_s.action_pause()
        self.assertFalse(self.kept(self.keeper))
        favourite = self.env["ebs.favourite"].sudo().search([])
        with self.assertRaises(AccessError):
            self.by(self.keeper, favourite).read(["listing_id"])
        owner_s.action_resume()
        self.assertEqual(self.kept(self.keeper), self.listing)

    def test_what_a_circle_shares_goes_with_the_circle(self):
        circle = self.make_circle("Walkers", "open")
        self.add_to_circle(circle, self.owner, self.keeper)
        shared = self.make_listing(
            self.owner, visibility="circles", circle_ids=circle.ids
        )
        self.by(self.keeper, shared).action_favourite()
        self.assertEqual(self.kept(self.keeper), shared)
        self.by(self.keeper, circle).action_leave()
        self.assertFalse(self.kept(self.keeper))
        self.by(self.keeper, circle).action_join()
        self.assertEqual(self.kept(self.keeper), shared)

    def test_a_hidden_listing_is_as_none(self):
        self.by(self.owner, self.listing).action_pause()
        none = self.listing.browse(2**31 - 1)
        for listing in (self.listing, none):
            for act in ("action_favourite", "action_unfavourite"):
                with self.subTest(listing=listing, act=act):
                    with self.assertRaises(MissingError) as refusal:
                        getattr(self.by(self.keeper, listing), act)()
                    self.assertIn("does not exist", str(refusal.exception))

    def test_who_may_not_act_keeps_nothing(self):
        with self.assertRaises(UserError):
            self.listing.with_user(self.visitor).action_favourite()
        newcomer = self.make_member("Nina", confirmed=False, state="pending")
        with self.assertRaisesRegex(UserError, "confirm your e-mail"):
            self.by(newcomer, self.listing).action_favourite()
        with self.assertRaisesRegex(UserError, "yours already"):
            self.by(self.owner, self.listing).action_favourite()
        with self.assertRaisesRegex(UserError, "cannot act for"):
            self.by(self.keeper, self.listing).action_favourite(self.other.id)

    def test_a_delegate_keeps_for_the_organisation_until_removed(self):
        club = self.make_member("Club", kind="association")
        delegate = self.make_delegate(club, self.keeper.sudo().user_id)
        mine = self.by(self.keeper, self.listing)
        mine.action_favourite(club.id)
        self.assertEqual(self.kept(club), self.listing)
        self.assertFalse(mine._get_kept_ids(self.keeper))
        delegate.active = False
        self.assertFalse(self.kept(self.keeper))
        with self.assertRaisesRegex(UserError, "cannot act for"):
            mine.action_favourite(club.id)

    def test_garbage_names_nobody(self):
        mine = self.by(self.keeper, self.listing)
        for value in ("x", [1], {"a": 1}, 2.5, -1, 2**70):
            with self.subTest(value=value):
                with self.assertRaisesRegex(UserError, "cannot act for"):
                    mine.action_favourite(value)
                mine.action_unfavourite(value)

    def test_it_goes_with_the_listing(self):
        self.by(self.keeper, self.listing).action_favourite()
        self.listing.unlink()
        self.assertFalse(self.env["ebs.favourite"].sudo().search([]))
