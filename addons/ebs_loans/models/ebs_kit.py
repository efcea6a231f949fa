# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EbsKit(models.Model):
    """One line of a kit: that listing comes with so many copies of this one.

    Whoever borrows a kit gets a copy of each part, and of the kit itself when it has
    copies of its own: all or nothing, in one exchange.
    """

    _name = "ebs.kit"
    _inherit = ["ebs.base.mixin"]
    _description = "Part of a kit"
    _order = "listing_id, id"
    _rec_name = "part_id"
    _check_company_auto = True

    listing_id = fields.Many2one(
        "ebs.listing",
        "Kit",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    part_id = fields.Many2one(
        "ebs.listing",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="listing_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    quantity = fields.Integer(required=True, default=1)

    _part_once = models.Constraint(
        "UNIQUE (listing_id, part_id)", "A kit names each of its parts once."
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity BETWEEN 1 AND 50)",
        "A kit comes with 1 to 50 of each of its parts.",
    )
    _not_itself = models.Constraint(
        "CHECK (listing_id != part_id)", "A kit is no part of itself."
    )

    @api.constrains("listing_id", "part_id")
    def _check_parts(self):
        """A part is the same member's own thing, and no kit: else a loan has no end."""
        for line in self.sudo():
            if line.listing_id.member_id != line.part_id.member_id:
                raise ValidationError(
                    self.env._("The parts of a kit belong to the same member.")
                )
            if line.part_id.kit_ids or line.listing_id.in_kit_ids:
                raise ValidationError(
                    self.env._("A kit cannot be a part of another kit.")
                )
