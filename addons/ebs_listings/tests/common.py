# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.addons.ebs_circles.tests.common import CirclesCase
from odoo.fields import Command
from PIL import Image


def make_image(size=(40, 30), colour="#c05030", picture_format="JPEG", **options):
    """Return a picture of one colour, in base64."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, picture_format, **options)
    return base64.b64encode(buffer.getvalue())


class ListingsCase(CirclesCase):
    """A small tree of categories, things on offer, and a clock that stands still."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        watch = clock_at(now())
        watch.__enter__()
        cls.addClassCleanup(watch.__exit__, None, None, None)
        cls.garden = cls.make_category("Garden", "garden")
        cls.mowers = cls.make_category("Mowers", "garden", cls.garden)
        cls.books = cls.make_category("Books", "books")

    @classmethod
    def make_category(cls, name, icon="other", parent=None, company=None):
        return cls.env["ebs.category"].create(
            {
                "company_id": (company or cls.company).id,
                "name": name,
                "icon": icon,
                "parent_id": parent.id if parent else False,
            }
        )

    @classmethod
    def get_way(cls, code):
        return cls.env["ebs.way"].search([("code", "=", code)])

    @classmethod
    def make_draft(cls, member, **values):
        """A complete draft, with the values of its fields; `way` is a code."""
        member = member.sudo()
        way = cls.get_way(values.pop("way", "give"))
        category = cls.garden
        if member.company_id != cls.company:
            category = cls.env["ebs.category"].search(
                [("company_id", "=", member.company_id.id)], limit=1
            ) or cls.make_category("Garden", "garden", company=member.company_id)
        listings = cls.env["ebs.listing"].sudo()
        return listings.create(
            {
                "company_id": member.company_id.id,
                "member_id": member.id,
                "name": "Books on gardening",
                "category_id": category.id,
                "way_ids": [Command.set(way.ids)],
                "zone_id": member.zone_id.id,
                **values,
            }
        )

    @classmethod
    def make_listing(cls, member, **values):
        """The same, published."""
        listing = cls.make_draft(member, **values)
        listing._publish(("draft",))
        return listing

    @classmethod
    def make_photo(cls, listing, **options):
        return cls.env["ebs.photo"].create(
            {"listing_id": listing.id, "image_1920": make_image(**options)}
        )

    @classmethod
    def ask(cls, asker, listing, message="Hello", way="give"):
        """`asker` asks for the listing; the exchange as the superuser sees it."""
        exchange = cls.by(asker, listing).action_ask({"way": way, "message": message})
        return exchange.sudo()

    @classmethod
    def by(cls, member, record):
        """A record as the member's own account sees it."""
        return record.with_user(member.sudo().user_id)
