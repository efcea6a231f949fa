# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http

from .search import EbsSearchController


def _sitemap(env, rule, qs):
    """The catalogue's first page, on platforms."""
    if env["website"].get_current_website()._ebs_company():
        if not qs or qs.lower() in "/listings":
            yield {"loc": "/listings"}


class EbsCatalogue(EbsSearchController, http.Controller):
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
        return self._render(
            "ebs_website.catalogue",
            # The address may say the page as text too: ?page=2
            self._search_listings(self._company(), {**kw, "page": page}, "/listings"),
        )
