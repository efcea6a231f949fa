# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Twilio's Messages API on the loopback: answers well, badly, late and not at all.

It speaks what https://www.twilio.com/docs/messaging/api/message-resource says
and signs its reports as https://www.twilio.com/docs/usage/webhooks/webhooks-security
says, written from those pages and not from the client that is under test.
"""

import base64
import hashlib
import hmac
import json
import random
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import requests

FAULTS = ("refuse", "slow", "500", "html_502", "garbage", "429", "reset", "reject")
# Modes of the server besides `well`: these faults, and `hold`, which takes a
# message and never answers.


def sign(token, url, values):
    """Return the X-Twilio-Signature of a form posted to `url`."""
    text = url + "".join(name + values[name] for name in sorted(values))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


class TwilioServer:
    """A gateway whose `mode` is `well`, `hold` or one of FAULTS.

    `accepted` holds each message taken, as a dict of its form with `Sid`. In the
    modes whose answer says nothing sure (slow, garbage), the seed decides
    whether the message was taken. `received` counts all well-formed requests.
    """

    def __init__(self, account_sid, token, seed=0, patience=60, port=0):
        self.account_sid = account_sid
        self.token = token
        self.mode = "well"
        self.patience = patience
        self.accepted = []
        self.received = 0
        self.port = port
        self._draw = random.Random(seed)
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self._listen()
        return self

    def __exit__(self, *exc_info):
        self._closing.set()
        self._hang_up()

    def set_mode(self, mode):
        """Change how it behaves; `refuse` closes the port until the next mode."""
        self.mode = mode
        if mode == "refuse":
            self._hang_up()
        elif not self._server:
            self._listen()

    def report(self, message, status, token=None, **values):
        """Send one delivery report of an accepted message; return the answer."""
        form = {
            "AccountSid": self.account_sid,
            "MessageSid": message["Sid"],
            "SmsSid": message["Sid"],
            "MessageStatus": status,
            "SmsStatus": status,
            "To": message["To"],
            "From": message["From"],
            "ApiVersion": "2010-04-01",
            **values,
        }
        url = message["StatusCallback"]
        signature = sign(token or self.token, url, form)
        return requests.post(
            url, data=form, headers={"X-Twilio-Signature": signature}, timeout=30
        )

    # What one request meets.

    def take(self, form):
        """Note a message as accepted and return Twilio's word for it."""
        with self._lock:
            sid = f"SM{len(self.accepted) + 1:032x}"
            self.accepted.append({**form, "Sid": sid})
        return {
            "sid": sid,
            "account_sid": self.account_sid,
            "to": form["To"],
            "from": form.get("From"),
            "body": form["Body"],
            "status": "queued",
            "error_code": None,
            "error_message": None,
            "num_segments": "1",
            "direction": "outbound-api",
        }

    def flip(self):
        """Draw from the seed whether a doubtful message was taken."""
        with self._lock:
            return self._draw.random() < 0.5

    def wait(self):
        """Keep a caller waiting for as long as the server stands."""
        self._closing.wait(self.patience)

    def _listen(self):
        twilio = self

        class Handler(_Handler):
            gateway = twilio

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _hang_up(self):
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Handler(BaseHTTPRequestHandler):
    gateway = None

    def do_POST(self):  # noqa: N802 (the name that the library calls)
        length = int(self.headers.get("Content-Length", 0))
        fields = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        form = {name: values[0] for name, values in fields.items()}
        gateway = self.gateway
        path = f"/2010-04-01/Accounts/{gateway.account_sid}/Messages.json"
        if self.path != path:
            return self._error(404, 20404, "The requested resource was not found")
        if self.headers.get("Authorization") != self._expected_authorization():
            return self._error(401, 20003, "Authenticate")
        for name, code in (("To", 21604), ("From", 21603), ("Body", 21602)):
            if not form.get(name):
                return self._error(400, code, f"A '{name}' is required.")
        gateway.received += 1
        return getattr(self, f"_answer_{gateway.mode}")(form)

    def _expected_authorization(self):
        pair = f"{self.gateway.account_sid}:{self.gateway.token}"
        return "Basic " + base64.b64encode(pair.encode()).decode()

    # The modes.

    def _answer_well(self, form):
        self._json(201, self.gateway.take(form))

    def _answer_slow(self, form):
        if self.gateway.flip():
            self.gateway.take(form)
        self.gateway.wait()

    def _answer_hold(self, form):
        self.gateway.take(form)
        self.gateway.wait()

    def _answer_500(self, _form):
        self._error(500, 20500, "An internal server error has occurred")

    def _answer_html_502(self, _form):
        self._send(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>")

    def _answer_garbage(self, form):
        if self.gateway.flip():
            self.gateway.take(form)
        self._send(200, "application/json", '{"sid": "SM12')

    def _answer_429(self, _form):
        self._error(429, 20429, "Too Many Requests")

    def _answer_reset(self, form):
        self.gateway.take(form)
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def _answer_reject(self, form):
        self._error(400, 21211, f"The 'To' number {form['To']} is not valid.")

    # Writing.

    def _error(self, status, code, message):
        self._json(
            status,
            {
                "code": code,
                "message": message,
                "more_info": f"https://www.twilio.com/docs/errors/{code}",
                "status": status,
            },
        )

    def _json(self, status, values):
        self._send(status, "application/json", json.dumps(values))

    def _send(self, status, kind, text):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def finish(self):
        """Let a connection that was reset on purpose end in silence."""
        if not self.wfile.closed and self.connection.fileno() != -1:
            super().finish()

    def log_message(self, *_arguments):
        """Stay silent: the tests say what matters."""
