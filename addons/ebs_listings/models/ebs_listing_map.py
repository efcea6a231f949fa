# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# The most that a map gets back, however many listings there are.
MAX_GROUPS = 100
MAX_POINTS = 50
MAX_ZOOM = 19
# A map shows the whole earth on 256 points at zoom 0; a group takes a square of 64.
WIDEST = 360 / 4
# At the latitudes where this is used, a square of the screen is as many degrees
# high for one degree wide.
FLATNESS = 0.65
WHOLE_EARTH = (-85, -180, 85, 180)


class EbsListing(models.Model):
    """What a map shows: few points, or groups that the database counts."""

    _inherit = "ebs.listing"

    @api.model
    def _get_map(self, company, filters, box, zoom=MAX_ZOOM):
        """Return (groups, listings) of a box, as the user sees them.

        Each group is a dict of a number, of where its middle is, and of the box that
        its listings lie in. The listings come when they are few, else there are none.
        Squares stand where they are, however the map is moved.
        """
        others = {key: value for key, value in filters.items() if key != "box"}
        domain = self._get_catalogue_domain(company, others)
        domain &= self._get_spot_domain(box)
        groups = self._group_spots(domain, box, zoom)
        if sum(group["count"] for group in groups) > MAX_POINTS:
            return groups, self.browse()
        listings = self.search_fetch(
            domain,
            ["name", "latitude", "longitude", "visibility", "state", "category_id"],
            limit=MAX_POINTS,
            order="published_at desc, id desc",
        )
        return groups, listings

    @api.model
    def _get_spot_domain(self, box):
        """Return what is shown in a box; two zeroes are nowhere."""
        south, west, north, east = box
        domain = (
            Domain("latitude", ">=", south)
            & Domain("latitude", "<=", north)
            & Domain("longitude", ">=", west)
            & Domain("longitude", "<=", east)
        )
        if south <= 0 <= north and west <= 0 <= east:
            domain &= Domain("latitude", "!=", 0) | Domain("longitude", "!=", 0)
        return domain

    @api.model
    def _group_spots(self, domain, box, zoom):
        """Count the listings by squares of the map, in one statement."""
        query = self._search(domain)
        if query.is_empty():
            return []
        latitude, longitude = (
            SQL("%s::float8", self._field_to_sql(query.table, name, query))
            for name in ("latitude", "longitude")
        )
        width = self._get_square_width(box, zoom)
        query.groupby = SQL("1, 2")
        query.order = SQL("3 DESC, 1, 2")
        query.limit = MAX_GROUPS
        rows = self.env.execute_query_dict(
            query.select(
                SQL("floor(%s / %s) AS row", latitude, width * FLATNESS),
                SQL("floor(%s / %s) AS place", longitude, width),
                SQL("count(*) AS count"),
                SQL("avg(%s) AS latitude", latitude),
                SQL("avg(%s) AS longitude", longitude),
                SQL("min(%s) AS south", latitude),
                SQL("min(%s) AS west", longitude),
                SQL("max(%s) AS north", latitude),
                SQL("max(%s) AS east", longitude),
            )
        )
        return [
            {
                "count": row["count"],
                "spot": (round(row["latitude"], 6), round(row["longitude"], 6)),
                "box": tuple(row[side] for side in ("south", "west", "north", "east")),
            }
            for row in rows
        ]

    @api.model
    def _get_square_width(self, box, zoom):
        """Return how wide squares are, in degrees: never more than may come back."""
        south, west, north, east = box
        width = WIDEST / 2 ** min(max(zoom, 0), MAX_ZOOM)
        while (
            (math.ceil((east - west) / width) + 1)
            * (math.ceil((north - south) / (width * FLATNESS)) + 1)
        ) > MAX_GROUPS:
            width *= 2
        return width
