# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path
from runpy import run_path

from odoo.tests import tagged

from .common import ListingsCase

SCRIPTS = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0"


@tagged("ebs_listings")
class TestMigration(ListingsCase):
    """From a version in which an exchange began with a request."""

    def migrate(self, name):
        self.env.flush_all()
        script = run_path(str(SCRIPTS / f"{name}.py"))
        script["migrate"](self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_exchanges_begin_when_they_were_requested_and_inside_circles(self):
        owner, asker = self.make_member("Olga"), self.make_member("Anna")
        circle = self.make_circle("Family", "invitation")
        self.add_to_circle(circle, owner, asker)
        inside = {"visibility": "circles", "circle_ids": circle.ids}
        outer = self.ask(asker, self.make_listing(owner, name="Open"))
        inner = self.ask(asker, self.make_listing(owner, **inside))
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE ebs_exchange DROP COLUMN opened_at")
        self.env.cr.execute("UPDATE ebs_exchange SET is_private = FALSE")
        self.migrate("pre-migrate")
        self.migrate("post-migrate")
        for exchange in (outer, inner):
            self.assertEqual(exchange.opened_at, exchange.requested_at)
        self.assertFalse(outer.is_private)
        self.assertTrue(inner.is_private)
