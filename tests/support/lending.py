# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Loans from request to end, again and again, while something dies.

Each act is sent until it is answered. Its result is then looked up in the
database: what was confirmed is there, and what was sent twice was done once.
"""

import threading
import time

import psycopg2
import requests

from .databases import query
from .loans import DONE, REFUSED, exchange_of, sentence

LIMIT = 40
# What the owner does, what the form holds, and where the loan is then.
ACTS = (
    ("accept", {}, "accepted"),
    ("hand_over", {"deposit_received": "1"}, "ongoing"),
    ("return", {}, "returned"),
    ("return_deposit", {}, "done"),
)


class Lending(threading.Thread):
    """One owner and one asker, busy with one thing until `stop` is set.

    `lost` names the acts that got no answer, `broken` holds the (begin, end, status)
    of those that got an error page, `count` is how many were answered; `error` is
    what went wrong for good.
    """

    def __init__(self, database, listing_id, owner, asker, stop):
        super().__init__(daemon=True)
        self.database, self.listing_id = database, listing_id
        self.owner, self.asker, self.stop = owner, asker, stop
        self.lost, self.broken, self.count = [], [], 0
        self.exchange_ids = []
        self.error = None

    def run(self):
        try:
            while not self.stop.is_set():
                self.lend()
        except (AssertionError, psycopg2.Error, requests.RequestException) as error:
            self.error = error

    def lend(self):
        """One loan, from request to end."""
        self.exchange_ids.append(self.ask())
        for act, form, state in ACTS:
            self.act(act, form, state)

    def ask(self):
        answer, tries = self.send("ask", lambda: self.asker.ask(self.listing_id, 0, 1))
        waiting = self.look_up(
            "SELECT id FROM ebs_exchange WHERE listing_id = %s AND state = 'requested'",
            self.listing_id,
        )
        assert len(waiting) == 1, f"{len(waiting)} requests: {describe(answer)}"
        assert exchange_of(answer) == waiting[0][0] or tries > 1, describe(answer)
        return waiting[0][0]

    def act(self, act, form, state):
        exchange_id = self.exchange_ids[-1]
        answer, tries = self.send(act, lambda: self.owner.act(exchange_id, act, **form))
        # Who sends again what was done reads so in a sentence.
        codes = (DONE,) if tries == 1 else (DONE, REFUSED)
        assert answer.status_code in codes, f"{act}, {tries} tries: {describe(answer)}"
        found = self.look_up(
            "SELECT state FROM ebs_exchange WHERE id = %s", exchange_id
        )
        assert found == [(state,)], f"{act} was confirmed, the loan is {found}"

    def send(self, act, call):
        """Send a request until it is answered; return the answer and the tries."""
        end = time.monotonic() + LIMIT
        tries = 0
        while True:
            assert time.monotonic() < end, f"no answer within {LIMIT} s"
            tries += 1
            begin = time.monotonic()
            try:
                answer = call()
            except requests.RequestException:
                self.lost.append(act)
            else:
                if answer.status_code < 500:
                    break
                self.broken.append((begin, time.monotonic(), answer.status_code))
            time.sleep(0.1)
        self.count += 1
        return answer, tries

    def look_up(self, statement, *parameters):
        """Ask the database, which may be away for a while."""
        end = time.monotonic() + LIMIT
        while True:
            try:
                return query(self.database, statement, parameters)
            except psycopg2.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)


def describe(answer):
    """Say in a line what an answer is."""
    said = sentence(answer) if answer.status_code == REFUSED else ""
    return f"{answer.status_code} {answer.headers.get('Location', '')} {said}"
