# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from .common import EbsCase


class TestResetPassword(EbsCase):
    """A forgotten password: nothing tells whether there is an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.users = cls.env["res.users"].with_user(cls.visitor)

    def test_the_link_is_queued_never_sent(self):
        self.assertIsNone(self.users._ebs_request_reset("Ada@Example.com"))
        mail = self.mails_to(self.ada)[0]
        self.assertEqual(mail.subject, "Choose a new password")
        self.assertIn("/web/reset_password?token=", mail.body_html)

    def test_nobody_s_address_gives_the_same_answer_and_no_mail(self):
        before = self.env["mail.mail"].search_count([])
        for login in (
            "nobody@example.com",
            "",
            None,
            "%",
            "_da@example.com",
            "\0",
            "x",
        ):
            self.assertIsNone(self.users._ebs_request_reset(login))
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_a_closed_account_gets_none(self):
        self.ada.user_id.active = False
        before = self.env["mail.mail"].search_count([])
        self.assertIsNone(self.users._ebs_request_reset("ada@example.com"))
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_a_stranger_cannot_flood_somebody_with_mails(self):
        with freeze_time("2026-06-01 10:00:00"):
            for _again in range(5):
                self.users._ebs_request_reset("ada@example.com")
        self.assertEqual(self._count(), 1)
        with freeze_time("2026-06-01 10:06:00"):
            self.users._ebs_request_reset("ada@example.com")
        self.assertEqual(self._count(), 2)

    def test_the_link_leads_to_core_s_form_for_this_account(self):
        self.users._ebs_request_reset("ada@example.com")
        partner = self.ada.user_id.partner_id
        self.assertEqual(partner.signup_type, "reset")
        url = self.ada.user_id._ebs_get_reset_url(self.company)
        token = url.split("token=")[1]
        found = self.env["res.partner"]._get_partner_from_token(token)
        self.assertEqual(found, partner)

    def _count(self):
        return len(
            self.mails_to(self.ada).filtered(lambda one: "password" in one.subject)
        )
