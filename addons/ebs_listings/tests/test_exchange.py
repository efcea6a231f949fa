# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.exceptions import MissingError, UserError
from odoo.tests import tagged

from .common import ListingsCase, make_image


@tagged("ebs_listings")
class TestExchange(ListingsCase):
    """From the first word to the end: who may do what, and what is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga", zone_id=cls.zone.id)
        cls.asker = cls.make_member("Anna")
        cls.rival = cls.make_member("Rita")
        cls.listing = cls.make_listing(cls.owner)
        cls.help = cls.make_listing(cls.owner, name="One hour of help", way="service")

    def refused(self, sentence=""):
        return self.assertRaisesRegex(UserError, sentence)

    def actions(self, exchange):
        """What owner, asker and a third member may do."""
        return [
            self.by(member, exchange)._get_actions()
            for member in (self.owner, self.asker, self.rival)
        ]

    # === ASKING === #

    def test_an_exchange_keeps_what_was_agreed(self):
        listing = self.make_listing(
            self.owner, name="A vase", way="sell", price=12, zone_id=self.zone.id
        )
        self.make_photo(listing)
        exchange = self.ask(self.asker, listing, way="sell")
        listing.write({"name": "A broken vase", "price": 90, "zone_id": False})
        listing.photo_ids.unlink()
        self.owner.name = "Olga the Great"
        seen = self.by(self.asker, exchange)
        self.assertEqual(seen.title, "A vase")
        self.assertEqual(seen.price, 12)
        self.assertEqual(seen.place, "Wazemmes")
        self.assertEqual((seen.owner_name, seen.asker_name), ("Olga", "Anna"))
        self.assertTrue(seen.image_512)
        self.assertEqual(seen.requested_at, now())

    def test_a_gift_has_no_price(self):
        listing = self.make_listing(self.owner, price=12)
        self.assertEqual(self.ask(self.asker, listing).price, 0)

    def test_the_first_message_is_there(self):
        exchange = self.ask(self.asker, self.listing, "Good morning!")
        line = exchange.message_line_ids
        self.assertEqual((line.body, line.author_name), ("Good morning!", "Anna"))
        self.assertEqual(line.user_id, self.asker.user_id)
        self.assertFalse(self.ask(self.rival, self.listing, " ").message_line_ids)

    def test_one_does_not_ask_oneself(self):
        with self.refused("your own listing"):
            self.ask(self.owner, self.listing)

    def test_one_does_not_ask_oneself_by_another_persona(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.owner.user_id)
        clubs_own = self.make_listing(club)
        mine = self.by(self.owner, self.listing)
        with self.refused("your own listing"):
            mine.action_ask({"way": "give"}, as_member_id=club.id)
        with self.refused("your own listing"):
            self.ask(self.owner, clubs_own)

    def test_a_delegate_asks_for_the_one_served(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.rival.user_id)
        exchange = (
            self.by(self.rival, self.listing)
            .action_ask({"way": "give", "message": "For us"}, as_member_id=club.id)
            .sudo()
        )
        self.assertEqual(exchange.asker_id.id, club.id)
        self.assertEqual(exchange.message_line_ids.author_name, "Club")
        self.assertEqual(exchange.message_line_ids.user_id, self.rival.user_id)
        self.assertEqual(self.by(self.rival, exchange)._get_actions(), ["cancel"])

    def test_only_what_is_on_offer_is_asked_for(self):
        self.by(self.owner, self.listing).action_pause()
        with self.assertRaises(MissingError):
            self.ask(self.asker, self.listing)

    def test_only_the_ways_on_offer_are_asked_for(self):
        for way in ("sell", "", None, "x", 1, [], {}, "give\x00"):
            with self.subTest(way=way), self.refused("one of the ways"):
                self.ask(self.asker, self.listing, way=way)

    def test_nobody_asks_twice(self):
        self.ask(self.asker, self.listing)
        with self.refused("already asked"):
            self.ask(self.asker, self.listing)

    def test_one_may_ask_again_after_a_no(self):
        exchange = self.ask(self.asker, self.listing)
        self.by(self.owner, exchange).action_decline()
        self.ask(self.asker, self.listing)

    def test_another_way_of_the_same_thing_may_be_asked_for(self):
        self.listing.way_ids += self.get_way("swap")
        self.ask(self.asker, self.listing)
        self.ask(self.asker, self.listing, way="swap")

    def test_a_persona_asks_only_for_what_that_persona_sees(self):
        """Seen through a club's circle, asked for in one's own name: no."""
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.asker.user_id)
        self.add_to_circle(self.open_circle, self.owner, club)
        listing = self.make_listing(
            self.owner, visibility="circles", circle_ids=self.open_circle.ids
        )
        mine = self.by(self.asker, listing)
        with self.refused("in none of them"):
            mine.action_ask({"way": "give"})
        mine.action_ask({"way": "give"}, as_member_id=club.id)

    def test_who_may_not_act_asks_for_nothing(self):
        unconfirmed = self.make_member("Ute", state="pending", confirmed=False)
        suspended = self.make_member("Serge", state="suspended")
        abroad = self.make_member("Ella", company=self.other_company)
        for member, sentence in (
            (unconfirmed, "confirm your e-mail"),
            (suspended, "suspended"),
            (abroad, "not a member"),
        ):
            with self.subTest(member=member.name), self.refused(sentence):
                self.ask(member, self.listing)
        with self.refused("not a member"):
            self.listing.with_user(self.visitor).action_ask({"way": "give"})

    # === ANSWERING === #

    def test_each_side_does_what_is_its_own(self):
        exchange = self.ask(self.asker, self.listing)
        self.assertEqual(
            self.actions(exchange), [["accept", "decline"], ["cancel"], []]
        )
        self.by(self.owner, exchange).action_accept()
        self.assertEqual(
            self.actions(exchange), [["done", "cancel"], ["done", "cancel"], []]
        )
        self.by(self.asker, exchange).action_done()
        self.assertEqual(self.actions(exchange), [[], [], []])

    def test_what_is_not_among_the_actions_is_refused(self):
        calls = {
            "accept": lambda one: one.action_accept(),
            "decline": lambda one: one.action_decline(),
            "cancel": lambda one: one.action_cancel(),
            "done": lambda one: one.action_done(),
        }
        exchanges = {
            "requested": self.ask(self.asker, self.help, way="service"),
            "accepted": self.ask(self.rival, self.listing),
        }
        exchanges["accepted"].asker_id = self.asker
        self.by(self.owner, exchanges["accepted"]).action_accept()
        for state, exchange in exchanges.items():
            for member in (self.owner, self.asker, self.rival):
                seen = self.by(member, exchange)
                for code, call in calls.items():
                    if code in seen._get_actions():
                        continue
                    with self.subTest(state=state, member=member.name, code=code):
                        with self.refused():
                            call(seen)
            self.assertEqual(exchange.state, state)

    def test_staff_look_on_and_do_nothing(self):
        exchange = self.ask(self.asker, self.listing)
        for user in (self.desk, self.moderator, self.manager):
            seen = exchange.with_user(user)
            self.assertEqual(seen.title, "Books on gardening")
            self.assertIsNone(seen._get_my_side())
            self.assertEqual(seen._get_actions(), [])
            for call in (seen.action_accept, seen.action_decline, seen.action_cancel):
                with self.refused("not possible"):
                    call()
            with self.refused("two parties"):
                seen.action_write("Hello")

    def test_the_moments_are_noted(self):
        start = now()
        exchange = self.ask(self.asker, self.help, way="service")
        with clock_at(start + timedelta(hours=1)):
            self.by(self.owner, exchange).action_accept()
        with clock_at(start + timedelta(hours=2)):
            self.by(self.owner, exchange).action_done()
        self.assertEqual(
            (exchange.requested_at, exchange.accepted_at, exchange.done_at),
            (start, start + timedelta(hours=1), start + timedelta(hours=2)),
        )

    def test_a_reason_is_kept_with_the_end(self):
        exchange = self.ask(self.asker, self.listing)
        self.by(self.owner, exchange).action_decline("  Gone on holiday. ")
        self.assertEqual(exchange.state, "declined")
        self.assertEqual(exchange.ended_reason, "Gone on holiday.")
        self.assertEqual(exchange.ended_at, now())

    def test_who_is_suspended_may_say_no_but_not_yes(self):
        exchange = self.ask(self.asker, self.listing)
        self.owner.with_user(self.moderator).action_suspend("A test.")
        seen = self.by(self.owner, exchange)
        self.assertEqual(seen._get_actions(), ["decline"])
        with self.refused("suspended"):
            seen.action_write("Hello")
        seen.action_decline()
        self.assertEqual(exchange.state, "declined")

    def test_a_delegate_on_both_sides_is_the_owner(self):
        exchange = self.ask(self.asker, self.listing)
        both = self.make_member("Bert")
        self.make_delegate(self.owner, both.user_id)
        self.make_delegate(self.asker, both.user_id)
        self.assertEqual(self.by(both, exchange)._get_my_side(), "owner")
        self.assertEqual(self.by(both, exchange)._get_actions(), ["accept", "decline"])

    def test_a_removed_delegate_finds_nothing_any_more(self):
        exchange = self.ask(self.asker, self.listing)
        delegate = self.make_delegate(self.owner, self.rival.user_id)
        seen = self.by(self.rival, exchange)
        self.assertEqual(seen._get_my_side(), "owner")
        delegate.active = False
        self.assertIsNone(seen._get_my_side())
        with self.assertRaises(MissingError):
            seen.action_accept()

    # === THE CONVERSATION === #

    def test_both_write_until_it_comes_to_nothing(self):
        exchange = self.ask(self.asker, self.listing)
        self.by(self.owner, exchange).action_write("When?")
        self.by(self.asker, exchange).action_write("Tomorrow.")
        names = self.by(self.asker, exchange).message_line_ids.mapped("author_name")
        self.assertEqual(names, ["Anna", "Olga", "Anna"])
        self.by(self.asker, exchange).action_cancel()
        for member in (self.owner, self.asker):
            with self.refused("over"):
                self.by(member, exchange).action_write("One more thing")

    def test_thanks_may_be_written_after_it_is_done(self):
        exchange = self.ask(self.asker, self.help, way="service")
        self.by(self.owner, exchange).action_accept()
        self.by(self.owner, exchange).action_done()
        self.by(self.asker, exchange).action_write("Thank you!")

    def test_nothing_is_not_a_message(self):
        exchange = self.by(self.asker, self.ask(self.asker, self.listing))
        for body in ("", "  ", None, False, "\x00", 5, [], {}, "x" * 2001):
            with self.subTest(body=body), self.refused():
                exchange.action_write(body)
        self.assertEqual(len(exchange.message_line_ids), 1)

    def test_a_message_is_plain_text(self):
        exchange = self.by(self.asker, self.ask(self.asker, self.listing))
        exchange.action_write("<b>1 < 2</b>")
        self.assertEqual(exchange.message_line_ids[-1].body, "<b>1 < 2</b>")

    def test_the_photo_is_a_copy(self):
        photo = self.make_photo(self.listing, colour="blue")
        exchange = self.ask(self.asker, self.listing)
        self.assertEqual(exchange.image_512, photo.image_512)
        photo.image_1920 = make_image(colour="red")
        self.assertNotEqual(exchange.image_512, photo.image_512)
