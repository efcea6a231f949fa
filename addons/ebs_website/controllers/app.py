# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import http
from odoo.http import request
from odoo.tools import file_open

from ..const import ICON_SIZES
from .common import EbsController

WORKER = "ebs_website/static/src/app/worker.js"
A_DAY = "public, max-age=86400"


class EbsApp(EbsController, http.Controller):
    """A platform on the first screen of a phone: its card, icons and offline page."""

    @http.route(
        "/app/manifest.webmanifest",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def app_manifest(self, **kw):
        """What a phone needs to know to install the platform."""
        company = self._company()
        website = request.website
        ground, primary = website._ebs_color(4), website._ebs_color(1)
        manifest = {
            "id": "/",
            "name": company.name,
            "short_name": company.name[:12].strip(),
            "lang": request.env.lang.replace("_", "-"),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": ground,
            "theme_color": primary,
            "icons": [
                {
                    "src": f"/app/icon-{size}.png",
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for size in ICON_SIZES
                for purpose in ("any", "maskable")
            ],
            "shortcuts": [
                {"name": name, "url": url}
                for url, name in (
                    ("/listings", request.env._("Listings")),
                    ("/publish", request.env._("Publish")),
                    ("/my", request.env._("My space")),
                )
            ],
        }
        return self._send(json.dumps(manifest), "application/manifest+json")

    @http.route(
        [f"/app/icon-{size}.png" for size in ICON_SIZES],
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def app_icon(self, **kw):
        """The platform's logo, else its icon, on a square of its ground."""
        self._company()
        size = int(request.httprequest.path.rpartition("-")[2].partition(".")[0])
        return self._send(request.website._ebs_make_icon(size), "image/png")

    @http.route(
        "/app/offline",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def app_offline(self, **kw):
        """What a phone without a line shows: nothing of anybody, no other file."""
        values = {"ground": request.website._ebs_color(4), "company": self._company()}
        values |= {"ink": request.website._ebs_color(5)}
        values |= {"primary": request.website._ebs_color(1)}
        return request.render("ebs_website.app_offline", values)

    @http.route(
        "/app/worker.js",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def app_worker(self, **kw):
        """The script that keeps the offline page, for the whole site."""
        self._company()
        with file_open(WORKER, "rb") as script:
            response = self._send(script.read(), "text/javascript")
        response.headers["Service-Worker-Allowed"] = "/"
        response.headers["Cache-Control"] = "no-cache"
        return response

    def _send(self, content, mimetype):
        return request.make_response(
            content, [("Content-Type", mimetype), ("Cache-Control", A_DAY)]
        )
