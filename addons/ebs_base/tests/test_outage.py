# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

import psycopg2
from odoo.http import RegistryError
from odoo.modules.registry import Registry
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .. import outage


@tagged("post_install", "-at_install")
class TestOutage(HttpCase):
    """A database that restarts signs nobody out."""

    def ask_while(self, cause):
        """Ask for a page while the database cannot be had, for this cause."""

        def fail(request):
            raise RegistryError("no registry") from cause

        with patch.object(outage, "_serve_db", fail), mute_logger("odoo.http"):
            return self.url_open("/my", allow_redirects=False)

    def test_who_asks_while_it_is_away_is_told_to_wait(self):
        self.authenticate("admin", "admin")
        answer = self.ask_while(psycopg2.OperationalError("in recovery mode"))
        self.assertEqual(answer.status_code, 503)
        self.assertEqual(answer.headers["Retry-After"], str(outage.RETRY_AFTER))
        self.assertIn("reload the page", answer.text)
        self.assertEqual(self.url_open("/my").status_code, 200)

    def test_they_are_still_signed_in_afterwards(self):
        self.authenticate("admin", "admin")
        self.ask_while(psycopg2.OperationalError("in recovery mode"))
        answer = self.url_open("/odoo", allow_redirects=False)
        self.assertNotIn("/web/login", answer.headers.get("Location", ""))

    def test_a_database_that_never_answered_is_left_to_odoo(self):
        with patch.object(Registry, "registries", {}):
            answer = self.ask_while(psycopg2.OperationalError("does not exist"))
        self.assertEqual(answer.status_code, 404)
