# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""SMS through a gateway that answers well, badly, late and not at all.

Whatever it does, a reminder reaches the borrower once or is shown to staff as
unsure, no page waits for it, and nothing is sent twice (T-F4, T-F5).
"""

import os
import subprocess
import time

import pytest
import requests

from .support import sms_scenario
from .support.browsing import Person
from .support.databases import (
    ROOT,
    installed_template,
    odoo_command,
    odoo_environment,
    query,
    temporary_database,
)
from .support.server import OdooServer
from .support.sms_scenario import ACCOUNT, TOKEN
from .support.twilio_server import FAULTS, TwilioServer
from .support.world import audit, build_world

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("EBS_SEED") or 0)
UNSURE = {"slow", "garbage", "reset"}


@pytest.fixture(scope="module")
def count(request):
    """Give the reminders for each fault: 50, or 1,000 with --full."""
    return 1000 if request.config.getoption("--full") else 50


@pytest.fixture(scope="module")
def platform():
    """Give a database in which a loan is under way, and the loan's id."""
    with temporary_database(installed_template(), "ebs_test_sms") as database:
        world = build_world(database, askers=1, rounds=1)
        exchange_id = world["loans"][0][0]
        sms_scenario.run(database, f"lend(env, {exchange_id})")
        yield database, exchange_id
        assert audit(database) == []


@pytest.fixture(scope="module")
def outcomes(platform, count):
    """Give what became of the reminders, by the fault that they met."""
    database, exchange_id = platform
    call = f"play_all(env, {exchange_id}, {FAULTS!r}, {count}, {SEED})"
    return sms_scenario.run(database, call)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_reminder_is_taken_once_whatever_the_gateway_does(outcomes, count, fault):
    """T-F4: at most one accepted per reminder; all of them arrive or are shown."""
    outcome = outcomes[fault]
    messages = outcome["messages"]
    print(f"{fault}: {outcome['received']} requests, seed {SEED}")

    assert len({message["reminder"] for message in messages}) == count
    assert len(messages) == count
    assert max(message["taken"] for message in messages) <= 1
    assert outcome["minutes"] <= 10
    sure = [message for message in messages if message["state"] == "pending"]
    assert all(message["taken"] == 1 for message in sure)
    shown = {message["failure"] for message in messages if message not in sure}
    if fault in UNSURE:
        assert shown == {"ebs_unknown"}
        assert len(messages) - len(sure) == sms_scenario.OUTAGE, "a few, not the queue"
    elif fault == "reject":
        assert shown == {"sms_number_format"}
        assert sure == []
    else:
        assert shown == set()


def test_a_killed_sender_sends_nothing_twice(platform, request):
    """T-F5: killed between the gateway's acceptance and the database's commit."""
    database, exchange_id = platform
    kills = 20 if request.config.getoption("--full") else 3
    sms_scenario.run(database, f"owe(env, {exchange_id}, {kills + 5})[1]")
    with TwilioServer(ACCOUNT, TOKEN, seed=SEED) as twilio:
        twilio.set_mode("hold")
        for turn in range(kills):
            kill_a_sender(database, twilio, turn)
        twilio.set_mode("well")
        sms_scenario.run(database, f"send(env, {twilio.url!r})")
        taken = [message["StatusCallback"][-32:] for message in twilio.accepted]
    assert len(taken) == len(set(taken)) == kills + 5
    states = query(
        database,
        "SELECT failure_type, COUNT(*) FROM sms_sms WHERE uuid = ANY(%s) GROUP BY 1",
        (taken,),
    )
    assert dict(states) == {"ebs_unknown": kills, None: 5}


def kill_a_sender(database, twilio, turn):
    """Start a sender and kill it once the gateway has taken its message."""
    script = f"from tests.support.sms_scenario import send\nsend(env, {twilio.url!r})\n"
    sender = subprocess.Popen(
        odoo_command(
            "shell", "-d", database, "--no-http", "-c", os.environ["EBS_CONF"]
        ),
        cwd=ROOT,
        env=odoo_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        sender.stdin.write(script.encode())
        sender.stdin.close()
        wait_until(lambda: len(twilio.accepted) == turn + 1)
    finally:
        sender.kill()
        sender.wait()
    # The database notices a little later that its client is gone.
    wait_until(
        lambda: (
            not query(
                database,
                "SELECT pid FROM pg_stat_activity"
                " WHERE datname = %s AND pid != pg_backend_pid()",
                (database,),
            )
        )
    )


def wait_until(done, limit=60):
    """Wait until `done()` is true; AssertionError after `limit` seconds."""
    end = time.monotonic() + limit
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def live(platform):
    """Give a running platform whose scheduled actions run, and its gateway."""
    database, exchange_id = platform
    server = OdooServer(database, cron_threads=1, trouble=True)
    query(
        database,
        "INSERT INTO ir_config_parameter (key, value) VALUES ('web.base.url', %s)"
        " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
        (server.url,),
    )
    with TwilioServer(ACCOUNT, TOKEN, seed=SEED) as twilio, server:
        yield database, exchange_id, server, twilio


def owe_one(database, exchange_id, twilio):
    """Queue the SMS of one more reminder; return its id."""
    call = f"owe_one(env, {exchange_id}, {twilio.url!r})"
    return sms_scenario.run(database, call)


def state_of(database, sms_id):
    [(state,)] = query(database, "SELECT state FROM sms_sms WHERE id = %s", (sms_id,))
    return state


def test_delivery_reports_are_believed_once_and_in_any_order(live):
    """Signed reports that come twice, late, for nothing of ours, or forged."""
    database, exchange_id, _server, twilio = live
    sms_id = owe_one(database, exchange_id, twilio)
    wait_until(lambda: twilio.accepted and state_of(database, sms_id) == "pending")
    [message] = twilio.accepted

    assert twilio.report(message, "delivered", token="forged").status_code == 403
    assert state_of(database, sms_id) == "pending"
    for status in ("sending", "delivered", "delivered", "sent", "undelivered"):
        assert twilio.report(message, status).status_code == 204
    assert state_of(database, sms_id) == "sent"
    callback = message["StatusCallback"]
    unknown = {**message, "StatusCallback": callback[:-32] + "0" * 32}
    assert twilio.report(unknown, "delivered").status_code == 404


def test_no_page_waits_for_a_gateway_that_does_not_answer(live):
    """The queue is another thread's business, and holds no row that a page needs."""
    database, exchange_id, server, twilio = live
    visitor = Person(server.url)
    visitor.get("/web/login")
    calm = slowest_page(visitor)
    taken = len(twilio.accepted)
    twilio.set_mode("hold")
    sms_id = owe_one(database, exchange_id, twilio)
    wait_until(lambda: len(twilio.accepted) > taken)
    slow = slowest_page(visitor)
    assert state_of(database, sms_id) == "process", "the gateway still holds it"
    print(f"slowest of 20 pages: {calm:.2f} s, with a silent gateway {slow:.2f} s")
    assert slow < 2


def slowest_page(visitor):
    """Return how long the slowest of 20 pages took."""
    durations = []
    for _turn in range(20):
        start = time.monotonic()
        assert visitor.get("/web/login").status_code == requests.codes.ok
        durations.append(time.monotonic() - start)
    return max(durations)
