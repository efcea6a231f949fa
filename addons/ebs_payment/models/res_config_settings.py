# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The part of a platform's settings about deposits by card."""

    _inherit = "res.config.settings"

    ebs_operator_member_id = fields.Many2one(
        related="company_id.ebs_operator_member_id", readonly=False
    )
    ebs_deposit_provider_id = fields.Many2one(
        related="company_id.ebs_deposit_provider_id",
        readonly=False,
        groups="base.group_system",
    )
    ebs_hold_days = fields.Integer(related="company_id.ebs_hold_days", readonly=False)
