# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.addons.ebs_base.clock import clock_at
from odoo.tests import tagged

from .common import WebCase
from .pages_common import make_jpeg


@tagged("post_install", "-at_install")
class TestDisputePages(WebCase):
    """From "something went wrong" to the outcome, for both parties."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drill.sudo().write({"deposit_kind": "cheque", "deposit_amount": 80})
        today = cls.company._ebs_today()
        last = str(today + timedelta(days=2))
        cls.loan = cls.ask(cls.borrower, cls.drill, str(today), last).sudo()
        cls.page = f"/my/exchanges/{cls.loan.id}"
        cls.url = f"{cls.page}/dispute"
        cls.speak_english()

    def make_agreed(self):
        self.accept(self.loan)
        self.hand_over(self.loan, True)

    def open_case(self, member=None, **values):
        self.log_in(member or self.borrower)
        return self.post(self.url, **{"reason": "The blade is bent.", **values})

    @property
    def case(self):
        return self.loan.dispute_ids

    def send(self, url, data, photos):
        """A form with files, as the page sends it."""
        files = [("photos", ("p.jpg", photo, "image/jpeg")) for photo in photos]
        data = {**data, "csrf_token": self.csrf()}
        return self.url_open(url, data=data, files=files, allow_redirects=False)

    def settle(self, outcome="no_fault", amount=None):
        case = self.case.with_user(self.mediator)
        # The pages that came before were served by the real clock.
        with clock_at(fields.Datetime.now()):
            case.action_take()
            self.case.with_user(self.owner.user_id).action_write({"body": "No."})
            case.action_settle(outcome, "As the photos show.", amount)

    def test_help_stands_at_the_end_of_what_was_agreed(self):
        self.log_in(self.borrower)
        self.assertNotIn(self.url, self.get(self.page).text)
        self.assertEqual(self.get(self.url).status_code, 404)
        self.accept(self.loan)
        self.assertIn("Ask for a mediator", self.words(self.get(self.page)))
        words = self.words(self.get(self.url))
        self.assertIn("What went wrong?", words)
        self.assertIn("the mediator reads what you two wrote", words)

    def test_a_case_is_opened_with_a_photo_that_no_browser_keeps(self):
        self.make_agreed()
        self.log_in(self.borrower)
        answer = self.send(self.url, {"reason": "The blade is bent."}, [make_jpeg()])
        self.assertLeadsTo(answer, self.url)
        page = self.get(self.url)
        self.assertIn("The blade is bent.", self.words(page))
        image = self.parse(page).cssselect(".o_ebs_messages img")[0].get("src")
        missing = "/web/image/ebs.dispute.photo/999999999/image_256"
        for member in (self.borrower, self.owner):
            self.log_in(member)
            picture = self.get(image)
            self.assertEqual(picture.status_code, 200, member.name)
            self.assertEqual(picture.headers["Cache-Control"], "private, no-store")
            self.assertNotEqual(picture.content, self.get(missing).content)
        self.log_in(self.rival)
        self.assertEqual(self.get(image).content, self.get(missing).content)

    def test_nothing_is_lost_when_the_form_is_refused(self):
        self.make_agreed()
        self.log_in(self.borrower)
        answer = self.send(
            self.url, {"reason": "Bent blade."}, [make_jpeg(size=(9, 9))] * 7
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("6 photos at most", self.alert(answer))
        self.assertIn("Bent blade.", answer.text)
        self.assertFalse(self.case)

    def test_both_read_one_conversation_without_the_private_notes_of_the_other(self):
        self.make_agreed()
        self.open_case()
        self.log_in(self.owner)
        self.assertIn("A mediator was asked for", self.words(self.get(self.page)))
        page = self.get(self.url)
        self.assertIn("Say how you see it", self.words(page, ".o_ebs_now_line"))
        task = self.words(self.get("/my"), ".o_ebs_tasks")
        self.assertIn("A mediator was asked for", task)
        for body, private in (("It was whole.", {}), ("He lies.", {"is_private": "1"})):
            answer = self.post(f"{self.url}/write", body=body, **private)
            self.assertLeadsTo(answer, self.url + "#ebs_write")
        self.assertNotIn("A mediator was asked for", self.words(self.get("/my")))
        mine = self.words(self.get(self.url))
        self.assertIn("He lies.", mine)
        self.assertIn("for the mediator alone", mine)
        self.log_in(self.borrower)
        theirs = self.get(self.url)
        self.assertIn("It was whole.", theirs.text)
        self.assertNotIn("He lies.", theirs.text)
        for name in ("Civil Olga", "Civil mediator"):
            self.assertNotIn(name, theirs.text)

    def test_the_outcome_stands_on_top_for_both(self):
        self.make_agreed()
        self.take_back(self.loan)
        self.open_case()
        self.assertIn("deposit stays where it is", self.words(self.get(self.url)))
        self.settle("keep", 40)
        for member in (self.owner, self.borrower):
            self.log_in(member)
            page = self.get(self.url)
            words = self.words(page, ".o_ebs_now_line")
            self.assertIn("Olga keeps", words)
            self.assertIn("40", words)
            self.assertIn("As the photos show.", self.words(page))
            self.assertIn("A mediator settled it", self.words(self.get(self.page)))

    def test_it_is_opened_again_once_and_says_that_the_deposit_has_moved(self):
        self.make_agreed()
        self.take_back(self.loan)
        self.open_case()
        self.settle("release")
        self.log_in(self.owner)
        words = self.words(self.get(self.url))
        self.assertIn("The deposit was given back already", words)
        answer = self.post(f"{self.url}/reopen", body="Look at the second photo.")
        self.assertLeadsTo(answer, self.url + "#ebs_write")
        self.assertIn("The case was opened again.", self.words(self.get(self.url)))
        self.assertEqual(self.case.state, "open")
        again = self.post(f"{self.url}/reopen", body="And again.")
        self.assertEqual(again.status_code, 422)

    def test_a_case_is_withdrawn_by_who_opened_it(self):
        self.make_agreed()
        self.open_case()
        self.log_in(self.owner)
        self.assertEqual(self.post(f"{self.url}/withdraw").status_code, 422)
        self.log_in(self.borrower)
        self.assertLeadsTo(self.post(f"{self.url}/withdraw"), self.page)
        self.assertEqual(self.case.state, "withdrawn")

    def test_for_all_others_there_is_no_such_page(self):
        self.make_agreed()
        self.open_case()
        for member in (self.rival,):
            self.log_in(member)
            self.assertEqual(self.get(self.url).status_code, 404)
            for path in ("", "/write", "/withdraw", "/reopen"):
                answer = self.post(self.url + path, body="Hello", reason="Hello")
                self.assertEqual(answer.status_code, 404, path)
        self.authenticate(None, None)
        self.assertEqual(self.get(self.url).status_code, 303)
        self.assertEqual(len(self.case.line_ids), 1)

    def test_inside_a_circle_one_is_told_before(self):
        self.make_agreed()
        self.loan.is_private = True
        self.log_in(self.borrower)
        self.assertIn("made inside a circle", self.words(self.get(self.url)))
        answer = self.open_case()
        self.assertEqual(answer.status_code, 422)
        self.assertIn("from outside it may read it", self.alert(answer))
        self.assertLeadsTo(self.open_case(agreed="1"), self.url)
