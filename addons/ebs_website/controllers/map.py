# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The map of the listings: what it shows of a part of the territory, as JSON."""

import math

from odoo import http
from odoo.addons.ebs_base.spots import METRES_PER_DEGREE, read_box
from odoo.addons.ebs_base.utils import to_int
from odoo.addons.ebs_listings.models.ebs_listing_map import MAX_ZOOM, WHOLE_EARTH
from odoo.http import request

from .place import EbsPlaceDrawing
from .search import EbsSearchController

# The same map looked at twice in a row is not asked for twice.
CACHING = [("Cache-Control", "private, max-age=60"), ("Vary", "Cookie")]


class EbsMapController(EbsPlaceDrawing, EbsSearchController, http.Controller):
    """Points and groups of a search; the list on the same page says the same."""

    @http.route(
        "/listings/map.json",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def listings_map(self, box=None, zoom=None, **kw):
        """What a box shows of a search; without a box, which one to begin with too."""
        company = self._company()
        # Other filters mean nothing when they are not on offer, this one would tell.
        choices = {
            "circle": self._get_circle_choices(
                company, request.env["ebs.member"]._get_mine()
            )
        }
        filters = self._read_filters(kw, choices)
        asked = read_box(box)
        shown = asked or self._get_zones_box(self._get_zones(company))
        zoom = to_int(zoom)
        groups, listings = request.env["ebs.listing"]._get_map(
            company, filters, shown, MAX_ZOOM if zoom is None else zoom
        )
        found = {
            "groups": [] if listings else groups,
            "points": [self._get_point(listing) for listing in listings],
        }
        if not asked:
            boxes = [group["box"] for group in groups]
            found["box"] = self._enclose(boxes) or shown
        return request.make_json_response(found, CACHING)

    def _get_point(self, listing):
        """What the map says of one listing that the visitor sees."""
        # As superuser: proven visible by the search.
        listing_sudo = listing.sudo()
        photo = self._photo_url(listing_sudo.main_photo_id, "image_128")
        return {
            "id": listing.id,
            "title": listing.name,
            "url": self._listing_url(listing),
            "photo": photo or self._picture_url(listing_sudo.category_id),
            "spot": (listing.latitude, listing.longitude),
        }

    # --------------------------------------------------------------------------
    # What lies under the points
    # --------------------------------------------------------------------------

    @http.route(
        "/map/ground.json",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def map_ground(self):
        """What every map of the platform is drawn on, the same for whoever asks."""
        company_sudo = self._company().sudo()
        zones = self._get_zones(company_sudo)
        ground = {
            "zones": zones,
            "box": self._get_zones_box(zones),
            "tiles": company_sudo.ebs_tile_url or None,
            "attribution": company_sudo.ebs_tile_attribution or "",
        }
        return request.make_json_response(
            ground, [("Cache-Control", "private, max-age=600")]
        )

    def _get_zones_box(self, zones):
        """The box that all zones lie in; the whole earth where there are none."""
        return (
            self._enclose([self._get_zone_box(zone) for zone in zones]) or WHOLE_EARTH
        )

    def _get_zone_box(self, zone):
        latitude, longitude = zone["spot"]
        high = zone["metres"] / METRES_PER_DEGREE
        wide = high / max(math.cos(math.radians(latitude)), 0.01)
        return (
            max(latitude - high, -85),
            max(longitude - wide, -180),
            min(latitude + high, 85),
            min(longitude + wide, 180),
        )

    def _enclose(self, boxes):
        """The box around boxes, or nothing around none."""
        if not boxes:
            return None
        south, west, north, east = zip(*boxes, strict=True)
        return min(south), min(west), max(north), max(east)
