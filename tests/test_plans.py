# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How PostgreSQL goes about the catalogue, on a platform of some size.

Nothing is timed: plans are read and queries are counted. `./ebs bench circles`
measures; this keeps what it has found.
"""

import json
import re
import time

import pytest

from ebs_cli import bench_data, bench_plans

from .support.browsing import Person
from .support.databases import installed_template, run_odoo, temporary_database
from .support.server import OdooServer

pytestmark = pytest.mark.slow

SIZES = {
    "listings": 20_000,
    "circles": 1_000,
    "members": 5_000,
    "accounts": 4,
    "member_circles": 20,
}
HERE = "50.630,3.060"
SEARCHES = {
    "a word": {"q": "perceuse"},
    "words": {"q": "appareil à raclette"},
    "a slip of spelling": {"q": "perseuse"},
    "a word that nobody has": {"q": "xylophonist"},
    "a category": {"category": "1"},
    "a zone": {"zone": "1"},
    "within 2 km": {"near": HERE, "within": "2"},
    "within 2 km, the newest": {"near": HERE, "within": "2", "sort": "newest"},
    "the nearest": {"near": HERE},
    "the nearest of a kind": {"near": HERE, "kind": "service"},
    "a part of the map": {"box": "50.62,3.04,50.64,3.08"},
    "with a photo": {"photo": "1"},
}
# By what PostgreSQL finds them.
INDEXES = {
    "a word": "ebs_listing_words_idx",
    "words": "ebs_listing_words_idx",
    "a slip of spelling": "ebs_listing_words_idx",
    "a word that nobody has": "ebs_listing_words_idx",
    "within 2 km": "ebs_listing_(spot|near)_idx",
    "within 2 km, the newest": "ebs_listing_spot_idx",
    "the nearest": "ebs_listing_near_idx",
    "the nearest of a kind": "ebs_listing_near_idx",
    "a part of the map": "ebs_listing_spot_idx",
}
MORE_QUERIES = 3
# From 100,000 on, PostgreSQL compiles a query before it runs it: ten milliseconds
# for what takes less than one.
MAX_COST = 100_000
QUERIES = re.compile(r'"GET /listings HTTP/1\.\d" 200 \S+ (\d+) ')
COST = re.compile(r"cost=[\d.]+\.\.([\d.]+) ")

SCRIPT = """
import json
from ebs_cli import bench_data, bench_plans
sizes = json.loads({sizes!r})
bench_data.generate(env, sizes)
audit = env["ebs.audit"]._run()
env.cr.commit()
env.cr.execute("ANALYZE")
plans = bench_plans.explain_catalogue(env, bench_data.logins(sizes)["many"])
visitor = env.ref("base.public_user")
plans["searches"] = {{
    name: bench_plans.explain_search(env, visitor, filters)[1]
    for name, filters in json.loads({searches!r}).items()
}}
plans["town"] = bench_plans.explain_map(env, (50.60, 3.02, 50.65, 3.10))
plans["territory"] = bench_plans.explain_map(env, (50, 2, 51, 4))
print("GIVEN " + json.dumps({{"audit": audit, **plans}}))
"""


@pytest.fixture(scope="module")
def platform():
    """Give a database with many listings, and what was found out in it."""
    script = SCRIPT.format(sizes=json.dumps(SIZES), searches=json.dumps(SEARCHES))
    with temporary_database(installed_template(), "ebs_test_plans") as database:
        printed = run_odoo("shell", "-d", database, "--no-http", stdin=script)
        lines = [line for line in printed.splitlines() if line.startswith("GIVEN ")]
        assert lines, printed
        yield database, json.loads(lines[0].removeprefix("GIVEN "))


def test_a_large_platform_is_sound(platform):
    _database, found = platform
    assert found["audit"] == []


def test_the_list_is_read_in_its_order_by_an_index(platform):
    """A member of twenty circles: no sequential scan on listings."""
    _database, found = platform
    assert found["shown"] == 20
    assert found["of_circles"] >= 5, "no thing of a circle is on the page"
    listing = found["statements"][0]
    assert "LIMIT 20" in listing["sql"]
    assert "ebs_circle" in listing["sql"]
    assert not bench_plans.SEQUENTIAL.search(listing["plan"]), listing["plan"]
    assert "ebs_listing_catalogue_idx" in listing["plan"]


def test_the_map_of_a_town_is_read_by_an_index(platform):
    _database, found = platform
    town = found["town"]
    assert 50 < town["shown"] < found["territory"]["shown"] / 2
    [statement] = town["statements"]
    assert "ebs_listing_spot_idx" in statement["plan"], statement["plan"]
    assert not bench_plans.SEQUENTIAL.search(statement["plan"]), statement["plan"]


def test_a_map_of_everything_gets_few_groups_by_one_statement(platform):
    _database, found = platform
    territory = found["territory"]
    assert territory["shown"] > SIZES["listings"] / 2
    assert territory["groups"] <= 100
    assert len(territory["statements"]) == 1


def test_no_statement_of_the_catalogue_is_worth_compiling(platform):
    _database, found = platform
    assert len(found["statements"]) == 2, "the list and its number"
    for statement in found["statements"]:
        cost = float(COST.search(statement["plan"])[1])
        assert cost < MAX_COST, statement["sql"] + "\n" + statement["plan"]


@pytest.mark.parametrize("name", SEARCHES)
def test_no_search_reads_all_listings(platform, name):
    """Its number may be counted from the start of the table: it ends at a thousand."""
    _database, found = platform
    lists = [
        one for one in found["searches"][name] if "COUNT(" not in one["sql"].upper()
    ]
    assert lists
    for statement in lists:
        plan = statement["plan"]
        assert not bench_plans.SEQUENTIAL.search(plan), statement["sql"] + "\n" + plan
        assert float(COST.search(plan)[1]) < MAX_COST, plan
    if name in INDEXES:
        assert re.search(INDEXES[name], lists[0]["plan"]), lists[0]["plan"]


def test_what_was_meant_is_looked_for_in_the_index_of_titles(platform):
    _database, found = platform
    plans = [one["plan"] for one in found["searches"]["a slip of spelling"]]
    assert any("ebs_listing__name_index" in plan for plan in plans), plans


def test_twenty_circles_cost_at_most_three_queries_more_than_none(platform):
    database, _found = platform
    logins = bench_data.logins(SIZES)
    with OdooServer(database, options=["--log-handler=werkzeug:INFO"]) as server:
        counts = {
            name: count_queries(server, Person(server.url), login)
            for name, login in logins.items()
        }
    assert counts["none"] > 10, counts
    assert counts["many"] <= counts["none"] + MORE_QUERIES, counts


def count_queries(server, person, login):
    """Return how many queries a hot first page costs an account."""
    person.log_in(login, bench_data.PASSWORD)
    for _turn in range(3):
        answer = person.get("/listings")
        assert answer.status_code == 200
        assert answer.text.count("o_ebs_card") >= 20
    before = len(QUERIES.findall(server.log()))
    person.get("/listings")
    limit = time.monotonic() + 5
    while len(QUERIES.findall(server.log())) == before and time.monotonic() < limit:
        time.sleep(0.05)
    return int(QUERIES.findall(server.log())[-1])
