# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import ValidationError
from odoo.tools import file_open

from .common import SmsCase


class TestSettings(SmsCase):
    """The operator's choices about SMS."""

    def test_a_new_platform_writes_to_the_log_alone(self):
        company = self.env["res.company"].create({"name": "New"})
        self.assertEqual(company.ebs_sms_gateway, "log")
        self.assertTrue(company.ebs_sms_reminders)

    def test_half_an_account_is_refused(self):
        for missing in (
            "ebs_sms_sender",
            "ebs_twilio_account_sid",
            "ebs_twilio_auth_token",
        ):
            with self.subTest(missing=missing), self.assertRaises(ValidationError):
                self.use_twilio(self.company)
                self.company[missing] = False

    def test_a_sender_is_a_number_or_a_short_name(self):
        for good in ("+33644600001", "Objeteque", "EBS Lille"):
            self.company.ebs_sms_sender = good
        for bad in ("0644600001", "AB", "Objethèque", "A name too long", "12345"):
            with self.subTest(sender=bad), self.assertRaises(ValidationError):
                self.company.ebs_sms_sender = bad

    def test_the_settings_change_the_platform_and_leave_a_trace(self):
        settings = self.env["res.config.settings"].with_company(self.company)
        settings.create({"ebs_sms_reminders": False}).execute()
        self.assertFalse(self.company.ebs_sms_reminders)
        change = self.env["ebs.rule.change"].search(
            [
                ("company_id", "=", self.company.id),
                ("field_name", "=", "ebs_sms_reminders"),
            ]
        )
        self.assertEqual(len(change), 1)

    def test_the_trace_never_holds_the_account(self):
        self.use_twilio(self.company)
        changes = self.env["ebs.rule.change"].search([])
        self.assertFalse(
            [change for change in changes if "token" in (change.new_value or "")]
        )
        self.assertIn("ebs_sms_gateway", changes.mapped("field_name"))

    def test_a_neutralised_copy_writes_to_nobody(self):
        self.use_twilio(self.company)
        self.env.flush_all()
        with file_open("ebs_sms/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertEqual(self.company.ebs_sms_gateway, "log")
        self.assertFalse(self.company.ebs_twilio_auth_token)
