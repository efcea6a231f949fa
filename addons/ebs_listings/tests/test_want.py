# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import MissingError, UserError
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestWant(ListingsCase):
    """What somebody looks for: answered by a conversation, closed once found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seeker = cls.make_member("Olga")
        cls.helper = cls.make_member("Anna")
        cls.other = cls.make_member("Nils")
        cls.want = cls.make_listing(cls.seeker, name="A tent", side="want")

    def answer(self, member, words="I have one"):
        return self.by(member, self.want).action_inquire(words).sudo()

    def test_a_member_says_what_is_looked_for(self):
        listings = self.by(self.seeker, self.env["ebs.listing"])
        listing = listings.action_create(
            {
                "side": "want",
                "name": "A ladder",
                "ways": ["give"],
                "category_id": self.garden.id,
                "price": "12",
            },
            as_member_id=self.seeker.id,
        ).sudo()
        self.by(self.seeker, listing).action_publish()
        self.assertEqual((listing.side, listing.state), ("want", "published"))
        self.assertEqual(listing.price, 0, "nothing is for sale")
        for value in ("both", None, 1, [], {}):
            with self.subTest(value=value), self.assertRaises(UserError):
                listings.action_create(
                    {"name": "X", "side": value}, as_member_id=self.seeker.id
                )

    def test_what_was_published_stays_on_its_side(self):
        with self.assertRaisesRegex(UserError, "published already"):
            self.by(self.seeker, self.want).action_save({"side": "offer"})
        self.by(self.seeker, self.want).action_save({"side": "want", "name": "Tent"})
        draft = self.make_draft(self.seeker)
        self.by(self.seeker, draft).action_save({"side": "want"})
        self.assertEqual(draft.side, "want")

    def test_nobody_asks_for_what_is_not_there(self):
        with self.assertRaisesRegex(UserError, "Olga is looking for this"):
            self.by(self.helper, self.want).action_ask({"way": "give"})
        self.assertFalse(self.env["ebs.exchange"].search_count([]))

    def test_it_is_answered_by_a_conversation(self):
        exchange = self.answer(self.helper)
        self.assertEqual(exchange.state, "inquiry")
        self.assertEqual(exchange.owner_id, self.seeker)
        self.by(self.seeker, exchange).action_write("When?")
        self.assertIn("can help you", self.by(self.seeker, exchange)._get_next_step())
        self.assertIn("agree below", self.by(self.helper, exchange)._get_next_step())
        with self.assertRaisesRegex(UserError, "looking for this"):
            self.by(self.helper, self.want).action_ask({"way": "give"})
        self.assertEqual(exchange.state, "inquiry")

    def test_it_is_closed_as_found_thanks_to_one_of_them(self):
        helped, told = self.answer(self.helper), self.answer(self.other)
        self.by(self.seeker, self.want).action_found(helped.id)
        self.assertEqual(self.want.state, "closed")
        self.assertEqual((helped.state, told.state), ("done", "declined"))
        self.assertIn("thanks to you", self.mails_to(self.helper)[:1].subject)
        self.assertIn("Not this time", self.mails_to(self.other)[:1].subject)
        self.by(self.helper, helped).action_write("I am on my way.")
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_it_is_closed_as_found_elsewhere(self):
        told = self.answer(self.other)
        self.by(self.seeker, self.want).action_found()
        self.assertEqual((self.want.state, told.state), ("closed", "declined"))

    def test_only_its_owner_says_so_and_only_of_what_is_looked_for(self):
        strange = self.ask(self.helper, self.make_listing(self.other))
        offer = self.make_listing(self.seeker)
        with self.assertRaises(UserError):
            self.by(self.helper, self.want).action_found()
        with self.assertRaisesRegex(UserError, "looks for"):
            self.by(self.seeker, offer).action_found()
        for value in (strange.id, "abc", 10**20, [1], {"a": 1}):
            with self.subTest(value=value), self.assertRaises(UserError):
                self.by(self.seeker, self.want).action_found(value)
        hidden = self.make_draft(self.seeker, side="want")
        with self.assertRaises(MissingError):
            self.by(self.helper, hidden).action_found()
        self.assertEqual((self.want.state, offer.state), ("published",) * 2)
