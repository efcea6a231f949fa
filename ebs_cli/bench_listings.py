# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench listings`: our pages beside an empty page and beside Odoo's own shop.

Three platforms of 1,000, 10,000 and 100,000 listings, each with a shop of as many
products of the same titles, texts and pictures, answered by one Odoo in one run.
"""

import json
import re

from . import bench_data, bench_server, bench_shell, ready
from .steps import EbsError, say

SIZES = {
    name: {
        **bench_data.SIZES,
        "listings": listings,
        # A member is in 20 circles on the smallest platform too.
        "circles": max(listings // 20, 200),
        "members": max(listings // 2, 1_000),
    }
    for name, listings in (("1k", 1_000), ("10k", 10_000), ("100k", 100_000))
}
WORD = "perceuse"
# The shop answers slowly: fewer of its pages give as sure a figure.
SHOP_REQUESTS = 3
# What is promised: (page, beside what, at most).
GOALS = (
    ("listings 1k", "empty 1k", 2.0),
    ("listings 100k", "empty 100k", 2.0),
    ("listings 100k", "listings 1k", 1.15),
    ("member 100k", "member empty 100k", 2.5),
    ("listings 10k", "shop 10k", 0.2),
    ("search 10k", "shop search 10k", 0.1),
    ("a listing 100k", "empty 100k", 2.0),
    ("my space 100k", "member empty 100k", 2.5),
)
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_CARD = re.compile(r'href="(/listings/[a-z0-9-]+-\d+)"')
_GENERATE = """
from ebs_cli import bench_shop
def tell(*words):
    print("STEP", json.dumps(words), flush=True)
made = bench_shop.generate(env, {sizes!r}, seed={seed}, tell=tell)
found = env["ebs.audit"]._run()
if not found:
    env.cr.commit()
print("GIVEN", json.dumps({{"made": made, "found": found[:5]}}), flush=True)
"""


def database(size):
    """The name of the platform of a size."""
    return f"ebs_bench_{size}"


def main(options):
    """Prepare, measure, print, and return 0."""
    with ready.everything(options.odoo) as access:
        sources = [bench_data.SQL_FILE, bench_data.SQL_FILE.with_suffix(".py")]
        sources.append(bench_data.SQL_FILE.with_name("bench_shop.py"))
        data = {
            size: bench_shell.prepare(
                access,
                database(size),
                sources,
                _GENERATE,
                more=("website_sale",),
                sizes=sizes,
            )
            for size, sizes in SIZES.items()
        }
        figures, ratios = _measure(access)
    if options.json:
        print(json.dumps({"pages": figures, "ratios": ratios, "data": data}, indent=2))
    return 0


def _measure(access):
    import requests  # noqa: PLC0415 - of the virtual environment

    names = ",".join(map(database, SIZES))
    sessions = []

    def session(server, size, login=None):
        sessions.append(requests.Session())
        _enter(sessions[-1], server.address, database(size), login)
        return sessions[-1]

    with bench_server.running(access, names) as server:
        try:
            pages = _get_pages(server, session)
            figures = bench_server.interleave(server, pages)
        finally:
            for one in sessions:
                one.close()
    ratios = {
        f"{page} / {beside} (≤ {most})": bench_server.ratio(figures, page, beside)
        for page, beside, most in GOALS
    }
    bench_server.show(figures, ratios)
    for (page, beside, most), row in zip(GOALS, ratios.values(), strict=True):
        if row["cpu_ms"] > most:
            say(f"  missed: {page} costs {row['cpu_ms']} times {beside}, not {most}")
    return figures, ratios


def _get_pages(server, session):
    """The pages by name: (path, who asks, how often in a round)."""
    pages = {}
    for size, sizes in SIZES.items():
        visitor = session(server, size)
        pages[f"empty {size}"] = ("/ebs_bench/empty", visitor)
        pages[f"listings {size}"] = ("/listings", visitor)
        if size == "10k":
            pages["search 10k"] = (f"/listings?q={WORD}", visitor)
            for name, path in (
                ("shop 10k", "/shop"),
                ("shop search 10k", f"/shop?search={WORD}"),
            ):
                pages[name] = (path, visitor, SHOP_REQUESTS)
        if size == "100k":
            member = session(server, size, bench_data.logins(sizes)["many"])
            first = visitor.get(f"{server.address}/listings", timeout=60).text
            pages["a listing 100k"] = (_CARD.search(first)[1], visitor)
            pages["member empty 100k"] = ("/ebs_bench/empty", member)
            pages["member 100k"] = ("/listings", member)
            pages["my space 100k"] = ("/my", member)
    return pages


def _enter(session, address, name, login=None):
    """Choose a database; sign in through the login page, as a browser does."""
    page = session.get(f"{address}/web/login?db={name}", timeout=120).text
    if not login:
        return
    form = {
        "csrf_token": _TOKEN.search(page)[1],
        "login": login,
        "password": bench_data.PASSWORD,
        "redirect": "/listings",
    }
    answer = session.post(f"{address}/web/login", data=form, timeout=120)
    if not answer.url.endswith("/listings"):
        raise EbsError(f"{login} cannot sign in", f"see {bench_server.LOG}")
