# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ListingsCase, make_image


@tagged("ebs_listings")
class TestMessage(ListingsCase):
    """What the two parties send each other, and what of it is new to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner)
        cls.exchange = cls.ask(cls.asker, cls.listing, "Is it blue?")
        cls.photo = make_image().decode()

    def write_message(self, member, *args, **kwargs):
        self.by(member, self.exchange).action_write(*args, **kwargs)
        return self.exchange.message_line_ids[-1]

    def unread(self, member):
        self.env.invalidate_all()
        return self.by(member, self.exchange).unread_count

    # === PHOTOS === #

    def test_a_photo_goes_with_words_or_alone(self):
        message = self.write_message(self.owner, "Look", [self.photo])
        self.assertEqual(len(message.photo_ids), 1)
        self.assertTrue(message.photo_ids.image_1920)
        message = self.write_message(self.owner, "", [self.photo, self.photo])
        self.assertEqual((message.body, len(message.photo_ids)), ("", 2))
        self.assertIn("2 photos", self.mails_to(self.asker)[0].body_html)

    def test_nothing_at_all_too_much_and_what_is_no_photo_are_refused(self):
        cases = [
            ("", None, "write something"),
            ("   ", [], "write something"),
            ("x" * 2001, None, "too long"),
            ("x", [self.photo] * 7, "6 photos at most"),
            ("x", "nonsense", "6 photos at most"),
            ("x", ["bm90IGEgcGljdHVyZQ=="], "cannot be read"),
            ("x", [""], "is empty"),
            ("x", [12], "cannot be read"),
        ]
        before = len(self.exchange.message_line_ids)
        for body, photos, words in cases:
            with self.subTest(body[:5], photos=str(photos)[:20]):
                with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                    self.write_message(self.owner, body, photos)
        self.assertEqual(len(self.exchange.message_line_ids), before)

    def test_only_the_parties_load_a_photo(self):
        photo = self.write_message(self.owner, "Look", [self.photo]).photo_ids
        for member in (self.owner, self.asker):
            self.assertTrue(self.by(member, photo).has_access("read"))
        others = [self.make_member("Rita").user_id, self.visitor, self.stranger]
        others += [self.moderator, self.desk, self.mediator, self.manager]
        for user in others:
            self.assertFalse(photo.with_user(user).has_access("read"), user.name)
            self.assertFalse(photo.with_user(user).has_access("write"), user.name)

    def test_a_mediator_sees_the_photos_of_an_open_case_alone(self):
        self.by(self.owner, self.exchange).action_accept()
        photo = self.write_message(self.owner, "Look", [self.photo]).photo_ids
        dispute = self.by(self.asker, self.exchange).action_open_dispute(
            {"reason": "It is red."}
        )
        dispute.with_user(self.mediator).action_take()
        self.assertTrue(photo.with_user(self.mediator).has_access("read"))
        self.assertFalse(photo.with_user(self.moderator).has_access("read"))

    def test_nobody_writes_or_changes_photos_by_rpc(self):
        message = self.write_message(self.owner, "Look", [self.photo])
        mine = self.by(self.owner, message.photo_ids)
        for call in (
            lambda: mine.write({"image_1920": False}),
            lambda: mine.unlink(),
            lambda: mine.create({"message_id": message.id, "image_1920": self.photo}),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                call()

    # === SENT ONCE === #

    def test_the_same_form_sent_twice_is_one_message_and_one_mail(self):
        before = len(self.mails_to(self.asker))
        for _click in range(2):
            self.write_message(self.owner, "Yes.", [self.photo], key="abc")
        self.assertEqual(self.exchange.message_line_ids.mapped("body").count("Yes."), 1)
        self.assertEqual(len(self.mails_to(self.asker)), before + 1)

    def test_other_words_in_a_form_gone_back_to_are_not_lost(self):
        self.write_message(self.owner, "Yes.", key="abc")
        self.write_message(self.owner, "No.", key="abc")
        self.write_message(self.owner, "Yes.", key="def")
        self.write_message(self.owner, "Yes.")
        words = self.exchange.message_line_ids.mapped("body")
        self.assertEqual(words, ["Is it blue?", "Yes.", "No.", "Yes.", "Yes."])

    def test_the_database_keeps_one_of_each(self):
        message = self.write_message(self.owner, "Yes.", key="abc")
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            message.copy({"once_key": message.once_key})

    def test_a_key_that_is_nonsense_is_refused(self):
        for key in ("x" * 101, ["x"], {"a": 1}, 12):
            with self.assertRaises(UserError):
                self.write_message(self.owner, "Yes.", key=key)

    # === UNREAD === #

    def test_what_the_other_one_wrote_is_new_until_it_is_read(self):
        self.assertEqual(self.unread(self.owner), 1)
        self.assertEqual(self.unread(self.asker), 0)
        self.by(self.owner, self.exchange).action_mark_read()
        self.assertEqual(self.unread(self.owner), 0)
        self.write_message(self.asker, "And wide?")
        self.write_message(self.asker, "And heavy?")
        self.assertEqual(self.unread(self.owner), 2)

    def test_who_writes_has_read_what_stood_there(self):
        self.write_message(self.owner, "Yes.")
        self.assertEqual(self.unread(self.owner), 0)
        self.assertEqual(self.unread(self.asker), 1)

    def test_it_is_read_up_to_what_was_shown_and_never_back(self):
        first = self.write_message(self.asker, "One")
        second = self.write_message(self.asker, "Two")
        mine = self.by(self.owner, self.exchange)
        mine.action_mark_read(first.id)
        self.assertEqual(self.unread(self.owner), 1)
        mine.action_mark_read(str(second.id + 1000))
        self.assertEqual(self.exchange.owner_read_to, second.id)
        for nonsense in (first.id, 0, -5, "-1"):
            mine.action_mark_read(nonsense)
            self.assertEqual(self.exchange.owner_read_to, second.id)

    def test_staff_and_strangers_have_nothing_unread_and_mark_nothing(self):
        rita = self.make_member("Rita")
        self.assertFalse(
            self.env["ebs.exchange"].with_user(rita.user_id)._count_unread()
        )
        seen = self.exchange.with_user(self.moderator)
        self.assertEqual(seen.unread_count, 0)
        with self.assertRaisesRegex(UserError, "two parties"):
            seen.action_mark_read()
        with self.assertRaises(MissingError):
            self.by(rita, self.exchange).action_mark_read()
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            self.by(self.owner, self.exchange).read(["asker_read_to"])

    def test_it_can_be_searched_for(self):
        exchanges = self.env["ebs.exchange"].with_user(self.owner.user_id)
        search = exchanges.search
        self.assertEqual(search([("unread_count", ">", 0)]), self.exchange)
        self.assertFalse(search([("unread_count", ">", 1)]))
        self.assertEqual(search([("unread_count", "=", 1)]), self.exchange)
        self.assertFalse(search([("unread_count", "=", 0)]))
        exchanges.browse(self.exchange.id).action_mark_read()
        self.assertEqual(search([("unread_count", "=", 0)]), self.exchange)

    def test_many_exchanges_are_counted_by_one_query(self):
        for number in range(5):
            listing = self.make_listing(self.owner, name=f"Book {number}")
            self.ask(self.asker, listing, "Is it blue?")
        self.env.flush_all()
        self.env.invalidate_all()
        owned = self.env["ebs.exchange"].with_user(self.owner.user_id)
        owned = owned.search([("owner_id", "=", self.owner.id)])
        owned._count_unread(owned.ids)
        with self.assertQueryCount(3):
            counts = owned._count_unread(owned.ids)
        self.assertEqual(set(counts.values()), {1})
        self.assertEqual(len(counts), 6)
