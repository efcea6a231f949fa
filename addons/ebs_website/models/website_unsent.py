# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import urlsplit

from odoo import models
from odoo.http import request

# What somebody writes by hand, and may be shown again: no secret is among it.
WRITTEN = ("name", "description", "message", "body", "answer", "bio", "purpose")
MOST_SHOWN = 4000


class Website(models.Model):
    """A form that came too late is not lost to who wrote it."""

    _inherit = "website"

    def _ebs_unsent(self):
        """Return the page that a refused form was on, and the texts it held."""
        asked = request.httprequest
        came = urlsplit(asked.referrer or "")
        here = came.netloc == asked.host and came.path and came.path[:2] != "//"
        texts = [asked.form.get(name, "").strip()[:MOST_SHOWN] for name in WRITTEN]
        return {
            "url": came.path if here else asked.path,
            "texts": [text for text in texts if text],
        }
