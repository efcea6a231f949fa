# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# More than this is "many"; the database stops counting there.
MAX_CHOICE_COUNT = 100


class EbsListing(models.Model):
    """How many listings each choice beside a search would leave."""

    _inherit = "ebs.listing"

    @api.model
    def _count_choices(self, company, filters):
        """Return {filter: {value: number}}, each number at most a hundred.

        Each choice is counted with the other filters on and its own off, as the user
        sees it, all in one statement. For what is on or off (``photo``, ``org``) the
        number stands alone.
        """
        choices = self._get_counted_choices(company)
        counted = []
        for name, values in choices.items():
            others = {key: val for key, val in filters.items() if key != name}
            domain = self._get_catalogue_domain(company, others)
            for value, choice in values.items():
                query = self._search(domain & choice)
                if query.is_empty():
                    continue
                query.limit = MAX_CHOICE_COUNT
                counted.append(
                    SQL(
                        "SELECT %s, %s, (SELECT count(*) FROM (%s) found)",
                        name,
                        value,
                        query.select(SQL("1")),
                    )
                )
        numbers = {name: {} for name in choices}
        if counted:
            # PostgreSQL would compile what it thinks dear and is not.
            self.env.cr.execute("SET LOCAL jit = off")
            rows = self.env.execute_query(SQL(" UNION ALL ").join(counted))
            for name, value, number in rows:
                numbers[name][value] = number
        for name in ("photo", "org"):
            numbers[name] = numbers[name].get("1", 0)
        return numbers

    @api.model
    def _get_counted_choices(self, company):
        """Return {filter: {value in an address: domain}} of what is counted."""
        here = Domain("company_id", "=", company.id)
        ways = self.env["ebs.way"].search_fetch([], ["code"])
        return {
            "category": {
                str(category.id): Domain("category_id", "child_of", category.id)
                for category in self.env["ebs.category"].search(here)
            },
            "kind": {
                kind: self._get_ways_domain({"kind": kind})
                for kind in ("goods", "service")
            },
            "side": {side: Domain("side", "=", side) for side in ("offer", "want")},
            "way": {way.code: Domain("way_ids", "in", way.ids) for way in ways},
            "zone": {
                str(zone.id): Domain("zone_id", "=", zone.id)
                for zone in self.env["ebs.zone"].search(here)
            },
            "photo": {"1": self._get_photo_domain()},
            "org": {"1": self._get_organisation_domain()},
        }
