# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

import psycopg2
from odoo.exceptions import UserError
from odoo.modules import db
from odoo.tests import TransactionCase

from .. import hooks


class TestHooks(TransactionCase):
    """Nothing is installed where PostgreSQL cannot search without accents."""

    def test_an_extension_that_is_there_is_left_alone(self):
        with patch.object(type(self.env.cr), "execute") as execute:
            execute.side_effect = AssertionError
            with patch.object(db, "has_unaccent", return_value=1):
                hooks.pre_init_hook(self.env)

    def test_what_cannot_be_created_is_said_in_one_sentence(self):
        real = type(self.env.cr).execute

        def execute(cr, query, *args, **kwargs):
            if "EXTENSION" in str(query):
                raise psycopg2.errors.InsufficientPrivilege("permission denied")
            return real(cr, query, *args, **kwargs)

        with (
            patch.object(db, "has_unaccent", return_value=0),
            patch.object(type(self.env.cr), "execute", execute),
            self.assertRaisesRegex(UserError, "CREATE EXTENSION unaccent"),
        ):
            hooks.pre_init_hook(self.env)

    def test_the_database_searches_without_accents(self):
        self.env.cr.execute("SELECT unaccent('échelle')")
        self.assertEqual(self.env.cr.fetchone(), ("echelle",))
        self.assertTrue(self.env.registry.has_unaccent)
