# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From a stranger at the door to a returned drill, in a real browser, in French.

The same journey on a phone and on a wide screen: a visitor finds a drill, signs
up, confirms, asks; the owner answers and accepts; a second member is told why
not; hand-over with the deposit, reminder, return; staff see every step.
"""

import re
from datetime import timedelta

import pytest
from odoo.addons.ebs_base.clock import clock_at, now
from odoo.addons.ebs_listings.tests.common import ListingsCase
from odoo.fields import Command
from odoo.tests import HttpCase, tagged


class JourneyCase(HttpCase, ListingsCase):
    """A platform in French with a drill to lend, and the staff behind it."""

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
        cls.lender = cls.make_member("Lucie", company=platform)
        cls.second = cls.make_member("Driss", company=platform)
        cls.drill = cls.make_listing(
            cls.lender,
            name="Perceuse à percussion",
            way_ids=cls.env["ebs.way"].search([("code", "=", "lend")]).ids,
            description="Avec un coffret de forets pour béton et bois.",
            deposit_kind="cheque",
            deposit_amount=50,
        )
        cls.lender.user_id.lang = cls.second.user_id.lang = "fr_FR"
        cls.staff = cls.manager
        cls.staff.write(
            {
                "company_ids": [Command.link(platform.id)],
                "company_id": platform.id,
                "lang": "fr_FR",
            }
        )

    def read_mail(self, address):
        """Return the body of the newest mail queued for an address."""
        mail = self.env["mail.mail"].search(
            [("email_to", "ilike", address)], order="id desc", limit=1
        )
        self.assertEqual(mail.state, "outgoing")
        return mail.body_html

    def find_exchange(self):
        """Return the one exchange about the drill, as it is now."""
        self.env.invalidate_all()
        return self.env["ebs.exchange"].search([("listing_id", "=", self.drill.id)])

    def walk(self):
        """Walk the whole journey with the browser of this class."""
        login, second = self.lender.user_id.login, self.second.user_id.login
        self.start_tour("/", "ebs_journey_find_and_sign_up", timeout=120)
        link = re.search(r"/confirm/[^\"' ?]+[^\"' ]*", self.read_mail("camille@"))
        self.start_tour(link[0], "ebs_journey_confirm", timeout=120)
        loan = self.find_exchange()
        self.assertEqual(loan.state, "requested")
        self.assertEqual((loan.day_end - loan.day_start).days, 2)
        self.assertIn("Camille", self.read_mail(login))

        self.start_tour("/my", "ebs_journey_answer", login=login, timeout=120)
        loan = self.find_exchange()
        self.assertEqual(loan.state, "accepted")
        page = f"/listings/perceuse-{self.drill.id}"
        self.start_tour(page, "ebs_journey_refused", login=second, timeout=120)
        self.assertEqual(self.find_exchange(), loan, "nothing was asked")

        self.start_tour("/my", "ebs_journey_hand_over", login=login, timeout=120)
        loan = self.find_exchange()
        self.assertEqual(loan.state, "ongoing")
        self.assertEqual(loan.deposit_id.state, "held")
        reminder = self.env["ebs.reminder"].search(
            [("exchange_id", "=", loan.id), ("kind", "=", "return")]
        )
        day = loan.company_id._ebs_local(reminder.due_at).date()
        self.assertEqual(day, loan.day_end - timedelta(days=1))
        with clock_at(reminder.due_at + timedelta(minutes=1)):
            reminder._send()
        self.assertIn("Perceuse", self.read_mail("camille@"))

        self.start_tour("/my", "ebs_journey_take_back", login=login, timeout=120)
        loan = self.find_exchange()
        self.assertEqual(loan.state, "done")
        self.assertEqual(loan.deposit_id.state, "returned")
        self.start_tour(
            "/my", "ebs_journey_done", login="camille@example.com", timeout=120
        )
        self.start_tour(
            "/odoo/action-ebs_listings.ebs_exchange_action?view_type=kanban",
            "ebs_journey_staff",
            login=self.staff.login,
            timeout=180,
        )
        self.assertEqual(self.env["ebs.audit"]._run(), [])
        self.assertLess(loan.done_at, now() + timedelta(minutes=1))


@tagged("post_install", "-at_install")
class TestJourneyOnPhone(JourneyCase):
    """The journey on a screen of 390 points."""

    browser_size = "390x844"
    touch_enabled = True

    def test_journey_on_a_phone(self):
        self.walk()


@pytest.mark.slow
@tagged("post_install", "-at_install")
class TestJourneyOnWideScreen(JourneyCase):
    """The journey on a screen of 1280 points."""

    browser_size = "1280x900"

    def test_journey_on_a_wide_screen(self):
        self.walk()
