# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMail_Server
from odoo.tests import tagged

from .common import EbsCase


@tagged("post_install", "-at_install")
class TestMailDomain(EbsCase):
    """No mail to a member leaves before its platform has a mail domain of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].search([]).alias_domain_id = False
        cls.ada = cls.make_member("Ada")
        cls.env["mail.mail"].search([]).unlink()

    def notify(self, member=None):
        member = member or self.ada
        member._notify("ebs_base.mail_member_approved", "Hello", {})
        return self.mails_to(member)[0]

    def run_queue(self):
        """Let the queue send; return the raw mails."""
        sent = []

        def send_email(_self, message, *args, **kwargs):
            sent.append(message)
            return message["Message-Id"]

        with (
            patch.object(IrMail_Server, "_disable_send", return_value=False),
            patch.object(IrMail_Server, "_connect__", return_value=None),
            patch.object(IrMail_Server, "send_email", send_email),
        ):
            self.env["mail.mail"].process_email_queue()
        return sent

    def test_it_waits_in_the_queue_and_leaves_once_there_is_one(self):
        mail = self.notify()
        self.assertEqual(mail.state, "outgoing")
        self.assertTrue(mail.ebs_is_held)
        self.assertFalse(self.run_queue())
        mail.send()
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(
            self.env["mail.mail"].search([("ebs_is_held", "=", True)]), mail
        )
        self.give_mail_domain(self.company, "alder.example.com")
        self.env.invalidate_all()
        self.assertFalse(mail.ebs_is_held)
        [sent] = self.run_queue()
        self.assertFalse(mail.exists())
        # What was written before comes from the domain of now.
        self.assertIn("@alder.example.com", sent["From"])
        self.assertEqual(sent["Return-Path"], "bounce@alder.example.com")

    def test_mails_about_the_account_and_of_others_leave(self):
        self.notify()
        user = self.ada.user_id
        user._ebs_queue_reset(self.company, user, "https://example.com/x")
        plain = self.env["mail.mail"].create(
            {"subject": "x", "body_html": "x", "email_to": "y@example.com"}
        )
        self.assertFalse(plain.ebs_is_held)
        self.assertEqual(len(self.run_queue()), 2)

    def test_a_domain_is_its_first_platforms(self):
        """Core gives a new company the domain there is: the first does not lose it."""
        domain = self.give_mail_domain(self.company, "alder.example.com")
        self.other_company.alias_domain_id = domain
        bea = self.make_member("Bea", company=self.other_company)
        self.assertFalse(self.notify().ebs_is_held)
        self.assertTrue(self.notify(bea).ebs_is_held)
        states = (self.company + self.other_company).mapped("ebs_mail_state")
        self.assertEqual(states, ["own", "shared"])

    def test_staff_read_in_the_settings_what_waits_and_why(self):
        self.notify()
        company = self.company.with_user(self.manager)
        self.assertEqual(company.ebs_mail_state, "none")
        self.assertEqual(company.ebs_held_mail_count, 1)
        self.give_mail_domain(self.company, "alder.example.com")
        self.env.invalidate_all()
        self.assertEqual(company.ebs_mail_state, "own")
        self.assertEqual(company.ebs_held_mail_count, 0)

    def test_no_header_names_a_person_the_software_or_another_company(self):
        self.give_mail_domain(self.company, "alder.example.com")
        self.company.email = "marie.president@gmail.example"
        self.notify()
        [mail] = self.run_queue()
        self.assertEqual(
            mail["From"], "Platform Alder <notifications@alder.example.com>"
        )
        self.assertEqual(mail["Return-Path"], "bounce@alder.example.com")
        self.assertTrue(mail["Message-Id"].endswith("@alder.example.com>"))
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        head = "\n".join(f"{name}: {value}" for name, value in mail.items())
        self.assertNotIn("odoo", head.lower())
        self.assertNotIn("openerp", head.lower())
