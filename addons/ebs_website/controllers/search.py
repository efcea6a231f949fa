# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import urlencode

from odoo.addons.ebs_base.utils import to_int
from odoo.http import request

from ..const import PAGE_SIZE
from .common import EbsController
from .filters import SearchFilters

# More than this is "more than"; nobody turns fifty pages.
MAX_COUNT = 1000
# What folds away on a phone: all but the words and the place.
FOLDED = ("category", "kind", "side", "way", "within", "photo", "org", "circle", "from")


class EbsSearchController(SearchFilters, EbsController):
    """The one search among listings: in the catalogue and inside a circle."""

    def _search_listings(self, company, kw, path, circle=None, counted=True):
        """What the templates of the search show for one page of an address.

        ``path`` is the address of the first page without filters; a circle narrows
        the search to what it shares, and cannot be taken off. Whoever is in no circle
        of the visitor's own (``counted``) gets no counts beside the filters.
        """
        mine = request.env["ebs.member"]._get_mine()
        choices = self._get_choices(company, None if circle else mine)
        filters = self._read_filters(kw, choices)
        page = kw.get("page")
        page = page if isinstance(page, int) else to_int(page) or 1
        page = min(max(page, 1), MAX_COUNT // PAGE_SIZE)
        within = {**filters, "circle": str(circle.id)} if circle else filters
        listings, total, meant, page, last = self._read_page(company, within, page)
        if meant:
            within = {**within, "q": meant}
        return {
            "path": path,
            "persona": self._here(mine)[:1],
            "cards": self._cards(listings, self._read_near(filters.get("near"))),
            "count": self._get_count_words(total),
            "meant": meant and self._get_meant_words(filters.get("q"), meant),
            "filters": filters,
            "choices": choices,
            "folded": sum(name in filters for name in FOLDED),
            "chips": self._get_chips(path, filters, choices),
            "orders": self._get_orders(path, filters, choices) if total > 1 else [],
            "counts_url": self._add_query("/listings/counts", within)
            if counted
            else None,
            "feed_url": None
            if circle
            else self._add_query("/listings/feed.xml", self._get_fed(filters)),
            "today": company.sudo()._ebs_today().isoformat(),
            "pager": self._get_pager(path, page, last, filters),
        }

    def _read_page(self, company, filters, page):
        """The listings of a page, their number, what was meant, and which page it is.

        A page after the last is the last one.
        """
        search = request.env["ebs.listing"]._search_catalogue
        while True:
            listings, total, meant = search(
                company, filters, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
            )
            last = max(-(-total // PAGE_SIZE), 1)
            if page <= last:
                return listings, total, meant, page, last
            page = last

    def _get_count_words(self, total):
        if not total:
            return request.env._("Nothing found")
        if total == 1:
            return request.env._("One listing")
        if total >= MAX_COUNT:
            return request.env._("More than %(count)s listings", count=MAX_COUNT)
        return request.env._("%(count)s listings", count=total)

    def _get_meant_words(self, typed, meant):
        """What was looked for, when nothing was found as it was typed."""
        return request.env._(
            "Nothing for “%(typed)s”: here is “%(meant)s”", typed=typed, meant=meant
        )

    def _get_fed(self, filters):
        """The filters of the feed of a search: it is for everybody, newest first."""
        return {
            name: value
            for name, value in filters.items()
            if name not in ("circle", "sort")
        }

    def _page_url(self, path, page, filters):
        """The address of a page; the catalogue's own pages have one of their own."""
        query = dict(filters)
        if page > 1 and path == "/listings":
            path = f"{path}/page/{page}"
        elif page > 1:
            query["page"] = page
        return self._add_query(path, query)

    def _add_query(self, path, query):
        return f"{path}?{urlencode(query)}" if query else path

    def _get_pager(self, path, page, last, filters):
        """Where the next and the previous page are; nothing for one page."""
        if last == 1:
            return None
        return {
            # The layout keeps search engines to the first page by this very key.
            "page": {"num": page},
            "last": last,
            "previous": self._page_url(path, page - 1, filters) if page > 1 else None,
            "next": self._page_url(path, page + 1, filters) if page < last else None,
        }
