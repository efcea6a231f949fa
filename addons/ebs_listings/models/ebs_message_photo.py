# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsMessagePhoto(models.Model):
    """A photo that a party sent to the other one; read with its message."""

    _name = "ebs.message.photo"
    _description = "Photo of a Message"
    _inherit = ["ebs.base.mixin", "image.mixin"]
    _order = "id"
    _rec_name = "message_id"
    _check_company_auto = True

    message_id = fields.Many2one(
        "ebs.message",
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
    image_1920 = fields.Image(required=True)
