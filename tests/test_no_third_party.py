# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""L6: whoever reads a page of a platform is seen by that platform alone.

Every page is opened in a real browser, its scripts woken, and what it asks for is
read; then the pages and their style sheets are read for addresses that it did not
ask for this time.
"""

import re
from urllib.parse import urlsplit

import pytest

from .support.chromium import Chromium
from .support.site import MEMBERS, copies, pages_of, shape

pytestmark = pytest.mark.slow
# What a browser fetches by itself: in pages and in style sheets.
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\s(?:src|srcset|data)="(https?:)?//([^"/]+)"""
    r"""|<link\b(?=[^>]*rel="(?:stylesheet|preload|prefetch|preconnect|dns-prefetch|icon"""
    r"""|modulepreload|manifest)[^>]*)[^>]*href="(https?:)?//([^"/]+)"""
)
IN_SHEETS = re.compile(r"""(?:url\(|@import\s)\s*["']?(?:https?:)?//([^"'/)]+)""")
SHEET = re.compile(r'<link[^>]+href="([^"]+\.css)"')
KINDS = {
    *("/", "/listings", "/listings/N", "/circles", "/circles/N", "/circles/new"),
    *("/publish", "/my", "/my/listings", "/my/exchanges", "/my/exchanges/N"),
    *("/my/profile", "/my/calendars", "/my/listings/N/edit", "/web/login"),
    *("/web/signup", "/web/reset_password", "/terms", "/source", "/nowhere"),
    *("/circles/N/manage", "/my/listings/N/copies", "/my/listings/N/labels"),
}


@pytest.fixture(scope="module")
def browser():
    with Chromium() as chromium:
        yield chromium


def foreign(url, addresses):
    """Those that lead to another host."""
    here = urlsplit(url).netloc
    return sorted({one for one in addresses if urlsplit(one).netloc != here})


def test_no_page_asks_another_host_for_anything(sample_site, browser, subtests):
    url = sample_site.url
    kinds = set()
    for login in (None, *MEMBERS):
        extra = copies(sample_site.database)
        person, paths = pages_of(url, login, each=1, extra=extra)
        browser.be(url, person.session)
        for path in paths:
            with subtests.test(login=login, path=path):
                browser.size(390)
                browser.visit(url + path)
                if browser.run("!!document.querySelector('script[data-src]')"):
                    browser.wake()
                assert foreign(url, browser.requests) == []
                kinds.add(shape(path))
    assert kinds >= KINDS


def test_no_page_names_another_host_to_fetch_from(sample_site, subtests):
    url = sample_site.url
    sheets = set()
    for login in (None, *MEMBERS):
        person, paths = pages_of(url, login, each=1)
        for path in paths:
            text = person.get(path).text
            named = {a or b for _1, a, _2, b in FETCHED.findall(text)}
            with subtests.test(login=login, path=path):
                assert named - {urlsplit(url).netloc} == set()
            sheets |= set(SHEET.findall(text))
    assert sheets
    for sheet in sheets:
        with subtests.test(sheet=sheet):
            named = set(IN_SHEETS.findall(person.get(sheet).text))
            assert named - {"www.w3.org"} == set()
