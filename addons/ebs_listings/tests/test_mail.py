# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestMail(ListingsCase):
    """Each is told of what the other did: by the queue, in the own language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.listing = cls.make_listing(cls.owner, name="A <b>vase</b>")

    def newest(self, member):
        return self.mails_to(member)[0]

    def test_each_step_tells_the_other_one(self):
        before = {member: len(self.mails_to(member)) for member in self.parties()}
        exchange = self.ask(self.asker, self.listing, "Is it <i>blue</i>?")
        steps = [
            (self.owner, "Anna asks for"),
            (self.asker, "Olga wrote to you"),
            (self.asker, "Olga says yes"),
            (self.owner, "It is done"),
        ]
        calls = [
            None,
            lambda: self.by(self.owner, exchange).action_write("Yes."),
            lambda: self.by(self.owner, exchange).action_accept(),
            lambda: self.by(self.asker, exchange).action_done(),
        ]
        for (told, words), call in zip(steps, calls, strict=True):
            if call:
                call()
            before[told] += 1
            for member in self.parties():
                self.assertEqual(len(self.mails_to(member)), before[member], words)
            self.assertIn(words, self.newest(told).subject)

    def parties(self):
        return (self.owner, self.asker)

    def test_the_one_who_is_turned_down_or_left_is_told_why(self):
        exchange = self.ask(self.asker, self.listing)
        self.by(self.owner, exchange).action_decline("On holiday")
        self.assertIn("On holiday", self.newest(self.asker).body_html)
        exchange = self.ask(self.asker, self.listing)
        self.by(self.asker, exchange).action_cancel("Found one")
        self.assertIn("Cancelled", self.newest(self.owner).subject)
        self.assertIn("Found one", self.newest(self.owner).body_html)

    def test_what_members_typed_is_text_in_a_mail(self):
        self.ask(self.asker, self.listing, "<script>alert(1)</script>\nBye")
        body = self.newest(self.owner).body_html
        self.assertIn("&lt;script&gt;", body)
        self.assertIn("A &lt;b&gt;vase", body)
        self.assertNotIn("<script>", body)

    def test_no_mail_holds_an_address_or_a_name_of_the_other_one(self):
        exchange = self.ask(self.asker, self.listing)
        self.by(self.owner, exchange).action_write("Yes.")
        self.by(self.owner, exchange).action_accept()
        self.by(self.owner, exchange).action_cancel()
        for member, other in (self.parties(), self.parties()[::-1]):
            for mail in self.mails_to(member):
                text = " ".join(
                    str(mail[name] or "")
                    for name in (
                        "subject",
                        "body_html",
                        "email_from",
                        "email_to",
                        "email_cc",
                        "reply_to",
                        "headers",
                    )
                )
                self.assertNotIn(other.user_id.email, text)
                self.assertNotIn(other.user_id.name, text)
                self.assertFalse(mail.model or mail.res_id or mail.recipient_ids)

    def test_the_link_goes_to_the_exchange(self):
        exchange = self.ask(self.asker, self.listing)
        self.assertIn(
            f'{self.company.get_base_url()}/my/exchanges/{exchange.id}"',
            self.newest(self.owner).body_html,
        )

    def test_all_accounts_behind_a_persona_are_told(self):
        helper = self.make_member("Hugo")
        self.make_delegate(self.owner, helper.user_id)
        self.ask(self.asker, self.listing)
        self.assertIn("Anna asks for", self.newest(helper).subject)

    def test_each_reads_it_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.owner.user_id.lang = "fr_FR"
        exchange = self.ask(self.asker, self.listing)
        mail = self.newest(self.owner)
        self.assertIn("Anna vous demande", mail.subject)
        self.assertIn("Bonjour Olga", mail.body_html)
        self.by(self.owner, exchange.with_context(lang="fr_FR")).action_accept()
        self.assertIn("Olga says yes", self.newest(self.asker).subject)

    def test_no_log_and_no_follower_tells_a_member_who_looks(self):
        exchange = self.ask(self.asker, self.listing)
        self.assertFalse(exchange.message_partner_ids)
        self.assertFalse(self.listing.message_partner_ids)
