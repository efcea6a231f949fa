# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EbsCategory(models.Model):
    """A kind of things or services, in the tree of one platform."""

    _name = "ebs.category"
    _inherit = ["ebs.base.mixin"]
    _description = "Category"
    _parent_store = True
    _order = "sequence, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="Platform",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    name = fields.Char(required=True, translate=True)
    parent_id = fields.Many2one(
        "ebs.category",
        string="Part Of",
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    parent_path = fields.Char(index=True)
    sequence = fields.Integer(default=10)
    # Each one is a drawing of ours in static/img/category.
    icon = fields.Selection(
        [
            ("tools", "Tools"),
            ("garden", "Garden"),
            ("kitchen", "Kitchen"),
            ("camping", "Camping"),
            ("sport", "Sport"),
            ("bike", "Bike"),
            ("children", "Children"),
            ("games", "Games"),
            ("books", "Books"),
            ("home", "Home"),
            ("clothes", "Clothes"),
            ("electronics", "Electronics"),
            ("party", "Party"),
            ("music", "Music"),
            ("transport", "Transport"),
            ("service", "Service"),
            ("help", "Help"),
            ("other", "Other"),
        ],
        string="Picture",
        required=True,
        default="other",
    )

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A category cannot be a part of itself."))
