# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsCategory(models.Model):
    """How much of one kind a member may borrow at once, and for how long."""

    _inherit = "ebs.category"

    loan_max_open = fields.Integer(
        "Loans at Once", help="Per member, requests included. Zero: no limit."
    )
    loan_max_value = fields.Integer(
        "Value at Once", help="Of what one member has borrowed. Zero: no limit."
    )
    loan_max_days = fields.Integer("Longest Loan (days)", help="Zero: no limit.")

    _loan_limits_positive = models.Constraint(
        "CHECK (loan_max_open >= 0 AND loan_max_value >= 0 AND loan_max_days >= 0)",
        "A limit is zero, for none, or more.",
    )

    def _get_branch(self):
        """Return this category and those that it is a part of, the root first."""
        ids = [int(one) for one in (self.parent_path or "").split("/") if one]
        return self.browse(ids)
