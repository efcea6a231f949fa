# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A random play of loans: eight members at once, each with a list of moves.

A move says what is done, to which of the things or exchanges that are known when
its turn comes, and on which days. Refusals are part of the play, error pages not.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from hypothesis import strategies as st

from .loans import DONE, REFUSED, day, exchange_of

DAYS = 30
LENGTH = 6
PLAYERS = 8
MOVES = 100
# What is done, as often as it stands here.
KINDS = (
    *("ask",) * 7,
    *("accept",) * 5,
    *("hand_over",) * 4,
    *("return",) * 3,
    *("cancel",) * 2,
    *("extend",) * 2,
    "close",
    "copies",
    "pause",
)
# What an act makes possible.
NEXT = {"accept": "hand_over", "hand_over": "return"}


class Move(NamedTuple):
    """What is done: `pick` chooses the thing or the exchange."""

    kind: str
    pick: int
    start: int
    length: int


PLAYS = st.tuples(
    # How many copies there are of each thing.
    st.lists(st.integers(1, 3), min_size=1, max_size=3),
    st.lists(
        st.builds(
            Move,
            st.sampled_from(KINDS),
            st.integers(0, 63),
            st.integers(0, DAYS - LENGTH),
            st.integers(0, LENGTH - 1),
        ),
        min_size=MOVES,
        max_size=MOVES,
    ),
)


def is_eventful(moves):
    """Whether there is something to win: not the plays in which nobody says yes."""
    half = len(moves) // 2
    asks = sum(move.kind == "ask" for move in moves[:half])
    return asks >= 5 and sum(move.kind == "accept" for move in moves[half:]) >= 5


class Play:
    """One play: `owner` and `askers` are members, `listing_ids` what is lent."""

    def __init__(self, owner, askers, listing_ids):
        self.owners = [owner.twin() for _asker in askers]
        self.askers = askers
        self.listing_ids = listing_ids
        self.exchange_ids = []
        self._known = {"accept": [], "hand_over": [], "return": []}
        self._whose = {}
        self.outcomes = Counter()
        self.strange = []
        self._lock = threading.Lock()

    def run(self, moves):
        """Deal the moves to the players and let all of them play at once.

        Each thing is promised for the last days to begin with.
        """
        for turn in range(len(self.listing_ids)):
            for kind in ("ask", "accept"):
                self._play(0, [Move(kind, turn, DAYS - LENGTH, LENGTH - 1)])
        with ThreadPoolExecutor(PLAYERS) as pool:
            hands = [
                pool.submit(self._play, player, moves[player::PLAYERS])
                for player in range(PLAYERS)
            ]
            for hand in hands:
                hand.result()

    def _play(self, player, moves):
        for move in moves:
            outcome = getattr(self, f"_do_{move.kind}", self._act)(player, move)
            with self._lock:
                self.outcomes[move.kind, outcome] += 1

    def _read(self, move, answer):
        if answer.status_code in (DONE, REFUSED):
            return "done" if answer.status_code == DONE else "refused"
        self.strange.append((move, answer.status_code, answer.text[-500:]))
        return "strange"

    def _listing(self, move):
        return self.listing_ids[move.pick % len(self.listing_ids)]

    def _do_ask(self, player, move):
        last = move.start + move.length
        answer = self.askers[player].ask(self._listing(move), move.start, last)
        exchange_id = exchange_of(answer)
        if exchange_id:
            with self._lock:
                self.exchange_ids.append(exchange_id)
                self._known["accept"].append(exchange_id)
                self._whose[exchange_id] = player
        # Nobody sees a thing that its owner has paused.
        return "nothing" if answer.status_code == 404 else self._read(move, answer)

    def _act(self, player, move):
        exchange_id = self._choose(move)
        if not exchange_id:
            return "nothing"
        answer = self.owners[player].act(exchange_id, move.kind)
        outcome = self._read(move, answer)
        if outcome == "done" and move.kind in NEXT:
            with self._lock:
                self._known[NEXT[move.kind]].append(exchange_id)
        return outcome

    def _choose(self, move):
        """Return an exchange of late: mostly one that waits for this very act."""
        with self._lock:
            waiting = self._known.get(move.kind, ()) if move.pick % 4 else ()
            late = (waiting or self.exchange_ids)[-8:]
            return late[move.pick % len(late)] if late else None

    def _do_extend(self, player, move):
        """Ask for more days for a loan under way; its owner agrees, if they may."""
        with self._lock:
            late = self._known["return"][-8:]
        if not late:
            return "nothing"
        exchange_id = late[move.pick % len(late)]
        asker = self.askers[self._whose[exchange_id]].twin()
        answer = asker.act(exchange_id, "extend", new_last=day(move.start + LENGTH))
        if answer.status_code == DONE:
            answer = self.owners[player].act(exchange_id, "accept_extension")
        return self._read(move, answer)

    def _do_close(self, player, move):
        """Lend nothing on a day."""
        return self._call(player, move, "action_set_closed", day(move.start))

    def _do_copies(self, player, move):
        """Have more or fewer copies from now on."""
        values = {"copy_count": 1 + move.length % 3}
        return self._call(player, move, "action_save", values)

    def _do_pause(self, player, move):
        """Take a thing out of the catalogue, or show it again."""
        act = "action_resume" if move.length else "action_pause"
        return self._call(player, move, act)

    def _call(self, player, move, method, *args):
        _done, error = self.owners[player].call(
            "ebs.listing", method, [self._listing(move)], *args
        )
        if error and not error.startswith("odoo.exceptions."):
            self.strange.append((move, error, ""))
        return "refused" if error else "done"
