# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsConditionConfirm(models.TransientModel):
    """Asks the desk how it knows that both parties agree with a report."""

    _name = "ebs.condition.confirm"
    _description = "Confirm a Condition Report"

    note = fields.Text(required=True)

    def action_confirm(self):
        """Confirm the report chosen for both parties."""
        report = self.env["ebs.condition"].browse(self.env.context.get("active_id", 0))
        report._check_readable()
        report.exchange_id.action_desk_confirm_condition(report.kind, self.note)
