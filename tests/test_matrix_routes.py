# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""T-S1: every address of EBS × everybody, and what each of them gets.

A new address without a row fails. What is refused answers, byte for byte, as what
never was; and no address that is only read writes anything.
"""

import pytest
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.cells import Cells
from .support.everybody import (
    EVERYBODY,
    OWNER_SIDE,
    SEES,
    UNKNOWN,
    EverybodyCase,
    word_of,
)
from .support.routes import ebs_routes

OK, LOGIN, GONE = "page", "login", "404"
CIRCLES = [label for label in SEES if label.endswith("circle")]
CIRCLES.append("circle abroad")
LISTINGS = [
    *("listing everyone", "listing members", "listing secret", "listing other"),
    *("listing both", "listing listed", "listing closed", "listing draft"),
    *("listing paused", "listing ended", "everyone abroad", "circle's abroad"),
]
EXCHANGES = ["exchange lent", "exchange plain"]
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
PARTIES = {"exchange lent": {"former"}, "exchange plain": {"neighbour"}}
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
    "exchange": {label: OWNER_SIDE | PARTIES[label] for label in EXCHANGES},
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
    *("exchange lent", "exchange plain"),
}

# What each address that is read names: nothing (`anybody`, `member`, `persona`), a
# token, or a thing of `SHOWN`.
READ = {
    "/": "anybody",
    "/circles": "anybody",
    "/circles/<slug>": "circle",
    "/circles/<slug>/manage": "organised",
    "/circles/join/<string:token>": "token",
    "/circles/new": "anybody",
    "/confirm/<string:token>": "token",
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
# Addresses that write, and what they name. A stranger to it gets the 404, a visitor
# is sent to the login page, and whoever sends no token gets a 400.
WRITE = {
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
    "/listings/<slug>/inquire": "listing",
    "/my/confirmation": "member",
    "/my/exchanges/<int:exchange_id>/<any(write, accept, decline, cancel, done,"
    " hand_over, return, return_deposit):act>": "exchange",
    "/my/listings/visibility": "own listings",
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


@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixRoutes(EverybodyCase):
    """Everybody at every door of the site."""

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
            path = self.fill(route, self.things[label].id)
            answer = self.get(path)
            expected = OK if actor in readers else GONE
            if actor == "visitor" and route.auth == "user":
                expected = LOGIN
            name = (route.pattern, actor, label)
            cells.equal(self.say(answer), expected, *name)
            if expected == OK:
                title = label.replace("exchange lent", "listing lent")
                title = title.replace("exchange plain", "listing everyone")
                cells.equal(word_of(title) in answer.text, True, *name, "its name")
            else:
                same = self.body(answer, path) == self.body(none, nothing)
                cells.equal(same, True, *name, "as none")
                cells.equal(self.heads(answer), self.heads(none), *name, "headers")

    def fill(self, route, number=UNKNOWN, **values):
        """Return the address of a route for the thing of an id."""
        act = "accept" if "/members/" in route.pattern else "leave"
        return route.fill(
            {
                "slug": f"x-{number}",
                "listing_id": number,
                "exchange_id": number,
                "membership_id": self.things["place insider"].id,
                "invitation_id": self.things["invitation secret"].id,
                "token": "none",
                "uuid": "0" * 32,
                "page": 1,
                "act": "write" if route.pattern.startswith("/my/") else act,
                "move": "pause",
                **values,
            }
        )

    def expect(self, kind, route, actor):
        """Return what the row says of an address that names no thing."""
        if actor == "visitor" and route.auth == "user":
            return LOGIN
        if kind == "token":
            return 422
        if kind == "persona" and actor in (
            *("moderator", "opener", "desk", "manager", "internal"),
            *("foreign", "dismissed"),
        ):
            return GONE
        return OK

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
                        path = self.fill(route, self.things[label].id)
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
                    if route.pattern == "/":
                        continue
                    thing = "secret circle" if "circles" in route.pattern else None
                    thing = self.things[thing or "listing everyone"]
                    answer = self.post(self.fill(route, thing.id), csrf=False)
                    cells.equal(answer.status_code, 400, route.pattern, actor)
            self.assertEqual(self.fingerprint(), before)
