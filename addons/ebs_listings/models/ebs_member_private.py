# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

MAX_ALERTS = 10


class EbsMemberPrivate(models.Model):
    """Whom a member usually shares with is nobody else's business."""

    _inherit = "ebs.member.private"

    default_visibility = fields.Selection(
        [
            ("everyone", "Everyone"),
            ("members", "Members"),
            ("circles", "All My Circles"),
        ],
        string="New Listings Are Seen by",
        required=True,
        default="everyone",
    )
    wants_alerts = fields.Boolean(string="Mails about Saved Searches", default=True)
    alert_count = fields.Integer(string="Alerts", readonly=True, copy=False)

    _few_alerts = models.Constraint(
        f"CHECK (alert_count BETWEEN 0 AND {MAX_ALERTS})",
        f"A member has at most {MAX_ALERTS} alerts.",
    )
