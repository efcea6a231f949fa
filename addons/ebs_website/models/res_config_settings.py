# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The operator says what the map is drawn on."""

    _inherit = "res.config.settings"

    ebs_tile_url = fields.Char(related="company_id.ebs_tile_url", readonly=False)
    ebs_tile_attribution = fields.Char(
        related="company_id.ebs_tile_attribution", readonly=False
    )
    ebs_tiles_elsewhere = fields.Boolean(
        related="company_id.ebs_tiles_elsewhere", readonly=False
    )
