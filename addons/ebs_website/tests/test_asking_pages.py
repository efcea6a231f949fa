# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.addons.ebs_base.clock import clock_at
from odoo.tests import tagged

from .common import WebCase


@tagged("post_install", "-at_install")
class TestAskingPages(WebCase):
    """What the ask box says before the click, the line, and how a loan is extended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._ebs_today()
        cls.saw = cls.make_loan_listing(cls.owner, name="Saw")
        cls.page = f"/listings/{cls.drill.id}"
        cls.speak_english()

    def day(self, days):
        return str(self.today + timedelta(days=days))

    def lend_since(self, days_ago, length=1):
        """A loan of the drill that was handed over some days ago."""
        start = self.today - timedelta(days=days_ago)
        with clock_at(fields.Datetime.now() - timedelta(days=days_ago)):
            loan = self.lend(
                self.borrower,
                self.drill,
                str(start),
                str(start + timedelta(days=length - 1)),
            )
            return self.hand_over(loan, True).sudo()

    def send_ask(self, listing=None, **values):
        page = f"/listings/{listing.id}" if listing else self.page
        return self.post(
            f"{page}/ask",
            way="lend",
            message="Hello",
            **{"date_start": self.day(1), "date_end": self.day(1), **values},
        )

    # === BEFORE THE CLICK === #

    def test_the_button_says_why_not_before_the_click(self):
        self.company.sudo().ebs_loan_max_open = 1
        self.log_in(self.borrower)
        self.assertFalse(self.words(self.get(self.page), "#ebs_refusal"))
        self.ask(self.borrower, self.saw, self.day(1))
        page = self.get(self.page)
        words = self.words(page, "#ebs_refusal")
        self.assertIn("1 at most for each member", words)
        button = self.parse(page).cssselect("form.o_ebs_ask button")[0]
        self.assertTrue(button.get("disabled"))
        refused = self.send_ask()
        self.assertEqual(refused.status_code, 422)
        self.assertIn("1 at most for each member", self.alert(refused))

    def test_what_may_also_be_given_is_asked_for_all_the_same(self):
        self.drill.sudo().way_ids |= self.get_way("give")
        self.company.sudo().ebs_loan_max_open = 1
        self.ask(self.borrower, self.saw, self.day(1))
        self.log_in(self.borrower)
        page = self.get(self.page)
        self.assertIn("To borrow it:", self.words(page, "#ebs_refusal"))
        button = self.parse(page).cssselect("form.o_ebs_ask button")[0]
        self.assertFalse(button.get("disabled"))

    def test_the_page_says_who_answers(self):
        self.log_in(self.borrower)
        for agreement, words in (
            ("owner", "Olga answers each request"),
            ("instant", "Agreed at once"),
            ("staff", "The team answers requests"),
        ):
            self.drill.sudo().agreement = agreement
            self.assertIn(words, self.words(self.get(self.page), "#ask"))

    def test_what_is_agreed_at_once_is_agreed_by_the_form(self):
        self.drill.sudo().agreement = "instant"
        self.log_in(self.borrower)
        self.send_ask()
        loan = self.env["ebs.exchange"].search([("asker_id", "=", self.borrower.id)])
        self.assertEqual(loan.state, "accepted")
        self.log_in(self.rival)
        late = self.send_ask()
        self.assertEqual(late.status_code, 422)
        self.assertTrue(self.alert(late))

    # === THE LINE === #

    def test_one_joins_the_line_sees_the_place_and_leaves(self):
        self.lend_since(1, 5)
        self.log_in(self.rival)
        self.assertIn("out at the moment", self.words(self.get(self.page), "#line"))
        self.assertEqual(self.post(f"{self.page}/wait").status_code, 303)
        self.assertIn("number 1 in line", self.words(self.get(self.page), "#line"))
        mine = self.get("/my/exchanges")
        self.assertIn("Drill", self.words(mine, "#ebs_waiting"))
        self.assertNotIn("Boris", self.words(mine, "#ebs_waiting"))
        place = self.env["ebs.waiting"].search([("member_id", "=", self.rival.id)])
        left = self.post(f"/my/waiting/{place.id}/leave")
        self.assertEqual(left.status_code, 303)
        self.assertEqual(place.state, "gone")

    def test_what_is_back_is_shown_as_kept(self):
        loan = self.lend_since(1, 5)
        self.by(self.rival, self.drill).action_wait()
        self.take_back(loan)
        self.log_in(self.rival)
        self.assertIn("kept for you until", self.words(self.get(self.page), "#line"))
        self.assertIn("kept for you until", self.words(self.get("/my")))
        self.assertIn(
            "kept for you until", self.words(self.get("/my/exchanges"), "#ebs_waiting")
        )
        self.assertEqual(self.send_ask().status_code, 303)

    def test_there_is_no_line_for_what_is_there(self):
        self.log_in(self.rival)
        self.assertFalse(self.words(self.get(self.page), "#line"))
        refused = self.post(f"{self.page}/wait")
        self.assertEqual(refused.status_code, 422)
        self.assertIn("It is there today", self.alert(refused))

    def test_a_visitor_logs_in_first_and_nobody_leaves_for_another(self):
        loan = self.lend_since(1, 5)
        self.assertIn("/web/login", self.post(f"{self.page}/wait").headers["Location"])
        place = self.by(self.rival, self.drill).action_wait()
        self.log_in(self.owner)
        for waiting_id in (place.id, place.id + 1000, 2**40):
            answer = self.post(f"/my/waiting/{waiting_id}/leave")
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(place.sudo().state, "waiting")
        self.assertTrue(loan)

    # === LONGER, LOST === #

    def test_a_loan_is_extended_by_asking_and_answering(self):
        loan = self.lend_since(1, 3)
        url = f"/my/exchanges/{loan.id}"
        self.log_in(self.borrower)
        self.assertIn("Keep it longer", self.words(self.get(url), ".o_ebs_now"))
        refused = self.post(f"{url}/extend", new_last=self.day(-3))
        self.assertEqual(refused.status_code, 422)
        self.assertIn("Choose a day after", self.alert(refused))
        self.assertLeadsTo(self.post(f"{url}/extend", new_last=self.day(3)), url)
        self.log_in(self.owner)
        page = self.get(url)
        self.assertIn("would like to keep it", self.words(page, ".o_ebs_now"))
        acts = [form.get("action") for form in self.parse(page).cssselect("form")]
        self.assertIn(f"{url}/return", acts, "it may come back all the same")
        self.assertIn("would like to keep it", self.words(self.get("/my")))
        self.assertLeadsTo(self.post(f"{url}/accept_extension"), url)
        self.assertEqual(str(loan.day_end), self.day(3))

    def test_the_owner_stays_with_the_day_agreed(self):
        loan = self.lend_since(1, 3)
        url = f"/my/exchanges/{loan.id}"
        self.log_in(self.borrower)
        self.post(f"{url}/extend", new_last=self.day(3))
        self.log_in(self.owner)
        self.assertLeadsTo(self.post(f"{url}/decline_extension"), url)
        self.assertEqual(str(loan.day_end), self.day(1))

    def test_a_loan_is_closed_as_lost_with_what_the_deposit_does(self):
        self.drill.sudo().write({"deposit_kind": "cash", "deposit_amount": 40})
        loan = self.lend_since(12)
        url = f"/my/exchanges/{loan.id}"
        self.log_in(self.borrower)
        self.assertNotIn("It will not come back", self.words(self.get(url)))
        self.log_in(self.owner)
        self.assertIn("It will not come back", self.words(self.get(url)))
        refused = self.post(f"{url}/close_lost", decision="keep")
        self.assertIn("say why", self.alert(refused))
        values = {"decision": "keep", "reason": "Never seen again.", "amount": "30"}
        self.assertLeadsTo(self.post(f"{url}/close_lost", **values), url)
        deposit = loan.deposit_id
        self.assertEqual((deposit.state, deposit.announced_amount), ("held", 30))
        self.log_in(self.borrower)
        page = self.words(self.get(url))
        self.assertIn("wants to keep", page)
        self.assertIn("Never seen again.", page)
        self.assertIn("Lost", page)

    # === PUBLISHING === #

    def test_the_form_says_how_loans_are_agreed(self):
        self.log_in(self.owner)
        url = f"/my/listings/{self.drill.id}/edit"
        self.assertIn("I answer each time", self.words(self.get(url)))
        answer = self.post(
            url,
            name="Drill",
            ways="lend",
            category_id=self.drill.category_id.id,
            visibility="everyone",
            agreement="instant",
            value="45",
        )
        self.assertEqual(answer.status_code, 303, self.alert(answer))
        self.assertEqual((self.drill.agreement, self.drill.value), ("instant", 45))
        self.drill.sudo().agreement = "staff"
        self.assertIn("The team answers requests", self.words(self.get(url)))
