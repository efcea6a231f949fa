# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every page of the sample platform, found by following its links."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

from lxml import html

from .browsing import Person
from .databases import query

PASSWORD = "demo-ebs"  # of the sample accounts
MEMBERS = ("marie@exemple.fr", "paul@exemple.fr")
ROOTS = (
    *("/", "/web/login", "/web/signup", "/web/reset_password", "/contactus"),
    *("/listings", "/circles", "/publish", "/terms", "/source", "/my"),
    *("/signup/sent", "/circles/new", "/nowhere", "/my/listings", "/my/exchanges"),
    *("/circles/join/nothing", "/confirm/nothing", "/app/offline", "/my/calendars"),
)
# Files, feeds, ways out, and what is no page of a platform.
NO_PAGE = re.compile(
    r"\.(zip|ics|pdf|png|svg|xml|json|webmanifest|rss|js)$|^/(web/(?!login|signup|reset)"
    r"|odoo|website/|ebs/)"
)


def shape(path):
    """The path without what tells one thing from another of its kind."""
    return re.sub(r"/(?:[^/]*-)?\d+(?=/|$)|(?<=/c/)[^/]+", "/N", path)


def pages_of(url, login=None, each=2, extra=()):
    """Return (who, paths): up to `each` pages of every kind that a person is led to."""
    person = Person(url)
    if login:
        person.log_in(login, PASSWORD)
    person.session.cookies.set("frontend_lang", "fr_FR")
    seen, taken, paths = set(), {}, []
    queue = deque([*ROOTS, *extra])
    while queue:
        path = queue.popleft()
        kind = shape(path)
        if path in seen or taken.get(kind, 0) >= each:
            continue
        seen.add(path)
        answer = person.get(path)
        assert answer.status_code < 500, path
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        landed = urlsplit(answer.url).path
        if landed != path and landed in seen:
            continue
        path = landed
        seen.add(path)
        taken[kind] = taken.get(kind, 0) + 1
        paths.append(path)
        for href in html.fromstring(answer.text).xpath("//a/@href"):
            link = urlsplit(urljoin(answer.url, href))
            if f"{link.scheme}://{link.netloc}" == url and not NO_PAGE.search(
                link.path
            ):
                queue.append(link.path)
    return person, paths


def copies(database):
    """Pages of a copy that is lent and of its listing, which no link leads to."""
    rows = query(
        database,
        "SELECT copy.code, copy.listing_id FROM ebs_copy AS copy"
        " JOIN ebs_listing AS listing ON listing.id = copy.listing_id"
        " JOIN ebs_member AS member ON member.id = listing.member_id"
        " JOIN res_users AS account ON account.id = member.user_id"
        " WHERE account.login = %s ORDER BY copy.id LIMIT 1",
        (MEMBERS[0],),
    )
    pages = ("/c/{0}", "/my/listings/{1}/copies", "/my/listings/{1}/labels")
    return [page.format(*row) for row in rows for page in pages]
