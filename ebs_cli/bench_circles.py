# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench circles`: what belonging to circles costs on a large platform.

The first page of the catalogue, asked by a visitor, by a member of no circle and by
a member of twenty, beside an empty page of the same site; then how PostgreSQL goes
about it.
"""

import json
import os
import re
import subprocess
import time

from . import (
    bench_data,
    bench_plans,
    bench_server,
    config,
    databases,
    odoo,
    ready,
    serve,
)
from .files import digest_of, remove, sha256
from .paths import LOGS, ROOT
from .process import start_apart, stop
from .steps import EbsError, say, step

DATABASE = "ebs_bench_circles"
LISTINGS = "/listings"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_HEAD = f"import json, sys\nsys.path.insert(0, {str(ROOT)!r})\n"
_GENERATE = """
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
        note = _prepare(access)
        figures = _measure(access)
        login = bench_data.logins(bench_data.SIZES)["many"]
        plans = _in_shell(access, "Explaining the catalogue", _EXPLAIN, login=login)
    for statement in plans["statements"]:
        statement["sequential"] = bool(bench_plans.SEQUENTIAL.search(statement["plan"]))
    figures |= {"data": note, "plans": plans}
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        _show(plans)
    return 0


# --- Data ------------------------------------------------------------------------


def _prepare(access):
    """Have the platform, whole and of these addons; return what is noted of it."""
    seed = int(os.environ.get("EBS_SEED", bench_data.SEED))
    sources = (bench_data.SQL_FILE, bench_data.SQL_FILE.with_suffix(".py"))
    key = digest_of(serve.addon_hashes(), seed, [sha256(path) for path in sources])
    if databases.is_complete(access, DATABASE):
        note = databases.stamp(DATABASE)
        if note.get("key") == key:
            _tell(note)
            return note["data"]
    databases.drop(access, DATABASE)
    databases.begin(DATABASE)
    log = databases.install_log(DATABASE)
    remove(log)
    names = ",".join([*config.addon_names(), "ebs_bench"])
    words = ["--addons-path", bench_server.addons_path(), "--unaccent"]
    words += [f"--load-language={serve.LANGUAGE}", "-i", names]
    odoo.install(access, DATABASE, "Installing a platform to measure", log, words)
    data = _generate(access, seed)
    databases.finish(DATABASE, key=key, data=data)
    _tell(databases.stamp(DATABASE))
    return data


def _generate(access, seed):
    began = time.monotonic()
    title = f"Drawing a large platform from seed {seed}"
    given = _in_shell(access, title, _GENERATE, seed=seed)
    if given["found"]:
        raise EbsError(
            f"what was drawn is not sound: {given['found'][0]}",
            "correct ebs_cli/bench_data.sql",
        )
    with step("Tidying the database"):
        databases.query(access, DATABASE, "VACUUM ANALYZE")
    seconds = round(time.monotonic() - began, 1)
    return {"seed": seed, "seconds": seconds, "rows": given["made"]}


def _tell(note):
    data = note["data"]
    say(f"\n  Drawn from seed {data['seed']} in {data['seconds']} s:")
    for table, rows in data["rows"].items():
        say(f"  {table:<30}{rows:>9}")


def _in_shell(access, title, script, **values):
    """Run a script in an Odoo shell; return what it gives."""
    log = LOGS / "bench-shell.log"
    LOGS.mkdir(parents=True, exist_ok=True)
    given = None
    with step(title) as now, log.open("w", encoding="utf-8") as stream:
        child = start_apart(
            odoo.command(
                *("shell", "-d", DATABASE, "--no-http", "--log-level", "warn"),
                *("--addons-path", bench_server.addons_path()),
            ),
            env=odoo.env_for(access),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
        )
        try:
            child.stdin.write(_HEAD + script.format(**values))
            child.stdin.close()
            for line in child.stdout:
                kind, _space, text = line.partition(" ")
                if kind == "STEP":
                    now.progress(*json.loads(text))
                elif kind == "GIVEN":
                    given = json.loads(text)
            child.wait()
        finally:
            stop(child)
    if given is None:
        raise EbsError("the Odoo shell failed", f"see {log}")
    return given


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
