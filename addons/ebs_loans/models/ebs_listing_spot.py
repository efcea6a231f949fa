# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class EbsListing(models.Model):
    """What is fetched at a pick-up point is shown there: it is a public place."""

    _inherit = "ebs.listing"

    @api.depends("place_id.latitude", "place_id.longitude")
    def _compute_spot(self):
        return super()._compute_spot()

    def _find_spot(self, secret):
        return self.place_id._get_spot() or super()._find_spot(secret)
