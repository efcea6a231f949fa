# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResCompany(models.Model):
    """The operator's rules about loans."""

    _inherit = "res.company"

    ebs_loan_max_days = fields.Integer("Longest Loan (days)", default=21)

    _ebs_loan_max_days_positive = models.Constraint(
        "CHECK (ebs_loan_max_days BETWEEN 1 AND 365)",
        "The longest loan lasts from 1 to 365 days.",
    )

    @api.model
    def _get_ebs_rules(self):
        return [*super()._get_ebs_rules(), "ebs_loan_max_days"]
