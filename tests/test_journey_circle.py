# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make a circle, invite a neighbour, publish for it, borrow inside it, leave.

In a real browser, in French, on a phone and on a wide screen. What is lent when
somebody leaves stays with the two; all the rest is gone for the one who left.
"""

import re

import pytest
from odoo.addons.ebs_listings.tests.common import ListingsCase
from odoo.fields import Command
from odoo.tests import HttpCase, tagged


class CircleJourneyCase(HttpCase, ListingsCase):
    """A platform in French with two neighbours and no circle of theirs yet."""

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
                "name": "La Remise",
                "language_ids": [Command.set(french.ids)],
                "default_lang_id": french.id,
            }
        )
        cls.make_category("Camping", company=platform)
        cls.lucie = cls.make_member("Lucie", company=platform)
        cls.driss = cls.make_member("Driss", company=platform)
        cls.lucie.user_id.lang = cls.driss.user_id.lang = "fr_FR"

    def play(self, tour, member, url="/circles"):
        """Let a member play a tour."""
        login = member.user_id.login
        self.start_tour(url, f"ebs_journey_circle_{tour}", login=login, timeout=120)
        self.env.invalidate_all()

    def read_invitation(self):
        """Return the address that the mail to the neighbour leads to."""
        mail = self.env["mail.mail"].search(
            [("email_to", "ilike", "driss@")], order="id desc", limit=1
        )
        self.assertEqual(mail.state, "outgoing")
        return re.search(r"/circles/join/[^\"' ?]+", mail.body_html)[0]

    def walk(self):
        """Walk the whole journey with the browser of this class."""
        self.play("make", self.lucie)
        circle = self.env["ebs.circle"].search([("name", "=", "Les voisins du 12")])
        self.assertFalse(circle.is_listed)
        self.assertEqual(circle.organiser_count, 1)

        self.play("join", self.driss, self.read_invitation())
        self.assertEqual(circle.member_count, 2)

        self.play("publish", self.lucie)
        tent = self.env["ebs.listing"].search([("name", "=", "Tente pour quatre")])
        self.assertEqual((tent.state, tent.circle_ids), ("published", circle))

        self.play("ask", self.driss)
        self.play("lend", self.lucie, "/my")
        loan = self.env["ebs.exchange"].search([("listing_id", "=", tent.id)])
        self.assertEqual((loan.state, loan.is_private), ("ongoing", True))

        self.play("leave", self.driss)
        place = circle.membership_ids.filtered(lambda one: one.member_id == self.driss)
        self.assertEqual(place.state, "left")
        self.assertEqual(circle.member_count, 1)
        login = self.driss.user_id.login
        self.authenticate(login, login)
        for page in (f"/circles/{circle.id}", f"/listings/tente-{tent.id}"):
            self.assertEqual(self.url_open(page).status_code, 404)
        self.play("after", self.driss, "/my")
        self.assertEqual(loan.state, "ongoing")
        self.assertEqual(self.env["ebs.audit"]._run(), [])


@pytest.mark.slow
@tagged("post_install", "-at_install")
class TestCircleJourneyOnPhone(CircleJourneyCase):
    """The journey on a screen of 390 points."""

    browser_size = "390x844"
    touch_enabled = True

    def test_circle_journey_on_a_phone(self):
        self.walk()


@pytest.mark.slow
@tagged("post_install", "-at_install")
class TestCircleJourneyOnWideScreen(CircleJourneyCase):
    """The journey on a screen of 1280 points."""

    browser_size = "1280x900"

    def test_circle_journey_on_a_wide_screen(self):
        self.walk()
