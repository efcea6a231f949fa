# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.addons.ebs_base.utils import to_int, to_text
from odoo.fields import Domain
from odoo.tools import escape_psql

# Nobody turns the pages of more.
MAX_COUNT = 1000
MAX_LIMIT = 100
MAX_QUERY_LENGTH = 100
MAX_WORDS = 8
CARD_FIELDS = (
    "name",
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
    """The catalogue: listings found by words and filters, page by page."""

    _inherit = "ebs.listing"

    @api.model
    def _search_catalogue(self, company, filters, limit=20, offset=0):
        """Return a page of the listings that the user may see, and their number.

        The filters are what a visitor may have put in the address: what makes no
        sense is ignored. The number stops at a thousand.
        """
        domain = self._get_catalogue_domain(company, filters)
        limit = min(max(limit, 1), MAX_LIMIT)
        listings = self.search_fetch(
            domain,
            CARD_FIELDS,
            limit=limit,
            offset=max(offset, 0),
            order="published_at desc, id desc",
        )
        if not offset and len(listings) < limit:
            return listings, len(listings), None
        return listings, self.search_count(domain, limit=MAX_COUNT), None

    @api.model
    def _get_catalogue_domain(self, company, filters):
        """Return the listings of a platform that all filters let through."""
        domain = Domain("company_id", "=", company.id) & Domain(
            "state", "=", "published"
        )
        for word in self._get_words(filters.get("q")):
            pattern = escape_psql(word)
            domain &= Domain("name", "ilike", pattern) | Domain(
                "description", "ilike", pattern
            )
        here = Domain("company_id", "=", company.id)
        category = self._find_choice("ebs.category", here, filters.get("category"))
        if category:
            domain &= Domain("category_id", "child_of", category.id)
        circle = self._find_choice("ebs.circle", here, filters.get("circle"))
        if circle:
            # As superuser, for ids alone: the rules then let through what is open.
            shared = self.sudo()._search(
                Domain("visibility", "=", "circles")
                & Domain("circle_ids", "in", circle.ids)
            )
            domain &= Domain("id", "in", shared)
        zone = self._find_choice("ebs.zone", here, filters.get("zone"))
        if zone:
            domain &= Domain("zone_id", "=", zone.id)
        code = filters.get("way")
        if code and isinstance(code, str):
            ways = self.env["ebs.way"].search_fetch([], ["code"])
            way = ways.filtered(lambda one: one.code == code)
            if way:
                domain &= Domain("way_ids", "in", way.ids)
        return domain

    @api.model
    def _get_words(self, text):
        """Return the words of a search, as somebody typed them, none twice."""
        if not isinstance(text, str):
            return []
        words = to_text(text[:MAX_QUERY_LENGTH], MAX_QUERY_LENGTH).split()
        return list(dict.fromkeys(words))[:MAX_WORDS]

    @api.model
    def _find_choice(self, model, here, value):
        """Return the record of a platform that an address names, or none."""
        record_id = to_int(value)
        if not record_id:
            return self.env[model]
        return self.env[model].search(here & Domain("id", "=", record_id))
