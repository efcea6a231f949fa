# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestCirclePrivacy(ListingsCase):
    """What is for a circle is closed to staff too, until a moderator opens it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.circle = cls.make_circle("Family", "invitation")
        cls.secret = cls.make_circle("Surprise", "invitation")
        cls.add_to_circle(cls.circle, cls.owner, cls.asker)
        cls.add_to_circle(cls.secret, cls.owner)
        cls.listing = cls.make_listing(
            cls.owner, visibility="circles", circle_ids=cls.circle.ids
        )
        cls.exchange = cls.ask(cls.asker, cls.listing)

    def reads(self, user, record):
        return bool(
            self.env[record._name].with_user(user).search([("id", "=", record.id)])
        )

    def test_no_staff_reads_what_is_inside(self):
        for user in (self.moderator, self.desk, self.manager):
            self.assertFalse(self.reads(user, self.listing), user.name)
            self.assertFalse(self.reads(user, self.exchange), user.name)

    def test_the_deal_outside_stays_with_staff(self):
        outside = self.ask(self.asker, self.make_listing(self.owner, name="Open"))
        for user in (self.moderator, self.desk, self.manager):
            self.assertTrue(self.reads(user, outside), user.name)

    def test_a_moderator_opens_the_one_circle_for_a_day(self):
        other = self.make_listing(
            self.owner, visibility="circles", circle_ids=self.secret.ids
        )
        self.circle.with_user(self.moderator).action_open_content("A report")
        self.assertTrue(self.reads(self.moderator, self.listing))
        self.assertTrue(self.reads(self.moderator, self.exchange))
        self.assertFalse(self.reads(self.moderator, other))
        self.assertFalse(self.reads(self.manager, self.listing), "another moderator")
        with clock_at(now() + timedelta(hours=24)):
            self.assertFalse(self.reads(self.moderator, self.listing))
            self.assertFalse(self.reads(self.moderator, self.exchange))

    def test_the_name_of_a_hidden_listing_is_told_to_no_staff(self):
        for user in (self.moderator, self.desk):
            self.assertEqual(self.listing.with_user(user).display_name, "Listing")

    def test_one_circle_does_not_tell_of_another(self):
        self.listing.circle_ids += self.secret
        listing = self.by(self.asker, self.listing)
        self.assertEqual(listing.name, "Books on gardening")
        with self.assertRaises(AccessError):
            listing.read(["circle_ids"])
        with self.assertRaises(AccessError):
            listing.search([("circle_ids", "in", self.secret.ids)])
        with self.assertRaises(AccessError):
            listing.search([("circle_ids.name", "=", "Surprise")])

    def test_moderators_look_first_at_what_leaves_its_circle_and_not_before(self):
        self.company.ebs_moderation = "before"
        draft = self.make_draft(
            self.owner, visibility="circles", circle_ids=self.circle.ids
        )
        mine = self.by(self.owner, draft)
        mine.action_publish()
        self.assertEqual(draft.state, "published")
        mine.action_save({"name": "Other words"})
        self.assertEqual(draft.state, "published")
        mine.action_save({"visibility": "everyone"})
        self.assertEqual(draft.state, "pending")
        self.assertTrue(self.reads(self.moderator, draft))

    def test_what_was_rejected_comes_back_to_the_moderators(self):
        self.circle.with_user(self.moderator).action_open_content("A report")
        self.listing.with_user(self.moderator).action_reject("No weapons")
        mine = self.by(self.owner, self.listing)
        mine.action_publish()
        self.assertEqual(self.listing.state, "pending")
        with clock_at(now() + timedelta(days=2)):
            self.assertTrue(self.reads(self.moderator, self.listing))
            self.listing.with_user(self.moderator).action_approve()
            self.assertFalse(self.reads(self.moderator, self.listing))


@tagged("ebs_listings")
class TestSetVisibility(ListingsCase):
    """Who sees them, for several listings at once, and by default."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.circle = cls.make_circle("Family", "invitation")
        cls.foreign_circle = cls.make_circle("Club", "open")
        cls.add_to_circle(cls.circle, cls.owner)
        cls.one = cls.make_listing(cls.owner, name="One")
        cls.two = cls.make_listing(cls.owner, name="Two")
        cls.both = cls.one | cls.two

    def set_visibility(self, *args, listings=None, member=None):
        listings = listings if listings is not None else self.both
        self.by(member or self.owner, listings).action_set_visibility(*args)

    def test_several_change_at_once(self):
        self.set_visibility("circles", self.circle.ids)
        self.assertEqual(self.both.mapped("visibility"), ["circles"] * 2)
        self.assertEqual(self.both.circle_ids, self.circle)
        self.set_visibility("members")
        self.assertEqual(self.both.mapped("visibility"), ["members"] * 2)
        self.assertFalse(self.both.circle_ids)

    def test_one_that_is_refused_changes_none(self):
        foreign = self.make_listing(self.make_member("Marc"), name="Foreign")
        with self.assertRaises(UserError), self.cr.savepoint():
            self.set_visibility("members", listings=self.both | foreign)
        self.env.invalidate_all()
        self.assertEqual(self.both.mapped("visibility"), ["everyone"] * 2)

    def test_circles_that_are_not_mine_and_garbage_are_refused(self):
        for arguments in (
            ("circles",),
            ("circles", []),
            ("circles", self.foreign_circle.ids),
            ("circles", "x"),
            ("nobody",),
            (None,),
            (["everyone"],),
        ):
            with self.subTest(arguments=arguments), self.assertRaises(UserError):
                self.set_visibility(*arguments)
        with self.assertRaisesRegex(UserError, "at least one listing"):
            self.set_visibility("members", listings=self.both.browse())

    def test_the_default_is_the_members_own_and_nobody_elses_to_read(self):
        self.as_user(self.owner).action_update_profile(
            {"default_visibility": "circles"}
        )
        private = self.owner.private_ids
        self.assertEqual(private.default_visibility, "circles")
        self.assertEqual(self.by(self.owner, private).default_visibility, "circles")
        other = self.make_member("Marc")
        with self.assertRaises(AccessError):
            self.by(other, private).read(["default_visibility"])
        for garbage in ("nobody", None, ["everyone"], 1):
            with self.assertRaises(UserError):
                self.as_user(self.owner).action_update_profile(
                    {"default_visibility": garbage}
                )


@tagged("ebs_listings")
class TestTotals(ListingsCase):
    """What anybody may know of a member: totals, circles included."""

    def test_totals_count_what_happens_inside_circles(self):
        owner, asker = self.make_member("Olga"), self.make_member("Anna")
        circle = self.make_circle("Family", "invitation")
        self.add_to_circle(circle, owner, asker)
        inside = {"visibility": "circles", "circle_ids": circle.ids}

        def asked(**values):
            return self.ask(asker, self.make_listing(owner, **values))

        done, declined, expired, open_, taken_back = (
            asked(**inside),
            asked(),
            asked(),
            asked(),
            asked(),
        )
        self.by(owner, done).action_accept()
        self.by(owner, done).action_done()
        self.by(owner, declined).action_decline()
        expired._expire()
        self.by(asker, taken_back).action_cancel()
        self.assertEqual(open_.state, "requested")
        stranger = self.make_member("Marc")
        seen = self.by(stranger, owner)
        self.assertEqual(
            (seen.done_count, seen.answer_count, seen.answer_rate), (1, 3, 66)
        )
        self.assertEqual(self.by(stranger, asker).answer_count, 0)

    def test_nobody_searches_or_sorts_by_them(self):
        members = self.env["ebs.member"].with_user(self.visitor)
        for attempt in (
            lambda: members.search([("done_count", ">", 0)]),
            lambda: members.search([], order="done_count"),
        ):
            with self.assertRaises(ValueError):
                attempt()
