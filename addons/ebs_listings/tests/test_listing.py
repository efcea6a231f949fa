# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged

from .common import ListingsCase, make_image


@tagged("ebs_listings")
class TestListing(ListingsCase):
    """What a member does with the own listings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga", zone_id=cls.zone.id)
        cls.neighbour = cls.make_member("Nils")
        cls.add_to_circle(cls.open_circle, cls.owner)

    def begin(self, member=None, as_member_id=None, **values):
        listings = self.env["ebs.listing"].with_user((member or self.owner).user_id)
        values = {"name": "A ladder", **values}
        return listings.action_create(values, as_member_id=as_member_id)

    @contextmanager
    def refused(self, sentence=""):
        """Whatever was written before the refusal is undone, as in a request."""
        with self.assertRaisesRegex(UserError, sentence), self.cr.savepoint():
            yield

    # === CREATE === #

    def test_a_listing_begins_as_a_draft_in_the_zone_of_its_owner(self):
        listing = self.begin()
        self.assertEqual(listing.state, "draft")
        self.assertEqual(listing.member_id.id, self.owner.id)
        self.assertEqual(listing.company_id.id, self.company.id)
        self.assertEqual(listing.zone_id.id, self.zone.id)
        self.assertEqual(listing.visibility, "everyone")
        self.assertFalse(listing.env.su)

    def test_all_values_are_taken(self):
        listing = self.begin(
            name="  A   ladder\n of wood ",
            description="Three metres.\r\nSteady.",
            category_id=str(self.garden.id),
            ways=["give", "sell"],
            zone_id=False,
            price="12,50",
            visibility="circles",
            circle_ids=[str(self.open_circle.id)],
            photos=[make_image().decode()],
        )
        self.assertEqual(listing.name, "A ladder of wood")
        self.assertEqual(listing.description, "Three metres.\nSteady.")
        self.assertEqual(listing.category_id, self.garden)
        self.assertEqual(set(listing.way_ids.mapped("code")), {"give", "sell"})
        self.assertFalse(listing.zone_id)
        self.assertEqual(listing.price, 12.5)
        self.assertEqual(listing.sudo().circle_ids, self.open_circle)
        self.assertEqual(len(listing.photo_ids), 1)

    def test_what_is_not_on_the_list_is_refused(self):
        for key in ("state", "company_id", "member_id", "published_at", "id", "x"):
            with self.subTest(key=key), self.refused("cannot be set"):
                self.begin(**{key: 1})

    def test_garbage_gets_a_sentence(self):
        """T-S8: whatever is sent by RPC, a sentence comes back."""
        garbage = (
            True,
            5,
            -1,
            3.5,
            "x" * 5000,
            "\x00",
            [1],
            {},
            {"a": 1},
            [[]],
            [None],
        )
        for key, harmless in (
            ("name", ("x",)),
            ("description", ("", "\x00")),
            ("category_id", ({},)),
            ("ways", ({},)),
            ("zone_id", ({},)),
            ("price", (5, 3.5, {})),
            ("visibility", ()),
            ("circle_ids", ({},)),
            ("photos", ({},)),
        ):
            for value in garbage:
                if value in harmless:
                    continue
                with self.subTest(key=key, value=value), self.assertRaises(UserError):
                    self.begin(**{key: value})

    def test_a_listing_without_a_title_is_refused(self):
        for name in (None, "", "  ", "\x00"):
            with self.refused("title"):
                self.begin(name=name)
        listings = self.env["ebs.listing"].with_user(self.owner.user_id)
        for values in ({}, {"price": 3}):
            with self.refused("title"):
                listings.action_create(values)
        for values in (None, [], "name", 5):
            with self.assertRaises(UserError):
                listings.action_create(values)

    def test_records_of_another_platform_are_not_on_the_list(self):
        foreign = self.make_category("Foreign", company=self.other_company)
        zone = self.env["ebs.zone"].create(
            {"company_id": self.other_company.id, "name": "Elsewhere"}
        )
        with self.refused("category"):
            self.begin(category_id=foreign.id)
        with self.refused("zone"):
            self.begin(zone_id=zone.id)

    def test_one_lists_for_circles_that_one_is_in(self):
        for circle_ids in ([self.hidden_circle.id], [0], [None], ["abc"], [10**20]):
            with self.subTest(ids=circle_ids), self.refused("circles that you"):
                self.begin(visibility="circles", circle_ids=circle_ids)

    def test_for_circles_names_a_circle(self):
        with self.refused("at least one circle"):
            self.begin(visibility="circles")
        with self.refused("at least one circle"):
            self.begin(visibility="circles", circle_ids=[])

    def test_circles_are_kept_only_while_it_is_for_circles(self):
        ids = self.open_circle.ids
        listing = self.begin(visibility="circles", circle_ids=ids)
        listing.action_save({"visibility": "members"})
        self.assertFalse(listing.sudo().circle_ids)
        listing.action_save({"circle_ids": ids})
        self.assertFalse(listing.sudo().circle_ids)
        with self.refused("at least one circle"):
            listing.action_save({"visibility": "circles"})

    # === WHO === #

    def test_who_may_not_act_lists_nothing(self):
        unconfirmed = self.make_member("Ute", state="pending", confirmed=False)
        pending = self.make_member("Paul", state="pending")
        suspended = self.make_member("Serge", state="suspended")
        for member, sentence in (
            (unconfirmed, "confirm your e-mail"),
            (pending, "approve"),
            (suspended, "suspended"),
        ):
            with self.subTest(member=member.name), self.refused(sentence):
                self.begin(member)
        listings = self.env["ebs.listing"]
        for user in (self.visitor, self.stranger, self.moderator):
            with self.subTest(user=user.login), self.refused("not a member"):
                listings.with_user(user).action_create({"name": "A ladder"})

    def test_a_delegate_lists_for_the_one_served(self):
        club = self.make_member("Club", kind="association")
        delegate = self.make_delegate(club, self.neighbour.user_id)
        listing = self.begin(self.neighbour, as_member_id=club.id)
        self.assertEqual(listing.member_id.id, club.id)
        listing.action_save({"name": "A long ladder"})
        delegate.active = False
        with self.assertRaises(MissingError):
            listing.action_save({"name": "A short ladder"})
        with self.refused("cannot act"):
            self.begin(self.neighbour, as_member_id=club.id)

    def test_nobody_acts_for_somebody_else(self):
        for value in (self.neighbour.id, "abc", -1, 10**20, [1], {"a": 1}):
            with self.subTest(value=value), self.refused("cannot act"):
                self.begin(as_member_id=value)

    def test_others_change_nothing(self):
        listing = self.make_listing(self.owner)
        for user in (self.neighbour.user_id, self.visitor, self.moderator, self.desk):
            theirs = listing.with_user(user)
            for call in (
                lambda it: it.action_save({"name": "Mine now"}),
                lambda it: it.action_publish(),
                lambda it: it.action_pause(),
                lambda it: it.action_resume(),
                lambda it: it.action_close(),
                lambda it: it.action_remove_photo(1),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    call(theirs)
        self.assertEqual(listing.state, "published")

    def test_what_is_hidden_and_what_never_was_get_the_same_answer(self):
        hidden = self.make_draft(self.owner)
        sentences = set()
        for listing in (hidden, hidden.browse(2**31 - 1), hidden.browse()):
            with self.assertRaises(MissingError) as refusal:
                self.by(self.neighbour, listing).action_pause()
            sentences.add(str(refusal.exception))
        self.assertEqual(len(sentences), 1)

    # === LIFE === #

    def test_a_complete_draft_is_published_at_once(self):
        listing = self.begin(category_id=self.garden.id, ways=["give"])
        listing.action_publish()
        self.assertEqual(listing.state, "published")
        self.assertTrue(listing.published_at)
        listing.action_publish()

    def test_what_is_missing_is_named(self):
        listing = self.begin()
        with self.refused("category"):
            listing.action_publish()
        listing.action_save({"category_id": self.garden.id})
        with self.refused("way"):
            listing.action_publish()
        self.assertEqual(listing.state, "draft")

    def test_what_is_published_stays_complete(self):
        listing = self.by(self.owner, self.make_listing(self.owner))
        with self.refused("category"):
            listing.action_save({"category_id": False})
        with self.refused("way"):
            listing.action_save({"ways": []})

    def test_a_pause_keeps_the_place_among_the_newest(self):
        listing = self.by(self.owner, self.make_listing(self.owner))
        moment = listing.published_at
        listing.action_pause()
        self.assertEqual(listing.state, "paused")
        listing.action_resume()
        self.assertEqual((listing.state, listing.published_at), ("published", moment))

    def test_closed_is_closed(self):
        listing = self.by(self.owner, self.make_listing(self.owner))
        listing.action_close()
        for call in (
            listing.action_publish,
            listing.action_pause,
            listing.action_resume,
            lambda: listing.action_save({"name": "Again"}),
        ):
            with self.refused():
                call()
        self.assertEqual(listing.state, "closed")

    def test_moves_out_of_turn_are_refused(self):
        listing = self.begin()
        for call in (listing.action_pause, listing.action_resume):
            with self.refused():
                call()
        self.assertEqual(listing.state, "draft")

    def test_a_member_who_is_suspended_is_out_of_sight_with_all_things(self):
        listing = self.make_listing(self.owner)
        draft = self.make_draft(self.owner)
        self.owner.with_user(self.moderator).action_suspend("A test.")
        self.assertEqual(listing.state, "paused")
        self.assertEqual(draft.state, "draft")
        with self.refused("suspended"):
            self.by(self.owner, listing).action_resume()
        self.owner.with_user(self.moderator).action_reinstate()
        self.by(self.owner, listing).action_resume()
        self.assertEqual(listing.state, "published")

    def test_state_is_written_by_no_one_directly(self):
        listing = self.make_draft(self.owner)
        with self.assertRaises(UserError):
            listing.write({"state": "published"})
        with self.assertRaises(AccessError):
            self.by(self.owner, listing).write({"name": "x"})
