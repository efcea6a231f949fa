# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import urlencode

from odoo.addons.ebs_base.utils import to_date, to_int
from odoo.addons.ebs_loans.utils import format_period
from odoo.http import request

from ..const import PAGE_SIZE
from .common import EbsController

FILTERS = ("q", "zone", "category", "way", "circle", "from", "to")
DAYS = ("from", "to")
MAX_WORDS = 100
# More than this is "more than"; nobody turns fifty pages.
MAX_COUNT = 1000


class EbsSearchController(EbsController):
    """The one search among listings: in the catalogue and inside a circle."""

    def _search_listings(self, company, kw, path, circle=None):
        """What the templates of the search show for one page of an address.

        ``path`` is the address of the first page without filters; a circle narrows
        the search to what it shares, and cannot be taken off.
        """
        choices = self._get_choices(company, circle)
        filters = self._read_filters(kw, choices)
        page = kw.get("page")
        page = page if isinstance(page, int) else to_int(page) or 1
        page = min(max(page, 1), MAX_COUNT // PAGE_SIZE)
        within = {**filters, "circle": str(circle.id)} if circle else filters
        listings, total, page, last = self._read_page(company, within, page)
        return {
            "path": path,
            "cards": self._cards(listings),
            "count": self._get_count_words(total),
            "filters": filters,
            "choices": choices,
            "chips": self._get_chips(path, filters, choices),
            "today": company.sudo()._ebs_today().isoformat(),
            "pager": self._get_pager(path, page, last, filters),
        }

    def _read_page(self, company, filters, page):
        """The listings of a page, their number, and which page of how many it is.

        A page after the last is the last one.
        """
        search = request.env["ebs.listing"]._search_catalogue
        while True:
            listings, total = search(
                company, filters, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
            )
            last = max(-(-total // PAGE_SIZE), 1)
            if page <= last:
                return listings, total, page, last
            page = last

    def _read_filters(self, kw, choices):
        """The filters in use, cut to a length that a person types.

        A circle that the visitor is not offered is no filter: whether there is one
        by that number does not show.
        """
        filters = {}
        for name in FILTERS:
            value = str(kw.get(name) or "").replace("\0", "")[:MAX_WORDS].strip()
            if value and (name != "circle" or value in dict(choices["circle"])):
                filters[name] = value
        return self._settle_days(filters)

    def _settle_days(self, filters):
        """Two days that make a period from today on, or none of them.

        One day alone is that day; the later one first is read the other way round.
        """
        first = to_date(filters.get("from") or filters.get("to"))
        last = to_date(filters.get("to")) or first
        today = self._company().sudo()._ebs_today()
        others = {key: value for key, value in filters.items() if key not in DAYS}
        if not first or not today <= min(first, last):
            return others
        first, last = min(first, last), max(first, last)
        return {**others, "from": first.isoformat(), "to": last.isoformat()}

    def _get_choices(self, company, circle=None):
        """What each filter offers: lists of (value in the address, words)."""
        env = request.env
        here = [("company_id", "=", company.id)]
        zones = env["ebs.zone"].search_fetch(here, ["name"])
        ways = env["ebs.way"].search_fetch([], ["name", "code"])
        return {
            "zone": [(str(zone.id), zone.name) for zone in zones],
            "category": [
                (str(category_id), name)
                for category_id, name in self._category_choices(company)
            ],
            "way": [(way.code, way.name) for way in ways],
            "circle": [] if circle else self._get_circle_choices(company),
        }

    def _get_circle_choices(self, company):
        """The circles that the visitor is in, as (id, name)."""
        mine = request.env["ebs.member"]._get_mine()
        return [
            (str(circle_id), name)
            for circle_id, name in self._circle_choices(company, mine)
        ]

    def _get_chips(self, path, filters, choices):
        """The filters in use, each with the address of the page without it."""
        chips = []
        if "from" in filters:
            others = {key: val for key, val in filters.items() if key not in DAYS}
            period = format_period(
                request.env, to_date(filters["from"]), to_date(filters["to"])
            )
            chips.append(
                {
                    "label": request.env._("Free %(period)s", period=period),
                    "url": self._page_url(path, 1, others),
                }
            )
        for name, value in filters.items():
            if name in DAYS:
                continue
            label = value if name == "q" else dict(choices[name]).get(value)
            if label:
                others = {key: val for key, val in filters.items() if key != name}
                url = self._page_url(path, 1, others)
                chips.append({"label": label.strip(), "url": url})
        return chips

    def _get_count_words(self, total):
        if not total:
            return request.env._("Nothing found")
        if total == 1:
            return request.env._("One listing")
        if total >= MAX_COUNT:
            return request.env._("More than %(count)s listings", count=MAX_COUNT)
        return request.env._("%(count)s listings", count=total)

    def _page_url(self, path, page, filters):
        """The address of a page; the catalogue's own pages have one of their own."""
        query = dict(filters)
        if page > 1 and path == "/listings":
            path = f"{path}/page/{page}"
        elif page > 1:
            query["page"] = page
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
