# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Count the loans that are open, and owe a word on those that may be late."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    loans = env["ebs.exchange"].search(
        [
            ("way_id.commitment", "=", "booking"),
            ("state", "in", ("requested", "accepted", "ongoing")),
        ]
    )
    for loan in loans:
        loan.value = loan.listing_id._get_counted_value()
        env["ebs.loan.tally"]._add(loan)
        if loan.state == "ongoing":
            loan._plan_reminder()
