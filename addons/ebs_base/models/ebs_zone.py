# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsZone(models.Model):
    """A part of the territory: a town or a quarter, as a circle."""

    _name = "ebs.zone"
    _description = "Zone"
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
    radius_km = fields.Float(string="Radius (km)", default=2.0)

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "There is already a zone of this name."
    )
    _radius_positive = models.Constraint(
        "CHECK (radius_km > 0)", "The radius of a zone must be more than zero."
    )
