# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsPlace(models.Model):
    """A pick-up point has opening hours: loans begin and end when it is open."""

    _inherit = "ebs.place"

    calendar_id = fields.Many2one(
        "resource.calendar",
        "Opening Hours",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )
