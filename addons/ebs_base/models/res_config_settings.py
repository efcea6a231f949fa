# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The operator's rules, each with its effect in a sentence."""

    _inherit = "res.config.settings"

    is_ebs_platform = fields.Boolean(
        related="company_id.is_ebs_platform", readonly=False
    )
    ebs_tz = fields.Selection(related="company_id.ebs_tz", readonly=False)
    ebs_join_mode = fields.Selection(related="company_id.ebs_join_mode", readonly=False)
    ebs_mail_state = fields.Selection(related="company_id.ebs_mail_state")
    ebs_held_mail_count = fields.Integer(related="company_id.ebs_held_mail_count")
