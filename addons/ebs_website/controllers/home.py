# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.addons.website.controllers.main import Website
from odoo.http import request

from ..const import HOME_SIZE
from .common import EbsController


class EbsHome(EbsController, Website):
    """The first page of a platform: search, what is new, kinds of things."""

    @http.route()
    def index(self, **kw):
        """Show the platform's home unless the operator chose a page of their own."""
        website = request.website
        company = website._ebs_company()
        if not company or website._get_cached("homepage_url"):
            return super().index(**kw)
        listings, _total, _meant = request.env["ebs.listing"]._search_catalogue(
            company, {}, limit=HOME_SIZE
        )
        categories = request.env["ebs.category"].search_fetch(
            [("company_id", "=", company.id), ("parent_id", "=", False)],
            ["name", "icon"],
        )
        zones = request.env["ebs.zone"].search_fetch(
            [("company_id", "=", company.id)], ["name"]
        )
        return self._render(
            "ebs_website.home",
            {
                "cards": self._cards(listings),
                "categories": [
                    {
                        "url": f"/listings?category={category.id}",
                        "name": category.name,
                        "picture": self._picture_url(category),
                    }
                    for category in categories
                ],
                "zones": zones,
            },
        )
