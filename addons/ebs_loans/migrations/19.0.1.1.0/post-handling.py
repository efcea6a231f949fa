# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Say who holds the deposits, and write down the loans that are under way."""
    cr.execute(
        """UPDATE ebs_deposit SET holder = 'owner'
        WHERE held_at IS NOT NULL AND kind IN ('cheque', 'cash')"""
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    loans = env["ebs.exchange"].search(
        [
            ("way_id.commitment", "=", "booking"),
            ("state", "in", ("accepted", "ongoing", "returned")),
            ("contract_text", "=", False),
        ]
    )
    for loan in loans:
        loan._write_contract()
