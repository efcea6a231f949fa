# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import hmac
import json
from datetime import timezone

from odoo.addons.ebs_base import clock
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CardCase

SECRET = "whsec_library"  # noqa: S105 (of a provider of the tests)
LOG = "odoo.addons.ebs_payment.models.ebs_payment_inbox"


@tagged("-at_install", "post_install", "ebs_security")
class TestInbox(CardCase):
    """An event is stored once when it is signed, and refused otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stripe = cls.make_stripe(cls.company, SECRET)
        cls.company.ebs_deposit_provider_id = cls.stripe
        cls.loan = cls.lend_saw()
        card = cls.env.ref("payment.payment_method_card")
        cls.hold = cls.begin(
            cls.loan,
            provider_id=cls.stripe.id,
            payment_method_id=card.id,
            provider_reference="pi_1",
        )

    @classmethod
    def make_stripe(cls, company, secret):
        """A Stripe account of that company."""
        stripe = cls.env.ref("payment.payment_provider_stripe").copy(
            {"company_id": company.id, "code": "stripe", "state": "disabled"}
        )
        stripe.write(
            {
                "stripe_secret_key": "sk_1",
                "stripe_publishable_key": "pk_1",
                "stripe_webhook_secret": secret,
                "capture_manually": True,
                "allow_tokenization": True,
            }
        )
        stripe.state = "test"
        return stripe

    def event(self, name="evt_1", kind="payment_intent.canceled", **values):
        return {
            "id": name,
            "type": kind,
            "data": {
                "object": {
                    "id": "pi_1",
                    "object": "payment_intent",
                    "description": self.hold.reference,
                    "amount": 8000,
                    "currency": self.company.currency_id.name.lower(),
                    **values,
                }
            },
        }

    def receive(self, event, secret=SECRET, age=0, signature=None):
        """What an event is answered with."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        moment = int(clock.now().replace(tzinfo=timezone.utc).timestamp()) - age
        if signature is None:
            digest = hmac.new(
                secret.encode(), f"{moment}.".encode() + body, hashlib.sha256
            ).hexdigest()
            signature = f"t={moment},v1={digest}"
        inbox = self.env["ebs.payment.inbox"].with_user(self.visitor)
        return inbox._receive_stripe(body, signature)

    def stored(self):
        return self.env["ebs.payment.inbox"].search([])

    def refused_with(self, status, *args, **kwargs):
        """It is answered so, and the log says why."""
        with self.assertLogs(LOG, "WARNING"):
            self.assertEqual(self.receive(*args, **kwargs), status)

    def test_a_signed_event_is_stored_once(self):
        for _turn in range(5):
            self.assertEqual(self.receive(self.event()), 200)
        self.assertEqual(len(self.stored()), 1)
        self.assertEqual(self.stored().transaction_id, self.hold)
        self.assertEqual(self.hold.state, "draft", "nothing is done in the request")

    def test_what_is_not_signed_is_refused(self):
        for signature in (
            "",
            "nonsense",
            "t=,v1=",
            "t=1,v1=zz",
            "v1=abc",
            "t=abc,v1=abc",
            "t=9999999999999999,v1=a",
            "t=1,t=2,v1=a",
            "t=²,v1=é",
            ",,,===",
        ):
            with self.subTest(signature=signature):
                self.refused_with(403, self.event(), signature=signature)
        self.refused_with(403, self.event(), secret="whsec_other")
        self.assertFalse(self.stored())

    def test_without_a_secret_everything_is_refused(self):
        self.stripe.stripe_webhook_secret = False
        for secret in ("", "False", "None", SECRET):
            self.refused_with(403, self.event(), secret=secret)
        self.assertFalse(self.stored())

    def test_an_event_is_refused_when_it_is_stale_or_from_the_future(self):
        self.refused_with(403, self.event(), age=601)
        self.refused_with(403, self.event(), age=-601)
        self.assertEqual(self.receive(self.event(), age=599), 200)

    def test_a_changed_body_is_not_what_was_signed(self):
        body = json.dumps(self.event()).encode()
        moment = int(clock.now().replace(tzinfo=timezone.utc).timestamp())
        digest = hmac.new(
            SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256
        ).hexdigest()
        self.refused_with(
            403, body.replace(b"8000", b"8001"), signature=f"t={moment},v1={digest}"
        )

    def test_another_amount_or_currency_is_refused_and_kept_for_staff(self):
        for number, values in enumerate(
            (
                {"amount": 1},
                {"amount": 800000},
                {"amount": "8000"},
                {"amount": None},
                {"currency": "gbp"},
                {"currency": None},
                {"id": "pi_of_somebody_else"},
                {"object": "charge"},
            )
        ):
            event = self.event(f"evt_bad_{number}", **values)
            self.refused_with(422, event)
            self.assertEqual(self.receive(event), 422, "however often it comes")
        self.assertEqual(set(self.stored().mapped("state")), {"refused"})

    def test_a_foreign_transaction_is_refused(self):
        self.refused_with(404, self.event(description="SO-99"))
        self.refused_with(404, self.event("evt_2", description=None))
        other = self.make_stripe(self.other_company, "whsec_elsewhere")
        self.other_company.ebs_deposit_provider_id = other
        self.refused_with(403, self.event("evt_3"), secret="whsec_elsewhere")
        self.assertEqual(self.hold.state, "draft")

    def test_an_unknown_kind_is_taken_and_nothing_follows(self):
        self.assertEqual(self.receive(self.event(kind="invoice.paid")), 200)
        self.assertEqual(self.stored().state, "ignored")

    def test_what_is_no_event_is_refused(self):
        for body in (
            b"",
            b"{",
            b"[]",
            b"null",
            b"\xff\xfe",
            b'{"id": "e"}',
            b'{"id": "e", "type": "t", "data": null}',
            b'{"id": 1, "type": "t", "data": {"object": {"id": "x"}}}',
            b'{"id": "e", "type": {}, "data": {"object": {"id": "x"}}}',
            b"[" * 100000,
        ):
            with self.subTest(body=body[:40]):
                self.refused_with(400, body)

    def test_an_event_of_a_shop_goes_on_to_core(self):
        shop = self.begin(
            self.loan,
            reference="SO-1",
            is_ebs_deposit=False,
            ebs_deposit_id=False,
            ebs_exchange_id=False,
            provider_id=self.stripe.id,
        )
        self.assertIsNone(self.receive(self.event(description=shop.reference)))
        self.company.ebs_deposit_provider_id = False
        self.assertIsNone(self.receive(self.event(description="SO-2")))

    @mute_logger("odoo.addons.ebs_payment.models.payment_transaction")
    def test_an_authorisation_of_another_loan_is_not_believed(self):
        """Core's return page takes a reference and an authorisation side by side."""
        intent = {
            "id": "pi_1",
            "object": "payment_intent",
            "description": self.hold.reference,
            "amount": 8000,
            "currency": self.company.currency_id.name.lower(),
            "capture_method": "manual",
            "status": "requires_capture",
        }
        second = self.lend(self.rival, self.saw, "2026-11-26")
        card = self.env.ref("payment.payment_method_card")
        other = self.begin(
            second, provider_id=self.stripe.id, payment_method_id=card.id
        )
        for values in ({}, {"description": other.reference, "id": "pi_2"}):
            if values:
                other.provider_reference = "pi_3"
            data = {"reference": other.reference, "payment_intent": intent | values}
            self.env["payment.transaction"]._process("stripe", data)
            self.assertEqual(other.state, "draft")
        automatic = intent | {"capture_method": "automatic", "status": "succeeded"}
        data = {"reference": self.hold.reference, "payment_intent": automatic}
        self.env["payment.transaction"]._process("stripe", data)
        self.assertEqual(self.hold.state, "draft")
        data["payment_intent"] = intent
        self.env["payment.transaction"]._process("stripe", data)
        self.assertEqual(self.hold.state, "authorized")

    @mute_logger("odoo.addons.ebs_payment.models.payment_transaction")
    def test_another_provider_does_not_speak_for_it(self):
        data = {"reference": self.hold.reference, "simulated_state": "done"}
        self.hold._process("demo", data)
        self.assertEqual(self.hold.state, "draft")
