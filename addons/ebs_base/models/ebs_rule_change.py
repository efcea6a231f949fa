# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsRuleChange(models.Model):
    """One line of the log of the operator's rules."""

    _name = "ebs.rule.change"
    _description = "Change of a Rule"
    _inherit = ["ebs.base.mixin"]
    _order = "id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char(string="Rule", required=True, readonly=True)
    field_name = fields.Char(string="Field", required=True, readonly=True)
    old_value = fields.Char(string="Before", readonly=True)
    new_value = fields.Char(string="After", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Changed by",
        readonly=True,
        groups="ebs_base.group_ebs_staff",
    )
