# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench search`: what searches cost PostgreSQL among 100,000 listings.

Each search of a list is made as a visitor, the list with its number, beside the same
written by hand for that search alone; then it is told how PostgreSQL goes about it.
"""

import json

from . import (
    bench_circles,
    bench_data,
    bench_plans,
    bench_search_acts,
    bench_shell,
    ready,
)
from .steps import say

_MEASURE = """
from ebs_cli import bench_search_acts
print("GIVEN", json.dumps(bench_search_acts.measure(env, {rounds})), flush=True)
"""


def main(options):
    """Prepare, measure, print, and return 0."""
    sources = (bench_data.SQL_FILE, bench_data.SQL_FILE.with_suffix(".py"))
    with ready.everything(options.odoo) as access:
        note = bench_shell.prepare(
            access, bench_circles.DATABASE, sources, bench_circles.GENERATE
        )
        figures = bench_shell.in_shell(
            access,
            bench_circles.DATABASE,
            "Searching",
            _MEASURE,
            rounds=bench_search_acts.ROUNDS,
        )
    if options.json:
        print(json.dumps({**figures, "data": note}, indent=2))
    else:
        _show(figures)
    return 0


def _show(figures):
    by_hand = figures["by hand"]
    say(
        f"\n  {'PostgreSQL, ms':<34}{'goal':>6}{'median':>9}{'least':>9}{'cpu':>9}"
        f"{'queries':>9}{'by hand':>9}{'found':>7}  plan"
    )
    for name, cost in figures["searches"].items():
        goal = bench_search_acts.SEARCHES.get(name, (None, None))[1] or ""
        times = "".join(f"{cost[key]:>9}" for key in ("ms", "least", "cpu", "queries"))
        hand = by_hand[name]["ms"] if name in by_hand else ""
        found = figures["found"].get(name, {})
        # The number is counted from the start of the table, and ends at a thousand.
        plans = [
            one["plan"]
            for one in figures["plans"].get(name, [])
            if "COUNT(" not in one["sql"].upper()
        ]
        read = [bool(bench_plans.SEQUENTIAL.search(plan)) for plan in plans]
        say(
            f"  {name:<34}{goal:>6}{times}{hand:>9}{found.get('total', ''):>7}"
            f"  {'sequential' if any(read) else 'by index'} {found.get('meant') or ''}"
        )
    for name, cost in figures["counts"].items():
        times = "".join(f"{cost[key]:>9}" for key in ("ms", "least", "cpu", "queries"))
        say(f"  {name:<40}{times}")
