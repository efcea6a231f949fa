# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.addons.ebs_listings.tests.common import make_image
from odoo.tests import tagged

from .test_exchange_pages import ExchangeCase


@tagged("post_install", "-at_install")
class TestMessagesPages(ExchangeCase):
    """The conversation: photos, what is new, and nothing sent twice or lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_english()

    def send(self, body="", photos=(), **values):
        """Send the form as the browser does."""
        page = self.parse(self.get(self.url))
        key = page.cssselect("#ebs_write input[name=key]")[0].get("value")
        files = [
            ("photos", (f"{rank}.jpg", photo, "image/jpeg"))
            for rank, photo in enumerate(photos)
        ]
        data = {"body": body, "key": key, "csrf_token": self.csrf()}
        return self.url_open(
            f"{self.url}/write",
            data={**data, **values},
            files=files or None,
            allow_redirects=False,
        )

    def lines(self, page=None):
        page = self.parse(page or self.get(self.url))
        return page.cssselect(".o_ebs_messages > li")

    def news(self, after=0):
        answer = self.get(f"{self.url}/messages.json?after={after}")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
        return answer.json()

    def test_photos_are_shown_small_and_opened_large_by_the_parties_alone(self):
        photo = base64.b64decode(make_image(size=(2400, 1800)))
        self.log_in(self.owner)
        self.assertLeadsTo(self.send("Look", [photo, photo]), f"{self.url}#ebs_write")
        links = self.lines()[-1].cssselect(".o_ebs_sent_photos a")
        self.assertEqual(len(links), 2)
        large, small = links[0].get("href"), links[0].cssselect("img")[0]
        self.assertTrue(small.get("src").endswith("/image_256"))
        self.assertTrue(small.get("alt"))
        self.log_in(self.borrower)
        answer = self.get(large)
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
        self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
        none = self.get("/web/image/ebs.message.photo/999999/image_1920")
        for member in (self.rival, None):
            self.log_in(member) if member else self.authenticate(None, None)
            self.assertEqual(self.get(large).content, none.content)

    def test_photos_alone_are_a_message(self):
        self.log_in(self.owner)
        photo = base64.b64decode(make_image())
        self.send("", [photo])
        self.assertEqual(len(self.lines()[-1].cssselect("img")), 1)
        self.assertFalse(self.lines()[-1].cssselect(".o_ebs_text"))

    def test_what_is_refused_says_so_and_nothing_typed_is_lost(self):
        self.log_in(self.owner)
        before = len(self.lines())
        cases = [
            ("", (), "write something"),
            ("   ", (), "write something"),
            ("long " * 500, (), "too long"),
            ("Here", (b"no picture",), "cannot be read"),
            ("Here", (base64.b64decode(make_image()),) * 7, "6 photos at most"),
        ]
        for body, photos, words in cases:
            answer = self.send(body, photos)
            self.assertEqual(answer.status_code, 422)
            page = self.parse(answer)
            self.assertIn(words, self.alert(answer))
            self.assertIn(words, page.cssselect("#ebs_write_error")[0].text_content())
            typed = page.cssselect("#body")[0].text_content()
            self.assertEqual(typed.strip(), body.strip())
        self.assertEqual(len(self.lines()), before)

    def test_a_double_click_sends_once_and_a_step_back_loses_nothing(self):
        self.log_in(self.owner)
        before = len(self.lines())
        for body in ("Yes", "Yes", "No"):
            self.assertLeadsTo(self.send(body, key="k1"), f"{self.url}#ebs_write")
        self.assertEqual(len(self.lines()), before + 2)

    def test_what_is_new_comes_by_itself_and_is_counted_until_it_is_read(self):
        self.log_in(self.borrower)
        last = self.news()["last"]
        self.assertEqual(self.news(last), {"html": "", "last": last})
        self.log_in(self.owner)
        self.send("<b>Yes</b>")
        self.log_in(self.borrower)
        self.assertIn("1 new message", self.get("/my/exchanges").text)
        news = self.news(last)
        self.assertIn("&lt;b&gt;Yes", news["html"])
        self.assertGreater(news["last"], last)
        # Looking writes nothing.
        self.assertEqual(self.loan.with_user(self.borrower.user_id).unread_count, 1)
        answer = self.act("read", up_to=str(news["last"]), script="1")
        self.assertEqual(answer.status_code, 204)
        self.assertNotIn("new message", self.get("/my/exchanges").text)

    def test_without_script_a_button_says_that_it_was_read(self):
        self.log_in(self.owner)
        self.send("Yes")
        self.log_in(self.borrower)
        form = self.parse(self.get(self.url)).cssselect(".o_ebs_read")[0]
        self.assertTrue(form.cssselect("button"))
        up_to = form.cssselect("[name=up_to]")[0].get("value")
        self.assertLeadsTo(self.act("read", up_to=up_to), f"{self.url}#ebs_write")
        form = self.parse(self.get(self.url)).cssselect(".o_ebs_read")[0]
        self.assertFalse(form.cssselect("button"))

    def test_asking_for_news_costs_few_queries(self):
        self.log_in(self.owner)
        self.send("Yes")
        last = self.news()["last"]
        self.news(last)
        with self.assertQueryCount(14):
            self.news(last)

    def test_a_long_conversation_shows_its_end_first(self):
        for number in range(60):
            self.loan.with_user(self.owner.user_id).action_write(f"Line {number}")
        self.log_in(self.borrower)
        lines = self.lines()
        self.assertEqual(len(lines), 50)
        self.assertIn("Line 59", lines[-1].text_content())
        self.assertEqual(len(self.lines(self.get(f"{self.url}?all=1"))), 61)

    def test_nobody_else_asks_for_news_or_marks(self):
        self.log_in(self.rival)
        self.assertEqual(self.get(f"{self.url}/messages.json").status_code, 404)
        self.assertEqual(self.act("read").status_code, 404)
        self.assertEqual(self.act("write", body="x").status_code, 404)

    def test_garbage_is_no_failure(self):
        self.log_in(self.owner)
        for after in ("x", "-1", "9" * 30, "1e3", "²", "%00"):
            answer = self.get(f"{self.url}/messages.json?after={after}")
            self.assertEqual(answer.status_code, 200, after)
        for up_to in ("x", "-1", "9" * 30, ""):
            self.assertEqual(
                self.act("read", up_to=up_to, script="1").status_code, 204, up_to
            )
        self.assertEqual(self.send("x", key="k" * 500).status_code, 422)
