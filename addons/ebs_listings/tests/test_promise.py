# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ListingsCase


@tagged("ebs_listings")
class TestPromise(ListingsCase):
    """A thing is given, swapped or sold to one member only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.rival = cls.make_member("Rita")
        cls.listing = cls.make_listing(cls.owner)

    def accept(self, exchange):
        self.by(self.owner, exchange).action_accept()
        return exchange

    def test_accepting_promises_the_thing(self):
        exchange = self.accept(self.ask(self.asker, self.listing))
        self.assertEqual(exchange.promise_ids.state, "open")
        self.assertEqual(exchange.promise_ids.listing_id, self.listing)

    def test_a_service_is_not_promised_and_may_be_done_for_many(self):
        listing = self.make_listing(self.owner, way="service")
        for member in (self.asker, self.rival):
            exchange = self.accept(self.ask(member, listing, way="service"))
            self.assertFalse(exchange.promise_ids)
            self.by(self.owner, exchange).action_done()
        self.assertEqual(listing.state, "published")

    def test_the_second_yes_says_that_it_was_promised_meanwhile(self):
        first = self.ask(self.asker, self.listing)
        second = self.ask(self.rival, self.listing)
        self.accept(first)
        with self.assertRaisesRegex(UserError, "promised to somebody else meanwhile"):
            self.accept(second)
        self.assertEqual(second.state, "requested")
        self.assertFalse(second.accepted_at)

    def test_the_database_is_the_referee(self):
        first = self.accept(self.ask(self.asker, self.listing))
        self.listing.way_ids += self.get_way("service")
        second = self.ask(self.rival, self.listing, way="service")
        promises = self.env["ebs.promise"]
        values = {"exchange_id": second.id, "listing_id": self.listing.id}
        for state in ("open", "done"):
            first.promise_ids._set_state(("open",), state)
            with self.assertRaises(psycopg2.errors.UniqueViolation):
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    promises.create(values)

    def test_what_is_promised_cannot_be_asked_for(self):
        self.accept(self.ask(self.asker, self.listing))
        with self.assertRaisesRegex(UserError, "already promised"):
            self.ask(self.rival, self.listing)

    def test_a_promise_taken_back_frees_the_thing(self):
        for member in (self.owner, self.asker):
            exchange = self.accept(self.ask(self.asker, self.listing))
            self.by(member, exchange).action_cancel("Sorry.")
            self.assertEqual(exchange.promise_ids.state, "cancelled")
        self.accept(self.ask(self.rival, self.listing))

    def test_what_is_gone_closes_the_listing_and_tells_who_waits(self):
        waiting = self.ask(self.rival, self.listing)
        exchange = self.accept(self.ask(self.asker, self.listing))
        self.by(self.asker, exchange).action_done()
        self.assertEqual(exchange.promise_ids.state, "done")
        self.assertEqual(self.listing.state, "closed")
        self.assertEqual(waiting.state, "declined")
        self.assertIn("somebody else", waiting.ended_reason)
        self.assertIn("Not this time", self.mails_to(self.rival)[0].subject)

    def test_what_was_closed_meanwhile_may_still_be_done(self):
        exchange = self.accept(self.ask(self.asker, self.listing))
        self.by(self.owner, self.listing).action_close()
        self.by(self.owner, exchange).action_done()
        self.assertEqual(exchange.state, "done")

    def test_what_moderators_took_away_meanwhile_may_still_be_done(self):
        exchange = self.accept(self.ask(self.asker, self.listing))
        self.listing.with_user(self.moderator).action_reject("No.")
        self.by(self.owner, exchange).action_done()
        self.assertEqual((exchange.state, self.listing.state), ("done", "closed"))
