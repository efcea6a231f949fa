# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsDelegate(models.Model):
    """An account that acts for a member; archived, it acts no more."""

    _name = "ebs.delegate"
    _description = "Delegate"
    _inherit = ["ebs.base.mixin"]
    _rec_name = "member_id"
    _check_company_auto = True

    member_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="member_id.company_id", store=True, index=True, precompute=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Account",
        required=True,
        index=True,
        ondelete="cascade",
        groups="ebs_base.group_ebs_staff",
    )
    active = fields.Boolean(default=True)

    _once = models.UniqueIndex(
        "(member_id, user_id)", "This account already acts for this member."
    )
