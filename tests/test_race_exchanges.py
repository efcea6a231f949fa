# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Several people reach for the same thing in the same instant, over real HTTP.

A copy is never promised twice and a thing is never given twice, whatever the
worker that answers: the winner is one, the others read a sentence, nobody gets
an error page (commonsbooking #1864, cal.com #10789, odoo #252960).
"""

import pytest

from .support.browsing import Person
from .support.databases import installed_template, query, temporary_database
from .support.loans import OVERLAPS, at_once
from .support.server import OdooServer
from .support.world import PASSWORD, audit, build_world, states

RIVALS = 8


@pytest.fixture(scope="module")
def rounds(request):
    """Give the number of rounds: 2, or 100 with --full."""
    return 100 if request.config.getoption("--full") else 2


@pytest.fixture(scope="module")
def platform(rounds):
    """Give a running platform of four processes and what lies in it."""
    with temporary_database(installed_template(), "ebs_test_race") as database:
        world = build_world(database, askers=RIVALS, rounds=rounds)
        with OdooServer(database, workers=4) as server:
            yield database, server, world
        assert audit(database) == []


def people(server, logins):
    """Return a signed-in person and their CSRF token for each login."""
    persons = [Person(server.url).log_in(login, PASSWORD) for login in logins]
    return [(person, person.token("/my/profile")) for person in persons]


def accept_all(platform, rival_rounds):
    """Accept all rivals of each round at once; return the answers by round."""
    _database, server, _world = platform
    hands = people(server, ["owner@example.com"] * RIVALS)
    answers = []
    for rivals in rival_rounds:
        calls = [
            lambda hand=hand, exchange=exchange: hand[0].post(
                f"/my/exchanges/{exchange}/accept", token=hand[1]
            )
            for hand, exchange in zip(hands, rivals, strict=True)
        ]
        answers.append(at_once(calls))
    return answers


def assert_one_winner(database, rivals, answers):
    """One rival is accepted, the others wait on, and all answers are pages."""
    found = states(database, rivals)
    assert found.count("accepted") == 1, found
    assert found.count("requested") == RIVALS - 1, found
    assert all(answer.status_code < 500 for answer in answers)
    refused = [answer for answer in answers if "o_ebs_alert" in answer.text]
    assert len(refused) == RIVALS - 1
    for answer in refused:
        assert "IntegrityError" not in answer.text
        assert "could not serialize" not in answer.text


def test_race_for_the_same_days_has_one_winner(platform):
    """T-L3: eight acceptances of the same days; the loser is told why."""
    database, _server, world = platform
    for rivals, answers in zip(
        world["loans"], accept_all(platform, world["loans"]), strict=True
    ):
        assert_one_winner(database, rivals, answers)
    assert query(database, OVERLAPS) == [(0,)]


def test_race_for_a_gift_has_one_winner(platform):
    """T-C3: a thing given away is promised to one person."""
    database, _server, world = platform
    for rivals, answers in zip(
        world["gifts"], accept_all(platform, world["gifts"]), strict=True
    ):
        assert_one_winner(database, rivals, answers)


@pytest.mark.slow
def test_race_of_an_impatient_finger_makes_one_request(platform):
    """The same form sent eight times at once asks once."""
    database, server, world = platform
    asker = world["askers"][0]
    hands = people(server, [asker] * RIVALS)
    for listing in world["clicks"]:
        form = {"way": "lend", "message": "Bonjour", **world["days"]}
        answers = at_once(
            [
                lambda hand=hand, listing=listing, form=form: hand[0].post(
                    f"/listings/escabeau-{listing}/ask", form, token=hand[1]
                )
                for hand in hands
            ]
        )
        assert all(answer.status_code < 500 for answer in answers)
        made = query(
            database,
            "SELECT count(*) FROM ebs_exchange WHERE listing_id = %s",
            (listing,),
        )
        assert made == [(1,)]
