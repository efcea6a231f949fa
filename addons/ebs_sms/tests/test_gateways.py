# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging

import requests
from odoo.addons.sms.tools.sms_api import SmsApi
from urllib3.exceptions import MaxRetryError, NewConnectionError

from ..const import TIME_LIMIT
from ..gateways import SmsApiLog, SmsApiTwilio
from .common import ACCEPTED, SmsCase

NUMBER = "+33612345678"


def error(status, code, message="No"):
    """An answer as Twilio's API gives errors."""
    return status, json.dumps({"status": status, "code": code, "message": message})


class TestGateways(SmsCase):
    """What each gateway makes of each answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.use_twilio(cls.company)

    def send(self, *numbers):
        """Send through Twilio and return one result for each number."""
        gateway = SmsApiTwilio(self.env(context={}))
        gateway._set_company(self.company)
        numbers = [
            {"uuid": str(rank), "number": number} for rank, number in enumerate(numbers)
        ]
        return gateway._send_sms_batch([{"content": "Hello", "numbers": numbers}])

    def outcome(self, answer):
        with self.twilio_answers(answer):
            [result] = self.send(NUMBER)
        return result["state"]

    def test_a_platform_chooses_its_gateway_and_others_keep_core_s(self):
        self.assertIs(self.company._get_sms_api_class(), SmsApiTwilio)
        self.assertIs(self.other_company._get_sms_api_class(), SmsApiLog)
        shop = self.env["res.company"].create({"name": "Shop"})
        self.assertIs(shop._get_sms_api_class(), SmsApi)

    def test_the_log_gateway_tells_no_full_number(self):
        gateway = SmsApiLog(self.env)
        message = {
            "content": "Bring it\nback",
            "numbers": [{"uuid": "a", "number": NUMBER}],
        }
        with self.assertLogs("odoo.addons.ebs_sms.gateways", logging.INFO) as log:
            results = gateway._send_sms_batch([message])
        self.assertEqual(results, [{"uuid": "a", "state": "success"}])
        [line] = log.output
        self.assertNotIn(NUMBER[3:], line)
        self.assertIn("Bring it\\nback", line, "one line, whatever a member typed")

    def test_a_message_is_sent_as_twilio_documents_it(self):
        with self.twilio_answers(ACCEPTED) as calls:
            [result] = self.send(NUMBER)
        self.assertEqual(result, {"uuid": "0", "state": "success"})
        [call] = calls
        self.assertEqual(call["method"], "POST")
        self.assertEqual(
            call["url"],
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json",
        )
        self.assertEqual(call["auth"], ("AC1", "token-1"))
        self.assertEqual(
            call["data"],
            {
                "To": NUMBER,
                "From": "+33644600001",
                "Body": "Hello",
                "StatusCallback": self.company._ebs_get_sms_status_url("0"),
            },
        )

    def test_the_client_has_a_time_limit(self):
        gateway = SmsApiTwilio(self.env)
        gateway._set_company(self.company)
        self.assertEqual(gateway._client.http_client.timeout, TIME_LIMIT)

    def test_a_refusal_is_told_with_its_reason(self):
        with self.twilio_answers(error(400, 21610, "The recipient has opted out")):
            [result] = self.send(NUMBER)
        self.assertEqual(result["state"], "ebs_refused")
        self.assertIn("opted out", result["failure_reason"])
        self.assertIn("21610", result["failure_reason"])
        self.assertEqual(self.outcome(error(401, 20003)), "ebs_refused")
        self.assertEqual(self.outcome((301, "")), "ebs_refused")
        failed = {"sid": "SM1", "status": "failed", "error_code": 30007}
        self.assertEqual(self.outcome((201, json.dumps(failed))), "ebs_refused")

    def test_a_number_that_cannot_take_sms_is_told_apart(self):
        for code in (21211, 21265, 21614):
            self.assertEqual(self.outcome(error(400, code)), "wrong_number_format")

    def test_what_was_not_taken_is_tried_again(self):
        for answer in (
            error(429, 20429),
            error(500, 20500),
            (502, "<html>Bad Gateway</html>"),
            (503, ""),
            (503, "[]"),
            requests.ConnectTimeout(),
            requests.ConnectionError(
                MaxRetryError(None, "/", NewConnectionError(None, "refused"))
            ),
        ):
            with self.subTest(answer=answer):
                self.assertEqual(self.outcome(answer), "ebs_retry")

    def test_what_may_have_been_taken_is_unknown(self):
        for answer in (
            (200, "garbage"),
            (200, ""),
            (200, "[]"),
            (200, '"text"'),
            (201, "{}"),
            (504, "<html>Gateway Timeout</html>"),
            requests.ReadTimeout(),
            requests.ConnectionError("Connection aborted."),
            requests.exceptions.ChunkedEncodingError(),
        ):
            with self.subTest(answer=answer):
                self.assertEqual(self.outcome(answer), "ebs_unknown")

    def test_a_bad_answer_in_a_batch_is_that_message_s_alone(self):
        """Core's sms_twilio marks the whole batch, sent messages included."""
        answers = (ACCEPTED, (502, "<html/>"), (200, "garbage"), ACCEPTED)
        with self.twilio_answers(*answers):
            results = self.send(*[NUMBER] * 4)
        self.assertEqual(
            [result["state"] for result in results],
            ["success", "ebs_retry", "ebs_unknown", "success"],
        )
