# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# The operator's own web server, which keeps what it has fetched once.
OWN_TILES = "/tiles/{z}/{x}/{y}.png"
OWN_ATTRIBUTION = "© OpenStreetMap"
TILES = re.compile(r"(https://[\w.:-]+)?/(?!/)[^\s\"'<>\\]*", re.ASCII)


class ResCompany(models.Model):
    """A platform's sites open and close with it; its map has a ground."""

    _inherit = "res.company"

    ebs_tile_url = fields.Char(string="Ground of the Map", default=OWN_TILES)
    ebs_tile_attribution = fields.Char(
        string="Whose Map It Is", default=OWN_ATTRIBUTION, size=200
    )
    ebs_tiles_elsewhere = fields.Boolean(string="Fetched from Another Server")

    @api.constrains("ebs_tile_url", "ebs_tiles_elsewhere")
    def _check_tile_url(self):
        """Send no visitor's address to anybody that the operator did not agree to."""
        for company in self:
            url = company.ebs_tile_url
            if not url:
                continue
            if not TILES.fullmatch(url) or not all(
                part in url for part in ("{z}", "{x}", "{y}")
            ):
                raise ValidationError(
                    self.env._(
                        "The ground of the map is an address with {z}, {x} and {y}, as"
                        " in %(example)s.",
                        example=OWN_TILES,
                    )
                )
            if not url.startswith("/") and not company.ebs_tiles_elsewhere:
                raise ValidationError(
                    self.env._(
                        "With this ground of the map, the browser of every visitor"
                        " tells another server its address and what it looks at. Tick"
                        " that you accept it, or fetch the map through your own"
                        " server."
                    )
                )

    @api.model
    def _get_ebs_rules(self):
        return [*super()._get_ebs_rules(), "ebs_tile_url", "ebs_tiles_elsewhere"]

    def write(self, vals):
        """Open the sites of a company that becomes a platform, close when it ends."""
        result = super().write(vals)
        if "is_ebs_platform" in vals:
            websites = self.env["website"].sudo()
            websites.search([("company_id", "in", self.ids)])._ebs_follow_company()
        return result
