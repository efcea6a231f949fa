# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The rules about listings, each with its effect in a sentence."""

    _inherit = "res.config.settings"

    ebs_moderation = fields.Selection(
        related="company_id.ebs_moderation", readonly=False
    )
    ebs_request_days = fields.Integer(
        related="company_id.ebs_request_days", readonly=False
    )
    ebs_expiry_days = fields.Integer(
        related="company_id.ebs_expiry_days", readonly=False
    )
    ebs_dispute_open_days = fields.Integer(
        related="company_id.ebs_dispute_open_days", readonly=False
    )
    ebs_dispute_answer_days = fields.Integer(
        related="company_id.ebs_dispute_answer_days", readonly=False
    )
