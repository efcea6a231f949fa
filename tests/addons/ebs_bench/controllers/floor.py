# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request


class Floor(http.Controller):
    """What the framework costs by itself: the floor that pages are held against."""

    @http.route(
        "/ebs_bench/empty",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def empty(self):
        """Render the bare layout of the site, nothing in it."""
        return request.render("ebs_bench.empty")

    @http.route(
        "/ebs_bench/ok",
        type="http",
        auth="none",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def ok(self):
        """Answer two letters: what HTTP itself costs."""
        return "ok"
