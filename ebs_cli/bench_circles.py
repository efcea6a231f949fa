# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench circles`: what belonging to circles costs on a large platform.

The first page of the catalogue, asked by a visitor, by a member of no circle and by
a member of twenty, beside an empty page of the same site; then how PostgreSQL goes
about it.
"""

import json
import re

from . import bench_data, bench_plans, bench_server, bench_shell, ready
from .steps import EbsError, say

DATABASE = "ebs_bench_circles"
LISTINGS = "/listings"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
GENERATE = """
from ebs_cli import bench_data
def tell(*words):
    print("STEP", json.dumps(words), flush=True)
made = bench_data.generate(env, seed={seed}, tell=tell)
found = env["ebs.audit"]._run()
if not found:
    env.cr.commit()
print("GIVEN", json.dumps({{"made": made, "found": found[:5]}}), flush=True)
"""
_EXPLAIN = """
from ebs_cli import bench_plans
print("GIVEN", json.dumps(bench_plans.explain_catalogue(env, {login!r})), flush=True)
"""


def main(options):
    """Prepare, measure, explain, print, and return 0."""
    with ready.everything(options.odoo) as access:
        sources = (bench_data.SQL_FILE, bench_data.SQL_FILE.with_suffix(".py"))
        note = bench_shell.prepare(access, DATABASE, sources, GENERATE)
        figures = _measure(access)
        login = bench_data.logins(bench_data.SIZES)["many"]
        plans = bench_shell.in_shell(
            access, DATABASE, "Explaining the catalogue", _EXPLAIN, login=login
        )
    for statement in plans["statements"]:
        statement["sequential"] = bool(bench_plans.SEQUENTIAL.search(statement["plan"]))
    figures |= {"data": note, "plans": plans}
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        _show(plans)
    return 0


# --- Measuring -------------------------------------------------------------------


def _measure(access):
    import requests  # noqa: PLC0415 - of the virtual environment

    logins = bench_data.logins(bench_data.SIZES)
    with (
        bench_server.running(access, DATABASE) as server,
        requests.Session() as visitor,
        requests.Session() as none,
        requests.Session() as many,
    ):
        _log_in(none, server.address, logins["none"])
        _log_in(many, server.address, logins["many"])
        figures = bench_server.interleave(
            server,
            {
                "empty page": ("/ebs_bench/empty", visitor),
                "visitor": (LISTINGS, visitor),
                "no circle": (LISTINGS, none),
                "20 circles": (LISTINGS, many),
            },
        )
    ratio = bench_server.ratio(figures, "20 circles", "no circle")
    floor = bench_server.ratio(figures, "visitor", "empty page")
    bench_server.show(
        figures, {"20 circles / none": ratio, "visitor / empty page": floor}
    )
    more = figures["20 circles"]["queries"] - figures["no circle"]["queries"]
    say(f"  20 circles cost {more} queries more than none.\n")
    return {"pages": figures, "ratio": ratio, "floor": floor, "more_queries": more}


def _log_in(session, address, login):
    """Sign in through the login page, as a browser does."""
    token = _TOKEN.search(session.get(f"{address}/web/login", timeout=60).text)
    form = {
        "csrf_token": token[1],
        "login": login,
        "password": bench_data.PASSWORD,
        "redirect": LISTINGS,
    }
    answer = session.post(f"{address}/web/login", data=form, timeout=60)
    if not answer.url.endswith(LISTINGS):
        raise EbsError(f"{login} cannot sign in", f"see {bench_server.LOG}")


def _show(plans):
    say(f"  Of {plans['shown']} cards {plans['of_circles']} are of circles.\n")
    for statement in plans["statements"]:
        say(statement["sql"] + "\n")
        say(statement["plan"])
        word = "a" if statement["sequential"] else "no"
        say(f"\n  {word} sequential scan on ebs_listing\n")
