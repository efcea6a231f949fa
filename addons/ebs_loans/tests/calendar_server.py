# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A real server of calendars on the loopback, whose faults can be chosen."""

import datetime
import ipaddress
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from odoo.addons.ebs_loans.outside import Network


class LoopbackNetwork(Network):
    """The internet of the tests: it has one more machine, at one port."""

    connect_seconds = 2
    seconds = 5

    def __init__(self, port, cafile=None):
        self.port = port
        self.cafile = cafile

    def is_port(self, target):
        return target.port == self.port or super().is_port(target)

    def is_outside(self, address):
        return address == "127.0.0.1" or super().is_outside(address)

    def get_context(self):
        return ssl.create_default_context(cafile=self.cafile)


class Handler(BaseHTTPRequestHandler):
    """Answers as the server was told for the path."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        page = self.server.pages.get(self.path)
        if page is None:
            self.send_error(404)
        elif callable(page):
            page(self)
        else:
            self.give(page)

    def give(self, body, status=200, **headers):
        """Send a whole answer."""
        etag = self.server.etag
        if etag and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        if etag:
            headers["ETag"] = etag
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self, piece, seconds=30):
        """Send a little, again and again, for as long as somebody listens."""
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(0.1)  # the fault itself: a server that dawdles
        except OSError:
            return

    def log_message(self, *args):
        """Say nothing."""


class CalendarServer:
    """A server to enter as a context; `pages` maps paths to bytes or to calls."""

    def __init__(self, certificate=None):
        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.httpd.pages, self.httpd.asked, self.httpd.etag = {}, [], None
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.httpd.socket = context.wrap_socket(
                self.httpd.socket, server_side=True, do_handshake_on_connect=False
            )
            self.scheme = "https"
        self.port = self.httpd.server_port
        self.thread = threading.Thread(target=self.httpd.serve_forever, args=(0.05,))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc_info):
        self.httpd.shutdown()
        self.httpd.server_close()
        self.thread.join()

    @property
    def pages(self):
        return self.httpd.pages

    @property
    def asked(self):
        return self.httpd.asked

    def url(self, path="/busy.ics", host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}{path}"


def make_certificate(path, name):
    """Write a self-signed certificate and its key, for one name, into a file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name)]
    if name[0].isdigit():
        names = [x509.IPAddress(ipaddress.ip_address(name))]
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    with open(path, "wb") as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    return path


def make_calendar(*events):
    """A calendar with events, each a list of lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Elsewhere//EN"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT"]
        if not any(line.startswith("UID") for line in event):
            lines += [f"UID:{number}@elsewhere"]
        lines += ["DTSTAMP:20260101T000000Z", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
