# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench pages`: what a phone sees of the pages, by Lighthouse and axe-core.

Behind nginx as docs/ sets it up, beside core's empty page in the same run.
"""

import json
import os
import re
import statistics
import subprocess
from urllib.parse import urlsplit

from . import bench_server, browser, databases, javascript, nginx, odoo, ready, serve
from .files import remove
from .paths import ADDONS, LOGS
from .process import child_env, start_apart, stop
from .steps import EbsError, say, step

DATABASE = "ebs_bench_pages"
ROUNDS = 5
LOG = LOGS / "lighthouse.log"
REPORTS = LOGS / "lighthouse"
SCRIPT = "lighthouse.mjs"
EMPTY, BARE = "core, empty", "ours, empty"
# The site of no platform in the measuring addon; browsers take it for this machine.
CORE = "core.localhost"
MEMBER, PASSWORD = "marie@exemple.fr", "demo-ebs"  # noqa: S105 - of the sample data
# What a page promises: (figure, at least or at most, how much).
PROMISES = (
    ("performance", "at least", 90),
    ("accessibility", "at least", 100),
    ("lcp_ms", "at most", 2500),
    ("cls", "at most", 0.05),
)
OWN_JS_KB = 60
_SHOWN = ("performance", "accessibility", "fcp_ms", "lcp_ms", "tbt_ms", "cls")
_SIZES = ("css_kb", "js_kb", "font_kb", "image_kb", "total_kb")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_LISTING = re.compile(r'href="(/listings/[^"?#]+-\d+)"')
_EXCHANGE = re.compile(r'href="(/my/exchanges/\d+)')


def main(options):
    """Measure, print the figures, and return 0."""
    browser.ensure()
    nginx.ensure()
    node = javascript.ensure()
    with ready.everything(options.odoo) as access:
        serve.prepare(access, DATABASE)
        if "ebs_bench" not in databases.installed(access, DATABASE):
            odoo.install(
                access,
                DATABASE,
                "Adding an empty page to measure against",
                LOGS / "install-ebs_bench_page.log",
                ["--addons-path", bench_server.addons_path(), "-i", "ebs_bench"],
            )
        load = os.getloadavg()[0]
        with bench_server.running(access, DATABASE) as server:
            with nginx.running(urlsplit(server.address).port) as address:
                figures = _measure(node, _pages(address))
        figures |= {"load": [round(load, 1), round(os.getloadavg()[0], 1)]}
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        _show(figures)
    return 0


# --- Which pages -----------------------------------------------------------------


def _session():
    import requests  # noqa: PLC0415 - of the virtual environment

    session = requests.Session()
    # Nothing but this machine, with the certificate of this run.
    session.trust_env = False
    session.verify = str(nginx.PREFIX / "cert.pem")
    session.cookies.set("frontend_lang", serve.LANGUAGE)
    return session


def _sign_in(session, address):
    token = _TOKEN.search(session.get(f"{address}/web/login", timeout=60).text)
    form = {"csrf_token": token[1], "login": MEMBER, "password": PASSWORD}
    answer = session.post(f"{address}/web/login", data=form, timeout=60)
    if answer.url.endswith("/web/login"):
        raise EbsError(f"{MEMBER} cannot sign in", f"see {bench_server.LOG}")


def _first(session, address, path, pattern):
    """The first address of a kind that a page leads to."""
    found = pattern.search(session.get(f"{address}{path}", timeout=60).text)
    if not found:
        raise EbsError(f"{path} of the sample data leads to no such page")
    return found[1]


def _pages(address):
    """By name: the address of a page, and the cookies of who asks for it."""
    visitor, member = _session(), _session()
    _sign_in(member, address)
    core = address.replace("localhost", CORE)
    asked = {
        EMPTY: (core, "/ebs_bench/empty", visitor),
        BARE: (address, "/ebs_bench/empty", visitor),
        "home": (address, "/", visitor),
        "listings": (address, "/listings", visitor),
        "a listing": (
            address,
            _first(visitor, address, "/listings", _LISTING),
            visitor,
        ),
        "publish": (address, "/publish", member),
        "an exchange": (
            address,
            _first(member, address, "/my/exchanges", _EXCHANGE),
            member,
        ),
    }
    pages = {}
    for name, (site, path, session) in asked.items():
        for _warm_up in range(2):
            host = {"Host": urlsplit(site).netloc}
            session.get(address + path, headers=host, timeout=120).raise_for_status()
        cookies = "; ".join(f"{one.name}={one.value}" for one in session.cookies)
        pages[name] = {"url": site + path, "cookie": cookies}
    return pages


# --- Measuring -------------------------------------------------------------------


def _measure(node, pages):
    remove(REPORTS)
    REPORTS.mkdir(parents=True)
    task = {
        "pages": pages,
        "rounds": ROUNDS,
        "chromium": browser.find(),
        "reports": str(REPORTS),
    }
    results = {name: [] for name in pages}
    script = os.path.join(os.path.dirname(__file__), SCRIPT)
    with step("Measuring") as now, LOG.open("w", encoding="utf-8") as stream:
        child = start_apart(
            [node, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
            env=child_env(NODE_PATH=javascript.NODE / "node_modules"),
        )
        try:
            child.stdin.write(json.dumps(task))
            child.stdin.close()
            for number, line in enumerate(child.stdout, 1):
                one = json.loads(line)
                results[one["name"]].append(one["figures"])
                now.progress(number, ROUNDS * len(pages), one["name"])
        finally:
            stop(child)
    if any(len(series) != ROUNDS for series in results.values()):
        raise EbsError("Lighthouse did not reach its end", f"see {LOG}")
    pages = {name: _sum_up(series) for name, series in results.items()}
    return {"pages": pages, "own_js_kb": own_scripts_kb()}


def own_scripts_kb():
    """The size of all scripts that our addons may send, before any compression."""
    files = ADDONS.glob("*/static/src/**/*.js")
    return round(sum(file.stat().st_size for file in files) / 1000, 1)


def _sum_up(series):
    """The median of each figure; what any round found wrong."""
    figures = {
        key: statistics.median(one[key] for one in series)
        for key, value in series[0].items()
        if isinstance(value, int | float)
    }
    figures["rounds"] = [one["performance"] for one in series]
    for key in ("third_party", "accessibility_failed"):
        figures[key] = sorted({found for one in series for found in one[key]})
    return figures


def broken_promises(pages):
    """What the measured pages promise and do not hold, as sentences."""
    found = []
    for name, figures in pages.items():
        if name in (EMPTY, BARE):
            continue
        for key, word, limit in PROMISES:
            value = figures[key]
            if value < limit if word == "at least" else value > limit:
                found.append(f"{name}: {key} is {value}, {word} {limit} is promised")
        if figures["third_party"]:
            found.append(f"{name}: asks {', '.join(figures['third_party'])}")
    return found


def _show(figures):
    pages = figures["pages"]
    for keys in (_SHOWN, _SIZES):
        say("\n  " + " " * 20 + "".join(f"{key:>15}" for key in keys))
        for name, row in pages.items():
            say(f"  {name:<20}" + "".join(f"{row[key]:>15}" for key in keys))
    say(f"\n  Load of the machine: {figures['load'][0]} to {figures['load'][1]}")
    say(f"  All scripts of our own: {figures['own_js_kb']} kB, {OWN_JS_KB} are allowed")
    for sentence in broken_promises(pages) or ["All promises are kept."]:
        say(f"  {sentence}")
    say()
