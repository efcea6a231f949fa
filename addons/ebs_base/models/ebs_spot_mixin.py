# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsSpotMixin(models.AbstractModel):
    """What lies somewhere on the earth; two zeroes mean that nobody said where."""

    _name = "ebs.spot.mixin"
    _description = "EBS record with a spot"

    latitude = fields.Float(digits=(10, 7), copy=False)
    longitude = fields.Float(digits=(10, 7), copy=False)

    _on_earth = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "A latitude lies between -90 and 90, a longitude between -180 and 180.",
    )

    def _get_spot(self):
        """Return (latitude, longitude), or None."""
        if self.latitude or self.longitude:
            return self.latitude, self.longitude
        return None
