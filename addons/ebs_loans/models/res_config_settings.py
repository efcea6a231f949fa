# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Shows the rules about loans among the operator's other rules."""

    _inherit = "res.config.settings"

    ebs_loan_max_days = fields.Integer(
        related="company_id.ebs_loan_max_days", readonly=False
    )
    ebs_loan_max_open = fields.Integer(
        related="company_id.ebs_loan_max_open", readonly=False
    )
    ebs_loan_max_value = fields.Integer(
        related="company_id.ebs_loan_max_value", readonly=False
    )
    ebs_loan_late_blocks = fields.Boolean(
        related="company_id.ebs_loan_late_blocks", readonly=False
    )
    ebs_loan_needs_phone = fields.Boolean(
        related="company_id.ebs_loan_needs_phone", readonly=False
    )
    ebs_extend_alone = fields.Boolean(
        related="company_id.ebs_extend_alone", readonly=False
    )
    ebs_hold_hours = fields.Integer(related="company_id.ebs_hold_hours", readonly=False)
    ebs_lost_days = fields.Integer(related="company_id.ebs_lost_days", readonly=False)
    ebs_calendar_id = fields.Many2one(
        related="company_id.ebs_calendar_id", readonly=False
    )
