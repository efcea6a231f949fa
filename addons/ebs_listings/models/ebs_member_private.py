# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


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
