# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Publishing on a phone, in a real browser: few taps, and nothing lost.

The tour counts what the member does with the phone and fails above twelve.
"""

import base64
import io

from odoo.addons.ebs_listings.tests.common import ListingsCase
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from PIL import Image


@tagged("post_install", "-at_install")
class TestJourneyPublish(HttpCase, ListingsCase):
    """A member with a phone of 390 points, on a platform in French."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        french = cls.env["res.lang"]._lang_get("fr_FR")
        website = cls.env["website"].search([], limit=1)
        platform = website.company_id
        platform.write({"is_ebs_platform": True, "name": "La Remise"})
        website.write(
            {
                "language_ids": [Command.set(french.ids)],
                "default_lang_id": french.id,
            }
        )
        cls.bikes = cls.make_category("Vélo", "bike", company=platform)
        cls.lender = cls.make_member("Lucie", company=platform)
        cls.lender.user_id.lang = "fr_FR"

    def walk(self, tour):
        login = self.lender.user_id.login
        self.start_tour("/publish", tour, login=login, timeout=120)
        self.env.invalidate_all()
        return self.env["ebs.listing"].search(
            [("member_id", "=", self.lender.id)], order="id desc", limit=1
        )

    def test_a_listing_is_published_in_twelve_interactions_at_most(self):
        listing = self.walk("ebs_publish_on_a_phone")
        self.assertEqual((listing.name, listing.state), ("Vélo rouge", "published"))
        self.assertEqual(listing.category_id, self.bikes)
        self.assertEqual(listing.way_ids.code, "give")
        photo = io.BytesIO(base64.b64decode(listing.photo_ids.image_1920))
        self.assertEqual(Image.open(photo).size, (1920, 1280))

    def test_the_phone_rings_and_nothing_is_lost(self):
        listing = self.walk("ebs_publish_draft_kept")
        self.assertEqual((listing.name, listing.state), ("Tente deux places", "draft"))
