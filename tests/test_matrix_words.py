# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of hidden things: on pages, in searches, counts, pagers, suggestions, maps
of the site and everything else that core answers about a site.
"""

import re

import pytest
from odoo.tests import tagged

from .support.cells import Cells
from .support.everybody import EverybodyCase
from .support.law import EVERYBODY, OWNER_SIDE, SEES, WORDED, word_of
from .support.routes import ebs_routes
from .test_matrix_routes import READ

# What lies in the catalogue of this site, and so on its first page.
CATALOGUE = {
    "listing everyone",
    "listing members",
    "listing secret",
    "listing lent",
    "listing other",
    "listing both",
    "listing listed",
    "listing orphan",
    "listing quarrel",
    "listing fray",
}
# What everyone may see, visitors included.
PUBLIC = {"listing everyone", "listing fray"}
CIRCLES = {
    "open circle",
    "request circle",
    "listed circle",
    "secret circle",
    "other circle",
}
# The circles that each offers as a filter or as readers: those that they are in.
MINE = {
    "secret circle": {"owner", "delegate", "insider", "organiser"},
    "listed circle": {"owner", "delegate", "organiser"},
    "open circle": {"organiser"},
    "request circle": {"organiser"},
    "other circle": {"neighbour"},
}
# One's own things, of which a kit may be made.
OWN = {label for label in SEES if label.startswith("listing ")}
LOANS = {"listing everyone", "listing lent", "listing quarrel", "listing fray"}
MESSAGES = {"message lent", "message plain", "message quarrel", "message fray"}
CONDITIONS = {"condition lent", "condition plain"}
CASES = {"line quarrel", "line asker", "line owner", "line fray"}
# Which words may stand on each page that names no thing.
SHOWN = {
    "/": CATALOGUE,
    "/listings": CATALOGUE | CIRCLES,
    "/listings/page/<int:page>": CATALOGUE | CIRCLES,
    # The same for everybody: what is for everyone.
    "/listings/feed.xml": PUBLIC,
    "/sitemap.xml": PUBLIC | {"open circle", "request circle", "listed circle"},
    "/circles": CIRCLES,
    # With what is kept for who waits.
    "/my": LOANS | {"listing draft", "listing rejected", "listing secret"} | CIRCLES,
    "/my/home": LOANS
    | {"listing draft", "listing rejected", "listing secret"}
    | CIRCLES,
    # With what one waits for.
    "/my/exchanges": LOANS | MESSAGES | {"listing ended", "listing secret"},
    "/my/listings": {label for label in SEES if label.startswith("listing ")} | CIRCLES,
    "/publish": CIRCLES | OWN,
}
# Titles as agreed stay with who agreed to them.
KEPT = {"listing lent": {"former"}, "listing ended": {"neighbour"}}
# What stands on the page of a thing besides its own word.
BESIDE = {
    "/circles/<slug>": CATALOGUE | {"announcement secret"} | CIRCLES,
    "/circles/<slug>/manage": CIRCLES,
    # Alike ones stand below, of those that the visitor sees.
    "/listings/<slug>": CATALOGUE | CIRCLES,
    "/my/listings/<int:listing_id>/edit": CIRCLES | OWN,
    "/my/listings/<int:listing_id>/renew": CIRCLES,
    "/my/exchanges/<int:exchange_id>": LOANS | MESSAGES | CONDITIONS,
    "/my/exchanges/<int:exchange_id>/contract": LOANS | CONDITIONS,
    "/my/exchanges/<int:exchange_id>/messages.json": MESSAGES,
    "/my/exchanges/<int:exchange_id>/dispute": LOANS | CASES,
}


ASKERS = {"former", "neighbour", "insider"}
FEW = {"visitor", "insider", "manager"}


def knows(actor, label):
    """Whether the table lets somebody read the word of a thing."""
    return actor in SEES[label] or actor in KEPT.get(label, ())


@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixWords(EverybodyCase):
    """What everybody reads, and what is not to stand in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Enough for a second page, for those inside alone.
        for rank in range(22):
            cls.make_listing(
                cls.personas["insider"],
                name=f"manyqx {rank}",
                visibility="circles",
                circle_ids=cls.things["secret circle"].ids,
                published_at="2026-01-01 00:00:00",
            )
        cls.env.flush_all()

    # === PAGES === #

    def test_matrix_of_words_on_pages(self):
        with Cells("words on pages") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                for route in ebs_routes(self.registry):
                    if route.pattern not in READ or "<slug>" in route.pattern:
                        continue
                    if "_id>" in route.pattern or "ebs.zip" in route.pattern:
                        continue
                    # What shows nothing, or the same to all, is asked by a few.
                    everywhere = route.pattern in SHOWN and ".xml" not in route.pattern
                    if not everywhere and actor not in FEW:
                        continue
                    path = route.fill({"token": "none", "page": 1})
                    seen = self.words_in(self.get(path).text)
                    allowed = SHOWN.get(route.pattern, set())
                    wrong = {one for one in seen if not knows(actor, one)}
                    wrong |= seen - allowed
                    cells.equal(wrong, set(), route.pattern, actor)

    @pytest.mark.slow
    def test_matrix_of_words_beside_a_thing(self):
        """The page of what somebody sees tells nothing of what they do not."""
        with Cells("words beside a thing") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                for pattern, allowed in BESIDE.items():
                    for label in self._things_of(pattern, actor):
                        number = self.things[label].id
                        path = re.sub("<[^>]+>", f"{number}", pattern)
                        seen = self.words_in(self.get(path).text) - {label}
                        wrong = {one for one in seen if not knows(actor, one)}
                        wrong |= seen - allowed
                        cells.equal(wrong, set(), pattern, label, actor)

    def _things_of(self, pattern, actor):
        """Return things whose page somebody may have, hidden ones beside them."""
        labels = {
            "/circles": ["open circle", "listed circle", "request circle"]
            + ["secret circle", "other circle"],
            "/listings": ["listing everyone", "listing both", "listing secret"],
            "/my/listings": ["listing everyone", "listing both"],
            "/my/exchanges": ["exchange lent", "exchange plain", "exchange quarrel"],
        }
        root = re.split("/<", pattern)[0]
        labels = labels[root]
        if root.startswith("/my"):
            return labels if actor in OWNER_SIDE | ASKERS else []
        return [label for label in labels if actor in SEES[label]]

    def test_the_circle_page_says_its_things_to_its_members_alone(self):
        """A listed circle shows its name to everyone, its people and things never."""
        with Cells("people and things of a circle") as cells:
            for label in ("listed circle", "request circle", "secret circle"):
                for actor in sorted(SEES[label]):
                    self.be(actor)
                    text = self.get(f"/circles/x-{self.things[label].id}").text
                    inside = actor in MINE[label]
                    if label == "secret circle" and actor == "opener":
                        inside = True
                    people = "Organiser Everybody" in text
                    cells.equal(people, inside, label, actor, "people")
                    shown = word_of("announcement secret") in text
                    expected = inside and label == "secret circle"
                    cells.equal(shown, expected, label, actor, "announcement")
                    shown = "manyqx" in text
                    cells.equal(shown, expected, label, actor, "things")

    # === SEARCH === #

    @pytest.mark.slow
    def test_matrix_of_searches_for_a_word(self):
        """Results, count and pager of a hidden word are those of no word at all."""
        with Cells("searches for a word") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                nothing = self.body(self.get("/listings?q=neverwasqx"))
                for label in sorted(CATALOGUE | {"listing draft", "everyone abroad"}):
                    word = f"{word_of(label)}text"
                    page = self.body(self.get(f"/listings?q={word}"))
                    if label in CATALOGUE and actor in SEES[label]:
                        shown = word_of(label) in page.replace(word, "")
                        cells.equal(shown, True, label, actor, "found")
                    else:
                        same = page.replace(word, "neverwasqx") == nothing
                        cells.equal(same, True, label, actor, "as nothing")

    def test_matrix_of_counts_and_pagers(self):
        counts = {}
        for actor in EVERYBODY:
            # And one more, which everyone sees.
            counts[actor] = 1 + sum(actor in SEES[label] for label in CATALOGUE)
            if actor in MINE["secret circle"] | {"opener"}:
                counts[actor] += 22
        with Cells("counts and pagers") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                page = self.get("/listings").text
                number = counts[actor]
                words = "One listing" if number == 1 else f"{number} listings"
                cells.equal(words in page, True, actor, "count")
                cells.equal("/listings/page/2" in page, number > 20, actor, "pager")
                far = self.body(self.get("/listings/page/2"))
                cells.equal("manyqx" in far, number > 20, actor, "second page")

    @pytest.mark.slow
    def test_matrix_of_the_circle_filter(self):
        """A circle that one is not in is no filter: as one that never was."""
        with Cells("filter by circle") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                nothing = self._filter(999_999)
                for label, members in MINE.items():
                    page = self._filter(self.things[label].id)
                    if actor not in members:
                        cells.equal(page == nothing, True, label, actor, "as nothing")
                    wrong = {
                        one for one in self.words_in(page) if not knows(actor, one)
                    }
                    cells.equal(wrong, set(), label, actor, "words")

    def _filter(self, number):
        """Return the catalogue of one circle, without that number."""
        page = self.body(self.get(f"/listings?circle={number}"))
        return re.sub(rf"circle(=|%3D|%253D){number}\b", "", page)

    # === WHAT CORE ANSWERS ABOUT A SITE === #

    @pytest.mark.slow
    def test_matrix_of_what_core_answers_about_a_site(self):
        """Suggestions, the global search, dynamic blocks: as for no word at all."""
        with Cells("core's searches") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                for label in WORDED:
                    if knows(actor, label):
                        continue
                    found = self._ask_core(word_of(label))
                    nothing = self._ask_core("neverwasqx")
                    for way, answer in found.items():
                        same = answer.replace(word_of(label), "neverwasqx")
                        cells.equal(same == nothing[way], True, label, actor, way)
                    break

    def _ask_core(self, word):
        shown = ("Image", "Description", "ExtraLink", "Detail")
        options = {"allowFuzzy": True, **{f"display{one}": True for one in shown}}
        with self.silent():
            suggest = self.ask_json(
                "/website/snippet/autocomplete",
                search_type="all",
                term=word,
                options=options,
            )
        return {
            "autocomplete": str(suggest),
            "search": self.body(self.get(f"/website/search?search={word}")),
            "pages": self.body(self.get(f"/website/search/pages?search={word}")),
        }

    def test_matrix_of_dynamic_blocks(self):
        """A block of the site builder fetches one record by model and id."""
        labels = ("secret circle", "listing secret", "photo secret", "exchange lent")
        template = self.env["ir.ui.view"].search(
            [("key", "ilike", ".dynamic_filter_template_"), ("type", "=", "qweb")],
            limit=1,
        )
        key = template.key or "website.dynamic_filter_template_none"
        with Cells("dynamic blocks") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                for label in (*labels, "persona newcomer", "private insider"):
                    record = self.things[label]
                    for number, expected in ((record.id, None), (999_999, None)):
                        with self.silent():
                            answer = self.ask_json(
                                "/website/snippet/filters",
                                filter_id=0,
                                template_key=key,
                                limit=1,
                                res_model=record._name,
                                res_id=number,
                            )
                        if number == record.id:
                            told = answer
                        else:
                            expected = answer
                    cells.equal(told, expected, label, actor)

    def test_matrix_of_the_map_of_the_site(self):
        """The sitemap and the structured data name what everyone sees, no more."""
        with Cells("sitemap") as cells:
            for actor in ("visitor", "insider", "opener", "manager"):
                self.env["ir.attachment"].search(
                    [("url", "=like", "/sitemap%")]
                ).unlink()
                self.be(actor)
                text = self.get("/sitemap.xml").text
                here = {"listing everyone", "open circle", "request circle"}
                here |= {"listed circle", "listing fray"}
                for label in WORDED:
                    cells.equal(word_of(label) in text, label in here, label, actor)
