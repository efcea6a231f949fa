# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""T-S8: forms filled with anything never end in an error page.

Every EBS address is sent wrong types, missing, repeated and huge values, NUL,
lone surrogates, negative ids and impossible dates by a visitor and two members;
so are the public methods over RPC. The seed is printed and may be given again
in `EBS_SEED`.
"""

import json
import os
import random
import secrets
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

from .support.browsing import Person
from .support.databases import installed_template, temporary_database
from .support.routes import ebs_routes
from .support.server import OdooServer
from .support.world import PASSWORD, audit, build_world

NASTY = (
    "",
    " ",
    "0",
    "-1",
    "1",
    "2",
    "999999999999999999999",
    "1e400",
    "NaN",
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "é" * 3000,
    "x" * 100_000,
    "' OR 1=1 --",
    "%_\\",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-11-27T25:61",
    "../../etc/passwd",
    "//evil.example",
    "https://evil.example/",
    "\u202egnp.exe",
    "😀" * 50,
    "[]",
    '{"$ne": 1}',
    "true",
    "lend",
    "give",
    "everyone",
    "circles",
    "2026-12-01T12:00",
    "half_day",
    "guarantor",
    "instant",
    "keep",
    "26:00",
)
FIELDS = (
    "q",
    "category",
    "zone",
    "way",
    "page",
    "month",
    "name",
    "description",
    "category_id",
    "zone_id",
    "ways",
    "visibility",
    "circle_ids",
    "price",
    "deposit_kind",
    "deposit_amount",
    "copy_count",
    "photos",
    "message",
    "body",
    "reason",
    "answer",
    "date_start",
    "date_end",
    "deposit_received",
    "email",
    "login",
    "password",
    "confirm_password",
    "terms",
    "token",
    "redirect",
    "signup_email",
    "bio",
    "phone",
    "as_member_id",
    "member_id",
    "kind",
    "csrf_token",
    # Loans: when, how, and what becomes of them.
    "value",
    "agreement",
    "place_id",
    "parts",
    "loan_step",
    "loan_min",
    "loan_max",
    "loan_notice",
    "loan_horizon",
    "loan_buffer",
    "same_day_turnover",
    "hours_0_0_from",
    "hours_0_0_to",
    "half_start",
    "half_end",
    "closed_start",
    "closed_end",
    "new_last",
    "day",
    "copy_id",
    "exchange_id",
    "note",
    "report",
    "checks",
    "objection",
    "amount",
    "decision",
    "agreed",
    "is_private",
    "listing_ids",
    "question",
    "days",
    "url",
    "done",
    "ended",
    "MessageStatus",
    "ids",
    "context",
)


@pytest.fixture(scope="module")
def seed():
    """Give the seed of this run and print it."""
    value = int(os.environ.get("EBS_SEED") or secrets.randbelow(10**9))
    print(f"EBS_SEED={value}")
    return value


@pytest.fixture(scope="module")
def platform():
    """Give a running platform and what lies in it."""
    with temporary_database(installed_template(), "ebs_test_fuzz") as database:
        world = build_world(database, askers=2, rounds=2)
        with OdooServer(database, workers=2, trouble=True) as server:
            yield database, server, world


def fuzzed_form(dice, files):
    """Return a form with some fields, some of them twice, and perhaps files."""
    pairs = []
    for field in dice.sample(FIELDS, dice.randint(0, 8)):
        for _time in range(dice.choice((1, 1, 1, 2))):
            pairs.append((field, dice.choice(NASTY)))
    attached = None
    if files and dice.random() < 0.2:
        attached = [
            (
                dice.choice(("photos", "image", "photo")),
                (
                    dice.choice(("a.png", "a.svg", "é" * 200, "")),
                    dice.choice(
                        (
                            b"",
                            b"<svg onload=alert(1)>",
                            b"\x89PNG\r\n",
                            os.urandom(2000),
                        )
                    ),
                ),
            )
        ]
    return pairs, attached


def fuzzed_path(dice, route):
    """Return the address of `route` with values that may mean anything."""
    values = {}
    for kind, name in route.names():
        if kind == "int":
            values[name] = dice.choice((0, 1, 2, 3, 5, 8, 999999, 2**31, 10**18))
        else:
            nasty = dice.choice((*NASTY, "perceuse-1", "perceuse-2", "x-999999"))
            if isinstance(nasty, str):
                nasty = nasty.encode("utf-8", "ignore")
            values[name] = quote(nasty[:500] or b"-", safe="")
    return route.fill(values)


def send_form(dice, person, token, route):
    """Send one fuzzed request to `route` and return (what was sent, status)."""
    path = fuzzed_path(dice, route)
    method = dice.choice(route.methods)
    if method == "GET":
        pairs, _files = fuzzed_form(dice, files=False)
        pairs = [(key, value[:2000]) for key, value in pairs]
        answer = person.session.get(
            person.url + path, params=pairs, timeout=120, allow_redirects=False
        )
    else:
        pairs, files = fuzzed_form(dice, files=True)
        pairs = [pair for pair in pairs if pair[0] != "csrf_token"]
        answer = person.session.post(
            person.url + path,
            data=[("csrf_token", token), *pairs],
            files=files,
            timeout=120,
            allow_redirects=False,
        )
    return f"{method} {path} {pairs!r:.400}", answer.status_code, answer.text


def send_call(dice, person, calls):
    """Call a public method over RPC with anything and return what happened."""
    model, method = dice.choice(calls)
    values = (None, True, -1, 10**20, "x", "\x00", [], {}, [[1]], {"name": []}, 1.5)
    arguments = [
        dice.choice(([1], [2], [], [10**9], "1", None, [None], -5)),
        *[dice.choice(values) for _ in range(dice.randint(0, 3))],
    ]
    answer = person.session.post(
        f"{person.url}/web/dataset/call_kw/{model}/{method}",
        data=json.dumps(
            {
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "model": model,
                    "method": method,
                    "args": arguments,
                    "kwargs": {},
                },
            }
        ),
        headers={"Content-Type": "application/json"},
        timeout=120,
    )
    return f"RPC {model}.{method} {arguments!r:.200}", answer.status_code, answer.text


def public_methods(registry):
    """Return the (model, method) pairs that EBS adds and any account may call."""
    pairs = set()
    for name, model in registry.items():
        if not name.startswith("ebs.") or model._abstract:
            continue
        for cls in model.mro():
            if cls.__module__.startswith("odoo.addons.ebs_"):
                pairs |= {
                    (name, method)
                    for method, value in vars(cls).items()
                    if method.startswith("action_") and callable(value)
                }
    return sorted(pairs)


@pytest.mark.slow
def test_fuzz_of_every_form_finds_no_error_page(platform, seed, request):
    """1,000 requests, or 100,000 with --full: no answer 500, nothing broken."""
    database, server, world = platform
    count = 100_000 if request.config.getoption("--full") else 1_000
    registry = Registry(get_db_name())
    routes = ebs_routes(registry)
    calls = public_methods(registry)
    assert len(routes) >= 20
    assert len(calls) >= 20
    logins = [None, "owner@example.com", world["askers"][0]]

    def walk(share):
        dice = random.Random(seed + share)  # noqa: S311 (not a secret)
        login = logins[share % len(logins)]
        person = Person(server.url)
        if login:
            person.log_in(login, PASSWORD)
        token = person.token("/my/profile" if login else "/web/login")
        broken = []
        for turn in range(count // 4):
            if login and turn % 5 == 0:
                sent, status, text = send_call(dice, person, calls)
            else:
                sent, status, text = send_form(dice, person, token, dice.choice(routes))
            if status >= 500 or "psycopg2" in text or "Traceback" in text[:200]:
                broken.append(f"{status} {sent}")
        return broken

    with ThreadPoolExecutor(4) as pool:
        broken = [line for lines in pool.map(walk, range(4)) for line in lines]
    assert broken == [], f"EBS_SEED={seed}"
    assert audit(database) == []
