# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsWay(models.Model):
    """How a thing may go from one member to another; the same on all platforms."""

    _name = "ebs.way"
    _inherit = ["ebs.base.mixin"]
    _description = "Way"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    commitment = fields.Selection(
        [("none", "Nothing"), ("promise", "The thing, for good")],
        string="Accepting Takes",
        required=True,
        default="none",
        readonly=True,
    )

    _code_unique = models.UniqueIndex("(code)", "There is already a way of this code.")
