# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ListingsCase, make_image


@tagged("ebs_listings")
class TestDraft(ListingsCase):
    """What was typed and chosen is kept, whatever is still missing or wrong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.listings = cls.by(cls.owner, cls.env["ebs.listing"])

    def draft(self, **values):
        return self.listings.action_draft(values, as_member_id=self.owner.id).sudo()

    def photo(self, name="a.jpg", **options):
        return {"name": name, "data": make_image(**options).decode()}

    # === DRAFTS === #

    def test_a_draft_keeps_what_makes_sense(self):
        draft = self.draft(
            name="  ", description="My words", category_id=10**9, ways=["give"]
        )
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.description, "My words")
        self.assertEqual(draft.way_ids.code, "give")
        self.assertFalse(draft.category_id)

    def test_a_draft_without_a_title_is_not_published(self):
        draft = self.draft(ways=["give"], category_id=self.garden.id)
        with self.assertRaisesRegex(UserError, "title"):
            self.by(self.owner, draft).action_publish()
        self.by(self.owner, draft).action_save({"name": "A spade"})
        self.by(self.owner, draft).action_publish()
        self.assertEqual(draft.state, "published")

    def test_a_title_says_something(self):
        for name in ("…", "--", "?!", "\u202e"):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "title"):
                draft = self.draft(name=name, ways=["give"], category_id=self.garden.id)
                self.by(self.owner, draft).action_publish()

    def test_a_draft_is_kept_again_and_says_what_is_wrong(self):
        draft = self.draft(name="Spade")
        refusals = self.by(self.owner, draft).action_keep(
            {"name": "", "description": "Long", "price": "a lot"}
        )
        self.assertEqual(len(refusals), 2)
        self.assertEqual((draft.name, draft.description), ("Spade", "Long"))

    def test_what_was_meant_for_circles_is_never_wider(self):
        draft = self.draft(
            name="Spade",
            ways=["give"],
            category_id=self.garden.id,
            visibility="circles",
            circle_ids=[],
        )
        self.assertEqual(draft.visibility, "circles")
        with self.assertRaisesRegex(UserError, "circle"):
            self.by(self.owner, draft).action_publish()

    def test_what_is_published_is_not_left_half_said(self):
        listing = self.make_listing(self.owner)
        with self.assertRaises(UserError):
            self.by(self.owner, listing).action_keep({"name": "Half"})

    def test_nobody_else_keeps_anything(self):
        guest = self.make_member("Anna")
        draft = self.draft(name="Spade")
        for act in (
            lambda: self.by(guest, draft).action_keep({"name": "Mine"}),
            lambda: self.by(guest, draft).action_add_photos([self.photo()]),
            lambda: self.by(guest, draft).action_order_photos([1]),
            lambda: self.by(guest, self.env["ebs.listing"]).action_draft(
                {"name": "X"}, as_member_id=self.owner.id
            ),
        ):
            with self.assertRaises(UserError):
                act()
        self.assertEqual(draft.name, "Spade")

    # === PHOTOS === #

    def test_a_refused_photo_says_why_by_its_name_and_the_others_are_kept(self):
        draft = self.draft(name="Spade")
        heavy = base64.b64encode(b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024)).decode()
        refusals = self.by(self.owner, draft).action_add_photos(
            [
                self.photo("good.jpg"),
                {"name": "notes.txt", "data": base64.b64encode(b"hello").decode()},
                {"name": "heavy.jpg", "data": heavy},
                self.photo("also good.png", picture_format="PNG"),
                {"name": "\u202egnp.evil" + "x" * 5000, "data": "AAAA"},
            ]
        )
        self.assertEqual(len(draft.photo_ids), 2)
        self.assertIn("“notes.txt”: This picture cannot be read", refusals[0])
        self.assertIn("“heavy.jpg”: This picture is too heavy", refusals[1])
        self.assertNotIn("\u202e", refusals[2])
        self.assertLess(len(refusals[2]), 200)

    def test_the_ninth_photo_is_refused_alone(self):
        draft = self.draft(name="Spade")
        refusals = self.by(self.owner, draft).action_add_photos([self.photo()] * 9)
        self.assertEqual(len(draft.photo_ids), 8)
        self.assertEqual(len(refusals), 1)

    def test_photos_are_put_in_order(self):
        draft = self.draft(name="Spade")
        mine = self.by(self.owner, draft)
        mine.action_add_photos([self.photo(), self.photo(), self.photo()])
        first, second, third = draft.photo_ids
        mine.action_order_photos([third.id, first.id])
        self.assertEqual(draft.photo_ids.sorted(), third + first + second)
        draft.invalidate_recordset()
        self.assertEqual(draft.main_photo_id, third)
        mine.action_order_photos(["x", None, -1, 10**20])
        for garbage in (None, "abc", 5, {}):
            with self.assertRaises(UserError):
                mine.action_order_photos(garbage)
        for garbage in ("abc", 5, {}, None, ["x"], [{"path": "/etc/passwd"}]):
            with self.assertRaises(UserError):
                mine.action_add_photos(garbage)

    def test_moderators_see_a_new_photo_first_where_they_see_first(self):
        self.company.ebs_moderation = "before"
        listing = self.make_listing(self.owner)
        self.by(self.owner, listing).action_add_photos([{"name": "x", "data": "x"}])
        self.assertEqual(listing.state, "published", "nothing was added")
        self.by(self.owner, listing).action_add_photos([self.photo()])
        self.assertEqual(listing.state, "pending")
        want = self.make_draft(self.owner, side="want")
        self.by(self.owner, want).action_publish()
        self.assertEqual(want.state, "pending")

    def test_moderators_who_look_after_are_not_waited_for(self):
        listing = self.make_listing(self.owner)
        self.by(self.owner, listing).action_add_photos([self.photo()])
        self.assertEqual(listing.state, "published")

    # === CATEGORY === #

    def guess(self, title, member=None):
        listings = self.by(member or self.owner, self.env["ebs.listing"])
        found = listings._guess_category(self.company, title)
        return found.sudo()

    def test_a_title_suggests_a_category_by_its_name(self):
        self.assertEqual(self.guess("Old book of recipes"), self.books)
        self.assertEqual(self.guess("MOWER, electric"), self.mowers)

    def test_a_title_suggests_what_titles_alike_have_chosen(self):
        self.make_listing(self.owner, name="Vélo de ville", category_id=self.books.id)
        self.make_listing(self.owner, name="Un vélo rouge", category_id=self.books.id)
        self.assertEqual(self.guess("Vélos pour enfants"), self.books)
        self.assertEqual(self.guess("VÉLO"), self.books)

    def test_what_is_hidden_suggests_nothing(self):
        self.make_draft(self.owner, name="Zither", category_id=self.books.id)
        self.make_listing(
            self.make_member("Nils"),
            name="Zither",
            category_id=self.books.id,
            visibility="circles",
            circle_ids=self.make_circle(
                "Strings", "invitation", self.make_member("Rita")
            ).ids,
        )
        self.assertFalse(self.guess("Zither"))

    def test_garbage_suggests_nothing(self):
        for title in (None, 5, [], "", "%", "_", "the", "'", "x" * 10_000, "\u202e😀"):
            self.assertFalse(self.guess(title))
        self.assertFalse(
            self.by(self.owner, self.env["ebs.listing"]).get_category_guess("%%%")
        )
