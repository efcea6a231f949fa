# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
from datetime import timedelta
from unittest.mock import patch

import icalendar
from odoo import fields
from odoo.addons.ebs_loans.models.ebs_outside_calendar import EbsOutsideCalendar
from odoo.addons.ebs_loans.tests.calendar_server import (
    CalendarServer,
    LoopbackNetwork,
    make_calendar,
)
from odoo.tests import tagged
from odoo.tools import mute_logger

from .pages_common import WebsiteCase


@tagged("post_install", "-at_install", "ebs_security")
class TestFeeds(WebsiteCase):
    """Loans in one's own calendar, and one's own calendar in a listing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tent = cls.make_loan(name="Tent")
        today = cls.company._ebs_today()
        cls.loan = cls.tent.with_user(cls.asker.sudo().user_id).action_ask(
            {
                "way": "lend",
                "message": "Hello, may I?",
                "date_start": str(today),
                "date_end": str(today),
            }
        )
        cls.loan.with_user(cls.owner.sudo().user_id).action_accept()
        cls.path = f"/my/listings/{cls.tent.id}/calendars"

    def make(self, path="/my/calendars", member=None):
        """Make an address on its page; return its path."""
        data = {"member_id": member.id} if member else {}
        response = self.post(f"{path}/make", data)
        self.assertEqual(response.status_code, 200, response.text[:500])
        self.assertEqual(response.headers["Cache-Control"], "private, no-store")
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        url = self.parse(response).cssselect("#ebs_feed_address")[0].get("value")
        self.assertTrue(url.startswith(self.base_url()), url)
        return url.removeprefix(self.base_url())

    def summaries(self, path):
        """What a calendar reads there: no account, no cookie."""
        self.authenticate(None, None)
        response = self.url_open(path, allow_redirects=False)
        self.assertEqual(response.status_code, 200)
        calendar = icalendar.Calendar.from_ical(response.content)
        return [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]

    def answer(self, path):
        """All that somebody can see of an answer, but for the address asked."""
        response = self.url_open(path, allow_redirects=False)
        self.assertEqual(response.status_code, 404, path)
        headers = {
            name: value
            for name, value in response.headers.items()
            if name not in ("Date", "Content-Length")
        }
        return self.strip(response).replace(path, "PATH"), headers

    def assert_missing(self, path):
        """It answers as a page that never was, to visitors and to members."""
        for member in (None, self.rival):
            if member:
                self.log_in(member)
            else:
                self.authenticate(None, None)
            missing = "/no-such/page.ics"
            self.answer(missing)
            self.assertEqual(self.answer(path), self.answer(missing))

    # === MY LOANS === #

    def test_a_member_gets_an_address_once_and_a_calendar_reads_it(self):
        self.log_in(self.asker)
        page = self.get("/my/exchanges")
        self.assertTrue(page.cssselect("a[href='/my/calendars']"))
        page = self.get("/my/calendars")
        self.assertFalse(page.cssselect("#ebs_feed_address"))
        path = self.make(member=self.asker)
        self.assertRegex(path, r"^/feeds/[A-Za-z0-9_-]{43}\.ics$")
        page = self.get("/my/calendars")
        self.assertIn("You have an address since", self.text_of(page, ".o_ebs_space"))
        self.assertNotIn(path, self.page.text)
        self.assertEqual(self.summaries(path), ["Tent: borrowed from Olga"])

    def test_a_feed_is_for_a_calendar_and_kept_by_nobody_between(self):
        self.log_in(self.asker)
        path = self.make(member=self.asker)
        self.authenticate(None, None)
        response = self.url_open(path, allow_redirects=False)
        self.assertEqual(
            response.headers["Content-Type"], "text/calendar; charset=utf-8"
        )
        self.assertEqual(response.headers["Cache-Control"], "private, no-store")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertNotIn("session_id", response.headers.get("Set-Cookie", ""))
        self.assertEqual(self.url_open(path, method="HEAD").status_code, 200)
        answer = self.url_open(path, data={"x": "y"}, allow_redirects=False)
        self.assertIn(answer.status_code, (400, 405))

    def test_whoever_is_logged_in_reads_what_the_secret_opens_and_no_more(self):
        self.log_in(self.asker)
        path = self.make(member=self.asker)
        self.log_in(self.rival)
        response = self.url_open(path)
        self.assertIn("borrowed from Olga", response.text)

    def test_a_new_address_ends_the_old_one_and_stop_ends_both(self):
        self.log_in(self.asker)
        first = self.make(member=self.asker)
        second = self.make(member=self.asker)
        self.assertEqual(len(self.summaries(second)), 1)
        self.assert_missing(first)
        self.log_in(self.asker)
        response = self.post("/my/calendars/stop", {"member_id": self.asker.id})
        self.assertLeadsTo(response, "/my/calendars")
        self.assert_missing(second)

    def test_every_address_that_opens_nothing_is_one_that_never_was(self):
        self.log_in(self.asker)
        path = self.make(member=self.asker)
        self.asker.sudo()._set_state(("approved",), "suspended")
        for wrong in (
            path,
            f"/feeds/{secrets.token_urlsafe(32)}.ics",
            "/feeds/x.ics",
            "/feeds/.ics",
            "/feeds/" + "x" * 43,
            "/feeds/" + "x" * 500 + ".ics",
        ):
            self.assert_missing(wrong)

    def test_a_feed_is_not_there_on_another_site(self):
        self.log_in(self.asker)
        path = self.make(member=self.asker)
        self.website.company_id = self.shop
        self.assert_missing(path)

    def test_only_one_s_own_persona_has_a_button(self):
        self.log_in(self.asker)
        for data in ({"member_id": self.owner.id}, {"member_id": "x"}, {}):
            for move in ("make", "stop"):
                response = self.post(f"/my/calendars/{move}", data)
                self.assertEqual(response.status_code, 404)
        self.assertFalse(self.env["ebs.feed"].search([]))

    def test_who_is_suspended_reads_why_there_is_no_address(self):
        self.log_in(self.asker)
        self.asker.sudo()._set_state(("approved",), "suspended")
        response = self.post("/my/calendars/make", {"member_id": self.asker.id})
        self.assertEqual(response.status_code, 422)
        self.assertIn("suspended", self.alert(response))

    def test_forms_want_their_token_and_pages_an_account(self):
        self.log_in(self.asker)
        for path in ("/my/calendars/make", "/my/calendars/stop"):
            with mute_logger("odoo.http"):
                response = self.post(path, {"member_id": self.asker.id}, csrf=False)
            self.assertEqual(response.status_code, 400)
        self.authenticate(None, None)
        for path in ("/my/calendars", self.path):
            self.assertIn(
                "/web/login",
                self.url_open(path, allow_redirects=False).headers["Location"],
            )

    # === MY LISTING === #

    def test_a_listing_has_an_address_of_its_own(self):
        other = self.make_loan(name="Ladder")
        self.log_in(self.owner)
        page = self.get(self.url_of(self.tent))
        self.assertTrue(page.cssselect(f"a[href='{self.path}']"))
        tent = self.make(self.path)
        ladder = self.make(f"/my/listings/{other.id}/calendars")
        self.assertEqual(self.summaries(tent), ["Tent: lent to Boris"])
        self.assertEqual(self.summaries(ladder), [])
        self.log_in(self.owner)
        self.assertLeadsTo(self.post(f"{self.path}/stop"), self.path)
        self.assert_missing(tent)

    def test_the_calendars_of_a_listing_exist_for_who_offers_it_alone(self):
        gift = self.make_listing(self.owner, name="Books", way_ids=self.give.ids)
        self.log_in(self.rival)
        for path in (
            self.path,
            f"{self.path}/make",
            f"{self.path}/stop",
            f"{self.path}/outside/set",
            f"{self.path}/outside/clear",
        ):
            if path == self.path:
                self.get(path, status=404)
            else:
                self.assertEqual(self.post(path, {"url": "x"}).status_code, 404)
        self.log_in(self.owner)
        self.get(f"/my/listings/{gift.id}/calendars", status=404)
        self.get("/my/listings/99999999999/calendars", status=404)

    def test_a_calendar_given_on_the_page_closes_the_listing(self):
        self.log_in(self.owner)
        with CalendarServer() as server:
            server.pages["/secret-part.ics"] = make_calendar(
                ["DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1"]
            )
            network = LoopbackNetwork(server.port)
            with patch.object(
                EbsOutsideCalendar, "_get_network", lambda _self: network
            ):
                response = self.post(
                    f"{self.path}/outside/set", {"url": server.url("/secret-part.ics")}
                )
                self.assertLeadsTo(response, f"{self.path}#outside")
                page = self.get(self.path)
                self.assertIn("within a few minutes", self.text_of(page, "#outside"))
                self.assertNotIn("secret-part", self.page.text)
                later = fields.Datetime.now() + timedelta(minutes=1)
                with self.cron(*later.timetuple()[:6]):
                    self.env["ebs.outside.calendar"]._cron_read_due()
        page = self.get(self.path)
        self.assertIn("busy periods.", self.text_of(page, "#outside .o_ebs_info"))
        closed = [("listing_id", "=", self.tent.id), ("is_outside", "=", True)]
        self.assertTrue(self.env["ebs.availability"].search_count(closed))
        response = self.post(f"{self.path}/outside/clear")
        self.assertLeadsTo(response, f"{self.path}#outside")
        self.assertFalse(self.env["ebs.availability"].search_count(closed))
        self.assertFalse(self.get(self.path).cssselect("#outside .o_ebs_info"))

    def test_an_address_refused_stays_in_the_form_with_a_sentence(self):
        self.log_in(self.owner)
        response = self.post(
            f"{self.path}/outside/set", {"url": "ftp://example.com/<busy>"}
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("This address cannot be used", self.alert(response))
        field = self.parse(response).cssselect("#ebs_outside_url")[0]
        self.assertEqual(field.get("value"), "ftp://example.com/<busy>")
