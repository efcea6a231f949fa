# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base.utils import to_image
from odoo.exceptions import UserError


class EbsPhoto(models.Model):
    """One photo of a listing; whoever may see the listing may see it."""

    _name = "ebs.photo"
    _inherit = ["ebs.base.mixin", "image.mixin"]
    _description = "Photo"
    _order = "sequence, id"
    _rec_name = "listing_id"
    _check_company_auto = True

    listing_id = fields.Many2one(
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
    sequence = fields.Integer(default=10)
    image_1920 = fields.Image(required=True)

    @api.model
    def _decode_photo(self, value):
        """Return what somebody sent as a clean picture, in base64.

        Whatever is not a JPEG, PNG or WebP of a sane size is refused in a sentence.
        """
        picture = to_image(value)
        if not picture:
            raise UserError(self.env._("This photo is empty: please choose another."))
        return picture
