# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The pictures of the member's guide, taken anew from a running platform.

`./ebs serve` in one terminal, and in another:
`.venv/bin/python -m tests.support.pictures http://127.0.0.1:8069 [name…]`
"""

import io
import sys
from pathlib import Path

from lxml import html
from PIL import Image

from .browsing import Person
from .chromium import Chromium

FOLDER = Path(__file__).parents[2] / "docs" / "img"
PASSWORD = "demo-ebs"  # noqa: S105 - that of the sample data
PHONE, HEIGHT, COLOURS = 390, 760, 64
MARIE, PAUL = "marie@exemple.fr", "paul@exemple.fr"

DRILL = "/listings/perceuse-a-percussion"

# name: who looks, at which page, what is shown of it: (selector of what comes on top,
# what is done before); a page with a "{link}" is the first that this page links to.
PICTURES = {
    "member-join": (None, "/web/signup", "", ""),
    "member-search": (None, "/listings?q=perceuse", "", ""),
    "member-filters": (
        None,
        "/listings",
        "details",
        "document.querySelector('details').open = true",
    ),
    "member-ask": (PAUL, f"/listings?q=perceuse {{{DRILL}}}", "#ask", ""),
    "member-publish": (MARIE, "/publish", "", ""),
    "member-space": (MARIE, "/my", "", ""),
    "member-exchange": (MARIE, "/my {/my/exchanges/}", "", ""),
    "member-circle": (PAUL, "/circles {/circles/voisins}", "", ""),
    "member-profile": (MARIE, "/my/profile", "aside", ""),
}


def _find(person, page):
    """Return the address of a page, following its first link of that beginning."""
    path, _, beginning = page.partition(" ")
    if not beginning:
        return path
    links = html.fromstring(person.get(path).text).xpath("//div[@id='wrap']//a/@href")
    return next(one for one in links if one.startswith(beginning.strip("{}")))


def _take(browser, top, act):
    """Return what a phone shows of the open page, as a small PNG."""
    if act:
        browser.run(act)
        browser.settle()
    if top:
        browser.run(f"document.querySelector({top!r})?.scrollIntoView()")
    # Pictures wait until they are in sight.
    browser.wait(
        "[...document.images].every(one => one.complete || !one.checkVisibility()"
        " || one.getBoundingClientRect().top > innerHeight"
        " || one.getBoundingClientRect().left > innerWidth)"
    )
    picture = Image.open(io.BytesIO(browser.picture())).convert("RGB")
    small, answer = picture.quantize(COLOURS, dither=Image.Dither.NONE), io.BytesIO()
    small.save(answer, "PNG", optimize=True)
    return answer.getvalue()


def main(url, *names):
    """Take these pictures, all when none is named."""
    people = {}
    with Chromium() as browser:
        browser.size(PHONE, HEIGHT)
        for name in names or PICTURES:
            login, page, top, act = PICTURES[name]
            if login not in people:
                people[login] = Person(url)
                people[login].session.cookies.set("frontend_lang", "fr_FR")
                if login:
                    people[login].log_in(login, PASSWORD)
            browser.be(url, people[login].session)
            browser.visit(url + _find(people[login], page))
            (FOLDER / f"{name}.png").write_bytes(_take(browser, top, act))


if __name__ == "__main__":
    main(*sys.argv[1:])
