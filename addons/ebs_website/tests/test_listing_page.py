# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..utils import add_months
from .pages_common import WebsiteCase


@tagged("post_install", "-at_install")
class TestListingPage(WebsiteCase):
    """One listing, its month, and asking for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drill = cls.make_loan(description="With two batteries")
        cls.today = cls.company._ebs_today()

    def _book(self, first, last):
        """Somebody has the drill for these days."""
        rival = self.make_member(f"Rita {first}")
        exchange = self.drill.with_user(rival.sudo().user_id).action_ask(
            {
                "way": "lend",
                "message": "Hello",
                "date_start": first.isoformat(),
                "date_end": last.isoformat(),
            }
        )
        exchange.with_user(self.owner.sudo().user_id).action_accept()

    def test_a_visitor_sees_what_it_is_and_how_to_ask(self):
        page = self.get(self.url_of(self.drill))
        self.assertEqual(self.text_of(page, "h1"), "Drill")
        self.assertIn("With two batteries", self.page.text)
        button = page.cssselect("#ask a.o_ebs_action")[0]
        self.assertIn("/web/signup?redirect=", button.get("href"))
        self.assertIn("Drill".lower(), button.get("href"))
        self.assertFalse(page.cssselect("#ask form"))

    def test_missing_foreign_and_hidden_listings_answer_the_same_bytes(self):
        circle = self.make_circle("Hidden", "invitation")
        foreigner = self.make_member("Fanny", company=self.other_company)
        hidden = [
            self.make_loan(visibility="circles", circle_ids=circle.ids),
            self.make_loan(visibility="members"),
            self.make_listing(foreigner),
        ]
        draft = self.make_loan()
        draft.with_user(self.owner.sudo().user_id).action_pause()
        self.get("/listings/x-2147483647", status=404)
        missing = self.strip(self.page).replace("x-2147483647", "x-ID")
        for listing in [*hidden, draft]:
            self.get(f"/listings/x-{listing.id}", status=404)
            text = self.strip(self.page).replace(f"x-{listing.id}", "x-ID")
            self.assertEqual(text, missing)
        self.get("/listings/x-99999999999999999999", status=404)
        self.get("/listings/nothing", status=404)

    def test_busy_days_are_struck_and_named_for_screen_readers(self):
        first = add_months(self.today, 1)
        self._book(first, first + timedelta(days=1))
        page = self.get(f"{self.url_of(self.drill)}?month={first:%Y-%m}")
        busy = page.cssselect(".o_ebs_busy")
        self.assertEqual([cell.cssselect("s")[0].text for cell in busy], ["1", "2"])
        self.assertIn("taken", busy[0].text_content())
        links = [link.get("href") for link in page.cssselect(".o_ebs_month_turn a")]
        self.assertEqual(len(links), 2)
        self.get(links[0])
        self.get(links[1])

    def test_any_month_in_the_address_gives_a_month(self):
        for month in ("", "x", "2026-13", "0000-01", "99999999-01", "1999-01", "%00"):
            page = self.get(f"{self.url_of(self.drill)}?month={month}")
            self.assertTrue(page.cssselect(".o_ebs_month"))

    def test_a_member_asks_and_lands_on_the_exchange(self):
        self.log_in(self.asker)
        first = self.today + timedelta(days=3)
        response = self.post(
            self.url_of(self.drill) + "/ask",
            {
                "way": "lend",
                "message": "Hello",
                "date_start": first.isoformat(),
                "date_end": first.isoformat(),
            },
        )
        self.assertEqual(response.status_code, 303)
        exchange = self.env["ebs.exchange"].search([("listing_id", "=", self.drill.id)])
        self.assertEqual(exchange.asker_id, self.asker)
        self.assertTrue(
            response.headers["Location"].endswith(f"/my/exchanges/{exchange.id}")
        )

    def test_refused_days_come_back_with_the_sentence_and_the_input(self):
        first = self.today + timedelta(days=3)
        self._book(first, first)
        self.log_in(self.asker)
        response = self.post(
            self.url_of(self.drill) + "/ask",
            {
                "way": "lend",
                "message": "My own words",
                "date_start": first.isoformat(),
                "date_end": first.isoformat(),
            },
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("My own words", response.text)
        self.assertIn(f'value="{first.isoformat()}"', response.text)
        self.assertIn('role="alert"', response.text)
        self.assertIn("Already taken", response.text)

    def test_a_visitor_who_posts_is_led_to_the_log_in_and_back(self):
        response = self.post(self.url_of(self.drill) + "/ask", {"message": "Hello"})
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_a_form_without_its_token_is_refused(self):
        self.log_in(self.asker)
        with mute_logger("odoo.http"):
            response = self.post(
                self.url_of(self.drill) + "/ask", {"message": "Hello"}, csrf=False
            )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(
            self.env["ebs.exchange"].search([("listing_id", "=", self.drill.id)])
        )

    def test_garbage_in_the_ask_box_is_a_sentence(self):
        self.log_in(self.asker)
        for values in (
            {},
            {"way": "nothing", "message": "x"},
            {"way": "lend", "message": "x" * 5000, "date_start": "soon"},
            {"way": "lend", "message": "\0", "date_start": "9999-99-99"},
            {"way": "lend", "date_start": "2026-01-01", "as_member_id": "x"},
        ):
            with self.subTest(values=str(values)[:40]):
                response = self.post(self.url_of(self.drill) + "/ask", values)
                self.assertEqual(response.status_code, 422)

    def test_who_must_still_confirm_reads_why_there_is_no_button(self):
        fresh = self.make_member("Zoe", state="pending", confirmed=False)
        self.log_in(fresh)
        page = self.get(self.url_of(self.drill))
        self.assertIn("confirm your e-mail", self.text_of(page, "#ask"))
        self.assertFalse(page.cssselect("#ask form"))

    def test_owners_see_where_their_listing_stands_and_no_ask_box(self):
        self.log_in(self.owner)
        page = self.get(self.url_of(self.drill))
        self.assertIn("This is your listing", self.text_of(page, ".o_ebs_mine"))
        self.assertFalse(page.cssselect("#ask"))

    def test_the_deposit_stands_before_the_button(self):
        self.drill.sudo().write({"deposit_kind": "cheque", "deposit_amount": 80})
        self.log_in(self.asker)
        page = self.get(self.url_of(self.drill))
        words = self.text_of(page, "#ask")
        self.assertIn("80", words)
        self.assertLess(words.index("Deposit"), words.index("Send my request"))
