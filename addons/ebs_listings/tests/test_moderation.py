# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ListingsCase, make_image


@tagged("ebs_listings")
class TestModeration(ListingsCase):
    """Moderators look after what is published, before or after it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.draft = cls.by(cls.owner, cls.make_draft(cls.owner))

    def before(self):
        self.company.ebs_moderation = "before"

    def staff(self, listing=None):
        return (listing or self.draft).with_user(self.moderator)

    def test_before_waits_for_a_moderator(self):
        self.before()
        self.draft.action_publish()
        self.assertEqual(self.draft.state, "pending")
        self.assertFalse(self.draft.published_at)
        self.staff().action_approve()
        self.assertEqual(self.draft.state, "published")
        self.assertEqual(self.draft.published_at, now())
        self.assertIn("is published", self.mails_to(self.owner)[0].subject)

    def test_a_change_of_words_or_photos_is_looked_at_again(self):
        self.before()
        for values in (
            {"name": "Something else"},
            {"description": "Something else"},
            {"category_id": self.books.id},
            {"photos": [make_image().decode()]},
        ):
            with self.subTest(values=list(values)):
                listing = self.by(self.owner, self.make_listing(self.owner))
                listing.action_save(values)
                self.assertEqual(listing.state, "pending")

    def test_a_change_of_other_things_or_of_nothing_is_not(self):
        self.before()
        listing = self.by(self.owner, self.make_listing(self.owner))
        for values in (
            {"price": 5},
            {"visibility": "members"},
            {"name": listing.name, "description": "", "category_id": self.garden.id},
            {"photos": []},
        ):
            listing.action_save(values)
            self.assertEqual(listing.state, "published", values)

    def test_a_paused_one_does_not_slip_through(self):
        self.before()
        listing = self.by(self.owner, self.make_listing(self.owner))
        listing.action_pause()
        listing.action_save({"name": "Something else"})
        with self.assertRaises(UserError):
            listing.action_resume()
        self.assertEqual(listing.state, "pending")

    def test_after_lets_changes_through(self):
        listing = self.by(self.owner, self.make_listing(self.owner))
        listing.action_save({"name": "Something else"})
        self.assertEqual(listing.state, "published")

    def test_what_is_rejected_says_why_and_comes_back_by_a_moderator_alone(self):
        self.draft.action_publish()
        self.staff().action_reject("Please say what it is.")
        self.assertEqual(self.draft.state, "rejected")
        self.assertEqual(self.draft.reject_reason, "Please say what it is.")
        self.assertIn("Please say what it is.", self.mails_to(self.owner)[0].body_html)
        self.draft.action_save({"name": "A clear name"})
        self.draft.action_publish()
        self.assertEqual(self.draft.state, "pending", "even where they look after")
        self.staff().action_approve()
        self.assertFalse(self.draft.reject_reason)

    def test_a_place_among_the_newest_is_given_once(self):
        self.draft.action_publish()
        moment = self.draft.published_at
        self.staff().action_reject("Hm.")
        with clock_at(now() + timedelta(days=3)):
            self.draft.action_publish()
            self.staff().action_approve()
        self.assertEqual(self.draft.published_at, moment)

    def test_a_reason_is_needed(self):
        self.draft.action_publish()
        for reason in ("", " ", None, "\x00", 5, [], "x" * 1001):
            with self.subTest(reason=reason), self.assertRaises(UserError):
                self.staff().action_reject(reason)

    def test_several_are_approved_at_once(self):
        self.before()
        second = self.by(self.owner, self.make_draft(self.owner))
        self.draft.action_publish()
        second.action_publish()
        self.staff(self.draft + second).action_approve()
        self.assertEqual({self.draft.state, second.state}, {"published"})
        sent = len(self.mails_to(self.owner))
        self.staff(self.draft + second).action_approve()
        self.assertEqual(len(self.mails_to(self.owner)), sent, "told once")

    def test_what_a_suspended_member_offers_is_not_approved(self):
        self.before()
        self.draft.action_publish()
        self.owner.with_user(self.moderator).action_suspend("A test.")
        with self.assertRaisesRegex(UserError, "not an approved member"):
            self.staff().action_approve()

    def test_only_a_moderator_of_the_platform_decides(self):
        self.before()
        self.draft.action_publish()
        neighbour = self.make_member("Nils")
        users = [self.owner.user_id, neighbour.user_id, self.visitor]
        for user in [*users, self.stranger, self.desk]:
            theirs = self.draft.with_user(user)
            for listing in (theirs, theirs.browse(2**31 - 1)):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    listing.action_approve()
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    listing.action_reject("No.")
        self.moderator.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [Command.set(self.other_company.ids)],
            }
        )
        with self.assertRaises(MissingError):
            self.staff().action_approve()
        self.assertEqual(self.draft.state, "pending")

    def test_a_draft_is_nobody_elses_business(self):
        with self.assertRaises(UserError):
            self.staff().action_approve()
        self.assertEqual(self.draft.state, "draft")

    def test_the_dialog_passes_the_reason_on(self):
        self.draft.action_publish()
        self.env["ebs.listing.reject"].with_user(self.moderator).with_context(
            active_ids=self.draft.ids
        ).create({"reason": "Not here."}).action_confirm()
        self.assertEqual(self.draft.state, "rejected")

    def test_moderators_put_a_listing_in_the_right_category(self):
        self.staff().category_id = self.books
        self.assertEqual(self.draft.category_id, self.books)
        self.moderator.company_ids = self.other_company + self.company
        self.moderator.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [Command.set(self.other_company.ids)],
            }
        )
        with self.assertRaises(AccessError):
            self.staff().category_id = self.garden
