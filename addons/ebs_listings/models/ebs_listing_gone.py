# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .ebs_listing import STAFF


class EbsListing(models.Model):
    """What is left of a listing that everyone could see until it closed."""

    _inherit = "ebs.listing"

    was_public = fields.Boolean(
        string="Closed in Public",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Everyone could see it when it closed.",
    )

    _was_public_closed = models.Constraint(
        "CHECK (was_public IS NOT TRUE OR state = 'closed')",
        "Only what is closed was seen by everyone until then.",
    )

    # === BUSINESS METHODS === #

    def _set_state(self, allowed_from, to, values=None):
        """Note, when it closes, whether everyone could see it at that moment."""
        if to != "closed":
            return super()._set_state(allowed_from, to, values)
        public = self.filtered(
            lambda one: one.state == "published" and one.visibility == "everyone"
        )
        moved = super(EbsListing, public)._set_state(
            allowed_from, to, {**(values or {}), "was_public": True}
        )
        return moved | super(EbsListing, self - public)._set_state(
            allowed_from, to, values
        )

    @api.model
    def _get_gone(self, company, listing_id):
        """Return, with all rights, the listing of an id that closed in public.

        Nothing for any other, whether it is hidden or never was.
        """
        return self.sudo().search(
            Domain("id", "=", listing_id)
            & Domain("company_id", "=", company.id)
            & Domain("was_public", "=", True)
            & Domain("visibility", "=", "everyone"),
            limit=1,
        )
