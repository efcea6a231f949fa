# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import urlencode

from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request

from ..const import PAGE_SIZE
from .common import EbsController

FILTERS = ("q", "zone", "category", "way")
MAX_WORDS = 100
# More than this is "more than"; nobody turns fifty pages.
MAX_COUNT = 1000


def _sitemap(env, rule, qs):
    """The catalogue's first page, on platforms."""
    if env["website"].get_current_website()._ebs_company():
        if not qs or qs.lower() in "/listings":
            yield {"loc": "/listings"}


class EbsCatalogue(EbsController, http.Controller):
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
        company = self._company()
        filters = self._read_filters(kw)
        # The address may say it as text too: ?page=2
        page = page if isinstance(page, int) else to_int(page) or 1
        page = min(max(page, 1), MAX_COUNT // PAGE_SIZE)
        search = request.env["ebs.listing"]._search_catalogue
        listings, total = search(
            company, filters, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
        )
        last = max(-(-total // PAGE_SIZE), 1)
        if page > last:
            page = last
            listings, total = search(
                company, filters, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
            )
        choices = self._get_choices(company)
        return self._render(
            "ebs_website.catalogue",
            {
                "cards": self._cards(listings),
                "count": self._get_count_words(total),
                "filters": filters,
                "choices": choices,
                "chips": self._get_chips(filters, choices),
                "pager": self._get_pager(page, last, filters),
            },
        )

    def _read_filters(self, kw):
        """The filters in use, cut to a length that a person types."""
        filters = {}
        for name in FILTERS:
            value = str(kw.get(name) or "").replace("\0", "")[:MAX_WORDS].strip()
            if value:
                filters[name] = value
        return filters

    def _get_choices(self, company):
        """What each filter offers: lists of (value in the address, words)."""
        env = request.env
        mine = [("company_id", "=", company.id)]
        zones = env["ebs.zone"].search_fetch(mine, ["name"])
        ways = env["ebs.way"].search_fetch([], ["name", "code"])
        return {
            "zone": [(str(zone.id), zone.name) for zone in zones],
            "category": [
                (str(category_id), name)
                for category_id, name in self._category_choices(company)
            ],
            "way": [(way.code, way.name) for way in ways],
        }

    def _get_chips(self, filters, choices):
        """The filters in use, each with the address of the page without it."""
        chips = []
        for name, value in filters.items():
            label = value if name == "q" else dict(choices[name]).get(value)
            if label:
                others = {key: val for key, val in filters.items() if key != name}
                chips.append({"label": label.strip(), "url": self._url(1, others)})
        return chips

    def _get_count_words(self, total):
        if not total:
            return request.env._("Nothing found")
        if total == 1:
            return request.env._("One listing")
        if total >= MAX_COUNT:
            return request.env._("More than %(count)s listings", count=MAX_COUNT)
        return request.env._("%(count)s listings", count=total)

    def _url(self, page, filters):
        path = f"/listings/page/{page}" if page > 1 else "/listings"
        return f"{path}?{urlencode(filters)}" if filters else path

    def _get_pager(self, page, last, filters):
        """Where the next and the previous page are; nothing for one page."""
        if last == 1:
            return None
        return {
            # The layout keeps search engines to the first page by this very key.
            "page": {"num": page},
            "last": last,
            "previous": self._url(page - 1, filters) if page > 1 else None,
            "next": self._url(page + 1, filters) if page < last else None,
        }
