# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""T-S9: whatever is typed into a search is meant literally, and is no error.

Two hundred drawn at random, five hundred with --full, are in `ebs_listings`.
"""

import re
from urllib.parse import quote

import pytest
from odoo.tests import tagged

from .support.cells import Cells
from .support.everybody import EverybodyCase

# Names that hold what patterns are made of, each found by that alone.
NAMES = {
    "percent": "sale100% off",
    "under": "snake_case",
    "back": "path\\to",
    "quote": "l'ami",
    "star": "five*",
    "bracket": "[box]",
    "paren": "(round)",
    "dot": "a.b.c",
    "double": 'the "best"',
    "plus": "c++",
    "accent": "Éléphant",
}
# (what is typed, which names are found)
LITERAL = [
    ("%", {"percent"}),
    ("100%", {"percent"}),
    ("%off", set()),
    ("%%", set()),
    ("_", {"under"}),
    ("snake_", {"under"}),
    ("snake1case", set()),
    ("snakewxyzcase", set()),
    ("snake%case", set()),
    ("__", set()),
    ("\\", {"back"}),
    ("\\\\", set()),
    ("path\\to", {"back"}),
    ("\\%", set()),
    ("'", {"quote"}),
    ("''", set()),
    ("' OR 1=1 --", set()),
    ("'; DROP TABLE ebs_listing; --", set()),
    ("*", {"star"}),
    (".*", set()),
    # What ends or parts a sentence does not count beside a word.
    ("five.", {"star"}),
    ("[", {"bracket"}),
    ("[a-z]+", set()),
    ("(", {"paren"}),
    ("(round", {"paren"}),
    ("^", set()),
    ("$", set()),
    ("?", set()),
    ("|", set()),
    ("a.b", {"dot"}),
    ("a?b", {"dot"}),
    ("a*b", set()),
    ('"', {"double"}),
    ("+", {"plus"}),
    ("c++", {"plus"}),
    ("elephant", {"accent"}),
    ("ELEPHANT", {"accent"}),
    ("é", set()),
    ("&", set()),
    ("!", set()),
    (":*", set()),
    ("five & snake", set()),
    ("<script>", set()),
    ("{{7*7}}", set()),
    ("${7*7}", set()),
    ("\u202e", set()),
    ("😀", set()),
]
# Addresses that make no sense: they show the catalogue, or nothing, and no error.
SENSELESS = [
    "q=" + "x" * 10_000,
    "q=" + "%25" * 3_000,
    "q=" + "+".join(f"word{rank}" for rank in range(200)),
    "q=" + "+" * 500,
    "q=%00",
    "q=a%00b",
    "q=%ff%fe",
    "q=%ed%a0%80",
    "q=a&q=b&q=c",
    "q[]=a",
    "q[$ne]=1",
    "page=1e9",
    "page=1000000000",
    "page=99999999999999999999999",
    "page=-1",
    "page=0",
    "page=NaN",
    "page=",
    "page=1&page=2",
    "category=x",
    "category=-1",
    "category=99999999999999999999",
    "category=1e400",
    "category=[]",
    "category=1,2",
    "category=true",
    "zone=x",
    "zone=2147483648",
    "zone='",
    "zone=%00",
    "way=x",
    "way=lend'--",
    "way=lend&way=give",
    "way=%25",
    "circle=x",
    "circle=-1",
    "circle=99999999999999999999",
    "circle=%25",
    "circle=0x1",
    "order=password",
    "limit=100000",
    "offset=-5",
    "domain=[]",
    "month=9999-99",
]
PATHS = ("/listings", "/listings/page/999999999", "/listings/page/0", "/circles", "/")


@pytest.mark.slow
@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixSearch(EverybodyCase):
    """Pages, suggestions and RPC, by a visitor and a member of a circle."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.named = {}
        for label, name in NAMES.items():
            for where, values in {
                "everyone": {"visibility": "everyone"},
                "circle": {
                    "visibility": "circles",
                    "circle_ids": cls.things["secret circle"].ids,
                },
            }.items():
                cls.named[label, where] = cls.make_listing(
                    cls.personas["owner"], name=name, **values
                )
        # The others hold no such sign, and no such letter as is searched for.
        ours = [listing.id for listing in cls.named.values()]
        others = cls.env["ebs.listing"].search([("id", "not in", ours)])
        others.write({"name": "zzz", "description": False})
        cls.env.flush_all()

    def test_matrix_of_signs(self):
        with Cells("signs in searches") as cells:
            for actor, both in (("visitor", False), ("insider", True)):
                self.be(actor)
                for typed, expected in LITERAL:
                    answer = self.get(f"/listings?q={quote(typed)}")
                    cells.equal(answer.status_code, 200, actor, typed)
                    cards = self.parse(answer).cssselect("a[href*='/listings/']")
                    links = {card.get("href").rpartition("-")[2] for card in cards}
                    for label in NAMES:
                        shown = str(self.named[label, "everyone"].id) in links
                        if shown != (label in expected):
                            cells.equal(shown, label in expected, actor, typed, label)
                    hidden = {
                        label
                        for label in NAMES
                        if str(self.named[label, "circle"].id) in links
                    }
                    cells.equal(hidden, expected if both else set(), actor, typed)

    def test_matrix_of_senseless_addresses(self):
        """T-S9: no error page, the same offset for all pages too far."""
        secret = f"/circles/x-{self.things['secret circle'].id}"
        with Cells("senseless searches") as cells:
            for actor in ("visitor", "insider"):
                self.be(actor)
                for query in SENSELESS:
                    for path in PATHS if "page" in query else ("/listings", secret):
                        expected = 404 if (path, actor) == (secret, "visitor") else 200
                        answer = self.get(f"{path}?{query}")
                        cells.equal(
                            answer.status_code, expected, actor, path, query[:40]
                        )

    def test_matrix_of_signs_in_suggestions(self):
        """The suggestions of core find none of our things, whatever the sign."""
        with Cells("signs in suggestions") as cells:
            for actor in ("visitor", "insider", "internal"):
                self.be(actor)
                for typed, _expected in LITERAL:
                    with self.silent():
                        answer = self.ask_json(
                            "/website/snippet/autocomplete",
                            search_type="all",
                            term=typed,
                            options={
                                f"display{one}": True
                                for one in ("Image", "Description", "ExtraLink")
                            }
                            | {"displayDetail": True},
                        )
                    told = re.findall(r"/listings/[^\"'/]*-\d+", str(answer))
                    cells.equal(told, [], actor, "autocomplete", typed)
