# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ListingsCase

STATES = ("draft", "pending", "published", "paused", "closed", "rejected")
HOW = ("everyone", "members", "circles", "hidden")


@tagged("ebs_listings", "ebs_security")
class TestVisibility(ListingsCase):
    """Each kind of user finds, and may read, exactly what the law gives them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.neighbour = cls.make_member("Nils")
        cls.applicant = cls.make_member("Anna")
        cls.suspended = cls.make_member("Serge", state="suspended")
        cls.pending = cls.make_member("Paul", state="pending")
        cls.abroad = cls.make_member("Ella", company=cls.other_company)
        cls.helper = cls.make_member("Hugo")
        cls.club = cls.make_member("Club", kind="association")
        cls.make_delegate(cls.owner, cls.helper.user_id)
        cls.make_delegate(cls.club, cls.stranger)
        cls.add_to_circle(cls.open_circle, cls.owner, cls.neighbour, cls.club)
        cls.hidden_circle._create_membership(cls.applicant)
        circles = {"circles": cls.open_circle, "hidden": cls.hidden_circle}
        cls.listings = {}
        for how in HOW:
            for state in STATES:
                listing = cls.make_draft(
                    cls.owner,
                    name=f"{how} {state}",
                    visibility="circles" if how in circles else how,
                    circle_ids=circles[how].ids if how in circles else [],
                )
                if state != "draft":
                    listing._set_state(("draft",), state)
                cls.listings[how, state] = listing
        cls.all = cls.env["ebs.listing"].union(*cls.listings.values())

    def seen_by(self, user):
        """The keys of what a user finds; search, compute and access must agree."""
        self.env.invalidate_all()
        listings = self.env["ebs.listing"].with_user(user)
        within = [("id", "in", self.all.ids)]
        found = listings.search(within)
        every = self.all.with_user(user)
        visible = every.sudo().filtered("is_visible")
        readable = every.filtered(lambda one: one.has_access("read"))
        for others in (visible, readable, every._filtered_access("read")):
            self.assertEqual(set(found.ids), set(others.ids), user.login)
        self.assertEqual(len(found), listings.search_count(within))
        hidden = listings.sudo().search([*within, ("is_visible", "=", False)])
        self.assertEqual(set(hidden.ids), set(self.all.ids) - set(found.ids))
        for record in every - found:
            with self.assertRaises(AccessError):
                record.read(["name"])
        return {key for key, one in self.listings.items() if one.id in found.ids}

    def published(self, *ways):
        return {(how, "published") for how in ways}

    def test_a_visitor_sees_what_everyone_may(self):
        self.assertEqual(self.seen_by(self.visitor), self.published("everyone"))

    def test_an_internal_user_without_a_role_is_a_visitor(self):
        self.delegates = self.env["ebs.delegate"].search(
            [("user_id", "=", self.stranger.id)]
        )
        self.delegates.unlink()
        self.assertEqual(self.seen_by(self.stranger), self.published("everyone"))

    def test_a_member_sees_what_members_may(self):
        self.assertEqual(
            self.seen_by(self.applicant.user_id), self.published("everyone", "members")
        )

    def test_a_member_of_a_circle_sees_what_the_circle_may(self):
        self.assertEqual(
            self.seen_by(self.neighbour.user_id),
            self.published("everyone", "members", "circles"),
        )

    def test_a_circle_is_left_and_its_listings_with_it(self):
        self.open_circle.with_user(self.neighbour.user_id).action_leave()
        self.assertEqual(
            self.seen_by(self.neighbour.user_id), self.published("everyone", "members")
        )

    def test_an_applicant_or_an_invited_one_is_not_in_the_circle_yet(self):
        self.assertNotIn(("hidden", "published"), self.seen_by(self.applicant.user_id))
        self.hidden_circle.with_user(self.organiser.user_id).action_invite(
            self.neighbour.id
        )
        self.assertNotIn(("hidden", "published"), self.seen_by(self.neighbour.user_id))

    def test_pending_and_suspended_members_see_what_a_visitor_does(self):
        for member in (self.pending, self.suspended):
            self.assertEqual(
                self.seen_by(member.user_id), self.published("everyone"), member.name
            )

    def test_a_member_suspended_loses_the_circle_at_once(self):
        self.neighbour.with_user(self.moderator).action_suspend("A test.")
        self.assertEqual(
            self.seen_by(self.neighbour.user_id), self.published("everyone")
        )

    def test_a_member_of_another_platform_is_a_visitor_here(self):
        self.assertEqual(self.seen_by(self.abroad.user_id), self.published("everyone"))

    def test_the_owner_sees_all_of_the_own_ones(self):
        self.assertEqual(self.seen_by(self.owner.user_id), set(self.listings))

    def test_an_owner_who_is_suspended_still_sees_the_own_ones(self):
        self.owner.with_user(self.moderator).action_suspend("A test.")
        self.assertEqual(self.seen_by(self.owner.user_id), set(self.listings))

    def test_a_delegate_sees_as_the_one_served(self):
        self.assertEqual(self.seen_by(self.helper.user_id), set(self.listings))
        self.env["ebs.delegate"].search(
            [("member_id", "=", self.owner.id)]
        ).active = False
        self.assertEqual(
            self.seen_by(self.helper.user_id), self.published("everyone", "members")
        )

    def test_a_delegate_who_is_no_member_sees_what_the_one_served_may(self):
        self.assertEqual(
            self.seen_by(self.stranger),
            self.published("everyone", "members", "circles"),
        )

    def test_a_moderator_sees_all_but_what_is_for_circles(self):
        outside = {
            (who, state)
            for who, state in self.listings
            if who in ("everyone", "members") or state == "pending"
        }
        for user in (self.moderator, self.manager):
            self.assertEqual(self.seen_by(user), outside)
        self.hidden_circle.with_user(self.moderator).action_open_content("A report")
        inside = {key for key in self.listings if key[0] == "hidden"}
        self.assertEqual(self.seen_by(self.moderator), outside | inside)

    def test_a_moderator_of_another_platform_is_a_visitor_here(self):
        self.moderator.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [(6, 0, self.other_company.ids)],
            }
        )
        self.assertEqual(self.seen_by(self.moderator), self.published("everyone"))

    def test_the_desk_sees_all_but_what_is_for_circles(self):
        self.assertEqual(self.seen_by(self.desk), self.published("everyone", "members"))

    def test_neither_the_companies_chosen_nor_superuser_rights_matter(self):
        listings = self.env["ebs.listing"].with_user(self.applicant.user_id)
        seen = self.seen_by(self.applicant.user_id)
        for record in (
            listings.with_context(allowed_company_ids=self.company.ids),
            listings.with_company(self.company),
        ):
            found = record.search([("id", "in", self.all.ids)])
            self.assertEqual(len(found), len(seen))
        as_superuser = listings.sudo().search(
            [("id", "in", self.all.ids), ("is_visible", "=", True)]
        )
        self.assertEqual(len(as_superuser), len(seen))

    # === A CIRCLE GOES AWAY === #

    def test_when_the_last_circle_is_deleted_the_owner_alone_sees_it(self):
        """Private, never public."""
        listing = self.listings["circles", "published"]
        self.assertIn(("circles", "published"), self.seen_by(self.neighbour.user_id))
        self.open_circle.membership_ids.unlink()
        self.open_circle.unlink()
        self.assertFalse(listing.circle_ids)
        self.assertEqual(listing.visibility, "circles")
        for user in (self.neighbour.user_id, self.visitor, self.desk):
            self.assertNotIn(("circles", "published"), self.seen_by(user))
        self.assertIn(("circles", "published"), self.seen_by(self.owner.user_id))

    def test_when_the_last_circle_is_archived_the_owner_alone_sees_it(self):
        self.open_circle.active = False
        self.assertEqual(
            self.seen_by(self.neighbour.user_id), self.published("everyone", "members")
        )
        self.assertEqual(self.seen_by(self.owner.user_id), set(self.listings))
        self.open_circle.active = True
        self.assertEqual(
            self.seen_by(self.neighbour.user_id), self.published("everyone", "members")
        )

    # === WHAT REFERS TO A LISTING === #

    def test_photos_go_with_their_listing(self):
        photos = {key: self.make_photo(one) for key, one in self.listings.items()}
        for user in (
            self.visitor,
            self.applicant.user_id,
            self.neighbour.user_id,
            self.owner.user_id,
            self.abroad.user_id,
            self.desk,
            self.moderator,
        ):
            seen = self.seen_by(user)
            for key, photo in photos.items():
                may_read = photo.with_user(user).has_access("read")
                self.assertEqual(may_read, key in seen, (user.login, key))
            ids = [photo.id for photo in photos.values()]
            found = photo.with_user(user).search([("id", "in", ids)])
            self.assertEqual(len(found), len(seen))

    def test_the_name_of_a_hidden_listing_does_not_leak_through_references(self):
        listing = self.make_listing(self.owner, name="A secret", visibility="members")
        exchange = self.ask(self.neighbour, listing)
        listing.write({"name": "A deeper secret", "visibility": "circles"})
        self.env.invalidate_all()
        mine = self.by(self.neighbour, exchange)
        seen = mine.read(["listing_id", "title"])[0]
        self.assertEqual(seen["title"], "A secret")
        self.assertNotIn("secret", seen["listing_id"][1])
        owners = self.by(self.owner, exchange).read(["listing_id"])[0]
        self.assertEqual(owners["listing_id"][1], "A deeper secret")
