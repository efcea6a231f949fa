# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.addons.ebs_base.utils import to_int


class EbsCircleOpen(models.TransientModel):
    """Asks a moderator for the reason, which stays in the log of the circle."""

    _name = "ebs.circle.open"
    _description = "Open the Content of a Circle"

    reason = fields.Text(required=True)

    def action_confirm(self):
        """Open the content of the circle chosen."""
        circle_id = to_int(self.env.context.get("active_id"))
        self.env["ebs.circle"].browse(circle_id).action_open_content(self.reason)
