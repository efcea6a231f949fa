# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The filters of a search as an address names them: read, settled, said."""

import re

from odoo.addons.ebs_base.utils import to_date
from odoo.addons.ebs_loans.utils import format_period
from odoo.http import request

from ..say import say_number

# In the order in which the chips stand.
FILTERS = (
    "q",
    "category",
    "kind",
    "side",
    "way",
    "zone",
    "near",
    "within",
    "box",
    "photo",
    "org",
    "circle",
    "from",
    "to",
    "sort",
)
DAYS = ("from", "to")
DISTANCES = ("1", "2", "5", "10", "20", "50")
SORTS = ("relevance", "nearest", "newest")
# What the place field says for taking off "around me".
EVERYWHERE = "all"
MAX_WORDS = 100
DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,9})?")


class SearchFilters:
    """Part of a controller: from the address to filters, and to words for them."""

    def _read_filters(self, kw, choices):
        """The filters in use: what makes no sense is none.

        A circle that the visitor is not offered is no filter: whether there is one
        by that number does not show.
        """
        filters = {}
        for name in FILTERS:
            value = str(kw.get(name) or "").replace("\0", "")[:MAX_WORDS].strip()
            if value:
                filters[name] = value
        for name in choices:
            if filters.get(name) not in dict(choices[name]):
                if filters.pop(name, None) == EVERYWHERE and name == "zone":
                    filters.pop("near", None)
        return self._settle_sort(self._settle_place(self._settle_days(filters)))

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

    def _settle_place(self, filters):
        """One place only, and a distance only from somewhere.

        A zone that was chosen wins over where the visitor is.
        """
        filters = dict(filters)
        near = self._read_near(filters.pop("near", None))
        if near and "zone" not in filters:
            filters["near"] = ",".join(f"{degrees:.3f}" for degrees in near)
        if not {"zone", "near"} & set(filters):
            filters.pop("within", None)
        if "box" in filters and not self._read_degrees(filters["box"], 4):
            del filters["box"]
        return {name: filters[name] for name in FILTERS if name in filters}

    def _settle_sort(self, filters):
        """An order that this search knows, and that is not the one it has anyway."""
        sorts = self._get_sorts(filters)
        if filters.get("sort") in sorts[1:]:
            return filters
        return {key: value for key, value in filters.items() if key != "sort"}

    def _get_sorts(self, filters):
        """The orders of a search: the one that it has by itself first."""
        known = []
        if "q" in filters:
            known.append("relevance")
        if "near" in filters:
            known.append("nearest")
        known.append("newest")
        if "zone" in filters:
            known.append("nearest")
        return known

    def _read_near(self, text):
        """Where the visitor said to be, as (latitude, longitude), or nothing."""
        degrees = self._read_degrees(text, 2)
        return degrees if degrees and abs(degrees[0]) <= 90 else None

    def _read_degrees(self, text, count):
        """So many degrees with commas between them, or nothing."""
        parts = str(text or "").split(",")
        if len(parts) != count or not all(map(DEGREES.fullmatch, parts)):
            return None
        degrees = [float(part) for part in parts]
        return degrees if max(map(abs, degrees)) <= 180 else None

    # --------------------------------------------------------------------------
    # What the form offers
    # --------------------------------------------------------------------------

    def _get_choices(self, company, mine=None):
        """What each filter offers: lists of (value in the address, words).

        The circles are those of ``mine``, the visitor's personas.
        """
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
            "circle": self._get_circle_choices(company, mine) if mine else [],
            "kind": [("goods", env._("Things")), ("service", env._("Services"))],
            "side": [("offer", env._("On offer")), ("want", env._("Wanted"))],
            "within": [
                (distance, env._("%(count)s km", count=say_number(env, int(distance))))
                for distance in DISTANCES
            ],
            "photo": [("1", env._("With a photo"))],
            "org": [("1", env._("From organisations"))],
            "sort": [
                ("relevance", env._("Closest to my words")),
                ("nearest", env._("Nearest")),
                ("newest", env._("Newest")),
            ],
        }

    def _get_circle_choices(self, company, mine):
        """The circles that these personas are in, as (id, name)."""
        return [
            (str(circle_id), name)
            for circle_id, name in self._circle_choices(company, mine)
        ]

    # --------------------------------------------------------------------------
    # What the page says
    # --------------------------------------------------------------------------

    def _get_chips(self, path, filters, choices):
        """The filters in use, each with the address of the page without it."""
        chips = []
        for name in filters:
            label, taken = self._get_chip(name, filters, choices)
            if label:
                others = {key: val for key, val in filters.items() if key not in taken}
                url = self._page_url(path, 1, others)
                chips.append({"label": label.strip(), "url": url})
        return chips

    def _get_chip(self, name, filters, choices):
        """The words of one filter, and the filters that go away with it."""
        env = request.env
        words = dict(choices.get(name, ())).get(filters[name])
        within = dict(choices["within"]).get(filters.get("within"))
        if name == "q":
            return filters["q"], ("q",)
        if name == "from":
            first, last = (to_date(filters[day]) for day in DAYS)
            period = format_period(env, first, last)
            return env._("Free %(period)s", period=period), DAYS
        if name == "box":
            return env._("In this part of the map"), ("box",)
        if name in ("zone", "near"):
            place = ("zone", "near", "within")
            if name == "near" and within:
                return env._("Within %(distance)s of me", distance=within), place
            if name == "near":
                return env._("Around me"), place
            if within:
                return (
                    env._(
                        "Within %(distance)s of %(zone)s", distance=within, zone=words
                    ),
                    place,
                )
            return words, place
        return (words, (name,)) if name not in ("to", "within", "sort") else (None, ())

    def _get_orders(self, path, filters, choices):
        """The orders to choose from, when there is more than one."""
        sorts = self._get_sorts(filters)
        chosen = filters.get("sort", sorts[0])
        words = dict(choices["sort"])
        others = {key: value for key, value in filters.items() if key != "sort"}
        orders = [
            {
                "label": words[sort],
                "chosen": sort == chosen,
                "url": self._page_url(
                    path, 1, others if sort == sorts[0] else {**others, "sort": sort}
                ),
            }
            for sort in SORTS
            if sort in sorts
        ]
        return orders if len(orders) > 1 else []
