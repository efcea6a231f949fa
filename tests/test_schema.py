# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an addon declares in Python must exist in PostgreSQL."""

from odoo.orm.table_objects import Constraint, Index
from odoo.tests import TransactionCase, tagged

ADDONS = "ebs_"


def declared(registry):
    """(kind, table, name in the database) of every object of an EBS addon."""
    for model in registry.values():
        if model._abstract or not model._auto:
            continue
        for item in model._table_objects.values():
            if item._module.startswith(ADDONS):
                kind = "index" if isinstance(item, Index) else "constraint"
                if kind == "index" or isinstance(item, Constraint):
                    yield kind, model._table, item.full_name(model)


@tagged("post_install", "-at_install")
class TestSchema(TransactionCase):
    def test_every_constraint_and_index_declared_by_an_addon_exists(self):
        """Odoo only logs a constraint that could not be added, and goes on."""
        self.env.cr.execute(
            "SELECT 'constraint', conrelid::regclass::text, conname FROM pg_constraint"
            " UNION SELECT 'index', tablename, indexname FROM pg_indexes"
        )
        there = {
            (kind, table.replace('"', ""), name)
            for kind, table, name in self.env.cr.fetchall()
        }
        wanted = set(declared(self.registry))
        self.assertTrue(wanted, "no addon declares a constraint or an index")
        self.assertFalse(sorted(wanted - there))
