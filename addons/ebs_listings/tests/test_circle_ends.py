# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestCircleEnds(ListingsCase):
    """What follows a person out of a circle, and what stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.circle = cls.make_circle("Family", "invitation")
        cls.other_circle = cls.make_circle("Club", "invitation")
        cls.add_to_circle(cls.circle, cls.owner, cls.asker)
        cls.add_to_circle(cls.other_circle, cls.owner)
        cls.listing = cls.make_listing(
            cls.owner, visibility="circles", circle_ids=cls.circle.ids
        )

    def leave(self, member, circle=None):
        self.by(member, circle or self.circle).action_leave()

    def remove(self, member):
        membership = self.circle._find_membership(member)
        self.by(self.organiser, membership).action_remove("We moved")

    def is_seen_by(self, member):
        return bool(
            self.by(member, self.env["ebs.listing"]).search(
                [("id", "=", self.listing.id)]
            )
        )

    def test_reading_ends_at_once_however_it_ends(self):
        ends = {
            "leaves": lambda member: self.leave(member),
            "is removed": lambda member: self.remove(member),
            "is suspended": lambda member: member.action_suspend("A test"),
            "has its circle closed": lambda member: self.by(
                self.organiser, self.circle
            ).action_close(),
        }
        for number, (how, end) in enumerate(ends.items()):
            with self.subTest(how=how):
                member = self.make_member(f"Fanny {number}")
                self.add_to_circle(self.circle, member)
                self.assertTrue(self.is_seen_by(member))
                end(member)
                self.assertFalse(self.is_seen_by(member))
                with self.assertRaises(AccessError):
                    self.by(member, self.listing).read(["name"])

    def test_an_open_request_is_withdrawn_with_who_leaves(self):
        for begin in ("ask", "inquire"):
            for end in (self.leave, self.remove):
                with self.subTest(begin=begin, end=end.__name__):
                    member = self.make_member(f"Fanny {begin} {end.__name__}")
                    self.add_to_circle(self.circle, member)
                    if begin == "ask":
                        exchange = self.ask(member, self.listing)
                    else:
                        listing = self.by(member, self.listing)
                        exchange = listing.action_inquire("Heavy?").sudo()
                    self.assertTrue(exchange.is_private)
                    end(member)
                    self.assertEqual(exchange.state, "cancelled")
                    for party in (member, self.owner):
                        subjects = self.mails_to(party).mapped("subject")
                        self.assertIn("Over: “Books on gardening”", subjects)

    def test_a_suspended_member_asks_no_more_inside_circles(self):
        inside = self.ask(self.asker, self.listing)
        outside = self.ask(self.asker, self.make_listing(self.owner, name="Open"))
        self.asker.action_suspend("A test")
        self.assertEqual(inside.state, "cancelled")
        self.assertEqual(outside.state, "requested")

    def test_a_request_stays_that_another_circle_allows(self):
        self.add_to_circle(self.other_circle, self.asker)
        self.listing.circle_ids += self.other_circle
        exchange = self.ask(self.asker, self.listing)
        self.leave(self.asker)
        self.assertEqual(exchange.state, "requested")
        self.leave(self.asker, self.other_circle)
        self.assertEqual(exchange.state, "cancelled")

    def test_what_was_agreed_on_stays_with_both(self):
        exchange = self.ask(self.asker, self.listing)
        self.by(self.owner, exchange).action_accept()
        self.leave(self.asker)
        self.assertEqual(exchange.state, "accepted")
        seen = self.by(self.asker, exchange)
        self.assertEqual(seen.read(["title"])[0]["title"], "Books on gardening")
        self.assertFalse(self.is_seen_by(self.asker))
        self.by(self.owner, exchange).action_done()
        self.assertEqual(exchange.state, "done")

    def test_a_listing_that_loses_its_last_circle_is_its_owners_alone(self):
        exchange = self.ask(self.asker, self.listing)
        self.leave(self.owner)
        self.assertEqual(self.listing.state, "paused")
        self.assertEqual(self.listing.visibility, "circles")
        self.assertFalse(self.listing.circle_ids)
        self.assertTrue(self.is_seen_by(self.owner))
        for member in (self.asker, self.organiser):
            self.assertFalse(self.is_seen_by(member))
        self.assertEqual(exchange.state, "cancelled")
        with self.assertRaisesRegex(UserError, "at least one circle"):
            self.by(self.owner, self.listing).action_resume()
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_a_listing_keeps_its_other_circles(self):
        self.listing.circle_ids += self.other_circle
        self.leave(self.owner)
        self.assertEqual(self.listing.state, "published")
        self.assertEqual(self.listing.circle_ids, self.other_circle)
        self.assertFalse(self.is_seen_by(self.asker))

    def test_a_closed_circle_takes_all_its_listings_out_of_sight(self):
        exchange = self.ask(self.asker, self.listing)
        self.by(self.organiser, self.circle).action_close("It is over")
        self.assertEqual(self.listing.state, "paused")
        self.assertEqual(exchange.state, "cancelled")
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_one_law_for_the_user_and_for_the_persona(self):
        """`_is_open_to` and `is_visible` say the same of a published listing."""
        members = [
            self.owner,
            self.asker,
            self.organiser,
            self.make_member("Marc"),
            self.make_member("Paula", state="pending"),
            self.make_member("Serge", state="suspended"),
            self.make_member("Franz", company=self.other_company),
        ]
        stranger_listing = self.make_listing(self.organiser, name="x")
        for values in (
            {"visibility": "everyone", "circle_ids": False},
            {"visibility": "members", "circle_ids": False},
            {"visibility": "circles", "circle_ids": self.circle.ids},
            {"visibility": "circles", "circle_ids": False},
        ):
            stranger_listing.write(values)
            for member in members:
                if member == self.organiser:
                    continue
                with self.subTest(values=values, member=member.name):
                    self.assertEqual(
                        stranger_listing._is_open_to(member),
                        bool(
                            self.by(member, stranger_listing.browse()).search_count(
                                [("id", "=", stranger_listing.id)]
                            )
                        ),
                    )
