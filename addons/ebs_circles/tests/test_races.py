# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from psycopg2.errors import CheckViolation

from .common import CirclesCase


@tagged("ebs_concurrency")
class TestReferee(CirclesCase):
    """What the database refuses, whatever Python let through."""

    def test_a_circle_with_members_keeps_an_organiser(self):
        self.add_to_circle(self.open_circle, self.make_member("Ada"))
        place = self.open_circle._find_membership(self.organiser)
        self.env.flush_all()
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self._quietly(lambda: place.write({"role": "member"}))

    def test_counters_never_go_below_zero(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self._quietly(lambda: self.open_circle._count(0, -2))

    def test_every_change_of_a_membership_writes_the_row_of_its_circle(self):
        """So two who leave at once meet there: the second one starts again."""
        self.env.flush_all()
        version = self._get_version()
        self.add_to_circle(self.open_circle, self.make_member("Ada"))
        self.assertNotEqual(self._get_version(), version)

    def _get_version(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT ctid FROM ebs_circle WHERE id = %s", [self.open_circle.id]
        )
        return self.env.cr.fetchone()

    def _quietly(self, act):
        with self.assertLogs("odoo.sql_db", "ERROR"):
            act()
