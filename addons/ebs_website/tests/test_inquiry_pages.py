# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import WebCase


@tagged("post_install", "-at_install")
class TestInquiryPages(WebCase):
    """A question first, then the request, in one conversation; the site is French."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        slug = cls.env["ir.http"]._slug((cls.drill.id, cls.drill.name))
        cls.listing_url = f"/listings/{slug}"

    def inquire(self, question="Does it come with a bag?"):
        return self.post(f"{self.listing_url}/inquire", question=question)

    def open_inquiry(self):
        self.log_in(self.borrower)
        self.inquire()
        return self.env["ebs.exchange"].search([("listing_id", "=", self.drill.id)])

    def test_a_question_opens_the_conversation(self):
        exchange = self.open_inquiry()
        self.assertEqual(exchange.state, "inquiry")
        page = self.get(f"/my/exchanges/{exchange.id}")
        self.assertIn("Does it come with a bag?", self.words(page))
        links = self.parse(page).cssselect(".o_ebs_bar a.o_ebs_action")
        self.assertEqual(
            [link.get("href") for link in links], [f"{self.listing_url}#ask"]
        )

    def test_the_owner_finds_it_among_what_there_is_to_do(self):
        exchange = self.open_inquiry()
        url = f"/my/exchanges/{exchange.id}"
        self.log_in(self.owner)
        self.assertIn("vous pose une question", self.words(self.get("/my")))
        page = self.parse(self.get(url))
        self.assertFalse(page.cssselect(".o_ebs_bar"), "nothing but the answer to give")
        self.post(f"{url}/write", body="It does.")
        self.assertNotIn("vous pose une question", self.words(self.get("/my")))
        self.log_in(self.borrower)
        self.assertIn("Votre question est chez", self.words(self.get("/my")))

    def test_a_refused_question_stays_in_its_box(self):
        self.log_in(self.borrower)
        answer = self.inquire("x" * 2001)
        self.assertEqual(answer.status_code, 422)
        self.assertTrue(self.alert(answer))
        box = self.parse(answer).cssselect("#ebs_question")[0]
        self.assertEqual(box.text_content(), "x" * 2001)
        self.assertTrue(self.parse(answer).cssselect("details[open] #ebs_question"))

    def test_a_visitor_is_led_to_the_log_in_and_back(self):
        self.authenticate(None, None)
        answer = self.inquire()
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_it_stands_in_the_list_without_a_way(self):
        exchange = self.open_inquiry()
        page = self.parse(self.get("/my/exchanges"))
        [row] = page.cssselect(".o_ebs_row")
        self.assertEqual(row.get("href"), f"/my/exchanges/{exchange.id}")
        self.assertIn("Question", row.text_content())
        self.assertNotIn("False", row.text_content())
