# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.ebs_loans.tests.common import LoansCase
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

ACCEPTED = (201, json.dumps({"sid": "SM1", "status": "queued"}))


class SmsCase(LoansCase):
    """A borrower with a telephone, and Twilio at the end of the wire."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sms.sms"].search([]).unlink()
        cls.borrower.private_ids.phone = "+33612345678"

    @classmethod
    def use_twilio(cls, company, sid="AC1", token="token-1"):  # noqa: S107
        """Let `company` send through an account of its own."""
        company.write(
            {
                "ebs_sms_gateway": "twilio",
                "ebs_sms_sender": "+33644600001",
                "ebs_twilio_account_sid": sid,
                "ebs_twilio_auth_token": token,
            }
        )

    @classmethod
    def make_sms(cls, body="Hello", company=None, **values):
        company = company or cls.company
        return cls.env["sms.sms"].create(
            {
                "number": "+33612345678",
                "body": body,
                "record_company_id": company.id,
                **values,
            }
        )

    @contextmanager
    def twilio_answers(self, *answers):
        """Stand in for the network: each call gets the next answer, then the last.

        An answer is a (status, text) or an exception. Yields the calls made.
        """
        calls = []

        def request(_client, method, url, **arguments):
            answer = answers[min(len(calls), len(answers) - 1)]
            calls.append({"method": method, "url": url, **arguments})
            if isinstance(answer, Exception):
                raise answer
            return Response(*answer)

        with patch.object(TwilioHttpClient, "request", autospec=True) as transport:
            transport.side_effect = request
            yield calls

    def run_queue(self):
        """Run the scheduled action of the SMS queue, commits included."""
        with self.enter_registry_test_mode():
            self.env.ref("sms.ir_cron_sms_scheduler_action").method_direct_trigger()
