# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import LazyTranslate

from .common import EbsCase

_lt = LazyTranslate(__name__)


class TestNotify(EbsCase):
    """Messages lie in the queue, and give nobody's address away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.club = cls.make_member("Club", kind="association")

    def _notify(self, member, subject="Hello", **values):
        self.env["mail.mail"].search([]).unlink()
        member._notify("ebs_base.mail_member_suspended", subject, values)
        return self.env["mail.mail"].search([])

    def test_a_mail_waits_in_the_queue_bound_to_nothing(self):
        mail = self._notify(self.ada, reason="Because.")
        self.assertEqual(mail.state, "outgoing")
        self.assertTrue(mail.auto_delete)
        self.assertFalse(
            mail.model or mail.res_id or mail.author_id or mail.partner_ids
        )
        self.assertEqual(mail.email_to, '"Civil Ada" <ada@example.com>')
        self.assertFalse(mail.recipient_ids | mail.partner_ids)

    def test_it_comes_from_the_platform_and_answers_go_there(self):
        mail = self._notify(self.ada)
        self.assertEqual(mail.email_from, self.company.email_formatted)
        self.assertEqual(mail.reply_to, self.company.email_formatted)
        self.assertIn(self.company.name, mail.body_html)
        self.assertNotIn("odoo", mail.body_html.lower())

    def test_no_address_of_whoever_caused_it_is_in_it(self):
        bob = self.make_member("Bob")
        mails = self.env["mail.mail"]
        mails.search([]).unlink()
        self.ada.with_user(bob.user_id).sudo()._notify(
            "ebs_base.mail_member_approved", "Hello", {}
        )
        mail = mails.search([])
        kept = [str(value) for value in mail.read()[0].values()]
        kept += [str(value) for value in mail.mail_message_id.read()[0].values()]
        self.assertNotIn("bob@example.com", " ".join(kept).lower())
        self.assertNotIn("civil bob", " ".join(kept).lower())

    def test_whoever_caused_it_does_not_read_it(self):
        bob = self.make_member("Bob")
        self.env["mail.mail"].search([]).unlink()
        self.ada.with_user(bob.user_id).sudo()._notify(
            "ebs_base.mail_member_approved", "Hello", {}
        )
        message = self.env["mail.mail"].search([]).mail_message_id
        self.assertFalse(message.with_user(bob.user_id).has_access("read"))

    def test_each_delegate_gets_one_and_a_removed_one_none(self):
        active = self.make_user("active@example.com")
        removed = self.make_user("removed@example.com")
        self.make_delegate(self.club, active)
        self.make_delegate(self.club, removed).action_archive()
        mails = self._notify(self.club)
        addresses = " ".join(mails.mapped("email_to"))
        self.assertEqual(len(mails), 2)
        self.assertIn("active@example.com", addresses)
        self.assertIn("club@example.com", addresses)
        for mail in mails:
            self.assertEqual(mail.email_to.count("@"), 1)

    def test_a_persona_without_account_and_a_closed_account_get_none(self):
        alone = self.env["ebs.member"].create(
            {"name": "Alone", "company_id": self.company.id}
        )
        self.assertFalse(self._notify(alone))
        self.ada.user_id.active = False
        self.assertFalse(self._notify(self.ada))

    def test_a_platform_without_address_still_has_a_sender(self):
        self.company.email = False
        mail = self._notify(self.ada)
        self.assertTrue(mail.email_from)
        self.assertNotIn("ada@example.com", mail.email_from)


@tagged("post_install", "-at_install")
class TestNotifyLanguage(EbsCase):
    def test_it_is_written_in_the_language_of_whoever_reads_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["ebs_base"], ["fr_FR"])
        ada = self.make_member("Ada", state="pending")
        ada.user_id.lang = "fr_FR"
        ada.with_user(self.moderator).action_approve()
        mail = self.mails_to(ada)
        self.assertEqual(mail.subject, "Bienvenue !")
        self.assertIn("Bonjour Ada,", mail.body_html)
