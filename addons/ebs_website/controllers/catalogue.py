# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from ..const import PAGE_SIZE
from .found import FoundController
from .search import EbsSearchController


def _sitemap(env, rule, qs):
    """The catalogue's first page, on platforms."""
    if env["website"].get_current_website()._ebs_company():
        if not qs or qs.lower() in "/listings":
            yield {"loc": "/listings"}


class EbsCatalogue(FoundController, EbsSearchController, http.Controller):
    """Search among the listings that the visitor may see."""

    @http.route(
        ["/listings", "/listings/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=_sitemap,
    )
    def listings(self, page=1, **kw):
        """One page of cards, with the filters that the address names."""
        # The address may say the page as text too: ?page=2
        values = self._search_listings(
            self._company(), {**kw, "page": page}, "/listings"
        )
        values["ebs_head"] = self._get_catalogue_head(values)
        return self._render("ebs_website.catalogue", values)

    @http.route(
        "/listings/counts",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def counts(self, **kw):
        """How many listings each choice of each filter would show, as JSON."""
        company = self._company()
        choices = self._get_choices(company, request.env["ebs.member"]._get_mine())
        filters = self._read_filters(kw, choices)
        counts = request.env["ebs.listing"]._count_choices(company, filters)
        return request.make_json_response(
            counts, [("Cache-Control", "private, no-store")]
        )

    @http.route(
        "/listings/feed.xml",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def feed(self, **kw):
        """The newest listings of a search as RSS: what everybody sees, whoever asks."""
        company = self._company()
        public = request.website._get_cached("user_id")
        choices = self._get_choices(company)
        filters = self._get_fed(self._read_filters(kw, choices))
        listings, _total, _meant = (
            request.env["ebs.listing"]
            .with_user(public)
            # The companies that the visitor works for are not the public's.
            .with_context(allowed_company_ids=company.ids)
            ._search_catalogue(company, {**filters, "sort": "newest"}, limit=PAGE_SIZE)
        )
        return self._render_feed(
            listings,
            self._get_feed_title(self._get_chips("/listings", filters, choices)),
            self._page_url("/listings", 1, filters),
            self._add_query("/listings/feed.xml", filters),
        )
