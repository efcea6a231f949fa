# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench listings`: the catalogue beside an empty page of the same site.

Both are asked in turn, in one run, from one server with the sample territory,
by a visitor. What is compared is the time of an answer and the processor time
that Odoo and PostgreSQL spend on it: the ratio holds on any machine.
"""

import json
import os
import statistics
import time
from pathlib import Path

from . import config, databases, odoo, ready, serve
from .paths import LOGS, ROOT
from .postgres import free_port
from .process import start_apart, stop
from .steps import EbsError, say, step

DATABASE = "ebs_bench"
BENCH_ADDONS = ROOT / "tests" / "addons"
PAGES = {"listings": "/listings", "empty": "/ebs_bench/empty"}
WARM_UPS = 30
ROUNDS = 5
REQUESTS = 60


def main(options):
    """Measure, print the figures, and return 0."""
    with ready.everything(options.odoo) as access:
        serve.prepare(access, DATABASE)
        path = f"{config.addons_path()},{BENCH_ADDONS}"
        if "ebs_bench" not in databases.installed(access, DATABASE):
            odoo.install(
                access,
                DATABASE,
                "Adding an empty page to measure against",
                LOGS / "install-ebs_bench_page.log",
                ["--addons-path", path, "-i", "ebs_bench"],
            )
        figures = _measure(access, path)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        _show(figures)
    return 0


def _measure(access, path):
    port = free_port()
    child = start_apart(
        odoo.command(
            *("server", "-d", DATABASE, "--addons-path", path),
            *("--http-interface", "127.0.0.1", "--http-port", port),
            *("--workers", 0, "--max-cron-threads", 0, "--log-level", "warn"),
        ),
        env=odoo.env_for(access),
        stdout=(LOGS / "bench.log").open("wb"),
        stderr=-2,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        if not serve.answers(child, address):
            raise EbsError("Odoo did not start", f"see {LOGS / 'bench.log'}")
        return _interleave(address)
    finally:
        stop(child)


def _interleave(address):
    """Ask the pages in turn, round by round; return their figures and the ratio."""
    import requests  # noqa: PLC0415 - of the virtual environment

    times = {name: [] for name in PAGES}
    spent = dict.fromkeys(PAGES, 0.0)
    sizes = {}
    with requests.Session() as session, step("Measuring") as now:

        def ask(name):
            answer = session.get(address + PAGES[name], timeout=60)
            answer.raise_for_status()
            sizes[name] = len(answer.content)

        for name in PAGES:
            for _turn in range(WARM_UPS):
                ask(name)
        for turn in range(ROUNDS):
            now.progress(turn, ROUNDS)
            for name in PAGES:
                before = _processor_seconds()
                for _request in range(REQUESTS):
                    start = time.perf_counter()
                    ask(name)
                    times[name].append(time.perf_counter() - start)
                spent[name] += _processor_seconds() - before
    figures = {
        name: {
            "median_ms": round(statistics.median(times[name]) * 1000, 1),
            "p95_ms": round(statistics.quantiles(times[name], n=20)[18] * 1000, 1),
            "cpu_ms": round(spent[name] / len(times[name]) * 1000, 1),
            "bytes": sizes[name],
        }
        for name in PAGES
    }
    figures["ratio"] = {
        key: round(figures["listings"][key] / figures["empty"][key], 2)
        for key in ("median_ms", "cpu_ms")
    }
    return figures


def _processor_seconds():
    """The processor time that Odoo and PostgreSQL have used so far."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "comm").read_text().strip()
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if name == "postgres" or _is_odoo(folder):
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def _is_odoo(folder):
    try:
        return DATABASE.encode() in (folder / "cmdline").read_bytes()
    except OSError:
        return False


def _show(figures):
    say(f"\n  {'':<10}{'median':>10}{'p95':>10}{'cpu':>10}{'bytes':>10}")
    for name in PAGES:
        row = figures[name]
        say(
            f"  {name:<10}{row['median_ms']:>7} ms{row['p95_ms']:>7} ms"
            f"{row['cpu_ms']:>7} ms{row['bytes']:>10}"
        )
    ratio = figures["ratio"]
    say(f"  {'ratio':<10}{ratio['median_ms']:>10}{'':>10}{ratio['cpu_ms']:>10}\n")
