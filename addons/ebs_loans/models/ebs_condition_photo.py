# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsConditionPhoto(models.Model):
    """A photo of a thing as it went out or came back, for the two parties."""

    _name = "ebs.condition.photo"
    _inherit = "ebs.base.mixin"
    _description = "Photo of a Condition Report"
    _order = "id"
    _rec_name = "condition_id"
    _check_company_auto = True

    condition_id = fields.Many2one(
        "ebs.condition",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    exchange_id = fields.Many2one(
        related="condition_id.exchange_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    company_id = fields.Many2one(
        related="condition_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    image_1920 = fields.Image("Photo", required=True, max_width=1920, max_height=1920)
    image_512 = fields.Image(
        "Small Photo",
        related="image_1920",
        max_width=512,
        max_height=512,
        store=True,
    )
