# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SmsCase


@tagged("ebs_security")
class TestAccess(SmsCase):
    """Numbers, texts and accounts are for those who need them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.use_twilio(cls.company)
        cls.sms = cls.make_sms()
        cls.foreign = cls.make_sms(company=cls.other_company)

    def test_members_visitors_and_strangers_read_no_sms(self):
        for user in (self.borrower.user_id, self.visitor, self.stranger):
            messages = self.env["sms.sms"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                messages.search([])
            for action in ("send", "action_set_outgoing", "action_set_canceled"):
                with self.subTest(action=action), self.assertRaises(AccessError):
                    getattr(self.sms.with_user(user), action)()

    def test_staff_read_those_of_their_own_platform(self):
        for user in (self.desk, self.moderator):
            found = self.env["sms.sms"].with_user(user).search([])
            self.assertIn(self.sms, found)
            self.assertNotIn(self.foreign, found)

    def test_the_desk_does_not_send_again_but_the_manager_does(self):
        self.sms._ebs_fail("ebs_unknown", "")
        with self.assertRaises(AccessError):
            self.sms.with_user(self.desk).action_set_outgoing()
        self.sms.with_user(self.manager).action_set_outgoing()
        self.assertEqual(self.sms.state, "outgoing")

    def test_the_account_is_for_managers_and_administrators(self):
        secrets = ("ebs_twilio_account_sid", "ebs_twilio_auth_token")
        for user in (self.desk, self.moderator, self.stranger, self.borrower.user_id):
            company = self.company.with_user(user)
            for secret in secrets:
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    company.read([secret])
        [values] = self.company.with_user(self.manager).read(secrets)
        self.assertEqual(values["ebs_twilio_auth_token"], "token-1")

    def test_an_administrator_sees_every_sms_as_before(self):
        found = (
            self.env["sms.sms"].with_user(self.env.ref("base.user_admin")).search([])
        )
        self.assertLessEqual(self.sms + self.foreign, found)

    def test_no_staff_reads_the_sms_of_a_loan_inside_a_circle(self):
        circle = self.make_circle("Family", "invitation")
        self.add_to_circle(circle, self.owner, self.borrower)
        inside = {"visibility": "circles", "circle_ids": circle.ids}
        saw = self.make_loan_listing(self.owner, name="Saw", **inside)
        loan = self.lend(self.borrower, saw, "2026-11-23", "2026-11-27").sudo()
        self.hand_over(loan)
        self.company.ebs_sms_reminders = True
        loan.reminder_ids[:1]._send()
        sms = self.env["sms.sms"].search(
            [("ebs_reminder_id", "in", loan.reminder_ids.ids)]
        )
        self.assertIn("Saw", sms.body)
        for user in (self.desk, self.moderator, self.manager):
            found = self.env["sms.sms"].with_user(user).search([])
            self.assertNotIn(sms, found, user.name)
            self.assertFalse(sms.with_user(user).has_access("read"), user.name)
