# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsMemberSuspend(models.TransientModel):
    """Asks a moderator for the reason, which the member is told."""

    _name = "ebs.member.suspend"
    _description = "Suspend a Member"

    reason = fields.Text(required=True)

    def action_confirm(self):
        """Suspend the members chosen."""
        members = self.env["ebs.member"].browse(self.env.context.get("active_ids", []))
        members.action_suspend(self.reason)
