# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from ..say import say_distance, say_number


@tagged("post_install", "-at_install")
class TestSay(TransactionCase):
    """Numbers and distances as people say them."""

    def test_a_distance_is_never_said_as_if_to_the_door(self):
        self.env["res.lang"]._activate_lang("en_US")
        english = self.env(context={"lang": "en_US"})
        for metres, words in (
            (0, "less than 300 m away"),
            (299.9, "less than 300 m away"),
            (300, "300 m away"),
            (851, "850 m away"),
            (974, "950 m away"),
            (976, "1 km away"),
            (2_449, "2.4 km away"),
            (9_960, "10 km away"),
            (12_600, "13 km away"),
            (1_234_567, "1,235 km away"),
        ):
            self.assertEqual(say_distance(english, metres), words)

    def test_french_numbers_have_a_comma(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.env(context={"lang": "fr_FR"})
        self.assertEqual(say_number(french, 2.44, 1), "2,4")
        self.assertEqual(say_number(french, 3.0, 1), "3")
