# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Card deposits against Stripe's protocol, over HTTP, with faults from a seed.

T-P1: whatever comes in by the webhook, as often and in whatever order, each card
is where the provider has it, once, and what is not the provider's word is refused.
T-P2: a request that collides leaves one row, and the provider heard it once.
"""

import itertools
import json
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from .support import card_scenario
from .support.browsing import Person
from .support.databases import (
    ROOT,
    installed_template,
    query,
    run_odoo,
    temporary_database,
)
from .support.server import OdooServer
from .support.stripe_server import FAULTS, StripeServer, sign
from .support.world import PASSWORD, audit, build_world

SEED = int(os.environ.get("EBS_SEED") or 0)
PATH = f"--addons-path={ROOT / 'addons'},{ROOT / 'tests' / 'addons'}"
KEPT = 30
LOANS = 24


class Platform:
    """A running platform, its Stripe, and the loans that are agreed on it."""

    def __init__(self, database, server, stripe, world):
        self.database, self.server, self.stripe = database, server, stripe
        self.world = world
        self.loans = []
        self.webhook = f"{server.url}/payment/stripe/webhook"
        self.choices = {}
        self.people = {}

    def call(self, call):
        return card_scenario.run(self.database, call)

    def person(self, number):
        """The borrower of a loan, signed in."""
        login = self.world["askers"][number % len(self.world["askers"])]
        if login not in self.people:
            self.people[login] = Person(self.server.url).log_in(login, PASSWORD)
        return self.people[login]

    def begin(self, number, collide=0):
        """Begin an authorisation as the borrower's page does; the answer's JSON."""
        loan = self.loans[number]
        answer = self.person(number).session.post(
            f"{self.server.url}/my/exchanges/{loan}/card/transaction",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "provider_id": self.choices["provider"],
                    "payment_method_id": self.choices["method"],
                    "token_id": None,
                    "amount": 1,
                    "flow": "direct",
                    "tokenization_requested": False,
                    "landing_route": "/",
                    "is_validation": False,
                },
            },
            headers={"X-Ebs-Collide": str(collide)},
            timeout=120,
        )
        return answer.json()

    def intent(self, number):
        """The intent begun for a loan, by its secret."""
        result = self.begin(number)["result"]
        return result["client_secret"].removesuffix("_secret")

    def say(self, numbers):
        return self.call(f"say(env, {[self.loans[one] for one in numbers]})")

    def wait(self, limit=120):
        """Wait until the running platform has looked at all that came in."""
        end = time.monotonic() + limit
        waiting = (
            "SELECT (SELECT COUNT(*) FROM ebs_payment_inbox WHERE state = 'waiting')"
            " + (SELECT COUNT(*) FROM ebs_payment_order WHERE state = 'waiting')"
        )
        while query(self.database, waiting) != [(0,)]:
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.2)

    def count(self, table, where="TRUE"):
        [(count,)] = query(
            self.database,
            f"SELECT COUNT(*) FROM {table} WHERE {where}",  # noqa: S608 (ours)
        )
        return count


@pytest.fixture(scope="module")
def platform():
    """Give a platform whose operator holds cards, with loans agreed for today."""
    # World loans are agreed between one owner and several askers, over one thing.
    with temporary_database(installed_template(), "ebs_test_cards") as database:
        run_odoo(
            "server", "-d", database, "-i", "ebs_collide", "--stop-after-init",
            "--no-http", with_tests_addons(),
        )
        world = build_world(database, askers=LOANS // 4, rounds=4)
        server = OdooServer(
            database, cron_threads=1, options=[with_tests_addons()], trouble=True
        )
        with StripeServer(seed=SEED) as stripe:
            loans = [loan for group in world["loans"] for loan in group]
            call = f"configure(env, {stripe.url!r}, {loans}, {server.url!r})"
            choices = card_scenario.run(database, call)
            with server:
                made = Platform(database, server, stripe, world)
                made.loans, made.choices = loans, choices
                yield made
        assert audit(database) == []


def with_tests_addons():
    """The addons path in use, with the addons of the tests."""
    from .support.databases import configuration  # noqa: PLC0415

    path = configuration()["addons_path"]
    return f"--addons-path={path},{ROOT / 'tests' / 'addons'}"


@pytest.fixture(scope="module")
def count(request):
    """Give the number of deliveries: 1,000, or 10,000 with --full."""
    return 10_000 if request.config.getoption("--full") else 1_000


@pytest.fixture(scope="module")
def collisions(request):
    """Give how often each route is made to collide: 3, or 20 with --full."""
    return 20 if request.config.getoption("--full") else 3
