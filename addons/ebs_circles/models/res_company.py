# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResCompany(models.Model):
    """The operator's rules about circles."""

    _inherit = "res.company"

    ebs_circle_max_members = fields.Integer("Members of One Circle", default=500)
    ebs_member_max_circles = fields.Integer("Circles of One Member", default=50)

    _ebs_circle_max_members_sound = models.Constraint(
        "CHECK (ebs_circle_max_members BETWEEN 2 AND 10000)",
        "A circle may have from 2 to 10000 members.",
    )
    _ebs_member_max_circles_sound = models.Constraint(
        "CHECK (ebs_member_max_circles BETWEEN 1 AND 1000)",
        "A member may be in 1 to 1000 circles.",
    )

    @api.model
    def _get_ebs_rules(self):
        return [
            *super()._get_ebs_rules(),
            "ebs_circle_max_members",
            "ebs_member_max_circles",
        ]
