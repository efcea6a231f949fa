# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged
from twilio.request_validator import RequestValidator

from .common import SmsCase


@tagged("post_install", "-at_install", "ebs_security")
class TestStatus(SmsCase, HttpCase):
    """Delivery reports: who is believed, and what they may change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.use_twilio(cls.company, "AC1", "token-1")
        cls.sms = cls.make_sms()
        cls.sms.state = "pending"

    def report(self, status, uuid=None, token="token-1", **form):  # noqa: S107
        """Post a report as Twilio does; a token of None leaves it unsigned."""
        uuid = uuid or self.sms.uuid
        form = {"MessageSid": "SM1", "MessageStatus": status, **form}
        headers = {}
        if token:
            url = self.company._ebs_get_sms_status_url(uuid)
            signature = RequestValidator(token).compute_signature(url, form)
            headers["X-Twilio-Signature"] = signature
        answer = self.url_open(f"/ebs/sms/status/{uuid}", data=form, headers=headers)
        self.sms.invalidate_recordset()
        return answer

    def test_a_signed_report_is_believed(self):
        self.assertEqual(self.report("delivered").status_code, 204)
        self.assertEqual(self.sms.state, "sent")

    def test_a_wrong_signature_is_refused(self):
        for token in (None, "token-2"):
            self.assertEqual(self.report("delivered", token=token).status_code, 403)
        self.assertEqual(self.sms.state, "pending")

    def test_a_report_changed_on_its_way_is_refused(self):
        url = self.company._ebs_get_sms_status_url(self.sms.uuid)
        signed = RequestValidator("token-1").compute_signature(
            url, {"MessageStatus": "sent"}
        )
        answer = self.url_open(
            f"/ebs/sms/status/{self.sms.uuid}",
            data={"MessageStatus": "delivered"},
            headers={"X-Twilio-Signature": signed},
        )
        self.assertEqual(answer.status_code, 403)

    def test_without_a_token_nobody_is_believed(self):
        self.company.ebs_sms_gateway = "log"
        self.company.ebs_twilio_auth_token = False
        self.assertEqual(self.report("delivered").status_code, 403)
        self.assertEqual(self.report("delivered", token=None).status_code, 403)

    def test_another_platform_s_token_does_not_do(self):
        self.use_twilio(self.other_company, "AC2", "token-2")
        self.assertEqual(self.report("delivered", token="token-2").status_code, 403)

    def test_a_stranger_does_not_learn_which_messages_exist(self):
        there = self.report("delivered", token=None)
        not_there = self.report("delivered", uuid="0" * 32, token=None)
        self.assertEqual(there.status_code, not_there.status_code)
        self.assertEqual(there.content, not_there.content)

    def test_a_report_of_no_message_of_ours_is_not_found(self):
        answer = self.report("delivered", uuid="0" * 32)
        refused = self.report("delivered", token=None)
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(answer.content, refused.content)
        self.assertEqual(self.report("delivered", uuid="x").status_code, 404)

    def test_a_status_that_twilio_does_not_know_changes_nothing(self):
        self.assertEqual(self.report("eaten").status_code, 404)
        self.assertEqual(self.sms.state, "pending")

    def test_the_address_takes_posts_alone(self):
        answer = self.url_open(f"/ebs/sms/status/{self.sms.uuid}")
        self.assertEqual(answer.status_code, 405)

    def test_a_report_that_comes_twice_changes_nothing(self):
        for _turn in range(2):
            self.assertEqual(self.report("delivered").status_code, 204)
            self.assertEqual(self.sms.state, "sent")

    def test_what_is_delivered_stays_delivered(self):
        self.report("delivered")
        for late in ("queued", "sending", "sent", "undelivered", "failed"):
            self.assertEqual(self.report(late).status_code, 204)
            self.assertEqual(self.sms.state, "sent")

    def test_a_message_that_did_not_arrive_says_why(self):
        self.report("undelivered", ErrorCode="30005", ErrorMessage="Unknown handset")
        self.assertEqual(self.sms.state, "error")
        self.assertEqual(self.sms.failure_type, "sms_not_delivered")
        self.assertEqual(self.sms.ebs_failure_reason, "Unknown handset 30005")
        self.report("sent")
        self.assertEqual(self.sms.state, "error", "an older report came late")

    def test_a_report_tells_what_became_of_an_unknown_outcome(self):
        self.sms._ebs_fail("ebs_unknown", "ReadTimeout")
        self.report("sent")
        self.assertEqual(self.sms.state, "pending")
        self.assertFalse(self.sms.failure_type)
        self.assertFalse(self.sms.ebs_failure_reason)
