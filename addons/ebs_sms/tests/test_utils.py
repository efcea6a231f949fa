# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase

from ..utils import gsm_length, mask_number, shorten, to_gsm


class TestUtils(BaseCase):
    """Text that fits in one SMS."""

    def test_what_gsm_knows_is_kept(self):
        text = "Ramenez l'échelle à Zoé où vous l'avez prise (été) !"
        self.assertEqual(to_gsm(text), text)

    def test_accents_that_gsm_lacks_are_dropped(self):
        self.assertEqual(to_gsm("Forêt, août, ça, Noël"), "Foret, aout, ca, Noel")

    def test_typographic_signs_become_plain_ones(self):
        self.assertEqual(to_gsm("« L’œuvre » – 3 €…"), '" L\'oeuvre " - 3 €...')

    def test_pictures_and_control_characters_are_dropped(self):
        self.assertEqual(to_gsm("Drill 🛠️\x07!"), "Drill !")

    def test_another_script_is_left_readable(self):
        self.assertEqual(to_gsm("مثقاب"), "مثقاب")
        self.assertEqual(to_gsm("Дрель – 2"), "Дрель – 2")

    def test_signs_of_the_second_table_count_twice(self):
        self.assertEqual(gsm_length("abc"), 3)
        self.assertEqual(gsm_length("3 €"), 4)
        self.assertEqual(gsm_length("[a]"), 5)

    def test_a_text_is_shortened_on_one_line(self):
        self.assertEqual(shorten("A long\n  ladder", 20), "A long ladder")
        self.assertEqual(shorten("A very long ladder", 10), "A very...")
        self.assertEqual(len(shorten("x" * 50, 24)), 24)

    def test_a_number_is_masked(self):
        self.assertEqual(mask_number("+33612345678"), "…78")
        self.assertEqual(mask_number(False), "…")
