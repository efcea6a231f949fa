# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""T-S1: every address of EBS × everybody, and what each of them gets.

A new address without a row fails. What is refused answers, byte for byte, as what
never was; and no address that is only read writes anything.
"""

import re

import pytest
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.cells import Cells
from .support.everybody import UNKNOWN, EverybodyCase
from .support.law import DESK, EVERYBODY, OWNER_SIDE, SEES, word_of
from .support.routes import ebs_routes

OK, LOGIN, GONE = "page", "login", "404"
# Everyone could see these until they were closed: all are told so, not why.
WERE_PUBLIC = {"listing ended"}
CIRCLES = [label for label in SEES if label.endswith("circle")]
CIRCLES.append("circle abroad")
LISTINGS = [
    *("listing everyone", "listing members", "listing secret", "listing other"),
    *("listing both", "listing listed", "listing closed", "listing draft"),
    *("listing paused", "listing ended", "everyone abroad", "circle's abroad"),
]
EXCHANGES = ["exchange lent", "exchange plain", "exchange quarrel", "exchange fray"]
ORGANISERS = {
    "open circle": {"organiser"},
    "request circle": {"organiser"},
    "secret circle": {"organiser"},
    "listed circle": {"organiser"},
    "other circle": {"neighbour"},
    "closed circle": set(),
    "circle abroad": set(),
}
OWN_LISTINGS = ("listing everyone", "listing secret", "listing other")
OWN_LISTINGS += ("listing draft", "listing paused", "circle's abroad")
PARTIES = {
    "exchange lent": OWNER_SIDE | {"former"},
    "exchange plain": OWNER_SIDE | {"neighbour"},
    "exchange quarrel": OWNER_SIDE | {"insider"},
    "exchange fray": OWNER_SIDE | {"neighbour"},
}
OWN = {
    label: {"neighbour"} if label == "listing other" else OWNER_SIDE
    for label in OWN_LISTINGS
}
# Who gets a page of this site by the thing that it names; all others the 404.
SHOWN = {
    "circle": {label: SEES[label] for label in CIRCLES},
    "organised": ORGANISERS,
    "listing": {label: SEES[label] for label in LISTINGS},
    "own listing": OWN,
    "exchange": PARTIES,
    "talk": PARTIES,
    # Whoever hands over writes the report.
    "handled exchange": dict.fromkeys(EXCHANGES, OWNER_SIDE),
    # The desk prints what was agreed, but for what a circle keeps to itself; the
    # manager mediates too, and so reads what a case has opened.
    "contract": {
        "exchange lent": PARTIES["exchange lent"],
        "exchange plain": PARTIES["exchange plain"] | DESK,
        "exchange quarrel": PARTIES["exchange quarrel"] | {"manager"},
        "exchange fray": PARTIES["exchange fray"] | DESK,
    },
    # Nobody was asked for a card here.
    "card": dict.fromkeys(EXCHANGES, set()),
    "guarantee": {"guarantee lent": {"insider"}, "guarantee plain": {"applicant"}},
    "waiting": {"waiting secret": {"insider"}, "waiting plain": {"neighbour"}},
    # Who lends it: the owner's side, and the desk what it sees.
    "lent listing": {
        "listing everyone": OWNER_SIDE | DESK,
        "listing secret": OWNER_SIDE,
        "listing other": {"neighbour"},
        "listing draft": OWNER_SIDE | {"manager"},
        "listing paused": OWNER_SIDE | {"manager"},
        "circle's abroad": set(),
    },
    # A label leads its owner to the copy, its borrower to the loan, and others to
    # the listing if they see it.
    "label": {
        "copy everyone": EVERYBODY,
        "copy lent": SEES["copy lent"] | {"former"},
        "copy secret": SEES["listing secret"],
        "copy abroad": set(),
    },
    "own label": {
        "copy everyone": OWNER_SIDE | DESK,
        "copy lent": OWNER_SIDE,
        "copy secret": OWNER_SIDE,
        "copy abroad": set(),
    },
}
for shown in SHOWN.values():
    for label in shown:
        if "abroad" in label:
            # It lies on the other platform, of which this is not the site.
            shown[label] = set()
# Staff are sent to the back office: here they are no party. Closed circles are no
# page of the site, for moderators either.
SHOWN["circle"]["closed circle"] = set()

# The things that strangers try to write on: one of each kind that is hidden.
TRIED = {
    *("secret circle", "other circle", "closed circle", "circle abroad"),
    *("listing secret", "listing other", "listing draft", "circle's abroad"),
    *("exchange lent", "exchange plain", "exchange quarrel"),
    *("guarantee lent", "guarantee plain", "waiting secret", "waiting plain"),
    *("copy everyone", "copy lent", "copy secret", "copy abroad"),
}
# The thing whose name stands on the page of another.
TITLES = {
    "exchange lent": "listing lent",
    "exchange plain": "listing everyone",
    "exchange quarrel": "listing quarrel",
    "exchange fray": "listing fray",
    "guarantee lent": "listing lent",
    "guarantee plain": "listing everyone",
    "copy everyone": "listing everyone",
    "copy lent": "listing lent",
    "copy secret": "listing secret",
}

# What each address that is read names: nothing (`anybody`, `member`, `persona`), a
# token, or a thing of `SHOWN`.
READ = {
    "/": "anybody",
    "/app/icon-192.png": "anybody",
    "/app/icon-512.png": "anybody",
    "/app/manifest.webmanifest": "anybody",
    "/app/offline": "anybody",
    "/app/worker.js": "anybody",
    "/c/<string:code>": "label",
    "/circles": "anybody",
    "/circles/<slug>": "circle",
    "/circles/<slug>/manage": "organised",
    "/circles/join/<string:token>": "token",
    "/circles/new": "anybody",
    "/confirm/<string:token>": "token",
    "/feeds/<string:token>.ics": "feed",
    "/listings": "anybody",
    "/listings/counts": "anybody",
    "/listings/feed.xml": "anybody",
    "/listings/map.json": "anybody",
    "/map/ground.json": "anybody",
    "/sitemap.xml": "anybody",
    "/listings/<slug>": "listing",
    "/listings/page/<int:page>": "anybody",
    "/my": "member",
    "/my/calendars": "persona",
    "/my/exchanges": "member",
    "/my/exchanges/<int:exchange_id>": "exchange",
    "/my/exchanges/<int:exchange_id>/card": "card",
    "/my/exchanges/<int:exchange_id>/condition/<any(hand_over, return):kind>": (
        "handled exchange"
    ),
    "/my/exchanges/<int:exchange_id>/contract": "contract",
    "/my/exchanges/<int:exchange_id>/dispute": "exchange",
    "/my/exchanges/<int:exchange_id>/messages.json": "talk",
    "/my/guarantees/<int:guarantee_id>": "guarantee",
    "/my/home": "member",
    "/my/listings": "member",
    "/my/listings/<int:listing_id>/calendars": "own listing",
    "/my/listings/<int:listing_id>/copies": "lent listing",
    "/my/listings/<int:listing_id>/edit": "own listing",
    "/my/listings/<int:listing_id>/labels": "lent listing",
    "/my/listings/<int:listing_id>/renew": "own listing",
    "/my/profile": "persona",
    "/publish": "anybody",
    "/publish/category.json": "member",
    "/signup/sent": "anybody",
    "/source": "anybody",
    "/source/ebs.zip": "anybody",
    "/terms": "anybody",
    "/web/login": "anybody",
    "/web/reset_password": "anybody",
    "/web/signup": "anybody",
}
# Addresses that write, and what they name. A stranger to it gets the 404, a visitor
# is sent to the login page, and whoever sends no token gets a 400.
WRITE = {
    "/c/<string:code>/<any(damage, lost, withdraw, put_back):act>": "own label",
    "/c/<string:code>/assign": "own label",
    "/circles/<slug>/<any(join, leave, news, invite, invite_email, link, announce,"
    " close):act>": "circle",
    "/circles/<slug>/edit": "organised",
    "/circles/<slug>/links/<int:invitation_id>/revoke": "organised",
    "/circles/<slug>/members/<int:membership_id>/<any(accept, refuse, remove,"
    " make_organiser, step_down, hand_over):act>": "organised",
    "/circles/join/<string:token>": "token",
    "/circles/new": "member",
    "/confirm/<string:token>": "token",
    "/ebs/sms/status/<string:uuid>": "gateway",
    "/listings/<slug>/ask": "listing",
    "/listings/<slug>/closed": "listing",
    "/listings/<slug>/closed/<int:period_id>/open": "listing",
    "/listings/<slug>/inquire": "listing",
    "/listings/<slug>/wait": "listing",
    "/my/calendars/<any(make, stop):move>": "member",
    "/my/confirmation": "member",
    "/my/exchanges/<int:exchange_id>/<any(accept, decline, cancel, done,"
    " hand_over, return, return_deposit, leave_out, announce_keep, keep_deposit,"
    " ask_guarantor, extend, accept_extension, decline_extension, close_lost):act>": (
        "exchange"
    ),
    "/my/exchanges/<int:exchange_id>/card/transaction": "json",
    "/my/exchanges/<int:exchange_id>/read": "exchange",
    "/my/exchanges/<int:exchange_id>/write": "exchange",
    "/my/exchanges/<int:exchange_id>/condition/<any(hand_over, return):kind>": (
        "handled exchange"
    ),
    "/my/exchanges/<int:exchange_id>/condition/<any(hand_over, return):kind>"
    "/<any(confirm, object):answer>": "exchange",
    "/my/exchanges/<int:exchange_id>/dispute": "exchange",
    "/my/exchanges/<int:exchange_id>/dispute/<any(write, withdraw, reopen):act>": (
        "exchange"
    ),
    "/my/guarantees/<int:guarantee_id>/<any(accept, refuse):act>": "guarantee",
    "/my/listings/<int:listing_id>/calendars/<any(make, stop):move>": "own listing",
    "/my/listings/<int:listing_id>/calendars/outside/<any(set, clear):move>": (
        "own listing"
    ),
    "/my/listings/visibility": "own listings",
    "/my/listings/<int:listing_id>/<any(publish, pause, resume, close):move>": (
        "own listing"
    ),
    "/my/listings/<int:listing_id>/edit": "own listing",
    "/my/listings/<int:listing_id>/found": "own listing",
    "/my/listings/<int:listing_id>/renew": "own listing",
    "/my/profile": "member",
    "/my/waiting/<int:waiting_id>/leave": "waiting",
    "/payment/stripe/webhook": "gateway",
    "/publish": "member",
    "/web/login": "anybody",
    "/web/reset_password": "anybody",
    "/web/signup": "anybody",
}


@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixRoutes(EverybodyCase):
    """Everybody at every door of the site."""

    @classmethod
    def _make_records(cls):
        super()._make_records()
        for label, listing in (
            ("everyone", "listing everyone"),
            ("secret", "listing secret"),
            ("abroad", "circle's abroad"),
        ):
            cls.copies[f"copy {label}"] = cls.things[listing].sudo().copy_ids
        cls.copies["copy lent"] = cls.things["copy lent"].sudo()

    @classmethod
    def setUpClass(cls):
        cls.copies = {}
        super().setUpClass()

    def test_every_address_has_a_row(self):
        routes = ebs_routes(self.registry)
        read = {route.pattern for route in routes if "GET" in route.methods}
        written = {route.pattern for route in routes if "POST" in route.methods}
        self.assertEqual(read, set(READ))
        # Core's own home page states no methods, and neither does its override.
        self.assertEqual(written - {"/"}, set(WRITE))
        for route in routes:
            self.assertTrue(route.stated_methods or route.pattern == "/", route)
            if route.methods == ("POST",) and WRITE[route.pattern] != "gateway":
                self.assertTrue(route.csrf, route)

    @pytest.mark.slow
    def test_matrix_of_what_is_read(self):
        with Cells("pages: who gets which, and what hidden ones say") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                for route in ebs_routes(self.registry):
                    kind = READ.get(route.pattern)
                    if "GET" not in route.methods or not kind:
                        continue
                    if kind in SHOWN:
                        self._check_things(cells, route, kind, actor)
                        continue
                    answer = self.get(self.fill(route))
                    expected = self.expect(kind, route, actor)
                    cells.equal(self.say(answer), expected, route.pattern, actor)

    def _check_things(self, cells, route, kind, actor):
        """Open the page of each thing, and compare hidden ones with none."""
        nothing = self.fill(route, UNKNOWN)
        none = self.get(nothing)
        for label, readers in SHOWN[kind].items():
            path = self.fill_for(route, label)
            answer = self.get(path)
            if label in WERE_PUBLIC and kind == "listing" and actor not in readers:
                name = (route.pattern, actor, label)
                cells.equal(answer.status_code, 410, *name)
                cells.equal(word_of(label) in answer.text, False, *name, "its name")
                continue
            expected = OK if actor in readers else GONE
            if actor == "visitor" and route.auth == "user":
                expected = LOGIN
            name = (route.pattern, actor, label)
            cells.equal(self.say(answer), expected, *name)
            if expected == OK:
                if answer.status_code == 200:
                    named = TITLES.get(label, label)
                    if kind == "talk":
                        named = label.replace("exchange", "message")
                    title = word_of(named)
                    cells.equal(title in answer.text, True, *name, "its name")
            else:
                same = self.body(answer, path) == self.body(none, nothing)
                cells.equal(same, True, *name, "as none")
                cells.equal(self.heads(answer), self.heads(none), *name, "headers")

    def fill_for(self, route, label):
        """Return the address of a route for a thing of the world, or a copy."""
        if label in self.copies:
            return self.fill(route, code=self.copies[label].code)
        return self.fill(route, self.things[label].id)

    def fill(self, route, number=UNKNOWN, **values):
        """Return the address of a route for the thing of an id."""
        choices = re.findall(r"<any\((\w+)[^)]*\):(\w+)>", route.pattern)
        return route.fill(
            {
                **{name: first for first, name in choices},
                "slug": f"x-{number}",
                "listing_id": number,
                "exchange_id": number,
                "membership_id": self.things["place insider"].id,
                "invitation_id": self.things["invitation secret"].id,
                "token": "none",
                "uuid": "0" * 32,
                "page": 1,
                "guarantee_id": number,
                "waiting_id": number,
                "period_id": self.things["closed secret"].id,
                "code": "NEVERWAS",
                **values,
            }
        )

    def expect(self, kind, route, actor):
        """Return what the row says of an address that names no thing."""
        if actor == "visitor" and route.auth == "user":
            return LOGIN
        if kind == "token":
            return 422
        if kind == "feed":
            return GONE
        if kind == "persona" and actor in (
            *("moderator", "opener", "desk", "mediator", "manager", "internal"),
            *("foreign", "dismissed"),
        ):
            return GONE
        return OK

    @pytest.mark.slow
    def test_matrix_of_what_is_written_by_strangers(self):
        """Whoever may not see a thing cannot act on it, and learns nothing."""
        before = self.fingerprint()
        with Cells("forms: what strangers send") as cells:
            for route in ebs_routes(self.registry):
                kind = WRITE.get(route.pattern)
                if "POST" not in route.methods or kind not in SHOWN:
                    continue
                for actor in sorted(EVERYBODY - {"visitor"}):
                    self.be(actor)
                    nothing = self.fill(route, UNKNOWN)
                    none = self.post(nothing)
                    for label, readers in SHOWN[kind].items():
                        if actor in readers or label not in TRIED:
                            continue
                        path = self.fill_for(route, label)
                        answer = self.post(path)
                        name = (route.pattern, actor, label)
                        cells.equal(answer.status_code, 404, *name)
                        same = self.body(answer, path) == self.body(none, nothing)
                        cells.equal(same, True, *name, "as none")
            self.assertEqual(self.fingerprint(), before)

    @pytest.mark.slow
    def test_organisers_acts_are_not_for_who_only_sees_the_circle(self):
        """A member of the circle, a moderator or an applicant are no organisers."""
        before = self.fingerprint()
        acts = ("invite", "invite_email", "link", "announce", "close", "edit")
        data = {"email": "x@example.com", "body": "News", "name": "New", "days": "7"}
        data["member_id"] = self.personas["neighbour"].id
        with Cells("forms: organisers' acts") as cells:
            for label in ("secret circle", "request circle", "open circle"):
                for actor in sorted(SEES[label] - {"organiser", "visitor"}):
                    self.be(actor)
                    for act in acts:
                        path = f"/circles/x-{self.things[label].id}/{act}"
                        answer = self.post(path, **data)
                        cells.equal(answer.status_code, 404, label, actor, act)
            self.assertEqual(self.fingerprint(), before)

    def test_matrix_of_forms_without_token(self):
        """T-S6: a form that another site sends is refused before anything is read."""
        before = self.fingerprint()
        with Cells("forms without token") as cells, mute_logger("odoo.http"):
            for actor in ("owner", "organiser", "neighbour"):
                self.be(actor)
                for route in ebs_routes(self.registry):
                    if "POST" not in route.methods or not route.csrf:
                        continue
                    if route.type != "http":
                        continue
                    if route.pattern == "/":
                        continue
                    thing = "secret circle" if "circles" in route.pattern else None
                    thing = self.things[thing or "listing everyone"]
                    answer = self.post(self.fill(route, thing.id), csrf=False)
                    cells.equal(answer.status_code, 400, route.pattern, actor)
            self.assertEqual(self.fingerprint(), before)

    def test_a_card_is_asked_of_its_borrower_alone(self):
        """What is called with JSON says of a hidden loan what it says of none."""
        path = "/my/exchanges/{}/card/transaction"
        with Cells("calls for a card") as cells, self.silent():
            for actor in sorted(EVERYBODY - {"visitor"}):
                self.be(actor)
                none = self.ask_json(path.format(UNKNOWN))
                for label in EXCHANGES:
                    answer = self.ask_json(path.format(self.things[label].id))
                    cells.equal(answer, none, label, actor)
                    cells.equal("error" in answer, True, label, actor)

    def test_matrix_of_feeds(self):
        """A secret opens what its own account sees, for whoever has it."""
        opened = {"owner": OK, "secret": OK, "suspended": GONE}
        with Cells("feeds") as cells:
            for actor in ("visitor", "former", "owner", "manager"):
                self.be(actor)
                for label, expected in opened.items():
                    token = self.feed_tokens[label]
                    answer = self.get(f"/feeds/{token}.ics")
                    cells.equal(self.say(answer), expected, label, actor)
                    if label == "secret":
                        wrong = self.words_in(answer.text) - {"listing secret"}
                        cells.equal(wrong, set(), label, actor, "words")
