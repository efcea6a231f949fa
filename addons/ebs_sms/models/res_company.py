# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..gateways import SmsApiLog, SmsApiTwilio

GATEWAYS = {"log": SmsApiLog, "twilio": SmsApiTwilio}


class ResCompany(models.Model):
    """A platform chooses who carries its SMS, and what goes by SMS."""

    _inherit = "res.company"

    ebs_sms_gateway = fields.Selection(
        [
            ("log", "None: SMS are only written to the log"),
            ("twilio", "Twilio, by an account of yours"),
        ],
        "SMS gateway",
        required=True,
        default="log",
    )
    ebs_sms_sender = fields.Char(
        "SMS sender",
        help="A number of the account, such as +33644601234, or a name of 3 to 11 "
        "letters and digits.",
    )
    ebs_twilio_account_sid = fields.Char(
        "Twilio account SID", groups="base.group_system,ebs_base.group_ebs_manager"
    )
    ebs_twilio_auth_token = fields.Char(
        "Twilio auth token", groups="base.group_system,ebs_base.group_ebs_manager"
    )
    ebs_sms_reminders = fields.Boolean("Reminders by SMS too", default=True)
    ebs_sms_paused_until = fields.Datetime(
        "SMS resume at",
        readonly=True,
        help="The gateway failed: it is left alone until then.",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains(
        "ebs_sms_gateway",
        "ebs_sms_sender",
        "ebs_twilio_account_sid",
        "ebs_twilio_auth_token",
    )
    def _check_ebs_sms_gateway(self):
        """Refuse half an account: each message would fail, one by one."""
        for company in self.sudo():
            sender = company.ebs_sms_sender
            if sender and not re.fullmatch(
                r"\+[1-9]\d{6,14}|(?=.*[A-Za-z])[A-Za-z0-9 ]{3,11}", sender
            ):
                raise ValidationError(
                    company.env._(
                        "“%s” cannot be an SMS sender: give a number such as"
                        " +33644601234, or a name of 3 to 11 letters and digits.",
                        sender,
                    )
                )
            if company.ebs_sms_gateway == "twilio" and not (
                sender
                and company.ebs_twilio_account_sid
                and company.ebs_twilio_auth_token
            ):
                raise ValidationError(
                    company.env._(
                        "Twilio needs a sender, an account SID and an auth token:"
                        " fill in all three."
                    )
                )

    # === BUSINESS METHODS === #

    @api.model
    def _get_ebs_rules(self):
        return [*super()._get_ebs_rules(), "ebs_sms_gateway", "ebs_sms_reminders"]

    def _get_sms_api_class(self):
        """On a platform core's paid service is never the silent choice."""
        if self.is_ebs_platform:
            return GATEWAYS[self.ebs_sms_gateway]
        return super()._get_sms_api_class()

    def _ebs_get_sms_status_url(self, uuid):
        """Return where the gateway tells what became of a message."""
        return f"{self.get_base_url()}/ebs/sms/status/{uuid}"
