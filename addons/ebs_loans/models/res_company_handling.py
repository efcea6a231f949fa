# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResCompany(models.Model):
    """The operator's rules about hand-over, return and deposits."""

    _inherit = "res.company"

    ebs_condition_required = fields.Boolean("Condition Report for Every Loan")
    ebs_keep_notice_days = fields.Integer(
        "Notice before a Deposit Is Kept (days)", default=3
    )

    _ebs_keep_notice_days_sane = models.Constraint(
        "CHECK (ebs_keep_notice_days BETWEEN 1 AND 60)",
        "A borrower is told from 1 to 60 days before a deposit is kept.",
    )

    @api.model
    def _get_ebs_rules(self):
        return [
            *super()._get_ebs_rules(),
            "ebs_condition_required",
            "ebs_keep_notice_days",
        ]
