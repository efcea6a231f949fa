# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging
from datetime import timedelta
from unittest.mock import patch

import requests
from odoo import fields
from odoo.addons.ebs_base import clock
from odoo.addons.sms.tools.sms_api import SmsApi

from ..const import KEEP, PAUSE, SEND_WITHIN
from .common import ACCEPTED, SmsCase

DOWN = (503, "")
REFUSED = (400, json.dumps({"status": 400, "code": 21610, "message": "Opted out"}))


class TestQueueOfSeveralCompanies(SmsCase):
    """Core sends a whole queue as one company, or stops: here each is itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.use_twilio(cls.company, "AC1", "token-1")
        cls.use_twilio(cls.other_company, "AC2", "token-2")

    def make_conversation_sms(self, company):
        """An SMS written from a conversation, whose company is its message's."""
        message = self.env["mail.message"].create({"record_company_id": company.id})
        return self.make_sms(
            company.name, company=self.company, mail_message_id=message.id
        )

    def test_a_queue_that_mixes_companies_drains(self):
        """Core: "Expected singleton: res.company(1, 2)", and nothing leaves."""
        messages = self.make_conversation_sms(self.company)
        messages += self.make_conversation_sms(self.other_company)
        messages += self.make_sms(company=self.other_company)
        with self.twilio_answers(ACCEPTED) as calls:
            self.run_queue()
        self.assertEqual(messages.mapped("state"), ["pending"] * 3)
        self.assertEqual(len(calls), 3)

    def test_each_message_leaves_by_the_account_of_its_own_company(self):
        """Core: the account of the company of whoever runs the queue."""
        self.make_conversation_sms(self.company)
        self.make_conversation_sms(self.other_company)
        with self.twilio_answers(ACCEPTED) as calls:
            self.run_queue()
        used = {call["data"]["Body"]: call["auth"] for call in calls}
        self.assertEqual(
            used,
            {
                self.company.name: ("AC1", "token-1"),
                self.other_company.name: ("AC2", "token-2"),
            },
        )

    def test_a_company_that_is_no_platform_sends_as_before(self):
        shop = self.env["res.company"].create({"name": "Shop"})
        other = self.env["res.company"].create({"name": "Other shop"})
        messages = self.make_sms("A", company=shop) + self.make_sms("B", company=other)
        sent = []

        def contact(api, _endpoint, params, **_options):
            sent.append((api.company, params["messages"]))
            return [
                {"uuid": to["uuid"], "state": "success"}
                for message in params["messages"]
                for to in message["numbers"]
            ]

        with patch.object(SmsApi, "_contact_iap", contact):
            self.run_queue()
        self.assertEqual([company for company, _messages in sent], [shop, other])
        self.assertEqual(messages.mapped("state"), ["pending"] * 2)

    def test_one_platform_s_outage_does_not_hold_the_other(self):
        ours, theirs = self.make_sms(), self.make_sms(company=self.other_company)
        with self.twilio_answers(DOWN, ACCEPTED):
            self.run_queue()
        self.assertEqual(ours.state, "outgoing")
        self.assertEqual(theirs.state, "pending")
        self.assertFalse(self.other_company.ebs_sms_paused_until)

    def test_a_new_platform_sends_nothing_out_of_the_machine(self):
        self.company.ebs_sms_gateway = "log"
        sms = self.make_sms()
        with (
            patch.object(requests.Session, "send") as network,
            self.assertLogs("odoo.addons.ebs_sms.gateways", logging.INFO),
        ):
            self.run_queue()
        network.assert_not_called()
        self.assertEqual(sms.state, "pending")


class TestQueue(SmsCase):
    """One message, one transaction, one outcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.use_twilio(cls.company)
        cls.first = cls.make_sms("First")
        cls.second = cls.make_sms("Second")
        cls.both = cls.first + cls.second

    def run_queue_later(self, delay):
        with clock.clock_at(clock.now() + delay):
            self.run_queue()

    def test_a_refusal_touches_one_message_and_keeps_the_reason(self):
        with self.twilio_answers(REFUSED, ACCEPTED):
            self.run_queue()
        self.assertEqual(self.both.mapped("state"), ["error", "pending"])
        self.assertEqual(self.first.failure_type, "ebs_refused")
        self.assertIn("Opted out", self.first.ebs_failure_reason)

    def test_a_message_without_an_answer_is_never_sent_again_by_itself(self):
        with self.twilio_answers(requests.ReadTimeout(), ACCEPTED) as calls:
            self.run_queue()
            for minutes in (10, 60, 24 * 60):
                self.run_queue_later(timedelta(minutes=minutes))
        self.assertEqual(self.first.state, "error")
        self.assertEqual(self.first.failure_type, "ebs_unknown")
        bodies = [call["data"]["Body"] for call in calls]
        self.assertEqual(bodies, ["First", "Second"])

    def test_a_gateway_that_fails_is_left_alone_for_a_while(self):
        with self.twilio_answers(DOWN) as calls:
            self.run_queue()
            self.run_queue()
        self.assertEqual(len(calls), 1, "the second message did not try its luck")
        self.assertEqual(self.both.mapped("state"), ["outgoing", "outgoing"])
        self.assertEqual(self.company.ebs_sms_paused_until, clock.now() + PAUSE)
        cron = self.env.ref("sms.ir_cron_sms_scheduler_action")
        wake_ups = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertGreater(max(wake_ups.mapped("call_at")), fields.Datetime.now())

    def test_the_queue_drains_once_the_gateway_is_well(self):
        with self.twilio_answers(DOWN, ACCEPTED):
            self.run_queue()
            self.run_queue_later(PAUSE)
        self.assertEqual(self.both.mapped("state"), ["pending", "pending"])

    def test_a_message_that_the_gateway_chokes_on_lets_the_others_pass(self):
        with self.twilio_answers(DOWN, ACCEPTED, DOWN) as calls:
            self.run_queue()
            self.run_queue_later(PAUSE)
        bodies = [call["data"]["Body"] for call in calls]
        self.assertEqual(bodies, ["First", "Second", "First"])
        self.assertEqual(self.both.mapped("state"), ["outgoing", "pending"])

    def test_a_message_that_is_too_late_is_given_up(self):
        with self.twilio_answers(DOWN):
            self.run_queue_later(SEND_WITHIN)
        self.assertEqual(self.first.state, "error")
        self.assertEqual(self.first.failure_type, "sms_server")
        self.assertEqual(self.second.state, "outgoing")

    def test_a_sender_that_was_killed_leaves_a_message_of_unknown_outcome(self):
        self.first.state = "process"
        with self.twilio_answers(ACCEPTED) as calls:
            self.run_queue()
        self.assertEqual([call["data"]["Body"] for call in calls], ["Second"])
        self.assertEqual(self.first.state, "error")
        self.assertEqual(self.first.failure_type, "ebs_unknown")

    def test_a_message_is_marked_before_it_leaves(self):
        states = []

        def look(*_arguments):
            self.env.invalidate_all()
            states.append((self.first.state, self.first.ebs_tries))
            return {"state": "success"}

        with patch("odoo.addons.ebs_sms.gateways.SmsApiTwilio._send_one", look):
            self.run_queue()
        self.assertEqual(states[0], ("process", 1))

    def test_a_report_that_overtakes_the_answer_is_kept(self):
        """The gateway reports delivery before its answer is written down."""

        def deliver(_gateway, to, _body):
            sms = self.env["sms.sms"].search([("uuid", "=", to["uuid"])])
            sms._ebs_note_report("delivered", "")
            self.env.flush_all()
            return {"state": "success"}

        with patch("odoo.addons.ebs_sms.gateways.SmsApiTwilio._send_one", deliver):
            self.run_queue()
        self.assertEqual(self.both.mapped("state"), ["sent", "sent"])

    def test_no_gateway_is_called_inside_a_request(self):
        with self.twilio_answers(ACCEPTED) as calls:
            self.both.send()
        self.assertEqual(calls, [])
        self.assertEqual(self.both.mapped("state"), ["outgoing", "outgoing"])

    def test_staff_may_send_again_what_nobody_knows_of(self):
        with self.twilio_answers(requests.ReadTimeout()):
            self.run_queue()
        self.first.action_set_outgoing()
        self.assertEqual(self.first.ebs_tries, 0)
        self.assertFalse(self.first.ebs_failure_reason)
        with self.twilio_answers(ACCEPTED):
            self.run_queue_later(PAUSE)
        self.assertEqual(self.first.state, "pending")

    def test_finished_messages_are_forgotten_after_a_month(self):
        with self.twilio_answers(ACCEPTED, DOWN):
            self.run_queue()
        self.assertEqual(self.both.mapped("state"), ["pending", "outgoing"])
        self.env["sms.sms"]._gc_ebs_finished()
        self.assertTrue(self.first.exists())
        with clock.clock_at(self.first.write_date + KEEP + timedelta(seconds=1)):
            self.env["sms.sms"]._gc_ebs_finished()
        self.assertFalse(self.first.exists())
        self.assertTrue(self.second.exists(), "it still waits")
