# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Shows the rules about hand-over, return and deposits."""

    _inherit = "res.config.settings"

    ebs_condition_required = fields.Boolean(
        related="company_id.ebs_condition_required", readonly=False
    )
    ebs_keep_notice_days = fields.Integer(
        related="company_id.ebs_keep_notice_days", readonly=False
    )
