# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged

from .pages_common import make_jpeg
from .test_exchange_pages import ExchangeCase


@tagged("post_install", "-at_install")
class TestHandlingPages(ExchangeCase):
    """Hand-over and return on a phone, what is kept, the contract, the guarantor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drill.sudo().category_id = cls.mowers
        cls.garden.checklist = "Cable\nCase"
        cls.speak_english()

    def report(self, kind, *photos, **data):
        """Send the page of a report as a phone does."""
        return self.url_open(
            f"{self.url}/condition/{kind}",
            data={"csrf_token": self.csrf(), "report": "1", **data},
            files=[("photos", ("a.jpg", photo, "image/jpeg")) for photo in photos],
            allow_redirects=False,
        )

    def test_the_owner_looks_takes_a_photo_and_hands_over_on_one_page(self):
        self.with_deposit()
        self.accept(self.loan)
        self.log_in(self.owner)
        page = self.parse(self.get(self.url))
        (button,) = page.cssselect("#wrap .o_ebs_action")
        self.assertEqual(button.get("href"), f"{self.url}/condition/hand_over")
        page = self.get(f"{self.url}/condition/hand_over")
        self.assertIn("Cable", self.words(page))
        self.assertEqual(len(self.parse(page).cssselect("input[name=photos]")), 2)
        refused = self.report("hand_over", make_jpeg(), checks="0", note="A scratch")
        self.assertEqual(refused.status_code, 422, "the deposit was not noted")
        self.assertIn("A scratch", self.words(refused))
        self.assertEqual(
            len(self.parse(refused).cssselect("input[name=checks][checked]")), 1
        )
        sent = self.report(
            "hand_over", make_jpeg(), checks="0", note="A scratch", deposit_received="1"
        )
        self.assertLeadsTo(sent, self.url)
        self.assertEqual(self.loan.state, "ongoing")
        report = self.loan._get_report("hand_over")
        self.assertEqual(report.checks, [["Cable", True], ["Case", False]])
        self.assertEqual(len(report.photo_ids), 1)

    def test_the_borrower_agrees_or_objects_and_reads_what_was_written(self):
        self.accept(self.loan)
        self.log_in(self.owner)
        self.report("hand_over", make_jpeg(), checks="0", note="A scratch")
        self.log_in(self.borrower)
        self.assertIn("agree with the report", self.words(self.get("/my")))
        page = self.get(self.url)
        for words in ("A scratch", "Cable – in order", "Case – not in order"):
            self.assertIn(words, self.words(page, "#ebs_conditions"))
        answer = self.act("condition/hand_over/confirm")
        self.assertLeadsTo(answer, f"{self.url}#ebs_conditions")
        self.assertIn("Both agree", self.words(self.get(self.url), "#ebs_conditions"))
        self.log_in(self.owner)
        self.report("return", checks="0")
        self.log_in(self.borrower)
        self.act("condition/return/object", objection="It was in order")
        self.assertIn("It was in order", self.words(self.get(self.url)))
        refused = self.act("condition/return/confirm")
        self.assertEqual(refused.status_code, 422)

    def test_photos_are_for_the_two_parties_and_kept_by_no_browser(self):
        self.accept(self.loan)
        self.log_in(self.owner)
        self.report("hand_over", make_jpeg())
        photo = self.loan._get_report("hand_over").photo_ids
        for field in ("image_512", "image_1920"):
            path = f"/web/image/ebs.condition.photo/{photo.id}/{field}"
            for member in (self.owner, self.borrower):
                self.log_in(member)
                response = self.get(path)
                self.assertEqual(response.headers["Content-Type"], "image/jpeg")
                self.assertEqual(response.headers["Cache-Control"], "private, no-store")
            self.log_in(self.rival)
            hidden = self.get(path)
            missing = self.get(f"/web/image/ebs.condition.photo/999999/{field}")
            self.assertEqual(hidden.content, missing.content)
            self.assertNotEqual(hidden.headers["Content-Type"], "image/jpeg")

    def test_the_page_of_a_report_is_for_the_owner_when_it_is_time(self):
        path = f"{self.url}/condition/hand_over"
        self.log_in(self.owner)
        self.assertEqual(self.get(path).status_code, 404, "nothing is agreed yet")
        self.accept(self.loan)
        self.assertEqual(self.get(path).status_code, 200)
        self.assertEqual(self.get(f"{self.url}/condition/return").status_code, 404)
        for member in (self.borrower, self.rival):
            self.log_in(member)
            self.assertEqual(self.get(path).status_code, 404)

    def test_the_owner_announces_what_is_kept_and_the_borrower_reads_it(self):
        self.with_deposit()
        self.accept(self.loan)
        self.hand_over(self.loan, True)
        self.take_back(self.loan)
        self.assertEqual(self.see(self.owner), ["return_deposit", "announce_keep"])
        refused = self.act("announce_keep", amount="900", reason="Broken")
        self.assertEqual(refused.status_code, 422)
        field = self.parse(refused).cssselect("#ebs_keep_amount")[0]
        self.assertEqual(field.get("value"), "900")
        sent = self.act("announce_keep", amount="30", reason="The blade is broken")
        self.assertLeadsTo(sent, self.url)
        self.log_in(self.borrower)
        self.assertIn("The blade is broken", self.words(self.get(self.url)))
        deposit = self.loan.deposit_id
        deposit.write(
            {
                "announced_at": deposit.announced_at - timedelta(days=5),
                "settles_at": deposit.settles_at - timedelta(days=5),
            }
        )
        self.assertIn("keep_deposit", self.see(self.owner))
        self.assertLeadsTo(self.act("keep_deposit"), self.url)
        self.assertEqual(deposit.state, "kept")

    def test_the_contract_is_for_the_parties_and_the_desk(self):
        path = f"{self.url}/contract"
        self.log_in(self.owner)
        self.assertEqual(self.get(path).status_code, 404, "nothing is agreed yet")
        self.accept(self.loan)
        for login in (self.owner.user_id, self.borrower.user_id, self.desk):
            self.authenticate(login.login, login.login)
            page = self.get(path)
            self.assertEqual(page.status_code, 200, login.login)
            self.assertIn("1875", self.words(page))
        self.log_in(self.rival)
        self.assertEqual(self.get(path).status_code, 404)
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertEqual(self.get(path).status_code, 404)

    def test_a_guarantor_is_named_answers_and_sees_what_is_owed(self):
        gina = self.make_member("Gina")
        self.add_to_circle(self.open_circle, self.borrower, gina)
        guarantor = {"deposit_kind": "guarantor", "deposit_amount": 80}
        self.drill.sudo().write(guarantor)
        self.loan.write(guarantor)
        self.accept(self.loan)
        self.assertEqual(self.see(self.borrower)[0], "ask_guarantor")
        self.assertLeadsTo(self.act("ask_guarantor", member_id=gina.id), self.url)
        guarantee = self.loan.guarantee_ids
        path = f"/my/guarantees/{guarantee.id}"
        self.assertEqual(self.get(path).status_code, 404)
        self.log_in(gina)
        self.assertIn("answer for this loan", self.words(self.get("/my")))
        page = self.get(path)
        self.assertIn("80", self.words(page))
        self.assertEqual(self.get(self.url).status_code, 404)
        self.assertLeadsTo(self.post(f"{path}/accept"), path)
        self.assertIn("You owe nothing", self.words(self.get(path)))
        refused = self.post(f"{path}/refuse")
        self.assertEqual(refused.status_code, 422)
        self.log_in(self.owner)
        self.assertIn("Gina answers for it", self.words(self.get(self.url)))

    def test_what_is_asked_for_is_said_before_asking(self):
        self.garden.condition_required = True
        self.drill.sudo().write({"deposit_kind": "guarantor", "deposit_amount": 80})
        self.log_in(self.rival)
        slug = self.env["ir.http"]._slug((self.drill.id, self.drill.name))
        words = self.words(self.get(f"/listings/{slug}"), "#ask")
        for sentence in ("answers for up to", "without a reason", "is written down"):
            self.assertIn(sentence, words)
