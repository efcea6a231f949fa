# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsCategory(models.Model):
    """What to look at when a thing of this kind goes out and comes back."""

    _inherit = "ebs.category"

    checklist = fields.Text(
        "Check-list",
        help="One thing to look at a line. Without any, that of the category above.",
    )
    condition_required = fields.Boolean(
        "Condition Report Required",
        help="Also for the categories below: nothing of them is handed over or taken "
        "back without a report.",
    )

    def _get_checklist(self):
        """The lines of the nearest check-list."""
        for category in reversed(self._get_branch()):
            lines = [line.strip() for line in (category.checklist or "").splitlines()]
            if found := list(dict.fromkeys(filter(None, lines))):
                return found
        return []

    def _is_condition_required(self):
        """Whether it or a category above it wants a report."""
        return any(self._get_branch().mapped("condition_required"))
