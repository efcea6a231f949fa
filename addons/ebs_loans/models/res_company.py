# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..loan_calendar import ONE_DAY, Zone


class ResCompany(models.Model):
    """The operator's rules about loans."""

    _inherit = "res.company"

    ebs_loan_max_days = fields.Integer("Longest Loan (days)", default=21)
    ebs_calendar_id = fields.Many2one(
        "resource.calendar",
        "Opening Hours",
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )

    # Zero: no limit.
    ebs_loan_max_open = fields.Integer("Loans at Once", default=0)
    ebs_loan_max_value = fields.Integer("Value of Loans at Once", default=0)
    ebs_loan_late_blocks = fields.Boolean("Who Is Late Cannot Borrow", default=True)
    ebs_loan_needs_phone = fields.Boolean("Who Borrows Leaves a Phone Number")
    ebs_extend_alone = fields.Boolean("Loans Are Extended Without Asking")
    ebs_hold_hours = fields.Integer("Kept for Who Waits (hours)", default=48)
    ebs_lost_days = fields.Integer("Lost After (days late)", default=7)

    _ebs_loan_limits_sane = models.Constraint(
        """CHECK (ebs_loan_max_open >= 0 AND ebs_loan_max_value >= 0
            AND ebs_hold_hours BETWEEN 1 AND 336
            AND ebs_lost_days BETWEEN 1 AND 365)""",
        "A limit is zero, for none, or more; a thing is kept for 1 to 336 hours, and "
        "lost after 1 to 365 days.",
    )
    _ebs_loan_max_days_positive = models.Constraint(
        "CHECK (ebs_loan_max_days BETWEEN 1 AND 365)",
        "The longest loan lasts from 1 to 365 days.",
    )

    @api.model
    def _get_ebs_rules(self):
        return [
            *super()._get_ebs_rules(),
            "ebs_loan_max_days",
            "ebs_loan_max_open",
            "ebs_loan_max_value",
            "ebs_loan_late_blocks",
            "ebs_loan_needs_phone",
            "ebs_extend_alone",
            "ebs_hold_hours",
            "ebs_lost_days",
            "ebs_calendar_id",
        ]

    def _get_ebs_zone(self):
        """The platform's clock, for the sums over days of `loan_calendar`."""
        return Zone(self._ebs_to_utc, self._ebs_local)

    def _get_ebs_tonight(self):
        """The end of today on the platform."""
        return self._ebs_to_utc(self._ebs_today() + ONE_DAY)
