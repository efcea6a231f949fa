# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.addons.ebs_base.utils import to_int
from odoo.fields import Domain
from odoo.tools import SQL

from .ebs_listing_near import CIRCLES

# Nobody turns the pages of more.
MAX_COUNT = 1000
MAX_LIMIT = 100
CARD_FIELDS = (
    "name",
    "side",
    "price",
    "category_id",
    "zone_id",
    "latitude",
    "longitude",
    "member_id",
    "way_ids",
    "visibility",
    "state",
    "published_at",
)


class EbsListing(models.Model):
    """The catalogue: listings found by words and filters, page by page.

    Filters are what an address may hold, all of them text: ``q``, ``category``,
    ``kind`` (goods, service), ``side`` (offer, want), ``way`` (a code), ``zone``,
    ``near`` (latitude,longitude), ``within`` (kilometres), ``box``
    (south,west,north,east), ``photo``, ``org``, ``circle``, and ``sort``. What makes
    no sense is ignored.
    """

    _inherit = "ebs.listing"

    @api.model
    def get_catalogue(self, filters=None, limit=20, offset=0):
        """Return {"listings", "total", "meant"} of a search, as plain values.

        Each listing is a dict of its id, title, side, ways (codes), zone, price and,
        when the search says where one is, its distance in metres. It is of the
        platform that the user is on, and holds what the user may see.
        """
        filters = filters if isinstance(filters, dict) else {}
        company = self.env.company
        limit, offset = to_int(limit) or 20, to_int(offset) or 0
        listings, total, meant = self._search_catalogue(
            company, filters, limit=limit, offset=offset
        )
        middle = self._get_middle(company, filters)
        distances = listings._get_distances(*middle) if middle else {}
        # As superuser: they are proven visible, their zone may not be.
        return {
            "listings": [
                {
                    "id": listing_sudo.id,
                    "title": listing_sudo.name,
                    "side": listing_sudo.side,
                    "ways": listing_sudo.way_ids.mapped("code"),
                    "zone": listing_sudo.zone_id.name or "",
                    "price": listing_sudo.price,
                    "distance": distances.get(listing_sudo.sudo(False)),
                }
                for listing_sudo in listings.sudo()
            ],
            "total": total,
            "meant": meant or "",
        }

    @api.model
    def _search_catalogue(self, company, filters, limit=20, offset=0):
        """Return (listings, number, meant): a page of what the user may see.

        The number stops at a thousand. ``meant`` is the text that was looked for when
        nothing was found as it was typed, else None.
        """
        limit = min(max(limit, 1), MAX_LIMIT)
        offset = min(max(offset, 0), MAX_COUNT)
        listings, total = self._search_page(company, filters, limit, offset)
        if total or not filters.get("q"):
            return listings, total, None
        others = {key: value for key, value in filters.items() if key != "q"}
        domain = self._get_catalogue_domain(company, others)
        meant = self._get_meant(domain, filters["q"])
        if not meant:
            return listings, 0, None
        filters = {**filters, "q": meant}
        listings, total = self._search_page(company, filters, limit, offset)
        return listings, total, meant if total else None

    @api.model
    def _search_page(self, company, filters, limit, offset):
        """Return the listings of a page in their order, and the number of all."""
        domain = self._get_catalogue_domain(company, filters)
        sort = self._get_sort(company, filters)
        # One query for the page and for its number: who sees what is asked once.
        query = self._search(domain)
        query.order = SQL(
            "%s DESC, %s DESC",
            SQL.identifier(query.table, "published_at"),
            SQL.identifier(query.table, "id"),
        )
        if sort == "nearest":
            listings = self._search_nearest(company, domain, filters, limit, offset)
        elif query.is_empty():
            listings = self.browse()
        else:
            if sort == "relevance":
                relevance = self._get_relevance(query.table, filters["q"])
                query.order = SQL("%s DESC, %s", relevance, query.order)
            listings = self._fetch_page(query, limit, offset)
        if not offset and len(listings) < limit:
            return listings, len(listings)
        query.order, query.limit, query.offset = None, MAX_COUNT, None
        return listings, len(query)

    @api.model
    def _get_sort(self, company, filters):
        """Return the order that is asked for, or else the one that fits."""
        can = {
            "newest": True,
            "nearest": bool(self._get_middle(company, filters)),
            "relevance": bool(self._get_tsquery(filters.get("q"))),
        }
        asked = filters.get("sort")
        if isinstance(asked, str) and can.get(asked):
            return asked
        if can["relevance"]:
            return "relevance"
        return "nearest" if filters.get("near") and can["nearest"] else "newest"

    @api.model
    def _search_nearest(self, company, domain, filters, limit, offset):
        """Return a page of the nearest ones; those that are nowhere come last.

        They are looked for in a small circle first: sorting all would cost as much as
        there are.
        """
        middle = self._get_middle(company, filters)
        for kilometres in (*CIRCLES, None):
            near = domain
            if kilometres:
                near &= self._get_near_domain(middle, kilometres)
            query = self._search(near)
            query.order = SQL(
                "%s = 0 AND %s = 0, %s, %s DESC",
                SQL.identifier(query.table, "latitude"),
                SQL.identifier(query.table, "longitude"),
                self._get_distance_sql(query.table, middle),
                SQL.identifier(query.table, "id"),
            )
            listings = self._fetch_page(query, limit, offset)
            if len(listings) == limit:
                break
        return listings

    @api.model
    def _fetch_page(self, query, limit, offset):
        """Return the records of a page of a query, what their cards show in cache."""
        query.limit, query.offset = limit, offset
        return self._fetch_query(query, self._determine_fields_to_fetch(CARD_FIELDS))

    @api.model
    def _get_catalogue_domain(self, company, filters):
        """Return the listings of a platform that all filters let through."""
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "published")
            & self._get_words_domain(filters.get("q"))
            & self._get_place_domain(company, filters)
            & self._get_ways_domain(filters)
        )
        category = self._find_choice("ebs.category", company, filters.get("category"))
        if category:
            domain &= Domain("category_id", "child_of", category.id)
        circle = self._find_choice("ebs.circle", company, filters.get("circle"))
        if circle:
            # As superuser, for ids alone: the rules then let through what is open.
            shared = self.sudo()._search(
                Domain("visibility", "=", "circles")
                & Domain("circle_ids", "in", circle.ids)
            )
            domain &= Domain("id", "in", shared)
        side = filters.get("side")
        if isinstance(side, str) and side in dict(self._fields["side"].selection):
            domain &= Domain("side", "=", side)
        if filters.get("photo") == "1":
            domain &= self._get_photo_domain()
        if filters.get("org") == "1":
            domain &= self._get_organisation_domain()
        return domain

    @api.model
    def _get_photo_domain(self):
        """Return what has a photo: asked of each row, never of all photos."""
        self.env["ebs.photo"].flush_model()
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "EXISTS (SELECT FROM ebs_photo WHERE listing_id = %s)",
                SQL.identifier(alias, "id"),
            )
        )

    @api.model
    def _get_organisation_domain(self):
        """Return what others than persons offer."""
        return Domain("member_id", "any!", Domain("kind", "!=", "person"))

    @api.model
    def _get_ways_domain(self, filters):
        """Return what goes in the way, or is of the kind, that a search names."""
        code, kind = filters.get("way"), filters.get("kind")
        if not code and kind not in ("goods", "service"):
            return Domain.TRUE
        domain = Domain.TRUE
        ways = self.env["ebs.way"].search_fetch([], ["code"])
        if one := ways.filtered(lambda way: way.code == code):
            domain &= Domain("way_ids", "in", one.ids)
        if kind in ("goods", "service"):
            of_kind = ways.filtered(
                lambda way: (way.code == "service") == (kind == "service")
            )
            domain &= Domain("way_ids", "in", of_kind.ids)
        return domain

    @api.model
    def _find_choice(self, model, company, value):
        """Return the record of a platform that an address names, or none."""
        record_id = to_int(value)
        if not record_id:
            return self.env[model]
        return self.env[model].search(
            Domain("company_id", "=", company.id) & Domain("id", "=", record_id)
        )
