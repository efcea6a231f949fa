# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fetch a file from an address that a member gave: outside, or not at all.

Whoever can make a server open an address of their choice can look through it at
what stands behind its firewall. So a name is resolved once, every address that it
stands for must be a public one, and the connection goes to that very address: a
name that changes its mind meanwhile leads nowhere else. Each redirection is looked
at anew. Time and size are limited as a whole, whatever the other side does.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import psutil

MAX_URL = 2000
PORTS = {"http": 80, "https": 443}
# What phones and calendars write for "subscribe to this".
SAME_AS = {"webcal": "https", "webcals": "https"}
REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 64 * 1024
SMALLEST_MASK = 8

# All that is not the internet at large, by the registries of special addresses of
# the IANA (Python's own list differs from one version to the next), and the one
# public address by which a large cloud speaks to its machines.
INSIDE_V4 = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12
    168.63.129.16/32 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24
    192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
    203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
"""
# Of IPv6 only the global unicast block is outside. What carries an IPv4 address in
# it (6to4, Teredo) is refused whole: nobody serves a calendar from there.
OUTSIDE_V6 = ipaddress.IPv6Network("2000::/3")
INSIDE_V6 = """
    2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20
"""
_INSIDE_V4 = [ipaddress.IPv4Network(block) for block in INSIDE_V4.split()]
_INSIDE_V6 = [ipaddress.IPv6Network(block) for block in INSIDE_V6.split()]


class FetchError(Exception):
    """Nothing was fetched: a code for the member, a detail for the log.

    Whoever asks learns the code alone, which is the same for a name that does not
    exist, one of the operator's own network and a machine that does not answer.
    """

    def __init__(self, code, detail=""):
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class Target(NamedTuple):
    """An address taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self):
        """The address put together again."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


class Answer(NamedTuple):
    """What was fetched; ``body`` is None when it has not changed."""

    body: bytes | None
    etag: str
    last_modified: str


def read_url(url):
    """Take an address apart, or raise FetchError("address")."""
    url = url.strip() if isinstance(url, str) else ""
    if not url or len(url) > MAX_URL or re.search(r"[\x00-\x20\x7f\\]", url):
        raise FetchError("address", "not an address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("address", str(error)) from error
    scheme = SAME_AS.get(parts.scheme, parts.scheme)
    host = parts.hostname
    if scheme not in PORTS or "@" in parts.netloc or not host:
        raise FetchError("address", "scheme, name or password")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]{}|^`")
    return Target(
        scheme,
        _read_host(host, "[" in parts.netloc),
        PORTS[scheme] if port is None else port,
        path,
    )


def _read_host(host, is_literal):
    """Return the name as it is asked for, or raise FetchError("address")."""
    if is_literal:
        try:
            return str(ipaddress.IPv6Address(host.replace("%", "no scope")))
        except ValueError as error:
            raise FetchError("address", str(error)) from error
    try:
        host = host.encode("idna").decode("ascii").removesuffix(".")
    except UnicodeError as error:
        raise FetchError("address", str(error)) from error
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,253}", host):
        raise FetchError("address", "not a name")
    return host


class Network:
    """The internet, as far as a calendar may be fetched from it."""

    seconds = 20
    connect_seconds = 6
    max_bytes = 2 * 1024 * 1024
    max_redirects = 4
    max_addresses = 4

    # === WHAT IS OUTSIDE === #

    def is_port(self, target):
        """Whether a calendar may be served there: where the web is, nowhere else."""
        return target.port == PORTS[target.scheme]

    def is_outside(self, address):
        """Whether an IP address is on the internet, and not on a network of ours."""
        try:
            address = ipaddress.ip_address(address)
        except ValueError:
            return False
        if address.version == 6:
            if address not in OUTSIDE_V6 or address.scope_id is not None:
                return False
            blocks = _INSIDE_V6
        else:
            blocks = _INSIDE_V4
        if any(address in block for block in blocks) or not address.is_global:
            return False
        return not any(address in block for block in self.get_own_blocks(address))

    def get_own_blocks(self, address):
        """The networks that this machine stands in, public ones included."""
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        for cards in psutil.net_if_addrs().values():
            for card in cards:
                if card.family == family and card.netmask:
                    here = card.address.partition("%")[0]
                    bits = int(ipaddress.ip_address(card.netmask)).bit_count()
                    # A tunnel that stands in the whole world is one machine.
                    bits = bits if bits >= SMALLEST_MASK else address.max_prefixlen
                    yield ipaddress.ip_network(f"{here}/{bits}", strict=False)

    def get_context(self):
        """What a server must prove before a word is said to it: its name."""
        return ssl.create_default_context()

    # === FETCHING === #

    def fetch(self, url, etag="", last_modified=""):
        """Return the Answer, or raise FetchError; in `seconds` at the latest."""
        target = read_url(url)
        with _Watch(self.seconds) as watch:
            for _hop in range(self.max_redirects + 1):
                found = self._ask(target, etag, last_modified, watch)
                if isinstance(found, Answer):
                    return found
                if target.scheme == "https" and found.scheme != "https":
                    raise FetchError("address", "from https to http")
                target = found
        raise FetchError("status", "too many redirections")

    def _ask(self, target, etag, last_modified, watch):
        """Ask one server: return the Answer, or the Target that it sends to."""
        connection = None
        try:
            connection = self._connect(target, watch)
            headers = {
                "Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1",
                "Accept-Encoding": "identity",
                "User-Agent": "EBS-calendar/1",
                "Connection": "close",
            }
            if etag:
                headers["If-None-Match"] = etag
            if last_modified:
                headers["If-Modified-Since"] = last_modified
            connection.request("GET", target.path, headers=headers)
            return self._read(connection.getresponse(), target, watch)
        except ssl.SSLCertVerificationError as error:
            raise FetchError("certificate", str(error)) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            watch.check()
            raise FetchError("unreachable", repr(error)) from error
        finally:
            if connection:
                connection.close()

    def _connect(self, target, watch):
        """Return a connection to one of the addresses that the name stood for."""
        if not self.is_port(target):
            raise FetchError("address", f"port {target.port}")
        addresses = self._resolve(target, watch)
        sock = self._open(addresses, watch)
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.default_port = PORTS[target.scheme]
        connection.sock = sock
        if target.scheme == "https":
            context = self.get_context()
            sock = context.wrap_socket(
                sock, server_hostname=target.host, do_handshake_on_connect=False
            )
            connection.sock = sock
            watch.hold(sock)
            sock.do_handshake()
        return connection

    def _resolve(self, target, watch):
        """Return all addresses of a name; one that is inside spoils them all."""
        found = []

        def ask():
            try:
                found.extend(
                    socket.getaddrinfo(
                        target.host, target.port, type=socket.SOCK_STREAM
                    )
                )
            except (OSError, ValueError):
                found.clear()

        # The system's resolver has no time limit of its own: leave it behind.
        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(watch.left())
        watch.check()
        addresses = [(family, place) for family, _t, _p, _n, place in found]
        if not addresses:
            raise FetchError("unreachable", "no such name")
        for _family, place in addresses:
            if not self.is_outside(place[0]):
                raise FetchError("unreachable", f"inside: {place[0]}")
        return addresses[: self.max_addresses]

    def _open(self, addresses, watch):
        """Connect to the first of the addresses that answers."""
        failure = None
        for family, place in addresses:
            watch.check()
            sock = socket.socket(family, socket.SOCK_STREAM)
            watch.hold(sock)
            try:
                sock.settimeout(min(self.connect_seconds, watch.left()))
                sock.connect(place)
                sock.settimeout(watch.left())
                return sock
            except OSError as error:
                sock.close()
                failure = error
        raise FetchError("unreachable", repr(failure))

    def _read(self, response, target, watch):
        if response.status in REDIRECTS and response.headers.get("Location"):
            return read_url(urljoin(target.url, response.headers["Location"]))
        etag = response.headers.get("ETag", "")
        last_modified = response.headers.get("Last-Modified", "")
        if response.status == 304:
            return Answer(None, etag, last_modified)
        if response.status != 200:
            raise FetchError("status", str(response.status))
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise FetchError("content", "compressed")
        if response.length and response.length > self.max_bytes:
            raise FetchError("large", f"{response.length} bytes said")
        body = bytearray()
        while chunk := response.read1(CHUNK):
            body += chunk
            if len(body) > self.max_bytes:
                raise FetchError("large", f"more than {self.max_bytes} bytes")
        watch.check()
        if response.length:
            raise FetchError("unreachable", "cut off")
        return Answer(bytes(body), etag, last_modified)


class _Watch:
    """Cuts the connection when the time is up, whatever it is waiting for."""

    def __init__(self, seconds):
        self.until = time.monotonic() + seconds
        self.sock = None
        self.timer = threading.Timer(seconds, self.cut)
        self.timer.daemon = True

    def __enter__(self):
        self.timer.start()
        return self

    def __exit__(self, *exc_info):
        self.timer.cancel()

    def hold(self, sock):
        """Watch this connection from now on."""
        self.sock = sock
        if not self.left():
            self.cut()

    def left(self):
        """The seconds that are left."""
        return max(self.until - time.monotonic(), 0)

    def check(self):
        """Raise FetchError when the time is up."""
        if not self.left():
            raise FetchError("slow", "time is up")

    def cut(self):
        """Hang up; the raw way, since another thread is reading."""
        try:
            if self.sock:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
        except OSError:
            return
