# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsMember(models.Model):
    """A member's places in circles."""

    _inherit = "ebs.member"

    circle_membership_ids = fields.One2many(
        "ebs.circle.member",
        "member_id",
        string="Circles",
        groups="ebs_base.group_ebs_staff",
    )
    circle_count = fields.Integer(
        compute="_compute_circle_count", groups="ebs_base.group_ebs_staff"
    )

    def _compute_circle_count(self):
        counts = dict(
            self.env["ebs.circle.member"]._read_group(
                [("member_id", "in", self.ids), ("state", "=", "active")],
                ["member_id"],
                ["__count"],
            )
        )
        for member in self:
            member.circle_count = counts.get(member, 0)
