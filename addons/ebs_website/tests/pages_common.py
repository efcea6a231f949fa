# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

from lxml import html
from odoo.fields import Command
from PIL import Image

from .common import WebCase


def make_jpeg(size=(640, 480), color=(31, 92, 69)):
    """A photo as a phone sends it."""
    content = io.BytesIO()
    Image.new("RGB", size, color).save(content, "JPEG")
    return content.getvalue()


class WebsiteCase(WebCase):
    """The platform's site with an empty catalogue; no browser is needed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        english = cls.env["res.lang"]._activate_lang("en_US")
        cls.website.write(
            {
                "name": "The Trunk",
                "language_ids": [Command.set(english.ids)],
                "default_lang_id": english.id,
                "homepage_url": False,
                "logo": False,
            }
        )
        cls.shop = cls.env["res.company"].create({"name": "Ordinary shop"})
        cls.drill.sudo()._set_state(("published",), "closed")
        cls.asker = cls.borrower
        cls.lend = cls.env["ebs.way"].search([("code", "=", "lend")])
        cls.give = cls.env["ebs.way"].search([("code", "=", "give")])

    @classmethod
    def make_loan(cls, member=None, **values):
        """A published listing that can be lent, with one copy."""
        values = {"name": "Drill", "way_ids": cls.lend.ids, **values}
        listing = cls.make_listing(member or cls.owner, **values)
        listing.sudo()._ensure_copy()
        return listing

    @classmethod
    def add_photo(cls, listing):
        """Give a listing a photo."""
        return cls.env["ebs.photo"].create(
            {"listing_id": listing.id, "image_1920": base64.b64encode(make_jpeg())}
        )

    def get(self, url, status=200):
        """Open a page, and see how it answers; return it as a tree."""
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, status, url)
        self.page = response
        return html.fromstring(response.text) if response.text else None

    def post(self, url, data=None, files=None, csrf=True):
        """Send a form as the page would."""
        data = dict(data or {})
        if csrf:
            data["csrf_token"] = self.csrf()
        return self.url_open(url, data=data, files=files, allow_redirects=False)

    def url_of(self, record, root="listings"):
        """The address of a listing or a circle."""
        slug = self.env["ir.http"]._slug((record.id, record.name))
        return f"/{root}/{slug}"

    def text_of(self, page, css):
        """The words of the first element that matches, spaces made one."""
        found = page.cssselect(css)
        self.assertTrue(found, f"nothing like {css} in the page")
        return " ".join(found[0].text_content().split())
