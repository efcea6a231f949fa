# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from lxml import etree
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, file_open, mute_logger

from .common import ListingsCase

MODELS = ("category", "way", "listing", "photo", "exchange", "message", "promise")


@tagged("ebs_listings")
class TestDatabase(ListingsCase):
    """What is declared is there: Odoo only logs what it could not add."""

    def test_every_constraint_and_index_stands_in_the_database(self):
        names = {
            row[0]
            for row in self.env.execute_query(
                SQL(
                    """SELECT conname FROM pg_constraint
                    UNION SELECT indexname FROM pg_indexes"""
                )
            )
        }
        for short in MODELS:
            model = self.env[f"ebs.{short}"]
            for table_object in model._table_objects.values():
                self.assertIn(table_object.full_name(model), names)

    def test_the_catalogue_has_its_index(self):
        [(definition,)] = self.env.execute_query(
            SQL(
                "SELECT indexdef FROM pg_indexes WHERE indexname = %s",
                "ebs_listing_catalogue_idx",
            )
        )
        self.assertIn("published_at DESC, id DESC", definition)
        self.assertIn("WHERE", definition)

    def test_absurd_values_do_not_get_in(self):
        owner = self.make_member("Olga")
        listing = self.make_listing(owner)
        exchange = self.ask(self.make_member("Anna"), listing)
        for record, values in (
            (listing, {"name": "x" * 101}),
            (listing, {"description": "x" * 4001}),
            (listing, {"price": -1}),
            (exchange, {"asker_id": owner.id}),
            (self.company, {"ebs_request_days": 0}),
            (self.company, {"ebs_request_days": 61}),
            (self.get_way("give"), {"code": "sell"}),
        ):
            with self.subTest(values=list(values)):
                with self.assertRaises(psycopg2.IntegrityError):
                    with mute_logger("odoo.sql_db"), self.cr.savepoint():
                        record.write(values)
                        self.env.flush_all()

    def test_records_of_two_platforms_do_not_mix(self):
        owner = self.make_member("Olga")
        foreign = self.make_category("Foreign", company=self.other_company)
        with self.assertRaises(UserError):
            self.make_listing(owner, category_id=foreign.id)
        with self.assertRaises(UserError):
            self.make_category("Mixed", parent=foreign)

    def test_a_category_is_no_part_of_itself(self):
        with self.assertRaises(UserError):
            self.garden.parent_id = self.mowers

    def test_every_category_has_a_drawing_of_ours(self):
        icons = dict(self.env["ebs.category"]._fields["icon"].selection)
        self.assertEqual(len(icons), 18)
        for icon in icons:
            with self.subTest(icon=icon):
                self.assert_drawing(icon)

    def assert_drawing(self, icon):
        path = f"ebs_listings/static/img/category/{icon}.svg"
        with file_open(path) as drawing:
            tree = etree.fromstring(drawing.read().encode())
        self.assertEqual(tree.get("viewBox"), "0 0 400 300")
        text = etree.tostring(tree).decode()
        self.assertEqual(text.count("http:"), 1, "the name space alone")
        for word in ("<script", "href", "<image", "<text", "onload"):
            self.assertNotIn(word, text)
