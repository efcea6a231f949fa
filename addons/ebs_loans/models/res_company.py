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

    _ebs_loan_max_days_positive = models.Constraint(
        "CHECK (ebs_loan_max_days BETWEEN 1 AND 365)",
        "The longest loan lasts from 1 to 365 days.",
    )

    @api.model
    def _get_ebs_rules(self):
        return [*super()._get_ebs_rules(), "ebs_loan_max_days", "ebs_calendar_id"]

    def _get_ebs_zone(self):
        """The platform's clock, for the sums over days of `loan_calendar`."""
        return Zone(self._ebs_to_utc, self._ebs_local)

    def _get_ebs_tonight(self):
        """The end of today on the platform."""
        return self._ebs_to_utc(self._ebs_today() + ONE_DAY)
