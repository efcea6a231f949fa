# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import ListingsCase


@tagged("ebs_listings")
class TestWords(ListingsCase):
    """What people type in French finds what others have written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.visitor = cls.env.ref("base.public_user")

    def add(self, name, **values):
        return self.make_listing(self.owner, name=name, visibility="everyone", **values)

    def find(self, text, **filters):
        search = self.env["ebs.listing"].with_user(self.visitor)
        found, _total, meant = search._search_catalogue(
            self.company, {"q": text, **filters}
        )
        return found.mapped("name"), meant

    def assert_finds(self, text, *names):
        self.assertEqual(self.find(text), (list(names), None), text)

    def test_accents_capitals_and_plurals_do_not_matter(self):
        self.add("Vélos d'enfant")
        self.add("Perceuses à percussion")
        for text in ("vélo", "velo", "vélos", "Velos", "VÉLO", "l'enfant"):
            self.assert_finds(text, "Vélos d'enfant")
        self.assert_finds("perceuse", "Perceuses à percussion")

    def test_small_words_elisions_and_units_do_not_matter(self):
        self.add("Appareil raclette, huit poêlons")
        self.add("Échelle 3 m")
        self.add("Aspirateur")
        self.assert_finds("appareil à raclette", "Appareil raclette, huit poêlons")
        self.assert_finds("échelle 3m", "Échelle 3 m")
        self.assert_finds("l'aspirateur", "Aspirateur")
        self.assert_finds("l’aspirateur", "Aspirateur")

    def test_slips_of_spelling_are_forgiven_and_said(self):
        self.add("Perceuse")
        self.add("Tondeuse à gazon")
        self.add("Remorque")
        self.assertEqual(self.find("perseuse"), (["Perceuse"], "perceuse"))
        self.assertEqual(self.find("tondeze"), (["Tondeuse à gazon"], "tondeuse"))
        self.assertEqual(self.find("rémorque"), (["Remorque"], None))
        self.assertEqual(self.find("tondeze gazon")[1], "tondeuse gazon")

    def test_what_is_hidden_is_never_what_was_meant(self):
        """Else a slip of spelling would tell the words of others' things."""
        hidden = self.add("Zymurgie")
        self.assertEqual(self.find("zymurgei"), (["Zymurgie"], "zymurgie"))
        hidden.visibility = "members"
        self.assertEqual(self.find("zymurgei"), ([], None))

    def test_a_title_weighs_more_than_a_kind_and_a_kind_more_than_a_text(self):
        kind = self.env["ebs.category"].create(
            {"name": "Théodolite", "company_id": self.company.id}
        )
        self.add("Théodolite ancien")
        self.add("Vieil outil", category_id=kind.id)
        self.add("Trépied", description="Pour un théodolite.")
        self.assert_finds("theodolite", "Théodolite ancien", "Vieil outil", "Trépied")
        for lang in ("en_US", "fr_FR"):
            kind.with_context(lang=lang).name = "Mesure"
        kind.flush_recordset()
        self.assert_finds("theodolite", "Théodolite ancien", "Trépied")

    def test_anything_typed_is_plain_text(self):
        self.add("Vase")
        for text in (
            "🙂",
            "שלום",
            "x" * 10_000,
            "a & b | !c",
            "vase:*",
            "(",
            "\0",
            "''",
        ):
            names, _meant = self.find(text)
            self.assertIn(names, ([], ["Vase"]), text[:20])

    def test_it_is_found_within_so_many_kilometres_of_its_blurred_spot(self):
        here, there = self.env["ebs.zone"].create(
            [
                {
                    "name": name,
                    "company_id": self.company.id,
                    "latitude": latitude,
                    "longitude": 3.0,
                }
                for name, latitude in (("Ici", 50.6), ("Là-bas", 50.7))
            ]
        )
        near = self.add("Vase de près", zone_id=here.id)
        far = self.add("Vase de loin", zone_id=there.id)
        self.env["ebs.listing"].flush_model()
        self.assertEqual(self.find("vase", near="50.6,3.0", within="5")[0], [near.name])
        names = self.find("vase", near="50.6,3.0", within="20", sort="nearest")[0]
        self.assertEqual(names, [near.name, far.name])
        distances = (near + far)._get_distances(50.6, 3.0)
        self.assertAlmostEqual(distances[far], 11_119, delta=20)

    def test_choices_are_counted_as_their_filters_find(self):
        self.add("Vase bleu")
        self.add("Vase vert", side="want")
        listings = self.env["ebs.listing"].with_user(self.visitor)
        counts = listings._count_choices(self.company, {"q": "vase", "side": "want"})
        self.assertEqual(counts["side"], {"offer": 1, "want": 1})
        for name in ("category", "kind", "way", "zone"):
            for value, number in counts[name].items():
                filters = {"q": "vase", "side": "want", name: value}
                _found, total, _meant = listings._search_catalogue(
                    self.company, filters
                )
                self.assertEqual(number, total, (name, value))
