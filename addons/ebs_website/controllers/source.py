# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import zipfile
from functools import lru_cache
from pathlib import Path

from odoo import http
from odoo.http import request
from odoo.modules.module import get_manifest, get_module_path

from ..const import SOURCE_PAGE
from .common import EbsController

SKIPPED = {"__pycache__", ".git"}


@lru_cache(maxsize=1)
def _make_archive(names):
    """The folders of the addons as a zip file: code does not change while it runs."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            root = Path(get_module_path(name))
            for path in sorted(root.rglob("*")):
                if path.is_file() and not SKIPPED & set(path.parts):
                    archive.write(path, Path(name) / path.relative_to(root))
    return content.getvalue()


class EbsSource(EbsController, http.Controller):
    """The source code of what runs here, offered to everyone (AGPL, section 13)."""

    @http.route(
        SOURCE_PAGE,
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def source(self, **kw):
        """Say what runs here and under which licence."""
        addons = [get_manifest(name) for name in self._get_addons()]
        return self._render("ebs_website.source", {"addons": addons})

    @http.route(
        f"{SOURCE_PAGE}/ebs.zip",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def source_download(self, **kw):
        """The addons as they run on this server, the operator's changes included."""
        self._company()
        return request.make_response(
            _make_archive(tuple(self._get_addons())),
            [
                ("Content-Type", "application/zip"),
                ("Content-Disposition", 'attachment; filename="ebs.zip"'),
                ("Cache-Control", "public, max-age=86400"),
            ],
        )

    def _get_addons(self):
        """The installed addons of the suite."""
        installed = request.env["ir.module.module"].sudo()._installed()
        return sorted(name for name in installed if name.startswith("ebs_"))
