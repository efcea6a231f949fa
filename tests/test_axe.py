# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""L5: pages for everybody: who hears them, who types only, who needs large print."""

import json
import re
import time

import pytest

from ebs_cli import javascript

from .support.browsing import Person
from .support.chromium import Chromium
from .support.site import MEMBERS, PASSWORD

pytestmark = pytest.mark.slow
PHONE, WIDE = 390, 1280
# A page is named by its path, or by the page and the link that lead to it.
VISITOR = {
    "home": "/",
    "listings": "/listings",
    "a listing": ("/listings", r"/listings/[^/?]+-\d+"),
    "nothing found": "/listings?q=zzzzzzzz",
    "circles": "/circles",
    "a circle": ("/circles", r"/circles/[^/?]+-\d+"),
    "log in": "/web/login",
    "sign up": "/web/signup",
    "password": "/web/reset_password",
    "no such page": "/nowhere",
}
MEMBER = {
    "my space": "/my",
    "my listings": "/my/listings",
    "my exchanges": "/my/exchanges",
    "an exchange": ("/my/exchanges", r"/my/exchanges/\d+"),
    "publish": "/publish",
    "my profile": "/my/profile",
    "calendars": "/my/calendars",
    "another's listing": ("/listings", r"/listings/[^/?]+-\d+"),
    "new circle": "/circles/new",
}
AXE = """axe.run(document, {resultTypes: ["violations"]}).then(({violations}) =>
    violations.map(({id, nodes}) => [id, nodes.slice(0, 5).map(({target, html}) =>
        [target.join(" "), html.slice(0, 160)])]))"""
# What sticks out to the right of the window, other than in what slides sideways.
CUT = """(() => {
    const slides = (el) => el && el !== document.body && (
        ["auto", "scroll"].includes(getComputedStyle(el).overflowX)
        && el.id !== "wrapwrap" || slides(el.parentElement));
    return [...document.querySelectorAll("#wrapwrap *")].filter((el) => {
        const box = el.getBoundingClientRect();
        const seen = box.width > 1 && box.height > 1 && getComputedStyle(el).visibility
            === "visible" && !el.closest(".visually-hidden, .offcanvas");
        return seen && box.right > innerWidth + 1 && !slides(el.parentElement);
    }).slice(0, 5).map((el) => el.outerHTML.slice(0, 160));
})()"""
WIDTH = "[document.documentElement.scrollWidth, document.body.scrollWidth]"
FOCUS = """(() => {
    const el = document.activeElement;
    if (!el || el === document.body) return null;
    const style = getComputedStyle(el);
    const frame = el.closest("label") || el;
    // A hidden box to tick or camera is marked by what it lies in.
    const own = el.getBoundingClientRect();
    const box = own.width < 2 ? frame.getBoundingClientRect() : own;
    // The middle of what is in the window.
    const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
    const x = middle(box.left, box.right, innerWidth);
    const y = middle(box.top, box.bottom, innerHeight);
    const top = document.elementFromPoint(x, y);
    const marked = [el, frame, el.parentElement].some((one) => {
        const now = getComputedStyle(one);
        return (now.outlineStyle !== "none" && parseFloat(now.outlineWidth) >= 2)
            || now.boxShadow !== "none";
    });
    return {
        html: el.outerHTML.slice(0, 160),
        number: [...document.querySelectorAll("*")].indexOf(el),
        tabindex: el.tabIndex,
        marked,
        inner: !el.matches(":focus"),
        small: box.width < 2 || box.height < 2,
        covered: !(top && [el, frame].some((one) => one.contains(top))
            || top?.contains(el)),
    };
})()"""


@pytest.fixture
def browser():
    with Chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def axe():
    """The checker's own text, as npm brings it."""
    javascript.ensure()
    path = javascript.NODE / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text(encoding="utf-8")


def person_of(url, login):
    person = Person(url)
    if login:
        person.log_in(login, PASSWORD)
    person.session.cookies.set("frontend_lang", "fr_FR")
    return person


def each_page(url, browser):
    """Every page as the person who sees it, the browser signed in as that person."""
    for login, pages in ((None, VISITOR), (MEMBERS[0], MEMBER)):
        person = person_of(url, login)
        browser.be(url, person.session)
        for name, where in pages.items():
            if isinstance(where, tuple):
                text = person.get(where[0]).text
                where = re.search(f'href="({where[1]})"', text)[1]
            yield name, url + where


def wake(browser):
    """Have all scripts run that the page may start."""
    if browser.run("!!document.querySelector('script[data-src]')"):
        browser.wake()


def test_axe_finds_nothing(sample_site, browser, axe, subtests):
    """Signed out and signed in, on a phone and on a wide screen."""
    for name, address in each_page(sample_site.url, browser):
        for width in (PHONE, WIDE):
            with subtests.test(page=name, width=width):
                browser.size(width)
                browser.visit(address)
                wake(browser)
                browser.run(f"{axe};0")
                found = browser.run(AXE)
                assert found == [], json.dumps(found, indent=1)


def test_nothing_is_cut_in_large_print(sample_site, browser, subtests):
    """At 320 px, and at 640, which is what a wide screen has at twice the size."""
    for name, address in each_page(sample_site.url, browser):
        for width in (320, 640):
            with subtests.test(page=name, width=width):
                browser.size(width, phone=False)
                browser.visit(address)
                assert browser.run(CUT) == []
                assert max(browser.run(WIDTH)) <= width


def test_every_page_is_walked_by_keyboard(sample_site, browser, subtests):
    """In order, with a mark on what has the focus, nothing of it under a bar."""
    for name, address in each_page(sample_site.url, browser):
        for width in (PHONE, WIDE):
            with subtests.test(page=name, width=width):
                browser.size(width)
                browser.visit(address)
                wake(browser)
                walk(browser)


def walk(browser, most=40):
    """Press Tab through the page as far as it goes."""
    last, steps = -1, 0
    while steps < most:
        browser.press("Tab", 9)
        at = browser.run(FOCUS)
        for _glide in range(10):
            if not at or not at["covered"]:
                break
            time.sleep(0.1)
            at = browser.run(FOCUS)
        if not at or at["number"] < last:
            break
        steps += 1
        last = at["number"]
        assert at["tabindex"] <= 0, at
        # The button within a field of a date is the browser's, and so is its mark.
        assert at["marked"] or at["inner"], at
        assert not at["small"], at
        assert not at["covered"], at
    assert steps >= 3


def test_the_first_tab_leads_past_the_menu(sample_site, browser):
    browser.be(sample_site.url, person_of(sample_site.url, None).session)
    browser.size(WIDE)
    browser.visit(f"{sample_site.url}/listings")
    browser.press("Tab", 9)
    assert browser.run("document.activeElement.getAttribute('href')") == "#wrap"
    browser.press("Enter", 13)
    browser.press("Tab", 9)
    assert browser.run("!!document.activeElement.closest('#wrap')")


def test_the_menu_of_a_phone_opens_with_the_first_key(sample_site, browser):
    """The scripts that open it have not come yet when it is asked for."""
    browser.be(sample_site.url, person_of(sample_site.url, None).session)
    browser.size(PHONE)
    browser.visit(f"{sample_site.url}/listings")
    assert browser.run("!!document.querySelector('script[data-src]')")
    browser.run("document.querySelector('[data-bs-toggle=offcanvas]').focus()")
    browser.press("Enter", 13)
    shown = "!!document.querySelector('.offcanvas.show')"
    browser.wait("document.activeElement.closest('.offcanvas.show') !== null")
    browser.press("Escape", 27)
    browser.wait(f"!({shown})")


def test_forms_do_not_wait_for_scripts(sample_site, browser):
    """A search typed and sent at once is answered, whether scripts come or not."""
    browser.be(sample_site.url, person_of(sample_site.url, None).session)
    browser.size(PHONE)
    browser.visit(f"{sample_site.url}/")
    browser.run("document.querySelector('[name=q]').focus()")
    browser.call("Input.insertText", text="tente")
    browser.press("Enter", 13)
    browser.wait(
        "location.pathname === '/listings' && location.search.includes('tente')"
    )
