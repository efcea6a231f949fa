# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The SMS part of a platform's settings."""

    _inherit = "res.config.settings"

    ebs_sms_gateway = fields.Selection(
        related="company_id.ebs_sms_gateway", readonly=False, required=True
    )
    ebs_sms_sender = fields.Char(related="company_id.ebs_sms_sender", readonly=False)
    ebs_twilio_account_sid = fields.Char(
        related="company_id.ebs_twilio_account_sid", readonly=False
    )
    ebs_twilio_auth_token = fields.Char(
        related="company_id.ebs_twilio_auth_token", readonly=False
    )
    ebs_sms_reminders = fields.Boolean(
        related="company_id.ebs_sms_reminders", readonly=False
    )
    ebs_sms_paused_until = fields.Datetime(related="company_id.ebs_sms_paused_until")
