# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import socket
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from odoo.addons.ebs_loans.outside import FetchError, Network, read_url
from odoo.tests import BaseCase, tagged

from .calendar_server import (
    CalendarServer,
    LoopbackNetwork,
    make_calendar,
    make_certificate,
)

OUTSIDE = "1.1.1.1 93.184.215.14 172.32.0.1 2606:4700::1111 2a01:e0a::1"
INSIDE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.8.8.8
    169.254.169.254 168.63.129.16 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1
    192.168.1.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1
    255.255.255.255 :: ::1 ::7f00:1 ::10.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
    ::ffff:0:127.0.0.1 ::ffff:1.1.1.1 64:ff9b::7f00:1 64:ff9b:1::a00:1 100::1
    2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2001:20::1
    2002:7f00:1:: 2002:a00:1::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1
    fe80::1%lo 2606:4700::1111%lo fec0::1 ff02::1 ff0e::1 nonsense 1.2.3
"""
# Ways to write 127.0.0.1 and its like that a resolver understands.
ODD_HOSTS = """
    127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001
    0 0.0.0.0 localhost localhost. LOCALHOST ip6-localhost [::1] [::] [::ffff:127.0.0.1]
    [::ffff:7f00:1] [0:0:0:0:0:0:0:1] 169.254.169.254 0xa9fea9fe [fe80::1]
    [64:ff9b::7f00:1] [2002:7f00:1::] ①②⑦.0.0.1 127。0。0。1 １２７.0.0.1
"""
NO_ADDRESSES = (
    "",
    None,
    42,
    "calendar",
    "/busy.ics",
    "//example.com/busy.ics",
    "ftp://example.com/a",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "data:text/calendar,BEGIN:VCALENDAR",
    "https://",
    "https:///busy.ics",
    "https://user:secret@example.com/",
    "https://example.com@127.0.0.1/",
    "https://example.com\\@127.0.0.1/",
    "https://exa mple.com/",
    "https://example.com/\r\nHost: inside",
    "https://example.com/\tx",
    "https://example.com/\x00",
    "https://example.com:port/",
    "https://example.com:99999/",
    "https://[::1/",
    "https://[fe80::1%25eth0]/",
    "https://[v1.x]/",
    "https://exa%6dple.com/",
    "https://" + "a" * 300 + ".com/",
    "https://example.com/" + "a" * 2000,
)


@tagged("-at_install", "post_install", "ebs_security")
class TestOutside(BaseCase):
    """A calendar is fetched from the internet, and from nowhere inside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = CalendarServer()
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.calendar = make_calendar(["DTSTART:20261225T100000Z", "DURATION:PT1H"])

    def setUp(self):
        super().setUp()
        self.server.pages.clear()
        self.server.asked.clear()
        self.server.httpd.etag = None
        self.server.pages["/busy.ics"] = self.calendar
        self.network = LoopbackNetwork(self.server.port)

    def assert_refused(self, code, url, network=None, detail=""):
        with self.assertRaises(FetchError, msg=url) as caught:
            (network or self.network).fetch(url)
        self.assertEqual(caught.exception.code, code, (url, str(caught.exception)))
        self.assertIn(detail, caught.exception.detail)

    def resolve_to(self, *answers):
        """Let the system's resolver give these addresses, one list at each call."""
        calls = []
        port = self.server.port

        def answer(host, *args, **kwargs):
            calls.append(host)
            return [
                (
                    socket.AF_INET6 if ":" in one else socket.AF_INET,
                    socket.SOCK_STREAM,
                    6,
                    "",
                    (one, port, 0, 0) if ":" in one else (one, port),
                )
                for one in answers[min(len(calls), len(answers)) - 1]
            ]

        patcher = patch("odoo.addons.ebs_loans.outside.socket.getaddrinfo", answer)
        patcher.start()
        self.addCleanup(patcher.stop)
        return calls

    # === WHICH ADDRESSES === #

    def test_only_the_internet_is_outside(self):
        network = Network()
        for address in OUTSIDE.split():
            self.assertTrue(network.is_outside(address), address)
        for address in INSIDE.split():
            self.assertFalse(network.is_outside(address), address)

    def test_a_public_network_that_the_machine_stands_in_is_inside(self):
        network = Network()
        for address, mask, near, far in (
            ("93.184.215.14", "255.255.255.0", "93.184.215.99", "93.184.216.1"),
            ("2a01:e0a:1::5", "ffff:ffff:ffff:ffff::", "2a01:e0a:1::99", "2a01:e0b::1"),
        ):
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            card = type("Card", (), {})()
            card.family, card.address, card.netmask = family, address, mask
            with patch(
                "odoo.addons.ebs_loans.outside.psutil.net_if_addrs",
                lambda card=card: {"eth0": [card]},
            ):
                self.assertFalse(network.is_outside(near))
                self.assertTrue(network.is_outside(far))
                card.netmask = "128.0.0.0" if family == socket.AF_INET else "8000::"
                self.assertFalse(network.is_outside(address))
                self.assertTrue(network.is_outside(near))

    def test_no_way_to_write_the_loopback_leads_to_it(self):
        """By the real resolver, with the port allowed: the address alone refuses."""
        network = LoopbackNetwork(self.server.port)
        network.is_outside = Network().is_outside
        for host in ODD_HOSTS.split():
            self.assert_refused(
                "unreachable", f"http://{host}:{self.server.port}/busy.ics", network
            )
        self.assertEqual(self.server.asked, [])

    def test_production_reaches_no_port_but_those_of_the_web(self):
        for url in (
            self.server.url(),
            "http://example.com:8080/",
            "http://example.com:443/",
            "https://example.com:80/",
            "https://example.com:22/",
            "https://example.com:0/",
        ):
            self.assert_refused("address", url, Network(), "port")

    def test_what_is_no_address_is_refused_before_anything_is_looked_up(self):
        calls = self.resolve_to(["127.0.0.1"])
        for url in NO_ADDRESSES:
            self.assert_refused("address", url)
        self.assertEqual(calls, [])

    def test_an_address_is_read_as_people_write_it(self):
        for url, read in (
            (" webcal://Example.com/a.ics ", "https://example.com/a.ics"),
            ("webcals://example.com:443/a", "https://example.com/a"),
            ("HTTP://example.com:80", "http://example.com/"),
            ("https://example.com./a", "https://example.com/a"),
            ("https://[2606:4700:0::1111]/a", "https://[2606:4700::1111]/a"),
            ("https://é.example/à?q=é#part", "https://xn--9ca.example/%C3%A0?q=%C3%A9"),
            ("https://example.com/%C3%A0/a%20b", "https://example.com/%C3%A0/a%20b"),
        ):
            self.assertEqual(read_url(url).url, read)

    # === REBINDING AND REDIRECTIONS === #

    def test_a_name_is_resolved_once_and_the_connection_goes_to_that_address(self):
        calls = self.resolve_to(["127.0.0.1"], ["10.0.0.1"])
        answer = self.network.fetch(self.server.url(host="agenda.example"))
        self.assertEqual(answer.body, self.calendar)
        self.assertEqual(calls, ["agenda.example"])
        self.assertEqual(
            self.server.asked[0][1]["Host"], f"agenda.example:{self.server.port}"
        )

    def test_a_name_that_stands_for_something_inside_too_is_refused(self):
        for inside in ("10.0.0.1", "::1", "::ffff:10.0.0.1", "169.254.169.254"):
            self.resolve_to(["127.0.0.1", inside])
            self.assert_refused(
                "unreachable", self.server.url(host="two.example"), detail="inside"
            )
        self.assertEqual(self.server.asked, [])

    def test_a_redirection_is_followed_outside_and_never_inside(self):
        for place in (
            "http://10.0.0.1/x",
            "http://[::1]/x",
            "http://169.254.169.254/latest/meta-data/",
            "http://0xa9fea9fe/latest/meta-data/",
            "//192.168.0.1/x",
            "webcal://10.1/x",
        ):
            self.server.pages["/in"] = lambda it, place=place: it.give(
                b"", 302, Location=place
            )
            self.assert_refused("unreachable", self.server.url("/in"), detail="inside")
        for place in ("file:///etc/passwd", "http://127.0.0.1:22/", "ftp://a/b"):
            self.server.pages["/odd"] = lambda it, place=place: it.give(
                b"", 301, Location=place
            )
            self.assert_refused("address", self.server.url("/odd"))
        for status in (301, 302, 303, 307, 308):
            self.server.pages["/moved"] = lambda it, status=status: it.give(
                b"", status, Location="/busy.ics"
            )
            answer = self.network.fetch(self.server.url("/moved"))
            self.assertEqual(answer.body, self.calendar)

    def test_each_redirection_is_resolved_and_looked_at_anew(self):
        self.server.pages["/again"] = lambda it: it.give(
            b"", 302, Location=self.server.url("/busy.ics", host="agenda.example")
        )
        self.resolve_to(["127.0.0.1"], ["192.168.0.1"])
        self.assert_refused(
            "unreachable", self.server.url("/again", "agenda.example"), detail="inside"
        )
        self.assertEqual([path for path, _headers in self.server.asked], ["/again"])

    def test_a_loop_of_redirections_ends(self):
        self.server.pages["/loop"] = lambda it: it.give(b"", 302, Location="/loop")
        self.assert_refused("status", self.server.url("/loop"))
        self.assertEqual(len(self.server.asked), Network.max_redirects + 1)

    # === TLS === #

    def test_a_server_proves_its_name_before_a_word_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            path = make_certificate(str(Path(folder, "other")), "elsewhere.example")
            with CalendarServer(path) as server:
                self.assert_refused(
                    "certificate",
                    server.url(host="localhost"),
                    self.trust(server, path),
                )
                self.assertEqual(server.asked, [])
            path = make_certificate(str(Path(folder, "right")), "localhost")
            with CalendarServer(path) as server:
                server.pages["/busy.ics"] = self.calendar
                url = server.url(host="localhost")
                answer = self.trust(server, path).fetch(url)
                self.assertEqual(answer.body, self.calendar)
                self.assert_refused("certificate", url, LoopbackNetwork(server.port))
                server.pages["/down"] = lambda it: it.give(
                    b"", 302, Location=self.server.url()
                )
                self.assert_refused(
                    "address",
                    server.url("/down", "localhost"),
                    self.trust(server, path),
                )

    def trust(self, server, path):
        """A network where `localhost` is a name of that server, by its certificate."""
        patcher = patch(
            "odoo.addons.ebs_loans.outside.socket.getaddrinfo",
            lambda *args, **kwargs: [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))
            ],
        )
        patcher.start()
        self.addCleanup(patcher.stop)
        return LoopbackNetwork(server.port, cafile=path)

    # === LIMITS === #

    def assert_soon(self, seconds, code, path):
        began = time.monotonic()
        self.assert_refused(code, self.server.url(path))
        self.assertLess(time.monotonic() - began, seconds)

    def test_a_server_that_dawdles_is_left_in_time(self):
        self.network.seconds = 1

        def drip_headers(it):
            it.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            it.drip(b"a")

        def drip_body(it):
            it.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            it.drip(b"B")

        def drip_chunks(it):
            it.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            it.drip(b"1\r\nB\r\n")

        def drip_lines(it):
            it.drip(b"HTTP/1.1 100 Continue\r\n\r\n")

        def say_nothing(it):
            it.drip(b"")

        for number, page in enumerate(
            (drip_headers, drip_body, drip_chunks, drip_lines, say_nothing)
        ):
            self.server.pages[f"/slow{number}"] = page
            self.assert_soon(3, "slow", f"/slow{number}")

    def test_a_resolver_that_dawdles_is_left_in_time(self):
        self.network.seconds = 0.5
        with patch(
            "odoo.addons.ebs_loans.outside.socket.getaddrinfo",
            lambda *args, **kwargs: time.sleep(2) or [],
        ):
            self.assert_soon(1.5, "slow", "/busy.ics")

    def test_a_file_too_large_is_left_at_the_limit(self):
        self.network.max_bytes = 100_000

        def endless(it):
            it.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            for _n in range(100):
                it.wfile.write(b"B" * 10_000)

        def chunked(it):
            it.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _n in range(100):
                it.wfile.write(b"2710\r\n" + b"B" * 10_000 + b"\r\n")

        self.server.pages["/said"] = lambda it: it.give(b"B" * 100_001)
        self.server.pages["/endless"] = endless
        self.server.pages["/chunked"] = chunked
        self.server.pages["/fits"] = b"B" * 100_000
        for path in ("/said", "/endless", "/chunked"):
            self.assert_refused("large", self.server.url(path))
        self.assertEqual(
            len(self.network.fetch(self.server.url("/fits")).body), 100_000
        )

    def test_what_is_cut_off_compressed_or_not_given_is_no_file(self):
        def cut_off(it):
            it.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nBEGIN")

        def cut_chunk(it):
            it.wfile.write(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nBEGIN"
            )

        def nonsense(it):
            it.wfile.write(b"SSH-2.0-OpenSSH\r\n")

        def many_headers(it):
            it.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n")

        self.server.pages.update(
            {
                "/cut": cut_off,
                "/chunk": cut_chunk,
                "/ssh": nonsense,
                "/headers": many_headers,
                "/gzip": lambda it: it.give(b"\x1f\x8b", Content_Encoding="gzip"),
                "/gone": lambda it: it.give(b"", 410),
            }
        )
        for path in ("/cut", "/chunk", "/ssh", "/headers"):
            self.assert_refused("unreachable", self.server.url(path))
        self.assert_refused("content", self.server.url("/gzip"))
        self.assert_refused("status", self.server.url("/gone"))
        self.assert_refused("status", self.server.url("/missing"))

    def test_nobody_listening_reads_as_a_name_that_does_not_exist(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.assert_refused(
            "unreachable", f"http://127.0.0.1:{port}/", LoopbackNetwork(port)
        )
        self.assert_refused("unreachable", self.server.url(host="no.such.invalid"))

    def test_what_has_not_changed_is_not_sent_again(self):
        self.server.httpd.etag = '"one"'
        first = self.network.fetch(self.server.url())
        self.assertEqual(first.etag, '"one"')
        again = self.network.fetch(self.server.url(), first.etag, "a date")
        self.assertIsNone(again.body)
        sent = self.server.asked[-1][1]
        self.assertEqual(sent["If-None-Match"], '"one"')
        self.assertEqual(sent["If-Modified-Since"], "a date")
        self.assertNotIn("Cookie", sent)
        self.assertNotIn("Referer", sent)
