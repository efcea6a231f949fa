# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from odoo.addons.ebs_base.clock import clock_at, now
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ListingsCase


@tagged("ebs_listings")
class TestInquiry(ListingsCase):
    """A question comes before the request, in the same conversation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner)

    def inquire(self, message="Is it heavy?", asker=None):
        listing = self.by(asker or self.asker, self.listing)
        return listing.action_inquire(message).sudo()

    def test_a_question_promises_nothing(self):
        exchange = self.inquire()
        self.assertEqual(exchange.state, "inquiry")
        self.assertEqual(exchange.opened_at, now())
        self.assertFalse(exchange.requested_at)
        self.assertFalse(exchange.way_id)
        self.assertFalse(exchange.promise_ids)
        self.assertEqual(exchange.message_line_ids.mapped("body"), ["Is it heavy?"])

    def test_the_owner_is_told_what_is_asked(self):
        self.inquire()
        mail = self.mails_to(self.owner)
        self.assertEqual(mail.subject, "Anna has a question about “Books on gardening”")
        self.assertIn("Is it heavy?", mail.body_html)

    def test_whoever_has_to_answer_is_known_to_both(self):
        exchange = self.inquire()
        self.assertTrue(self.by(self.owner, exchange)._is_my_turn())
        self.assertFalse(self.by(self.asker, exchange)._is_my_turn())
        self.by(self.owner, exchange).action_write("Two kilos.")
        self.assertFalse(self.by(self.owner, exchange)._is_my_turn())
        self.assertTrue(self.by(self.asker, exchange)._is_my_turn())

    def test_the_request_goes_on_in_the_same_conversation(self):
        exchange = self.inquire()
        with clock_at(now() + timedelta(hours=1)):
            self.listing.name = "Books on gardening, twelve of them"
            asked = self.ask(self.asker, self.listing, "Then I take them")
            self.assertEqual(asked.requested_at, now())
        self.assertEqual(asked, exchange)
        self.assertEqual(asked.state, "requested")
        self.assertEqual(asked.opened_at, now())
        self.assertEqual(asked.way_id.code, "give")
        # What was shown when asking is what counts.
        self.assertEqual(asked.title, "Books on gardening, twelve of them")
        self.assertEqual(
            asked.message_line_ids.mapped("body"), ["Is it heavy?", "Then I take them"]
        )

    def test_a_second_question_finds_the_first_one(self):
        exchange = self.inquire()
        self.assertEqual(self.inquire("And wide?"), exchange)
        asked = self.ask(self.asker, self.listing)
        self.assertEqual(self.inquire("When?"), asked)
        self.assertEqual(len(asked.message_line_ids), 4)

    def test_the_database_keeps_one_question_each(self):
        exchange = self.inquire()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            exchange.copy({"opened_at": now(), "title": "x"})

    def test_the_database_wants_a_way_for_a_request(self):
        exchange = self.inquire()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            exchange.requested_at = now()
            exchange.flush_recordset()

    def test_neither_can_say_yes_to_a_question(self):
        exchange = self.inquire()
        self.assertEqual(self.by(self.owner, exchange)._get_actions(), ["decline"])
        self.assertEqual(self.by(self.asker, exchange)._get_actions(), ["cancel"])
        for member in (self.owner, self.asker):
            with self.assertRaisesRegex(UserError, "not possible"):
                self.by(member, exchange).action_accept()

    def test_either_can_end_it(self):
        exchange = self.inquire()
        self.by(self.owner, exchange).action_decline("Already gone")
        self.assertEqual(exchange.state, "declined")
        again = self.inquire()
        self.assertNotEqual(again, exchange)
        self.by(self.asker, again).action_cancel()
        self.assertEqual(again.state, "cancelled")

    def test_whoever_asked_is_told_when_it_goes_to_another(self):
        exchange = self.inquire()
        rival = self.make_member("Rita")
        gift = self.ask(rival, self.listing)
        self.by(self.owner, gift).action_accept()
        self.by(self.owner, gift).action_done()
        self.assertEqual(exchange.state, "declined")
        self.assertIn("It has gone", self.mails_to(self.asker)[:1].body_html)

    def test_a_silent_month_ends_it_without_a_word(self):
        exchange = self.inquire()
        self.run_cron(days=29)
        self.assertEqual(exchange.state, "inquiry")
        with clock_at(now() + timedelta(days=20)):
            self.by(self.owner, exchange).action_write("Sorry, I was away.")
        self.run_cron(days=31)
        self.assertEqual(exchange.state, "inquiry")
        told = len(self.mails_to(self.asker) | self.mails_to(self.owner))
        self.run_cron(days=50)
        self.assertEqual(exchange.state, "expired")
        after = len(self.mails_to(self.asker) | self.mails_to(self.owner))
        self.assertEqual(after, told)

    def run_cron(self, **later):
        with clock_at(now() + timedelta(**later)), patch.object(self.cr, "commit"):
            self.env["ebs.exchange"]._cron_expire()

    def test_an_empty_question_and_one_to_oneself_are_refused(self):
        for nothing in ("", "  ", None, False):
            with self.assertRaisesRegex(UserError, "write something"):
                self.inquire(nothing)
        for garbage in (["x"], {"a": 1}, 12, "x" * 2001):
            with self.assertRaises(UserError):
                self.inquire(garbage)
        with self.assertRaisesRegex(UserError, "your own listing"):
            self.inquire(asker=self.owner)
        self.assertFalse(self.env["ebs.exchange"].search([("state", "=", "inquiry")]))

    def test_the_audit_sees_a_question_that_claims_to_be_a_request(self):
        exchange = self.inquire()
        self.assertEqual(self.env["ebs.audit"]._run(), [])
        exchange.write({"way_id": self.get_way("give").id, "requested_at": now()})
        self.assertIn(
            f"exchange {exchange.id} is inquiry, its moments say otherwise",
            self.env["ebs.audit"]._run(),
        )
