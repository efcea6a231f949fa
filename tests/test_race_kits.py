# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Kits that share a part, and the part alone, accepted in the same instant.

A kit is lent whole or not at all, whatever the worker that answers, and nobody
gets an error page.
"""

import json

import pytest

from .support.databases import installed_template, query, run_odoo, temporary_database
from .support.server import OdooServer
from .support.world import audit, build_world
from .test_race_exchanges import at_once, people

RIVALS = 8
# Three kits that need the one stove or the one tent, in both orders of making.
SCRIPT = """
import json

LOGINS, DAYS, ROUNDS = json.loads(%(world)r)
owner = env["res.users"].search([("login", "=", "owner@example.com")])
things = env["ebs.listing"].with_user(owner)
category = env["ebs.category"].search([], limit=1)
askers = [env["res.users"].search([("login", "=", login)]) for login in LOGINS]

def make(name, parts=(), **values):
    thing = things.action_create({
        "name": name, "category_id": category.id, "ways": ["lend"],
        "parts": [{"listing_id": one.id, "quantity": count} for one, count in parts],
        **values,
    })
    thing.action_publish()
    return thing

rounds = []
for turn in range(ROUNDS):
    tent, stove = make("Tente"), make("Réchaud")
    bags = make("Duvet", copy_count=3)
    wanted = [
        make("Lot A", [(tent, 1), (stove, 1), (bags, 2)], copy_count=0),
        make("Lot B", [(stove, 1), (bags, 2)]),
        make("Lot C", [(bags, 2), (tent, 1)], copy_count=0),
        stove,
    ]
    rounds.append([
        wanted[place %% 4].with_user(user).action_ask(
            {"way": "lend", "message": "Bonjour", **DAYS}
        ).id
        for place, user in enumerate(askers)
    ])
env.cr.commit()
print("KITS " + json.dumps(rounds))
"""


@pytest.fixture(scope="module")
def rounds(request):
    """Give the number of rounds: 3, or 50 with --full."""
    return 50 if request.config.getoption("--full") else 3


def make_kits(database, world, rounds):
    """Return for each round the ids of the rival requests for kits and parts."""
    values = json.dumps([world["askers"], world["days"], rounds])
    printed = run_odoo(
        "shell", "-d", database, "--no-http", stdin=SCRIPT % {"world": values}
    )
    lines = [line for line in printed.splitlines() if line.startswith("KITS ")]
    assert lines, printed
    return json.loads(lines[0].removeprefix("KITS "))


@pytest.mark.slow
def test_race_for_kits_that_share_a_part_lends_each_whole_or_not_at_all(rounds):
    """Acceptances that need the same parts: nothing is half taken."""
    with temporary_database(installed_template(), "ebs_test_race_kits") as database:
        world = build_world(database, askers=RIVALS, rounds=0)
        rivals = make_kits(database, world, rounds)
        with OdooServer(database, workers=4) as server:
            hands = people(server, ["owner@example.com"] * RIVALS)
            for ids in rivals:
                answers = at_once(
                    [
                        lambda hand=hand, exchange=exchange: hand[0].post(
                            f"/my/exchanges/{exchange}/accept", token=hand[1]
                        )
                        for hand, exchange in zip(hands, ids, strict=True)
                    ]
                )
                assert all(answer.status_code < 500 for answer in answers)
                refused = [one for one in answers if "o_ebs_alert" in one.text]
                found = query(
                    database,
                    """SELECT e.state, e.copy_quantity, count(b.id)
                         FROM ebs_exchange e
                         LEFT JOIN ebs_booking b ON b.exchange_id = e.id
                        WHERE e.id = ANY(%s) GROUP BY e.id""",
                    (ids,),
                )
                accepted = [row for row in found if row[0] == "accepted"]
                assert accepted, "somebody wins"
                assert len(accepted) + len(refused) == RIVALS
                for state, agreed, taken in found:
                    assert taken == (agreed if state == "accepted" else 0)
        assert audit(database) == []
