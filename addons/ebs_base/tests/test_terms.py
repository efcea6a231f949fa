# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..clock import clock_at
from .common import EbsCase


class TestTerms(EbsCase):
    def test_a_new_platform_has_a_first_version_with_marked_gaps(self):
        terms = self.env["ebs.terms"]._get_current(self.company)
        self.assertEqual(terms.version, 1)
        self.assertIn(self.company.name, terms.body)
        self.assertIn("<strong>[", terms.body)

    def test_the_first_version_is_in_the_language_of_the_platform(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        company = self.env["res.company"].create({"name": "Chez nous"})
        company.partner_id.lang = "fr_FR"
        company.is_ebs_platform = True
        terms = self.env["ebs.terms"]._get_current(company)
        self.assertIn("Qui nous sommes", terms.body)

    def test_switching_a_platform_off_and_on_keeps_its_terms(self):
        terms = self.env["ebs.terms"]._get_current(self.company)
        self.company.is_ebs_platform = False
        self.company.is_ebs_platform = True
        self.assertEqual(self.env["ebs.terms"]._get_current(self.company), terms)

    def test_a_version_counts_from_its_day_on(self):
        second = self.env["ebs.terms"].create(
            {
                "company_id": self.company.id,
                "version": 2,
                "body": "New",
                "published_on": "2030-01-01",
            }
        )
        current = self.env["ebs.terms"]._get_current
        self.assertEqual(current(self.company).version, 1)
        with clock_at("2029-12-31 23:30:00"):
            self.assertEqual(current(self.company), second)

    def test_no_version_of_another_platform_counts(self):
        terms = self.env["ebs.terms"]._get_current(self.other_company)
        self.assertEqual(terms.company_id, self.other_company)

    @mute_logger("odoo.sql_db")
    def test_a_version_is_there_once(self):
        with self.assertRaises(UniqueViolation):
            self.env["ebs.terms"]._get_current(self.company).copy()
