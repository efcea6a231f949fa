# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import re
import xmlrpc.client
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parseaddr

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ListingsCase, make_image

QUIET = "odoo.addons.ebs_listings.models.ebs_exchange_mail"
DOMAIN = "alder.example.com"


@tagged("post_install", "-at_install", "ebs_listings", "ebs_security")
class TestMailReply(ListingsCase):
    """An answer by mail comes into the conversation, and nothing else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.give_mail_domain(cls.company, DOMAIN)
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner)
        cls.exchange = cls.ask(cls.asker, cls.listing, "Is it blue?")
        cls.number = 0

    def address(self, member):
        """Where the newest mail to a member is answered."""
        return parseaddr(self.mails_to(member)[0].reply_to)[1]

    def compose(self, text="Yes, it is.", member=None, to=None, **headers):
        member = member or self.owner
        self.number += 1
        mail = EmailMessage()
        mail["From"] = headers.pop("From", f"Civil <{member.user_id.email}>")
        mail["To"] = to or self.address(member)
        mail["Subject"] = headers.pop("Subject", "Re: hello")
        mail["Message-Id"] = headers.pop("Message_Id", f"<{self.number}@box.example>")
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        return mail

    def deliver(self, mail, user=None):
        """Bring a mail in as the gateway does; return the messages that came of it."""
        known = self.exchange.message_line_ids
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        gateway = self.env["mail.thread"].with_user(user or self.stranger)
        with mute_logger(QUIET):
            gateway.message_process(False, xmlrpc.client.Binary(raw))
        self.exchange.invalidate_recordset()
        return self.exchange.message_line_ids - known

    def assert_nothing(self, mail, told=0, words=""):
        """Nothing comes of it, and the member is told so or not."""
        everybody = self.owner | self.asker
        before = {one: len(self.mails_to(one)) for one in everybody}
        posted = self.env["mail.message"].search_count([])
        self.assertFalse(self.deliver(mail))
        self.assertEqual(len(self.mails_to(self.asker)), before[self.asker])
        self.assertEqual(len(self.mails_to(self.owner)), before[self.owner] + told)
        self.assertEqual(self.env["mail.message"].search_count([]), posted + told)
        if told:
            self.assertIn(words, self.mails_to(self.owner)[0].body_html)

    # === IT COMES IN === #

    def test_an_answer_stands_in_the_conversation_and_the_other_one_is_told(self):
        message = self.deliver(self.compose())
        self.assertEqual(message.body, "Yes, it is.")
        self.assertEqual(message.member_id, self.owner)
        self.assertEqual(message.user_id, self.owner.user_id)
        mail = self.mails_to(self.asker)[0]
        self.assertIn("Olga wrote to you", mail.subject)
        self.assertIn("Yes, it is.", mail.body_html)
        self.assertEqual(self.by(self.asker, self.exchange).unread_count, 1)
        self.assertEqual(self.by(self.owner, self.exchange).unread_count, 0)

    def test_it_goes_on_in_both_directions(self):
        self.deliver(self.compose())
        self.deliver(self.compose("And wide?", self.asker))
        bodies = self.exchange.message_line_ids.mapped("body")
        self.assertEqual(bodies, ["Is it blue?", "Yes, it is.", "And wide?"])

    def test_no_mail_message_and_no_log_comes_of_it(self):
        logged = self.exchange.message_ids
        mails = [("message_type", "=", "email")]
        known = self.env["mail.message"].search(mails)
        self.assertTrue(self.deliver(self.compose()))
        self.assertEqual(self.exchange.message_ids, logged)
        self.assertEqual(self.env["mail.message"].search(mails), known)

    def test_photos_come_along_and_the_rest_is_said_to_be_left_out(self):
        mail = self.compose("Here.")
        picture = base64.b64decode(make_image(size=(800, 600)))
        mail.add_attachment(picture, "image", "jpeg", filename="a.jpg")
        mail.add_attachment(b"%PDF-1.4", "application", "pdf", filename="b.pdf")
        mail.add_attachment(b"<svg/>", "image", "svg+xml", filename="c.svg")
        message = self.deliver(mail)
        self.assertEqual(len(message.photo_ids), 1)
        self.assertEqual(message.left_out_count, 2)
        mail = self.compose("")
        mail.add_attachment(picture, "image", "jpeg", filename="a.jpg")
        self.assertEqual(len(self.deliver(mail).photo_ids), 1)

    def test_the_logo_of_a_signature_is_no_photo(self):
        mail = self.compose("Here.")
        logo = base64.b64decode(make_image(picture_format="PNG"))
        mail.add_attachment(logo, "image", "png", filename="logo.png", cid="<logo@x>")
        message = self.deliver(mail)
        self.assertFalse(message.photo_ids)
        self.assertEqual(message.left_out_count, 0)

    def test_seven_photos_are_six_and_one_left_out(self):
        mail = self.compose("Here.")
        picture = base64.b64decode(make_image())
        for number in range(7):
            mail.add_attachment(picture, "image", "jpeg", filename=f"{number}.jpg")
        message = self.deliver(mail)
        self.assertEqual((len(message.photo_ids), message.left_out_count), (6, 1))

    def test_the_same_mail_delivered_twice_is_one_message(self):
        mail = self.compose(Message_Id="<same@box.example>")
        self.assertTrue(self.deliver(mail))
        self.assert_nothing(mail)
        self.assert_nothing(self.compose("Else", Message_Id="<same@box.example>"))
        del mail["Message-Id"]
        self.assertTrue(self.deliver(mail))
        self.assert_nothing(mail)

    def test_a_delegate_answers_for_the_organisation(self):
        helper = self.make_member("Hugo")
        delegate = self.make_delegate(self.owner, helper.user_id)
        self.by(self.asker, self.exchange).action_write("Hello?")
        address = self.address(helper)
        self.assertNotEqual(address, self.address(self.owner))
        message = self.deliver(self.compose(member=helper, to=address))
        self.assertEqual(message.member_id, self.owner)
        self.assertEqual(message.user_id, helper.user_id)
        delegate.action_archive()
        self.assert_nothing(self.compose(member=helper, to=address))

    def test_the_reply_address_never_stands_in_what_the_other_one_reads(self):
        address = self.address(self.owner)
        text = f"Write to {address}, he said.\n\nor {address.upper()}"
        message = self.deliver(self.compose(text))
        self.assertNotIn("reply+", message.body.lower())

    # === IT DOES NOT === #

    def test_a_wrong_address_opens_nothing_and_is_not_answered(self):
        address = self.address(self.owner)
        local, domain = address.split("@")
        number, letter_user, proof = local.removeprefix("reply+").split("-")
        forged = [
            f"reply+{number}-{letter_user}-{'0' * 32}@{domain}",
            f"reply+{number}-a{letter_user[1:]}-{proof}@{domain}",
            f"reply+{number}-o{self.asker.user_id.id}-{proof}@{domain}",
            f"reply+{int(number) + 1}-{letter_user}-{proof}@{domain}",
            f"reply+9999999999-{letter_user}-{proof}@{domain}",
        ]
        for address in forged:
            with self.subTest(address):
                self.assert_nothing(self.compose(to=address))

    def test_another_platforms_domain_opens_nothing(self):
        address = self.address(self.owner)
        other = self.env["mail.alias.domain"].create({"name": "birch.example.com"})
        self.other_company.alias_domain_id = other
        self.assert_nothing(self.compose(to=address.replace(DOMAIN, other.name)))

    def test_another_sender_writes_nothing_and_the_member_is_told_once(self):
        """A friend to whom a notice was forwarded cannot answer in one's name."""
        friend = self.compose(From="Friend <friend@box.example>")
        self.assert_nothing(friend, told=1, words="another address")
        self.assertNotIn("friend", self.mails_to(self.owner)[0].body_html)
        again = self.compose(From=f"Anna <{self.asker.user_id.email}>", to=friend["To"])
        self.assert_nothing(again)
        with clock_at(now() + timedelta(hours=2)):
            third = self.compose(From="friend@box.example", to=friend["To"])
            self.assert_nothing(third, told=1, words="another address")

    def test_the_confirmed_address_of_the_member_is_good_too(self):
        self.owner.private_ids.email = "second@box.example"
        self.assertTrue(self.deliver(self.compose(From="<Second@Box.example>")))

    def test_machines_are_neither_heard_nor_answered(self):
        cases = [
            {"Auto_Submitted": "auto-replied"},
            {"Auto_Submitted": "auto-generated (failure)"},
            {"Precedence": "bulk"},
            {"Precedence": "auto_reply"},
            {"X_Autoreply": "yes"},
            {"X_Autorespond": "yes"},
            {"Return_Path": "<>"},
            {"List_Id": "<list.example>"},
            {"From": "MAILER-DAEMON@box.example"},
            {"Subject": "Réponse automatique : en congé"},
            {"Subject": "Out of office"},
        ]
        address = self.address(self.owner)
        for headers in cases:
            with self.subTest(headers):
                self.assert_nothing(self.compose(to=address, **headers))
        report = self.compose(to=address)
        report.replace_header("Content-Type", "multipart/report")
        self.assert_nothing(report)
        self.assertTrue(self.deliver(self.compose(to=address, Auto_Submitted="no")))

    def test_an_empty_answer_makes_nothing(self):
        for text in ("", " \n \n", "> Is it blue?\n", "-- \nOlga"):
            self.assert_nothing(self.compose(text, to=self.address(self.owner)))

    def test_a_file_alone_that_is_no_photo_is_refused_in_a_sentence(self):
        mail = self.compose("")
        mail.add_attachment(b"%PDF-1.4", "application", "pdf", filename="b.pdf")
        self.assert_nothing(mail, told=1, words="Only photos")

    def test_an_answer_to_what_is_over_is_told_what_to_do_once(self):
        address = self.address(self.owner)
        self.by(self.asker, self.exchange).action_cancel()
        mail = self.compose(to=address)
        self.assert_nothing(mail, told=1, words="over")
        told = self.mails_to(self.owner)[0]
        self.assertNotIn("reply+", told.reply_to)
        self.assertIn("Auto-Submitted", told.headers)
        self.assert_nothing(self.compose(to=address))

    def test_a_suspended_member_and_a_closed_account_write_nothing(self):
        address = self.address(self.owner)
        self.owner.action_suspend("Because.")
        self.assert_nothing(self.compose(to=address), told=1, words="suspended")
        self.owner.user_id.active = False
        mail = self.compose(to=address, From="olga@example.com")
        self.assertFalse(self.deliver(mail))

    def test_too_many_in_an_hour_are_dropped(self):
        address = self.address(self.owner)
        for number in range(20):
            self.assertTrue(self.deliver(self.compose(str(number), to=address)))
        self.assert_nothing(self.compose("21", to=address))

    def test_a_long_one_is_refused_and_a_huge_one_too(self):
        address = self.address(self.owner)
        self.assert_nothing(
            self.compose("word " * 500, to=address), told=1, words="too long"
        )
        with clock_at(now() + timedelta(hours=2)):
            huge = self.compose("x" * (26 * 1024 * 1024), to=address)
            self.assert_nothing(huge, told=1, words="too heavy")

    def test_malformed_mails_do_no_harm(self):
        address = self.address(self.owner)
        head = f"From: olga@example.com\r\nTo: {address}\r\n".encode()
        nested = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
            for n in range(300)
        )
        cases = [
            head,
            head + b"\r\n",
            head + nested,
            head + b"Content-Type: multipart/mixed\r\n\r\n--\r\n",
            head + b"Content-Type: text/html; charset=utf-8\r\n\r\n<",
            head + b"Content-Type: \xff\xfe/\x00\r\n\r\n\x00\x00",
            head + b"Subject: =?utf-99?q?x?=\r\nContent-Type: image/png\r\n\r\nx",
            head + b"Content-Transfer-Encoding: base64\r\n\r\n====",
        ]
        for raw in cases:
            with self.subTest(raw[-30:]):
                self.deliver(raw)
                self.env.flush_all()
        odd = head + b"Content-Type: text/plain; charset=nope\r\n\r\nOui \xe9\x00 non"
        self.assertIn("non", self.deliver(odd).body)

    # === CORE'S OWN MAIL === #

    def test_only_the_gateway_brings_mail(self):
        """A member cannot make the server believe in a mail by RPC."""
        mail = self.compose()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.mail"):
            self.deliver(mail, user=self.owner.user_id)
        self.assertEqual(len(self.exchange.message_line_ids), 1)

    def test_mail_to_other_aliases_is_cores(self):
        partner = self.env["res.partner"].create({"name": "Target"})
        self.env["mail.alias"].create(
            {
                "alias_name": "target",
                "alias_domain_id": self.company.alias_domain_id.id,
                "alias_model_id": self.env["ir.model"]._get_id("res.partner"),
                "alias_force_thread_id": partner.id,
            }
        )
        mail = self.compose("For core", to=f"target@{DOMAIN}")
        self.env["mail.thread"].message_process(False, mail.as_bytes())
        self.assertIn("For core", partner.message_ids[0].body)
        lost = self.compose(to=f"reply+nonsense@{DOMAIN}")
        with self.assertRaises(ValueError), mute_logger("odoo.addons.mail"):
            self.env["mail.thread"].message_process(False, lost.as_bytes())

    # === WHAT GOES OUT === #

    def test_what_is_for_the_other_one_is_answered_there_and_nothing_else(self):
        pattern = rf"reply\+[0-9]+-[oa][0-9]+-[0-9a-f]{{32}}@{re.escape(DOMAIN)}"
        mail = self.mails_to(self.owner)[0]
        name, address = parseaddr(mail.reply_to)
        self.assertRegex(address, f"^{pattern}$")
        self.assertLessEqual(len(address.split("@")[0]), 64)
        self.assertEqual(name, "Anna (Platform Alder)")
        self.assertIn("You can also answer this mail", mail.body_html)
        self.by(self.owner, self.exchange).action_accept()
        self.assertIn("reply+", self.mails_to(self.asker)[0].reply_to)
        dispute = self.by(self.asker, self.exchange).action_open_dispute(
            {"reason": "It is red."}
        )
        self.assertTrue(dispute)
        self.assertNotIn("reply+", self.mails_to(self.owner)[0].reply_to)
        self.by(self.asker, self.exchange).action_cancel()
        mail = self.mails_to(self.owner)[0]
        self.assertNotIn("reply+", mail.reply_to)
        self.assertNotIn("You can also answer", mail.body_html)

    def test_the_address_stands_in_the_reply_to_alone(self):
        mail = self.mails_to(self.owner)[0]
        rest = f"{mail.body_html} {mail.headers} {mail.references} {mail.message_id}"
        self.assertNotIn("reply+", rest)

    def test_without_a_domain_there_is_nowhere_to_answer(self):
        self.company.alias_domain_id = False
        self.by(self.asker, self.exchange).action_write("Hello?")
        mail = self.mails_to(self.owner)[0]
        self.assertNotIn("reply+", mail.reply_to)
        self.assertTrue(mail.ebs_is_held)
        # What waited can be answered when it leaves.
        domain = self.env["mail.alias.domain"].search([("name", "=", DOMAIN)])
        self.company.alias_domain_id = domain
        mail.send()
        self.assertIn("reply+", mail.reply_to)
