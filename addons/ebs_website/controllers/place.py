# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""About where a listing is, drawn as circles on a plain ground."""

import math
from urllib.parse import urlencode

from odoo.addons.ebs_base.spots import METRES_PER_DEGREE
from odoo.http import request

WIDTH, HEIGHT = 480, 270
# The door of a blurred spot lies in this circle, in metres.
BLUR = 300
# What the drawing is high, in metres: some streets at least, a town at most.
LOWEST, HIGHEST = 2400, 6000


class EbsPlaceDrawing:
    """Part of a controller: the zones, and a small drawing for a listing's page."""

    def _get_zones(self, company):
        """The zones that have a spot, as plain dicts."""
        zones = request.env["ebs.zone"].search_fetch(
            [("company_id", "=", company.id)],
            ["name", "latitude", "longitude", "radius_km"],
        )
        return [
            {"name": zone.name, "spot": spot, "metres": zone.radius_km * 1000}
            for zone in zones
            if (spot := zone._get_spot())
        ]

    def _get_place_drawing(self, listing_sudo):
        """What `ebs_website.listing_place` draws, or nothing for what is nowhere."""
        if not (listing_sudo.latitude or listing_sudo.longitude):
            return None
        spot = listing_sudo.latitude, listing_sudo.longitude
        zone = listing_sudo.zone_id
        reach = BLUR
        if zone._get_spot() == spot:
            reach = zone.radius_km * 1000
        height = max(reach * 2.4, LOWEST, min(zone.radius_km * 2200, HIGHEST))
        scale = HEIGHT / height
        zones = self._draw_zones(self._get_zones(listing_sudo.company_id), spot, scale)
        return {
            "width": WIDTH,
            "height": HEIGHT,
            "x": WIDTH // 2,
            "y": HEIGHT // 2,
            "r": round(reach * scale),
            "zones": zones,
            # Names that fit in the drawing.
            "named": [
                zone
                for zone in zones
                if 40 < zone["x"] < WIDTH - 40 and 15 < zone["y"] < HEIGHT - 5
            ],
            "words": request.env._("Somewhere around %(zone)s", zone=zone.name)
            if zone
            else request.env._("Somewhere around here"),
            "url": self._get_around_url(spot),
        }

    def _get_around_url(self, spot):
        near = ",".join(f"{degrees:.3f}" for degrees in spot)
        return "/listings?" + urlencode({"near": near, "within": 2})

    def _draw_zones(self, zones, spot, scale):
        """The circles that touch the drawing."""
        drawn = []
        for zone in zones:
            north = (zone["spot"][0] - spot[0]) * METRES_PER_DEGREE
            east = (zone["spot"][1] - spot[1]) * METRES_PER_DEGREE
            east *= math.cos(math.radians(spot[0]))
            x = round(WIDTH / 2 + east * scale)
            y = round(HEIGHT / 2 - north * scale)
            radius = round(zone["metres"] * scale)
            if -radius < x < WIDTH + radius and -radius < y < HEIGHT + radius:
                drawn.append({"name": zone["name"], "x": x, "y": y, "r": radius})
        return drawn
