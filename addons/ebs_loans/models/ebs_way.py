# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsWay(models.Model):
    """Lend and rent: ways whose acceptance takes a copy for a period."""

    _inherit = "ebs.way"

    commitment = fields.Selection(
        selection_add=[("booking", "A copy is taken for a period")],
        ondelete={"booking": "cascade"},
    )
