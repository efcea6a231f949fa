# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""T-S1: every address of EBS × everybody, and what each of them gets.

A new address without a row fails. What is refused answers, byte for byte, as what
never was; and no address that is only read writes anything.
"""

import re

from odoo.addons.ebs_website.tests.common import WebCase
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.routes import ebs_routes

UNKNOWN = 999_999
OK, LOGIN, GONE = "page", "login", "404"

# Who gets the page of each address that is read, by the record that it names;
# `anybody` and `member` name none. What is not listed for an actor is the 404.
READ = {
    "/": "anybody",
    "/circles": "anybody",
    "/circles/<slug>": "circle",
    "/confirm/<string:token>": "spent token",
    "/listings": "anybody",
    "/listings/<slug>": "listing",
    "/listings/page/<int:page>": "anybody",
    "/my": "member",
    "/my/exchanges": "member",
    "/my/exchanges/<int:exchange_id>": "exchange",
    "/my/home": "member",
    "/my/listings": "member",
    "/my/listings/<int:listing_id>/edit": "own listing",
    "/my/profile": "persona",
    "/publish": "anybody",
    "/signup/sent": "anybody",
    "/source": "anybody",
    "/source/ebs.zip": "anybody",
    "/terms": "anybody",
    "/web/login": "anybody",
    "/web/reset_password": "anybody",
    "/web/signup": "anybody",
}
# Addresses that write: what they name. A stranger to it gets the 404, a visitor is
# sent to the login page, and whoever sends no token gets a 400.
WRITE = {
    "/circles/<slug>/<any(join, leave, invite):act>": "circle",
    "/circles/<slug>/members/<int:membership_id>/<any(accept, refuse):act>": "circle",
    "/confirm/<string:token>": "anybody",
    "/ebs/sms/status/<string:uuid>": "gateway",
    "/listings/<slug>/ask": "listing",
    "/listings/<slug>/inquire": "listing",
    "/my/confirmation": "member",
    "/my/exchanges/<int:exchange_id>/<any(write, accept, decline, cancel, done,"
    " hand_over, return, return_deposit):act>": "exchange",
    "/my/listings/<int:listing_id>/<any(publish, pause, resume, close):move>": (
        "own listing"
    ),
    "/my/listings/<int:listing_id>/edit": "own listing",
    "/my/profile": "member",
    "/publish": "member",
    "/web/login": "anybody",
    "/web/reset_password": "anybody",
    "/web/signup": "anybody",
}
# What is left of a page once tokens and the address itself are taken off.
VOLATILE = re.compile(r"[0-9a-f]{40}o\d+")


@tagged("post_install", "-at_install")
class TestMatrixRoutes(WebCase):
    """One circle, its listing and a loan of it, and everybody at their doors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lender = cls.make_member("Lena Routes")
        cls.asker = cls.make_member("Armand Routes")
        cls.insider = cls.make_member("Celia Routes")
        cls.member = cls.make_member("Marc Routes")
        cls.pending = cls.make_member("Paula Routes", state="pending")
        cls.foreign = cls.make_member("Franz Routes", company=cls.other_company)
        cls.circle = cls.make_circle("Famille Dupont", "invitation", cls.lender)
        cls.add_to_circle(cls.circle, cls.asker, cls.insider)
        cls.listing = cls.make_loan_listing(
            cls.lender,
            name="Scie",
            visibility="circles",
            circle_ids=cls.circle.ids,
        )
        start = cls.company._ebs_today().replace(day=1)
        start = start.replace(year=start.year + (start.month == 12)).replace(
            month=start.month % 12 + 1
        )
        cls.loan = cls.lend(cls.asker, cls.listing, start.isoformat())
        cls.logins = {
            name: getattr(cls, name).sudo().user_id.login
            for name in ("lender", "asker", "insider", "member", "pending", "foreign")
        }
        cls.logins["stranger"] = cls.stranger.login
        cls.readers = {
            "circle": {"lender", "asker", "insider"},
            "listing": {"lender", "asker", "insider"},
            "exchange": {"lender", "asker"},
            "own listing": {"lender"},
        }

    def address(self, route, unknown=False):
        """Return the address of a route for the world's record, or for none."""
        number = UNKNOWN if unknown else None
        membership = self.circle.sudo().membership_ids[:1]
        what = self.circle if "/circles/" in route.pattern else self.listing
        return route.fill(
            {
                "slug": f"x-{number or what.id}",
                "listing_id": number or self.listing.id,
                "exchange_id": number or self.loan.id,
                "membership_id": number or membership.id,
                "token": "none",
                "uuid": "0" * 32,
                "page": 1,
                "act": self.act(route.pattern),
                "move": "pause",
            }
        )

    def act(self, pattern):
        """Return one of the acts that an address takes."""
        if "/members/" in pattern:
            return "accept"
        return "write" if pattern.startswith("/my/") else "leave"

    def body(self, answer, path):
        """Return a page without tokens and without its own address."""
        return VOLATILE.sub("", answer.text.replace(path, ""))

    def test_every_address_has_a_row(self):
        routes = ebs_routes(self.registry)
        read = {route.pattern for route in routes if "GET" in route.methods}
        written = {route.pattern for route in routes if "POST" in route.methods}
        self.assertEqual(read, set(READ))
        # Core's own home page states no methods, and neither does its override.
        self.assertEqual(written - {"/"}, set(WRITE))
        for route in routes:
            self.assertTrue(route.stated_methods or route.pattern == "/", route)
            if route.methods == ("POST",) and "/sms/" not in route.pattern:
                self.assertTrue(route.csrf, route)

    def test_matrix_of_what_is_read(self):
        cells = 0
        for route in ebs_routes(self.registry):
            if "GET" not in route.methods:
                continue
            kind = READ[route.pattern]
            for actor in ("visitor", *self.logins):
                login = self.logins.get(actor)
                self.authenticate(login, login)
                answer = self.get(self.address(route))
                with self.subTest(path=route.pattern, actor=actor):
                    self.assertEqual(
                        self.seen(answer), self.expected(kind, route, actor)
                    )
                cells += 1
                if kind not in self.readers or self.seen(answer) != GONE:
                    continue
                nothing = self.address(route, unknown=True)
                with self.subTest(path=route.pattern, actor=actor, same=True):
                    self.assertEqual(
                        self.body(answer, self.address(route)),
                        self.body(self.get(nothing), nothing),
                    )
                cells += 1
        self.assertGreaterEqual(cells, 150)

    def seen(self, answer):
        """Say in one word what an answer is."""
        if answer.status_code == 404:
            return GONE
        if answer.status_code in (302, 303):
            return LOGIN if "/web/login" in answer.headers["Location"] else OK
        return OK if answer.status_code == 200 else answer.status_code

    def expected(self, kind, route, actor):
        """Return what the row says for an actor."""
        if actor == "visitor" and route.auth == "user":
            return LOGIN
        if kind == "spent token":
            return 422
        if kind == "persona" and actor in ("foreign", "stranger"):
            return GONE
        if kind in self.readers:
            return OK if actor in self.readers[kind] else GONE
        return OK

    def test_matrix_of_what_is_written_by_strangers(self):
        """Whoever may not see a thing cannot act on it, and learns nothing."""
        cells = 0
        before = self.fingerprint()
        for route in ebs_routes(self.registry):
            kind = WRITE.get(route.pattern)
            if "POST" not in route.methods or kind not in self.readers:
                continue
            outsiders = set(self.logins) - self.readers[kind]
            for actor in sorted(outsiders):
                self.authenticate(self.logins[actor], self.logins[actor])
                path, nothing = self.address(route), self.address(route, unknown=True)
                answer, none = self.post(path), self.post(nothing)
                with self.subTest(path=route.pattern, actor=actor):
                    self.assertEqual(answer.status_code, 404)
                    self.assertEqual(self.body(answer, path), self.body(none, nothing))
                    self.assertEqual(self.fingerprint(), before)
                cells += 2
        self.assertGreaterEqual(cells, 40)

    def test_matrix_of_forms_without_token(self):
        """T-S6: a form that another site sends is refused before anything is read."""
        before = self.fingerprint()
        self.log_in(self.lender)
        for route in ebs_routes(self.registry):
            if "POST" not in route.methods or not route.csrf or route.pattern == "/":
                continue
            with self.subTest(path=route.pattern), mute_logger("odoo.http"):
                answer = self.post(self.address(route), csrf=False)
                self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.fingerprint(), before)

    def fingerprint(self):
        """Return what a stranger could have changed."""
        self.env.invalidate_all()
        return (
            self.listing.state,
            self.listing.name,
            self.loan.state,
            len(self.loan.message_line_ids),
            self.circle.sudo().membership_ids.mapped("state"),
        )
