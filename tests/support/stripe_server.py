# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stripe's API on the loopback: holds, takes, lets go, refunds, and tells of it.

It speaks what https://docs.stripe.com/api says of customers, payment intents,
setup intents, payment methods and refunds, keeps the answers of a key as
https://docs.stripe.com/api/idempotent_requests says, and signs its events as
https://docs.stripe.com/webhooks#verify-manually says: written from those pages
and not from the client that is under test.
"""

import hashlib
import hmac
import json
import random
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import requests

# What may befall a request: before it is done, or after, when only the answer
# is lost. An error of the server is kept under the key, as Stripe does.
FAULTS = ("500", "500_done", "reset", "reset_done", "garbage_done", "html_502", "429")
DECLINED = "pm_card_declined"


def sign(secret, body, moment):
    """Return the Stripe-Signature of `body` (bytes), sent at `moment` (seconds)."""
    digest = hmac.new(
        secret.encode(), str(moment).encode() + b"." + body, hashlib.sha256
    ).hexdigest()
    return f"t={moment},v1={digest},v0={'0' * 64}"


class Refusal(Exception):
    """An answer of the API that is an error: status, code and sentence."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code = status, code


class StripeServer:
    """An account at Stripe, with the secret key of its API and of its endpoint.

    `done` counts what really happened, by kind; `calls` lists all requests as
    (method, path). With a `fault_rate` the seed draws what befalls each POST.
    """

    def __init__(self, key="sk_test_ebs", secret="whsec_ebs", seed=0):  # noqa: S107
        self.key, self.secret = key, secret
        self.fault_rate = 0.0
        self.intents, self.refunds, self.methods, self.events = {}, {}, {}, []
        self.calls = []
        self.done = {"hold": 0, "capture": 0, "cancel": 0, "refund": 0}
        self.down = False
        self._kept = {}
        self._count = 0
        self._draw = random.Random(seed)
        self.lock = threading.RLock()
        self._server = None

    def __enter__(self):
        stripe = self

        class Handler(_Handler):
            account = stripe

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc_info):
        self._server.shutdown()
        self._server.server_close()

    # === WHAT PEOPLE DO === #

    def pay(self, intent_id, card="pm_card_visa"):
        """The borrower types a card in the form; return the event that follows."""
        with self.lock:
            intent = self.intents[intent_id]
            self._confirm(intent, card)
            return self.events[-1]

    def lapse(self, intent_id):
        """The bank lets go by itself; return the event that follows."""
        with self.lock:
            self._cancel(self.intents[intent_id], reason="expired")
            return self.events[-1]

    def events_of(self, intent_id):
        """All that was told of an intent, in order; its refund as Stripe tells it."""
        with self.lock:
            found = []
            for event in self.events:
                said = event["data"]["object"]
                intent = said.get("payment_intent", said["id"])
                if intent == intent_id:
                    found.append(event)
            return found

    def most_refunds(self):
        """The number of refunds of the intent that has most."""
        intents = [refund["payment_intent"] for refund in self.refunds.values()]
        return max(map(intents.count, intents), default=0)

    # === WHAT IT TELLS === #

    def post(self, url, body, signature, collide=0):
        """Post raw bytes to an endpoint, with a signature or none."""
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if collide:
            headers["X-Ebs-Collide"] = str(collide)
        if signature is not None:
            headers["Stripe-Signature"] = signature
        return requests.post(url, data=body, headers=headers, timeout=60)

    def deliver(self, url, event, secret=None, age=0, collide=0):
        """Deliver one event, signed with the endpoint's secret or another one."""
        body = json.dumps(event, indent=2).encode()
        moment = int(time.time()) - age
        secret = self.secret if secret is None else secret
        return self.post(url, body, sign(secret, body, moment), collide)

    # === THE API === #

    def answer(self, method, path, form, key):
        """Return (status, body) of one request; the lock is held."""
        self.calls.append((method, path))
        if method == "POST" and key in self._kept:
            kept_form, status, body = self._kept[key]
            if kept_form != (path, form):
                return _error(400, "idempotency_error", "Keys: other parameters.")
            return status, body
        try:
            status, body = 200, self._route(method, path, form)
        except Refusal as refusal:
            status, body = _error(refusal.status, refusal.code, str(refusal))
        if method == "POST" and key and status != 400:
            self._kept[key] = ((path, form), status, json.loads(json.dumps(body)))
        return status, json.loads(json.dumps(body))

    def keep_error(self, path, form, key):
        """An error of the server, which stays the answer of this key."""
        status, body = _error(500, "api_error", "An error of the server.")
        if key:
            self._kept[key] = ((path, form), status, body)
        return status, body

    def draw(self):
        """Return the fault that befalls the next POST, or None."""
        if self._draw.random() >= self.fault_rate:
            return None
        return self._draw.choice(FAULTS)

    def _route(self, method, path, form):
        parts = path.strip("/").split("/")[1:]
        name = f"{method} {parts[0]} {' '.join(parts[2:])}".strip()
        handlers = {
            "POST customers": lambda: {"id": self._id("cus"), "object": "customer"},
            "POST setup_intents": lambda: self._make_setup(form),
            "POST refunds": lambda: self._refund(form),
            "POST payment_intents capture": lambda: self._capture(self._intent(parts)),
            "POST payment_intents cancel": lambda: self._cancel(self._intent(parts)),
            "GET payment_intents": lambda: self._show(self._intent(parts), form),
            "GET refunds": lambda: self._find(self.refunds, parts),
            "GET payment_methods": lambda: self._find(self.methods, parts),
        }
        if name == "POST payment_intents" and len(parts) == 1:
            return self._make_intent(form)
        if name not in handlers:
            raise Refusal(404, "unknown_url", f"Unrecognized request URL ({path}).")
        return handlers[name]()

    def _id(self, prefix):
        self._count += 1
        return f"{prefix}_{self._count:016d}"

    def _find(self, found, parts):
        if len(parts) < 2 or parts[1] not in found:
            raise Refusal(404, "resource_missing", "No such object.")
        return found[parts[1]]

    def _intent(self, parts):
        return self._find(self.intents, parts)

    def _make_setup(self, form):
        return {
            "id": self._id("seti"),
            "object": "setup_intent",
            "status": "requires_payment_method",
            "description": form.get("description"),
            "customer": form.get("customer"),
        }

    def _make_intent(self, form):
        intent_id = self._id("pi")
        intent = {
            "id": intent_id,
            "object": "payment_intent",
            "amount": int(form["amount"]),
            "currency": form["currency"],
            "description": form.get("description"),
            "capture_method": form.get("capture_method", "automatic"),
            "client_secret": f"{intent_id}_secret",
            "customer": form.get("customer"),
            "payment_method": None,
            "status": "requires_payment_method",
            "last_payment_error": None,
            "charges": {"data": [], "has_more": False},
        }
        self.intents[intent["id"]] = intent
        if form.get("confirm") == "True":
            self._confirm(intent, form.get("payment_method"))
            if intent["last_payment_error"]:
                raise Refusal(402, "card_declined", "Your card was declined.")
        return self._show(intent, form)

    def _show(self, intent, form):
        method = intent["payment_method"]
        if method and form.get("expand[]") == "payment_method":
            return {**intent, "payment_method": self.methods[method]}
        return intent

    def _confirm(self, intent, card):
        method_id = card if card in self.methods else self._id("pm")
        self.methods.setdefault(
            method_id,
            {
                "id": method_id,
                "object": "payment_method",
                "type": "card",
                "card": {"brand": "visa", "last4": "4242"},
                "declines": card == DECLINED,
            },
        )
        if self.methods[method_id]["declines"]:
            intent["last_payment_error"] = {"message": "Your card was declined."}
            self._tell("payment_intent.payment_failed", intent)
            return
        intent.update(payment_method=method_id, last_payment_error=None)
        intent["status"] = "requires_capture"
        intent["charges"]["data"] = [
            {
                "id": self._id("ch"),
                "object": "charge",
                "payment_intent": intent["id"],
                "amount": intent["amount"],
                "amount_refunded": 0,
                "currency": intent["currency"],
                "description": intent["description"],
                "payment_method_details": {"type": "card", "card": {"mandate": None}},
            }
        ]
        self.done["hold"] += 1
        self._tell("payment_intent.amount_capturable_updated", intent)

    def _capture(self, intent):
        if intent["status"] != "requires_capture":
            raise Refusal(400, "payment_intent_unexpected_state", "Not capturable.")
        intent["status"] = "succeeded"
        self.done["capture"] += 1
        self._tell("payment_intent.succeeded", intent)
        return intent

    def _cancel(self, intent, reason=None):
        if intent["status"] in ("succeeded", "canceled"):
            raise Refusal(400, "payment_intent_unexpected_state", "Not cancelable.")
        intent.update(status="canceled", cancellation_reason=reason)
        self.done["cancel"] += 1
        self._tell("payment_intent.canceled", intent)
        return intent

    def _refund(self, form):
        intent = self._find(self.intents, ("", form.get("payment_intent")))
        if intent["status"] != "succeeded":
            raise Refusal(400, "charge_not_captured", "Nothing to refund.")
        charge = intent["charges"]["data"][0]
        amount = int(form.get("amount", intent["amount"]))
        if amount > charge["amount"] - charge["amount_refunded"]:
            raise Refusal(400, "charge_already_refunded", "More than is left.")
        charge["amount_refunded"] += amount
        refund = {
            "id": self._id("re"),
            "object": "refund",
            "amount": amount,
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "status": "succeeded",
        }
        self.refunds[refund["id"]] = refund
        self.done["refund"] += 1
        self._tell(
            "charge.refunded",
            {**charge, "refunds": {"data": [refund], "has_more": False}},
        )
        self._tell("charge.refund.updated", refund)
        return refund

    def _tell(self, kind, said):
        self.events.append(
            {
                "id": self._id("evt"),
                "object": "event",
                "type": kind,
                "created": int(time.time()),
                "livemode": False,
                "data": {"object": json.loads(json.dumps(said))},
            }
        )


def _error(status, code, message):
    return status, {"error": {"type": code, "code": code, "message": message}}


class _Handler(BaseHTTPRequestHandler):
    account = None
    protocol_version = "HTTP/1.1"

    def do_GET(self):  # noqa: N802 (the name that the library calls)
        self._serve("GET")

    def do_POST(self):  # noqa: N802 (the name that the library calls)
        self._serve("POST")

    def _serve(self, method):
        stripe = self.account
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length).decode() or url.query
        form = {name: values[0] for name, values in parse_qs(text).items()}
        if self.headers.get("Authorization") != f"Bearer {stripe.key}":
            return self._json(*_error(401, "invalid_api_key", "Invalid API key."))
        with stripe.lock:
            if stripe.down:
                return self._reset()
            fault = stripe.draw() if method == "POST" else None
            key = self.headers.get("Idempotency-Key")
            if fault == "500":
                return self._json(*stripe.keep_error(url.path, form, key))
            if fault == "429":
                return self._json(*_error(429, "rate_limit", "Too many requests."))
            if fault == "html_502":
                return self._send(502, "text/html", "<h1>502 Bad Gateway</h1>")
            if fault == "reset":
                return self._reset()
            status, body = stripe.answer(method, url.path, form, key)
            if fault == "500_done":
                return self._json(*stripe.keep_error(url.path, form, key))
        if fault == "reset_done":
            return self._reset()
        if fault == "garbage_done":
            return self._send(200, "application/json", '{"id": "pi_')
        return self._json(status, body)

    def _reset(self):
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()

    def _json(self, status, body):
        self._send(status, "application/json", json.dumps(body))

    def _send(self, status, kind, text):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        """Say nothing: what came is in `calls`."""
