# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsDisputePhoto(models.Model):
    """What a party shows in a mediation case; read with the line it belongs to."""

    _name = "ebs.dispute.photo"
    _description = "Photo of a Mediation Case"
    _inherit = ["ebs.base.mixin", "image.mixin"]
    _order = "id"
    _rec_name = "message_id"
    _check_company_auto = True

    dispute_id = fields.Many2one(
        "ebs.dispute",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    message_id = fields.Many2one(
        "ebs.dispute.message",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="message_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    author_name = fields.Char(related="message_id.author_name")
    image_1920 = fields.Image(required=True)
