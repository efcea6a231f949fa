# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsListing(models.Model):
    """Where a listing is shown: a blurred spot, never the door."""

    _inherit = "ebs.listing"

    # Degrees (WGS 84), already blurred: nothing exact is kept on a listing.
    latitude = fields.Float(digits=(10, 7), readonly=True, copy=False)
    longitude = fields.Float(digits=(10, 7), readonly=True, copy=False)
