# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MailNotification(models.Model):
    """Knows the failures of our gateways, for SMS written from a conversation."""

    _inherit = "mail.notification"

    failure_type = fields.Selection(
        selection_add=[
            ("ebs_refused", "Refused by the gateway"),
            ("ebs_unknown", "Sent or not, nobody knows"),
        ]
    )
