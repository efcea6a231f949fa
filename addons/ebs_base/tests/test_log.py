# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import EbsCase


@tagged("ebs_security")
class TestLog(EbsCase):
    """The log of a record is for staff, even where somebody else wrote in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")
        member = cls.ada.with_context(tracking_disable=False)
        partner = cls.ada.user_id.partner_id
        cls.messages = member._message_log(body="Secret log") | member.message_post(
            body="Secret words", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        # Written by the member, for the member, and without an internal subtype:
        # core would let this one be read.
        cls.messages |= member._message_log(
            body="Secret of mine", author_id=partner.id, message_type="notification"
        )
        cls.messages |= cls.env["mail.message"].create(
            {
                "model": "ebs.member",
                "res_id": cls.ada.id,
                "body": "Secret notice",
                "message_type": "notification",
                "author_id": partner.id,
                "partner_ids": [(4, partner.id)],
                "subtype_id": cls.env.ref("mail.mt_comment").id,
            }
        )

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_neither_members_nor_strangers_read_a_line_of_it(self):
        for user in (self.ada.user_id, self.bob.user_id, self.stranger, self.visitor):
            messages = self.messages.with_user(user)
            found = messages.sudo(False)
            if user != self.visitor:
                domain = [("body", "ilike", "secret"), ("model", "=", "ebs.member")]
                self.assertFalse(found.search(domain))
                self.assertFalse(found.search_count(domain))
            for message in messages:
                with self.assertRaises(AccessError):
                    message.read(["body", "author_id", "email_from"])
                self.assertFalse(message.has_access("write"))

    def test_moderators_of_the_platform_read_it(self):
        messages = self.messages.with_user(self.moderator)
        self.assertEqual(len(messages.read(["body"])), len(self.messages))
        domain = [("id", "in", messages.ids), ("body", "ilike", "secret")]
        self.assertEqual(messages.search(domain), messages)

    def test_staff_of_another_platform_do_not_read_it(self):
        hidden = self.make_member("Hidden", company=self.other_company, state="pending")
        message = hidden._message_log(body="Secret")
        with self.assertRaises(AccessError):
            message.with_user(self.moderator).read(["body"])

    @mute_logger("odoo.models")
    def test_members_write_nothing_in_it(self):
        for user in (self.ada.user_id, self.bob.user_id, self.stranger):
            with self.assertRaises(AccessError):
                self.ada.with_user(user).message_post(body="Hello")

    def test_other_messages_are_read_as_ever(self):
        partner = self.env["res.partner"].create({"name": "Customer"})
        message = partner.message_post(body="A word")
        stranger = message.with_user(self.stranger)
        self.assertTrue(stranger.read(["body"]))
        self.assertEqual(stranger.search([("id", "=", message.id)]), message)

    def test_no_member_follows_and_is_mailed_what_staff_write(self):
        partners = self.ada.user_id.partner_id | self.moderator.partner_id
        self.ada.message_subscribe(partners.ids)
        followers = self.ada.message_follower_ids.partner_id
        self.assertEqual(followers, self.moderator.partner_id)

    def test_whoever_makes_a_member_does_not_follow_it(self):
        members = self.env["ebs.member"].with_user(self.ada.user_id).sudo()
        members = members.with_context(tracking_disable=False)
        made = members.create({"name": "Made", "company_id": self.company.id})
        self.assertFalse(made.message_follower_ids)
