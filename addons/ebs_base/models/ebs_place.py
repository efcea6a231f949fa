# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsPlace(models.Model):
    """A pick-up point that staff run: a library, a town hall, a shop."""

    _name = "ebs.place"
    _description = "Place"
    _inherit = ["ebs.base.mixin", "ebs.spot.mixin"]
    _order = "name, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="Platform",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    name = fields.Char(required=True)
    zone_id = fields.Many2one("ebs.zone", check_company=True, index="btree_not_null")
    address = fields.Text()
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE active", "There is already a place of this name."
    )
