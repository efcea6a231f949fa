# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench loans`: what the calendar costs PostgreSQL on a large platform.

The filter "free on these dates", the month of a listing, and accepting a request,
of things that were lent seldom and of one that was lent two thousand times.
"""

import json

from . import bench_data, bench_loans_acts, bench_loans_data, bench_shell, ready
from .steps import say

DATABASE = "ebs_bench_loans"
_GENERATE = """
from ebs_cli import bench_loans_data
def tell(*words):
    print("STEP", json.dumps(words), flush=True)
made = bench_loans_data.generate(env, seed={seed}, tell=tell)
found = env["ebs.audit"]._run()
if not found:
    env.cr.commit()
print("GIVEN", json.dumps({{"made": made, "found": found[:5]}}), flush=True)
"""
_MEASURE = """
from ebs_cli import bench_loans_acts
print("GIVEN", json.dumps(bench_loans_acts.measure(env, {rounds})), flush=True)
"""


def main(options):
    """Prepare, measure, print, and return 0."""
    sources = [
        path
        for file in (bench_data.SQL_FILE, bench_loans_data.SQL_FILE)
        for path in (file, file.with_suffix(".py"))
        if path.exists()
    ]
    sources.append(bench_loans_data.SQL_FILE.with_name("bench_loans_data.py"))
    with ready.everything(options.odoo) as access:
        note = bench_shell.prepare(access, DATABASE, sources, _GENERATE)
        figures = bench_shell.in_shell(
            access,
            DATABASE,
            "Measuring the calendar",
            _MEASURE,
            rounds=bench_loans_acts.ROUNDS,
        )
    if options.json:
        print(json.dumps({"acts": figures, "data": note}, indent=2))
    else:
        _show(figures)
    return 0


def _show(figures):
    say(f"\n  {'PostgreSQL, ms':<46}{'median':>9}{'least':>9}{'cpu':>9}{'queries':>9}")
    for name, cost in figures.items():
        times = "".join(f"{cost[key]:>9}" for key in ("ms", "least", "cpu"))
        say(f"  {name:<46}{times}{cost['queries']:>9}")
