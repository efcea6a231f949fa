# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Processes that are killed in the middle of a loan, by real kills of real processes.

No row is half written, what was confirmed stays, and whoever got no answer sends
the same again and finds it done once. Only requests that a killed process was
serving fail, and the platform answers again by itself.
"""

import contextlib
import os
import random
import threading
import time
from collections import Counter

import pytest
import requests

from .support.browsing import Person
from .support.databases import installed_template, query, temporary_database
from .support.figures import say
from .support.killing import busy_backends, kill, wait_until, worker_in_transaction
from .support.lending import ACTS, Lending
from .support.loans import OVERLAPS, Member
from .support.own_postgres import answers, killable_database
from .support.server import OdooServer
from .support.world import audit, build_world

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("EBS_SEED") or 0)
FULL = bool(os.environ.get("EBS_FULL"))
WORKER_KILLS = 200 if FULL else 20
DATABASE_KILLS = 50 if FULL else 5
LENDERS = 3
# Seconds after which the platform answers again, whatever was killed.
LIMIT = 15


@contextlib.contextmanager
def lending(database):
    """Give a server and the loans that go on in it; then look at what they left."""
    build_world(database, askers=LENDERS, rounds=0)
    with OdooServer(database, workers=LENDERS, trouble=True) as server:
        owner = Member(server, "owner@example.com")
        stop = threading.Event()
        lendings = []
        for number in range(LENDERS):
            asker = Member(server, f"asker{number}@example.com")
            listing_id = owner.offer(
                f"Vélo {number}", deposit_kind="cash", deposit_amount="50"
            )
            lendings.append(Lending(database, listing_id, owner.twin(), asker, stop))
        for one in lendings:
            one.start()
        try:
            yield server, lendings
        finally:
            stop.set()
            for one in lendings:
                one.join()
    assert [one.error for one in lendings] == [None] * LENDERS
    assert_all_done_once(database, lendings)


def assert_all_done_once(database, lendings):
    """Each loan came to its end with one booking, one deposit, one mail an act."""
    ids = [one for lending in lendings for one in lending.exchange_ids]
    assert query(database, "SELECT state, count(*) FROM ebs_exchange GROUP BY 1") == [
        ("done", len(ids))
    ]
    deposits = query(database, "SELECT state, count(*) FROM ebs_deposit GROUP BY 1")
    assert deposits == [("returned", len(ids))]
    mails = query(
        database,
        "SELECT count(*) FROM mail_mail l JOIN mail_message m"
        " ON m.id = l.mail_message_id WHERE m.subject LIKE %s",
        ("%Vélo%",),
    )
    assert mails == [(len(ids) * (1 + len(ACTS)),)]
    assert query(database, OVERLAPS) == [(0,)]
    assert audit(database) == []


def go_on(lendings, chance):
    """Let some more acts be answered, and then a moment pass."""
    enough = sum(one.count for one in lendings) + chance.randint(1, 5)
    wait_until(lambda: is_further(lendings, enough))
    time.sleep(chance.uniform(0, 0.2))


def is_further(lendings, enough):
    """Whether that many acts were answered; what went wrong for good is raised."""
    for one in lendings:
        if one.error:
            raise one.error
    return sum(one.count for one in lendings) >= enough


def summary(lendings):
    """Say what the members went through."""
    done = sum(len(one.exchange_ids) for one in lendings)
    lost = Counter(act for one in lendings for act in one.lost)
    acts = ", ".join(f"{count} {act}" for act, count in sorted(lost.items()))
    broken = sum(len(one.broken) for one in lendings)
    return (
        f"{done} loans, {lost.total()} requests without an answer ({acts}),"
        f" {broken} error pages, seed {SEED}"
    )


def test_race_with_killed_workers_leaves_no_half_loan():
    """T-F1: workers die by SIGKILL within transactions, at any instant of a loan."""
    chance = random.Random(SEED)
    with temporary_database(installed_template(), "ebs_test_race_kills") as database:
        with lending(database) as (server, lendings):
            for _turn in range(WORKER_KILLS):
                go_on(lendings, chance)
                kill(wait_until(lambda: worker_in_transaction(server), pause=0.001))
    assert [one.broken for one in lendings] == [[]] * LENDERS
    assert sum(len(one.lost) for one in lendings) >= WORKER_KILLS // 2
    say(f"T-F1: {WORKER_KILLS} kills of workers, {summary(lendings)}")


def test_race_with_a_killed_postgresql_leaves_no_half_loan(tmp_path):
    """T-F2: backends and the postmaster die; Odoo goes on without a restart."""
    chance = random.Random(SEED)
    name = "ebs_test_race_postgres"
    kills = []
    with killable_database(installed_template(), name, tmp_path) as postgres:
        with lending(name) as (server, lendings):
            for turn in range(DATABASE_KILLS):
                go_on(lendings, chance)
                busy = wait_until(lambda: busy_backends(name), pause=0.001)
                begin = time.monotonic()
                if turn % 3 == 2:
                    kill(postgres.pid)
                    postgres.start_again(LIMIT)
                else:
                    kill(chance.choice(busy)[0])
                wait_until(lambda: answers(name), LIMIT)
                wait_until(lambda: is_served(server), LIMIT, pause=0.2)
                kills.append((begin, time.monotonic()))
    longest = max(end - begin for begin, end in kills)
    assert longest <= LIMIT
    for one in lendings:
        for begin, end, status in one.broken:
            assert any(begin < back and end > killed for killed, back in kills), (
                f"{status} while nothing was dead"
            )
    say(
        f"T-F2: {len(kills)} kills of PostgreSQL, answers again after {longest:.1f} s"
        f" at most, {summary(lendings)}"
    )


def is_served(server):
    """Whether a page that needs the database is there."""
    try:
        return Person(server.url).get("/web/login").ok
    except requests.RequestException:
        return False
