# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import api, fields, models
from odoo.addons.ebs_base.spots import blur

SECRET = "ebs.spot_secret"  # noqa: S105 the name of a parameter


class EbsListing(models.Model):
    """Where a listing is shown: a blurred spot, never the door."""

    _inherit = "ebs.listing"

    # Degrees (WGS 84), already blurred: nothing exact is kept on a listing. Two
    # zeroes mean that nobody said where. Kept up when what it comes from changes.
    latitude = fields.Float(
        digits=(10, 7), compute="_compute_spot", store=True, copy=False
    )
    longitude = fields.Float(
        digits=(10, 7), compute="_compute_spot", store=True, copy=False
    )

    _spot_idx = models.Index(
        "(company_id, latitude, longitude) WHERE state = 'published'"
    )

    def init(self):
        """Give this database the secret that its spots are blurred with."""
        result = super().init()
        parameters = self.env["ir.config_parameter"].sudo()
        if not parameters.get_param(SECRET):
            parameters.set_param(SECRET, secrets.token_hex(32))
        return result

    @api.depends(
        "zone_id.latitude",
        "zone_id.longitude",
        "member_id.zone_id",
        "member_id.private_ids.latitude",
        "member_id.private_ids.longitude",
    )
    def _compute_spot(self):
        secret = self.env["ir.config_parameter"].sudo().get_param(SECRET)
        for listing in self:
            spot = listing._find_spot(secret) or (0, 0)
            listing.latitude, listing.longitude = spot

    def _find_spot(self, secret):
        """Return the spot to show, or None: the owner's blurred, else the zone's.

        A zone that is not the owner's says that the thing is somewhere else.
        """
        if not self.zone_id or self.zone_id == self.member_id.zone_id:
            exact = self.member_id.private_ids._get_spot()
            if exact:
                return blur(exact, secret)
        return self.zone_id._get_spot()
