# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
import re

from odoo import api, models
from odoo.addons.ebs_base.utils import to_int
from odoo.fields import Domain
from odoo.tools import SQL

# Kilometres of one degree of latitude, of the mean radius of the earth (6,371 km).
DEGREE = math.radians(6371.0)
DISTANCES = (1, 2, 5, 10, 20, 50)
# The nearest are looked for in these circles first, then everywhere.
CIRCLES = (1, 5, 25)
NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,9})?")


class EbsListing(models.Model):
    """Near and far, by the blurred spot alone.

    Distances are those of a flat map around the middle: on the few kilometres of a
    territory they are wrong by less than one in a thousand.
    """

    _inherit = "ebs.listing"

    @api.model
    def _read_degrees(self, text, count):
        """Return so many degrees from an address, or None."""
        parts = text.split(",") if isinstance(text, str) else []
        if len(parts) != count or not all(map(NUMBER.fullmatch, parts)):
            return None
        degrees = [float(part) for part in parts]
        if max(map(abs, degrees)) > 180 or max(map(abs, degrees[::2])) > 90:
            return None
        return degrees

    @api.model
    def _get_middle(self, company, filters):
        """Return (latitude, longitude) from which a search measures, or None.

        It is where the visitor says to be, else the middle of the zone chosen.
        """
        if near := self._read_degrees(filters.get("near"), 2):
            return near
        zone = self._find_choice("ebs.zone", company, filters.get("zone"))
        return zone._get_spot() if zone else None

    @api.model
    def _get_place_domain(self, company, filters):
        """Return the listings of the place that a search names.

        With a distance, what lies within so many kilometres of the middle; without,
        what is in the zone.
        """
        domain = Domain.TRUE
        if box := self._read_degrees(filters.get("box"), 4):
            domain &= self._get_spot_domain(box)
        within = to_int(filters.get("within"))
        middle = self._get_middle(company, filters)
        if middle and within in DISTANCES:
            return domain & self._get_near_domain(middle, within)
        zone = self._find_choice("ebs.zone", company, filters.get("zone"))
        if zone and not self._read_degrees(filters.get("near"), 2):
            domain &= Domain("zone_id", "=", zone.id)
        return domain

    @api.model
    def _get_near_domain(self, middle, kilometres):
        """Return what lies within a distance: a box for the index, then the circle."""
        latitude, longitude = middle
        high = kilometres / DEGREE
        wide = high / max(math.cos(math.radians(latitude)), 0.01)
        box = (latitude - high, longitude - wide, latitude + high, longitude + wide)
        return self._get_spot_domain(box) & Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s <= %s", self._get_distance_sql(alias, middle), kilometres**2
            )
        )

    @api.model
    def _get_distance_sql(self, alias, middle):
        """Return the square of the distance, in square kilometres."""
        latitude, longitude = middle
        return SQL(
            "(power((%s::float8 - %s) * %s, 2) + power((%s::float8 - %s) * %s, 2))",
            SQL.identifier(alias, "latitude"),
            latitude,
            DEGREE,
            SQL.identifier(alias, "longitude"),
            longitude,
            DEGREE * math.cos(math.radians(latitude)),
        )

    def _get_distances(self, latitude, longitude):
        """Return {listing: metres} from a spot; without those that are nowhere."""
        across = math.cos(math.radians(latitude))
        return {
            listing: round(
                1000
                * DEGREE
                * math.hypot(
                    listing.latitude - latitude,
                    (listing.longitude - longitude) * across,
                )
            )
            for listing in self
            if listing.latitude or listing.longitude
        }
