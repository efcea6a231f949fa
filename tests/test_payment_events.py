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

from .support import card_scenario
from .support.browsing import Person
from .support.databases import (
    ROOT,
    configuration,
    installed_template,
    query,
    run_odoo,
    temporary_database,
)
from .support.server import OdooServer
from .support.stripe_server import FAULTS, StripeServer, sign
from .support.world import PASSWORD, audit, build_world

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("EBS_SEED") or 0)
KEPT = 30
ORDERS = list(itertools.permutations(range(4)))
# The loans of each part: kept, lapsed, colliding, with faults, renewed.
KEPT_LOANS = range(24)
LAPSED_LOANS = range(24, 48)
FAULTY_LOANS = range(48, 60)
RENEWED_LOANS = range(60, 62)
FIRST_COLLIDING = 62
FAULT_RATE = 0.4
BAD = ("forged", "unsigned", "stale", "amount", "currency", "foreign", "garbage")


class Platform:
    """A running platform, its Stripe, and the loans that are agreed on it."""

    def __init__(self, database, server, stripe, world):
        self.database, self.server, self.stripe = database, server, stripe
        self.world = world
        self.loans = []
        self.stories = []
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

    def set_up(self):
        """Make all of the world's loans the library's, with a card each."""
        self.loans = [loan for group in self.world["loans"] for loan in group]
        self.choices = self.call(
            f"configure(env, {self.stripe.url!r}, {self.loans}, {self.server.url!r})"
        )

    def intents_of(self, reference):
        """The intents at Stripe that carry a reference."""
        intents = self.stripe.intents.values()
        return [one for one in intents if one["description"] == reference]

    def come_back(self, number, intent_id):
        """The borrower comes back from the card form, by core's own address."""
        reference = self.stripe.intents[intent_id]["description"]
        self.person(number).get(
            f"/payment/stripe/return?reference={reference}&payment_intent={intent_id}",
            allow_redirects=False,
        )

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
def count(request):
    """Give the number of deliveries: 1,000, or 10,000 with --full."""
    return 10_000 if request.config.getoption("--full") else 1_000


@pytest.fixture(scope="module")
def collisions(request):
    """Give how often each route is made to collide: 3, or 20 with --full."""
    return 20 if request.config.getoption("--full") else 3


@pytest.fixture(scope="module")
def platform(collisions):
    """Give a platform whose operator holds cards, with loans agreed for today."""
    path = f"{configuration()['addons_path']},{ROOT / 'tests' / 'addons'}"
    options = [f"--addons-path={path}"]
    askers = -(-(FIRST_COLLIDING + collisions) // 4)
    with temporary_database(installed_template(), "ebs_test_cards") as database:
        words = ("-d", database, "-i", "ebs_collide", "--stop-after-init", "--no-http")
        run_odoo("server", *words, *options)
        world = build_world(database, askers=askers, rounds=4)
        server = OdooServer(database, cron_threads=1, options=options, trouble=True)
        with StripeServer(seed=SEED) as stripe, server:
            made = Platform(database, server, stripe, world)
            made.set_up()
            yield made
        assert audit(database) == []


def at_once(calls):
    """Make these calls sixteen at once; return what they gave, in order."""
    with ThreadPoolExecutor(16) as pool:
        return [future.result() for future in [pool.submit(*call) for call in calls]]


def test_t_p2_a_start_that_collides_makes_one_authorisation(platform, collisions):
    """T-P2: the borrower's own route, replayed by Odoo as often as it allows."""
    numbers = range(FIRST_COLLIDING, FIRST_COLLIDING + collisions)
    for number in numbers:
        result = platform.begin(number, collide=3)["result"]
        assert len(platform.intents_of(result["reference"])) == 1
    ids = [platform.loans[number] for number in numbers]
    where = f"ebs_exchange_id = ANY(ARRAY{ids})"
    assert platform.count("payment_transaction", where) == collisions
    print(f"{collisions} starts replayed 3 times each")


def test_t_p2_an_event_that_collides_is_stored_once(platform, collisions):
    """T-P2: the webhook, replayed; then the acts that order something, replayed."""
    stripe = platform.stripe
    numbers = range(FIRST_COLLIDING, FIRST_COLLIDING + collisions)
    before = dict(stripe.done)
    for number in numbers:
        event = stripe.pay(platform.intent(number))
        answer = stripe.deliver(platform.webhook, event, collide=3)
        assert answer.status_code == 200
        assert platform.count("ebs_payment_inbox", f"event = '{event['id']}'") == 1
    platform.wait()
    platform.call(f"hand_over(env, {[platform.loans[one] for one in numbers]})")
    owner = Person(platform.server.url).log_in("owner@example.com", PASSWORD)
    for number in numbers:
        loan = platform.loans[number]
        for act in ("return", "return_deposit"):
            answer = owner.post(
                f"/my/exchanges/{loan}/{act}",
                token=owner.token(f"/my/exchanges/{loan}"),
                headers={"X-Ebs-Collide": "3"},
            )
            assert answer.status_code == 200
        where = f"exchange_id = {loan} AND kind = 'release'"
        assert platform.count("ebs_payment_order", where) == 1
    platform.wait()
    assert stripe.done["cancel"] - before["cancel"] == collisions
    assert {one["hold"] for one in platform.say(numbers)} == {"cancel"}


def test_t_p1_all_orders_of_the_events_of_a_kept_deposit(platform):
    """Four events of a card, 24 orders, sixteen at once: one end."""
    stripe = platform.stripe
    before = dict(stripe.done)
    stories = []
    for number in KEPT_LOANS:
        intent = platform.intent(number)
        stories.append([stripe.pay(intent)])
        if number % 2:
            platform.come_back(number, intent)
        else:
            stripe.deliver(platform.webhook, stories[-1][0])
    platform.wait()
    ids = [platform.loans[number] for number in KEPT_LOANS]
    platform.call(f"hand_over(env, {ids})")
    platform.call(f"end(env, {ids}, {KEPT})")
    platform.wait()
    for number, story in zip(KEPT_LOANS, stories, strict=True):
        story.extend(stripe.events_of(story[0]["data"]["object"]["id"])[1:])
        assert len(story) == 4, number
    platform.stories = [event for story in stories for event in story]
    at_once(
        (stripe.deliver, platform.webhook, stories[rank][one])
        for turn in range(4)
        for rank in KEPT_LOANS
        for one in [ORDERS[rank][turn]]
    )
    platform.wait()
    check_kept(platform, before)


def check_kept(platform, before=None):
    """Each kept deposit is where it should be: taken once, refunded once."""
    for said in platform.say(KEPT_LOANS):
        assert said["deposit"] == "kept"
        assert (said["hold"], said["card"]) == ("done", "charged")
        assert said["refunded"] == 80 - KEPT
        assert said["orders"] == [["capture", "done"], ["refund", "done"]]
    if before:
        done = platform.stripe.done
        assert done["capture"] - before["capture"] == len(KEPT_LOANS)
        assert done["refund"] - before["refund"] == len(KEPT_LOANS)


def test_t_p1_all_orders_of_the_events_of_a_card_that_lapsed(platform):
    """Declined, authorised, let go by the bank, and something unheard of."""
    stripe = platform.stripe
    stories = []
    for number in LAPSED_LOANS:
        intent = platform.intent(number)
        story = [stripe.pay(intent, card="pm_card_declined"), stripe.pay(intent)]
        story += [stripe.lapse(intent), {**story[0], "id": f"evt_new_{number}"}]
        story[3]["type"] = "payment_intent.partially_funded"
        stories.append(story)
    answers = at_once(
        (stripe.deliver, platform.webhook, story[one])
        for turn in range(4)
        for rank, story in enumerate(stories)
        for one in [ORDERS[rank][turn]]
    )
    assert {answer.status_code for answer in answers} == {200}
    platform.wait()
    for said in platform.say(LAPSED_LOANS):
        assert said == {**said, "state": "accepted", "deposit": "agreed"}
        assert said["card"] == "none"
        assert said["orders"] == []


def test_t_p1_replays_and_what_is_not_the_providers_word(platform, count):
    """Replays a hundred times over, sixteen at once, mixed with the seven bad ones."""
    stripe, draw = platform.stripe, random.Random(SEED)
    before = dict(stripe.done)
    rows = platform.count("ebs_payment_inbox")
    calls, expected = [], []
    replayed = platform.stories[:4]
    for event in replayed * 100:
        calls.append((stripe.deliver, platform.webhook, event))
        expected.append({200})
    for turn in range(count - len(calls)):
        kind = draw.choice(BAD)
        calls.append(
            (bad_delivery, platform, kind, draw.choice(platform.stories), turn)
        )
        expected.append({400, 403, 404, 422})
    mixed = list(zip(calls, expected, strict=True))
    draw.shuffle(mixed)
    answers = at_once(call for call, _expected in mixed)
    for answer, (call, statuses) in zip(answers, mixed, strict=True):
        assert answer.status_code in statuses, (call, answer.status_code)
    platform.wait()
    stored = (
        "SELECT COUNT(*), COUNT(DISTINCT (provider_id, event)) FROM ebs_payment_inbox"
    )
    [(all_rows, distinct)] = query(platform.database, stored)
    assert all_rows == distinct
    refused = platform.count("ebs_payment_inbox", "state = 'refused'")
    assert all_rows == rows + refused, "of the bad ones only the signed are kept"
    bad = count - len(replayed) * 100
    logged = platform.server.log().count("Payment event refused")
    assert logged >= bad, "each bad one is in the log"
    assert stripe.done == before, "nobody asked the provider for anything"
    check_kept(platform)
    print(f"{count} deliveries, {bad} bad, {all_rows} events stored, seed {SEED}")


def bad_delivery(platform, kind, event, turn):
    """Deliver an event that is not the provider's word about a card of ours."""
    stripe, url = platform.stripe, platform.webhook
    event = json.loads(json.dumps({**event, "id": f"evt_bad_{turn}"}))
    said = event["data"]["object"]
    if kind == "forged":
        return stripe.deliver(url, event, secret="whsec_forged")
    if kind == "unsigned":
        return stripe.post(url, json.dumps(event).encode(), None)
    if kind == "stale":
        return stripe.deliver(url, event, age=3600)
    if kind == "garbage":
        body = json.dumps(event).encode()[: turn % 40]
        return stripe.post(url, body, sign(stripe.secret, body, int(time.time())))
    if kind == "foreign":
        said["description"], said["id"] = f"SO-{turn}", f"xx_{turn}"
        return stripe.deliver(url, event)
    event["type"] = "payment_intent.succeeded"
    said["object"] = "payment_intent"
    said["amount" if kind == "amount" else "currency"] = (
        1 if kind == "amount" else "zzz"
    )
    return stripe.deliver(url, event)


def test_t_p1_without_a_secret_every_event_is_refused(platform):
    """What anybody could have sent is no event, whoever sent it."""
    statement = "UPDATE payment_provider SET stripe_webhook_secret = %s WHERE id = %s"
    provider = platform.choices["provider"]
    event = {**platform.stories[0], "id": "evt_without_secret"}
    query(platform.database, statement, (None, provider))
    try:
        for secret in (platform.stripe.secret, "None", "False", ""):
            answer = platform.stripe.deliver(platform.webhook, event, secret=secret)
            assert answer.status_code == 403
    finally:
        query(platform.database, statement, (platform.stripe.secret, provider))
    assert platform.count("ebs_payment_inbox", "event = 'evt_without_secret'") == 0


def test_a_provider_that_fails_does_each_thing_once(platform):
    """Errors before and after the deed, lost and unreadable answers, by the seed."""
    stripe = platform.stripe
    for number in FAULTY_LOANS:
        stripe.deliver(platform.webhook, stripe.pay(platform.intent(number)))
    platform.wait()
    ids = [platform.loans[number] for number in FAULTY_LOANS]
    platform.call(f"hand_over(env, {ids})")
    before, calls = dict(stripe.done), len(stripe.calls)
    stripe.fault_rate = FAULT_RATE
    kept, freed = ids[::2], ids[1::2]
    try:
        platform.call(f"end(env, {kept}, {KEPT})")
        platform.call(f"end(env, {freed})")
        minutes = platform.call("settle(env)")
    finally:
        stripe.fault_rate = 0
    said = platform.call(f"say(env, {ids})")
    orders = [tuple(order) for one in said for order in one["orders"]]
    print(
        f"{len(stripe.calls) - calls} requests, faults {', '.join(FAULTS)} at "
        f"{FAULT_RATE}, settled in {minutes} min, seed {SEED}: {orders}"
    )
    assert stripe.done["capture"] - before["capture"] == len(kept)
    assert stripe.done["cancel"] - before["cancel"] == len(freed)
    assert orders.count(("capture", "done")) == len(kept)
    assert orders.count(("release", "done")) == len(freed)
    # An error that Stripe keeps under its key hides a refund: a person looks at it.
    shown = [state for kind, state in orders if kind == "refund"]
    assert set(shown) <= {"done", "failed"}
    assert stripe.most_refunds() == 1
    assert all(one["hold"] in ("done", "cancel") for one in said)


def test_a_long_loan_is_held_anew_with_the_saved_card(platform):
    """The old authorisation is let go once the new one stands."""
    stripe = platform.stripe
    query(platform.database, "UPDATE res_company SET ebs_hold_days = 3")
    for number in RENEWED_LOANS:
        stripe.deliver(platform.webhook, stripe.pay(platform.intent(number)))
    platform.wait()
    ids = [platform.loans[number] for number in RENEWED_LOANS]
    platform.call(f"hand_over(env, {ids})")
    old = [one["intent"] for one in platform.say(RENEWED_LOANS)]
    platform.call(f"renew(env, {ids})")
    platform.wait()
    said = platform.say(RENEWED_LOANS)
    for one, intent in zip(said, old, strict=True):
        assert one["card"] == "authorised"
        assert one["intent"] != intent
        assert one["orders"] == [["renew", "done"], ["release", "done"]]
        assert stripe.intents[intent]["status"] == "canceled"
        assert stripe.intents[one["intent"]]["status"] == "requires_capture"
