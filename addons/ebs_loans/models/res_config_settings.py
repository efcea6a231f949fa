# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Shows the rules about loans among the operator's other rules."""

    _inherit = "res.config.settings"

    ebs_loan_max_days = fields.Integer(
        related="company_id.ebs_loan_max_days", readonly=False
    )
    ebs_calendar_id = fields.Many2one(
        related="company_id.ebs_calendar_id", readonly=False
    )
