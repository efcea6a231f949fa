# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsDisputeWrite(models.TransientModel):
    """Asks a mediator for a line: to both members, or for mediators alone."""

    _name = "ebs.dispute.write"
    _description = "Write in a Mediation Case"

    dispute_id = fields.Many2one(
        "ebs.dispute",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    body = fields.Text(string="Message", required=True)
    is_private = fields.Boolean(string="A note for mediators alone")

    def action_confirm(self):
        """Write the line."""
        self.dispute_id.action_write({"body": self.body, "is_private": self.is_private})
