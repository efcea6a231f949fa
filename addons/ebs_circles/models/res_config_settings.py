# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Shows the rules about circles among the operator's other rules."""

    _inherit = "res.config.settings"

    ebs_circle_max_members = fields.Integer(
        related="company_id.ebs_circle_max_members", readonly=False
    )
    ebs_member_max_circles = fields.Integer(
        related="company_id.ebs_member_max_circles", readonly=False
    )
