# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A server to measure, and pages asked in turn: what all measurements share.

What is compared is measured in one run from one server, block by block in turn:
the ratio holds on any machine, and what else the machine does falls on all alike.
"""

import os
import re
import statistics
import time
from contextlib import contextmanager
from pathlib import Path

from . import config, odoo, serve
from .paths import LOGS, ROOT
from .postgres import Cluster, free_port
from .process import start_apart, stop
from .steps import EbsError, say, step

BENCH_ADDONS = ROOT / "tests" / "addons"
LOG = LOGS / "bench.log"
WARM_UPS = 30
ROUNDS = 15
REQUESTS = 20
_FIGURES = ("median_ms", "p95_ms", "cpu_ms", "queries", "bytes")
# Odoo ends the line of a request with its number of queries and two times.
_REQUEST = re.compile(rb'"GET (\S+) HTTP/1\.\d" (\d+) \S+ (\d+) [\d.]+ [\d.]+')


def addons_path():
    """The folders of addons in use, with that of the measuring addon."""
    return f"{config.addons_path()},{BENCH_ADDONS}"


class Server:
    """One Odoo process that answers at `address`, and what it has cost so far."""

    def __init__(self, child, address):
        self.child, self.address = child, address

    def processor_seconds(self):
        """The processor time that Odoo and PostgreSQL have used so far."""
        total = _ticks(self.child.pid)
        postmaster = Cluster().pid()
        for folder in Path("/proc").glob("[0-9]*"):
            if postmaster is None:  # a server named in odoo.conf
                total += _ticks(folder.name) if _is_postgres(folder) else 0
            elif _parent(folder) == postmaster:
                total += _ticks(folder.name)
        # Processes that have ended, such as parallel workers, count for their parent.
        total += _ticks(postmaster, ended=True) if postmaster else 0
        return total / os.sysconf("SC_CLK_TCK")


def _stat(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None


def _ticks(pid, ended=False):
    fields = _stat(pid)
    first = 13 if ended else 11
    return sum(map(int, fields[first : first + 2])) if fields else 0


def _parent(folder):
    fields = _stat(folder.name)
    return int(fields[1]) if fields else None


def _is_postgres(folder):
    try:
        return (folder / "comm").read_text().strip() == "postgres"
    except OSError:
        return False


@contextmanager
def running(access, database):
    """Have an Odoo of one process on a database, or several, during this block."""
    port = free_port()
    LOGS.mkdir(parents=True, exist_ok=True)
    child = start_apart(
        odoo.command(
            *("server", "-d", database, "--addons-path", addons_path()),
            *("--http-interface", "127.0.0.1", "--http-port", port),
            *("--workers", 0, "--max-cron-threads", 0, "--log-level", "warn"),
            *("--log-handler", "werkzeug:INFO"),
        ),
        env=odoo.env_for(access),
        stdout=LOG.open("wb"),
        stderr=-2,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        if not serve.answers(child, address):
            raise EbsError("Odoo did not start", f"see {LOG}")
        yield Server(child, address)
    finally:
        stop(child)


def interleave(server, pages):
    """Ask pages in turn, round by round; return the figures of each.

    `pages` gives, by name, the path, the session that asks for it, and how many
    requests make a round where they are not `REQUESTS`.
    """
    series = {name: Series(server, *page) for name, page in pages.items()}
    with step("Measuring") as now:
        for one in series.values():
            one.ask(min(WARM_UPS, one.requests * 2))
            one.forget()
        for turn in range(ROUNDS):
            now.progress(turn, ROUNDS)
            for one in series.values():
                one.ask(one.requests)
    return {name: one.figures() for name, one in series.items()}


class Series:
    """One page asked by one session, and what its answers have cost."""

    def __init__(self, server, path, session, requests=REQUESTS):
        self.server, self.path, self.session = server, path, session
        self.requests = requests
        self.forget()

    def forget(self):
        """Begin to count afresh."""
        self.times, self.queries, self.spent, self.size = [], [], 0.0, 0

    def ask(self, times):
        """Ask some times, and add up what it has cost."""
        read_from = LOG.stat().st_size
        before = self.server.processor_seconds()
        for _request in range(times):
            start = time.perf_counter()
            answer = self.session.get(self.server.address + self.path, timeout=60)
            self.times.append(time.perf_counter() - start)
            answer.raise_for_status()
            self.size = len(answer.content)
        self.spent += self.server.processor_seconds() - before
        self.queries += self._read_queries(read_from, times)

    def _read_queries(self, read_from, times):
        """How many queries each request has sent, as Odoo itself says in its log."""
        limit = time.monotonic() + 5
        while True:
            with LOG.open("rb") as stream:
                stream.seek(read_from)
                found = _REQUEST.findall(stream.read())
            counts = [
                int(count)
                for path, _status, count in found
                if path.decode() == self.path
            ]
            if len(counts) == times:
                return counts
            if time.monotonic() > limit:
                raise EbsError(f"{len(counts)} of {times} requests are in {LOG}")
            time.sleep(0.05)

    def figures(self):
        """What one answer costs."""
        return {
            "median_ms": round(statistics.median(self.times) * 1000, 1),
            "p95_ms": round(statistics.quantiles(self.times, n=20)[18] * 1000, 1),
            "cpu_ms": round(self.spent / len(self.times) * 1000, 1),
            "queries": round(statistics.median(self.queries)),
            "bytes": self.size,
        }


def ratio(figures, name, to):
    """How many times as much one page costs as another."""
    return {
        key: round(figures[name][key] / figures[to][key], 2)
        for key in ("median_ms", "cpu_ms")
    }


def show(figures, ratios):
    """Print the figures of pages, then the ratios by name, for people."""
    width = max(map(len, [*figures, *ratios])) + 2
    heads = (key.removesuffix("_ms") for key in _FIGURES)
    say("\n  " + " " * width + "".join(f"{head:>10}" for head in heads))
    for name, row in figures.items():
        cells = (
            f"{row[key]:>7} ms" if key.endswith("_ms") else f"{row[key]:>10}"
            for key in _FIGURES
        )
        say(f"  {name:<{width}}" + "".join(cells))
    for name, row in ratios.items():
        say(f"  {name:<{width}}{row['median_ms']:>10}{'':>10}{row['cpu_ms']:>10}")
    say()
