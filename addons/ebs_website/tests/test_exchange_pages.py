# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WebCase


class ExchangeCase(WebCase):
    """A loan from today to the day after tomorrow, and a gift."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.company._ebs_today()
        cls.first = str(today)
        cls.last = str(today + timedelta(days=2))
        cls.loan = cls.ask(cls.borrower, cls.drill, cls.first, cls.last).sudo()
        cls.url = f"/my/exchanges/{cls.loan.id}"

    def act(self, code, **values):
        return self.post(f"{self.url}/{code}", **values)

    def buttons(self, response):
        """The acts that the page offers, main one first."""
        forms = self.parse(response).cssselect(".o_ebs_now form")
        return [form.get("action").rsplit("/", 1)[1] for form in forms]

    def see(self, member):
        """The buttons of the page for that member."""
        self.log_in(member)
        page = self.get(self.url)
        self.assertEqual(page.status_code, 200)
        return self.buttons(page)

    def with_deposit(self):
        self.drill.sudo().write({"deposit_kind": "cheque", "deposit_amount": 80})
        self.loan.write({"deposit_kind": "cheque", "deposit_amount": 80})


@tagged("post_install", "-at_install")
class TestExchangePage(ExchangeCase):
    """Where it stands and what to do, for each of the two."""

    def test_a_loan_goes_its_way_by_the_buttons_of_each_side(self):
        self.with_deposit()
        self.assertEqual(self.see(self.borrower), ["cancel"])
        self.assertEqual(self.see(self.owner), ["accept", "decline"])
        self.assertLeadsTo(self.act("accept"), self.url)
        self.assertEqual(self.loan.state, "accepted")
        self.assertEqual(self.see(self.borrower), ["cancel"])
        self.assertEqual(self.see(self.owner)[0], "hand_over")
        refused = self.act("hand_over")
        self.assertEqual(refused.status_code, 422, "the deposit was not noted")
        self.assertTrue(self.alert(refused))
        self.assertLeadsTo(self.act("hand_over", deposit_received="1"), self.url)
        self.assertEqual(self.loan.deposit_id.state, "held")
        self.assertEqual(self.see(self.borrower), ["extend"])
        self.assertEqual(self.see(self.owner), ["return"])
        self.assertLeadsTo(self.act("return"), self.url)
        self.assertEqual(self.see(self.owner), ["return_deposit", "announce_keep"])
        self.assertLeadsTo(self.act("return_deposit"), self.url)
        self.assertEqual(self.loan.state, "done")
        self.assertEqual(self.see(self.owner), [])
        self.assertEqual(self.see(self.borrower), [])

    def test_a_gift_is_closed_by_either_side(self):
        for member in (self.owner, self.borrower):
            chair = self.make_listing(self.owner, name="Chair")
            as_borrower = chair.with_user(self.borrower.user_id)
            gift = as_borrower.action_ask({"way": "give", "message": "Hello!"})
            self.url = f"/my/exchanges/{gift.id}"
            self.log_in(self.owner)
            self.assertLeadsTo(self.act("accept"), self.url)
            self.assertEqual(self.see(member), ["done", "cancel"])
            self.assertLeadsTo(self.act("done"), self.url)
            self.assertEqual(gift.sudo().state, "done")

    def test_the_main_button_is_one_and_stands_in_the_bar(self):
        self.log_in(self.owner)
        page = self.parse(self.get(self.url))
        self.assertEqual(len(page.cssselect(".o_ebs_bar .o_ebs_action")), 1)
        self.assertEqual(len(page.cssselect("#wrap .o_ebs_action")), 1)

    def test_a_refusal_is_kept_for_the_other_to_read(self):
        self.log_in(self.owner)
        self.assertLeadsTo(self.act("decline", reason="It broke."), self.url)
        self.assertEqual(self.loan.state, "declined")
        self.log_in(self.borrower)
        self.assertIn("It broke.", self.words(self.get(self.url)))

    def test_the_asker_withdraws(self):
        self.log_in(self.borrower)
        self.assertLeadsTo(self.act("cancel"), self.url)
        self.assertEqual(self.loan.state, "cancelled")

    def test_what_is_not_to_do_now_is_a_sentence_on_the_page(self):
        for member, codes in (
            (self.borrower, ("accept", "decline", "hand_over", "return", "done")),
            (self.owner, ("hand_over", "return", "return_deposit", "done")),
        ):
            self.log_in(member)
            for code in codes:
                with self.subTest(member=member.name, code=code):
                    answer = self.act(code)
                    self.assertEqual(answer.status_code, 422)
                    self.assertTrue(self.alert(answer))
        self.assertEqual(self.loan.state, "requested")

    def test_a_second_click_is_a_sentence(self):
        self.log_in(self.owner)
        self.act("accept")
        again = self.act("accept")
        self.assertEqual(again.status_code, 422)
        self.assertTrue(self.alert(again))

    def test_the_conversation_shows_who_wrote_what(self):
        self.log_in(self.owner)
        answer = self.act("write", body="Yes <b>gladly</b>\nCome at six.")
        self.assertLeadsTo(answer, self.url + "#ebs_write")
        page = self.get(self.url)
        self.assertNotIn("<b>gladly</b>", page.text)
        messages = self.parse(page).cssselect(".o_ebs_messages > li")
        self.assertEqual(len(messages), 2)
        self.assertIn("Boris", messages[0].text_content())
        self.assertEqual(messages[1].get("class"), "o_ebs_by_me")

    def test_what_was_typed_is_not_lost(self):
        self.log_in(self.owner)
        long = "word " * 500
        answer = self.act("write", body=long)
        self.assertEqual(answer.status_code, 422)
        kept = self.parse(answer).cssselect("#body")[0].text
        self.assertEqual(kept.strip(), long.strip())

    def test_nobody_s_address_is_on_the_page(self):
        for member, other in (
            (self.owner, self.borrower),
            (self.borrower, self.owner),
        ):
            self.log_in(member)
            user = other.sudo().user_id
            text = self.get(self.url).text
            self.assertNotIn(user.login, text)
            self.assertNotIn(user.name, text, "the civil name is private")


@tagged("post_install", "-at_install", "ebs_security")
class TestExchangeDoor(ExchangeCase):
    """An exchange of others is like one that never was."""

    def test_foreign_and_unknown_are_one_answer(self):
        for who in (self.rival, None):
            if who:
                self.log_in(who)
            else:
                self.authenticate(self.moderator.login, self.moderator.login)
            foreign = self.get(self.url)
            self.assertEqual(foreign.status_code, 404)
            for number in (99999999, 2**31, 2**70, 0):
                unknown = self.get(f"/my/exchanges/{number}")
                self.assertEqual(unknown.status_code, 404)
                self.assertEqual(
                    self.strip(unknown).replace(f"exchanges/{number}", "N"),
                    self.strip(foreign).replace(f"exchanges/{self.loan.id}", "N"),
                )

    def test_nobody_else_s_button_works(self):
        for code in ("accept", "decline", "cancel", "write", "hand_over", "return"):
            with self.subTest(code=code):
                self.log_in(self.rival)
                self.assertEqual(self.act(code, body="x").status_code, 404)
        self.assertEqual(self.loan.state, "requested")
        self.assertEqual(len(self.loan.message_line_ids), 1)

    def test_a_visitor_is_asked_to_log_in(self):
        for path in ("", f"/{self.loan.id}"):
            answer = self.get("/my/exchanges" + path)
            self.assertEqual(answer.status_code, 303)
            self.assertIn("/web/login", answer.headers["Location"])

    def test_buttons_are_forms_with_a_token(self):
        self.log_in(self.owner)
        with mute_logger("odoo.http"):
            answer = self.post(f"{self.url}/accept", csrf=False)
            self.assertEqual(answer.status_code, 400)
            self.assertEqual(self.get(f"{self.url}/accept").status_code, 405)
        self.assertEqual(self.act("explode").status_code, 404)
        self.assertEqual(self.loan.state, "requested")

    def test_garbage_in_a_form_is_no_failure(self):
        self.log_in(self.owner)
        for code, values in (
            ("write", {}),
            ("write", {"body": ""}),
            ("write", {"body": "\0"}),
            ("write", {"body": "x" * 100000}),
            ("decline", {"reason": "x" * 100000}),
            ("hand_over", {"deposit_received": "\0"}),
        ):
            with self.subTest(code=code, values=str(values)[:30]):
                answer = self.act(code, **values)
                self.assertEqual(answer.status_code, 422)
                self.assertTrue(self.alert(answer))
        answer = self.url_open(
            f"{self.url}/write",
            data={"csrf_token": self.csrf()},
            files={"body": ("a.txt", b"x")},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 422)


@tagged("post_install", "-at_install")
class TestMySpace(ExchangeCase):
    """The space: what waits, the lists, the profile."""

    def tasks(self, member):
        self.log_in(member)
        page = self.parse(self.get("/my"))
        return [link.get("href") for link in page.cssselect(".o_ebs_tasks a")]

    def test_who_must_act_finds_it_first(self):
        self.assertEqual(self.tasks(self.owner), [self.url])
        self.assertEqual(self.tasks(self.borrower), [], "an answer is awaited")
        self.act_as(self.owner, "accept")
        self.assertEqual(self.tasks(self.owner), [self.url])
        self.assertEqual(self.tasks(self.borrower), [self.url])

    def act_as(self, member, code):
        self.log_in(member)
        self.assertLeadsTo(self.act(code), self.url)

    def test_four_doors_and_no_more(self):
        self.log_in(self.owner)
        doors = self.parse(self.get("/my")).cssselect(".o_ebs_doors a")
        self.assertEqual(
            [door.get("href") for door in doors],
            ["/my/listings", "/my/exchanges", "/circles", "/my/profile"],
        )

    def test_each_standing_is_said(self):
        for name, values in (
            ("Paule", {"state": "pending"}),
            ("Pia", {"state": "pending", "confirmed": False}),
            ("Sami", {"state": "suspended"}),
        ):
            with self.subTest(name=name):
                self.log_in(self.make_member(name, **values))
                page = self.get("/my")
                self.assertTrue(self.words(page, ".o_ebs_standing h2"))
        self.authenticate(self.stranger.login, self.stranger.login)
        page = self.parse(self.get("/my"))
        self.assertTrue(page.cssselect(".o_ebs_standing a[href='/web/signup']"))

    def test_exchanges_under_way_and_over_are_two_lists(self):
        for member, side in ((self.owner, 0), (self.borrower, 0), (self.rival, None)):
            with self.subTest(member=member.name):
                self.log_in(member)
                rows = self.parse(self.get("/my/exchanges")).cssselect(".o_ebs_row")
                self.assertEqual(len(rows), 0 if side is None else 1)
        self.act_as(self.owner, "decline")
        page = self.parse(self.get("/my/exchanges?ended=1"))
        self.assertEqual(len(page.cssselect(".o_ebs_row")), 1)
        self.assertFalse(self.parse(self.get("/my/exchanges")).cssselect(".o_ebs_row"))
        for page in ("0", "x", "-1", "999999999999", "%00"):
            answer = self.get(f"/my/exchanges?ended=1&page={page}")
            self.assertEqual(answer.status_code, 200)

    def test_my_listings_are_mine(self):
        self.log_in(self.owner)
        rows = self.parse(self.get("/my/listings")).cssselect(".o_ebs_row")
        self.assertEqual(len(rows), 1)
        self.log_in(self.borrower)
        self.assertFalse(self.parse(self.get("/my/listings")).cssselect(".o_ebs_row"))

    def test_the_profile_is_saved_and_garbage_kept_in_the_form(self):
        self.log_in(self.owner)
        answer = self.post(
            "/my/profile",
            member=self.owner.id,
            name="Odile & Co",
            bio="I mend things.",
            zone_id=self.zone.id,
            phone="06 12 34 56 78",
        )
        self.assertLeadsTo(answer, f"/my/profile?member={self.owner.id}&saved=1")
        self.owner.invalidate_recordset()
        self.assertEqual(self.owner.name, "Odile & Co")
        self.assertEqual(self.owner.private_ids.phone, "+33612345678")
        for wrong in (
            {"name": ""},
            {"name": "x" * 61},
            {"bio": "x" * 1001},
            {"phone": "not a number"},
            {"zone_id": "999999"},
        ):
            with self.subTest(wrong=str(wrong)[:30]):
                values = {"name": "New", "bio": "Typed", "phone": "", **wrong}
                answer = self.post("/my/profile", **values)
                self.assertEqual(answer.status_code, 422)
                self.assertTrue(self.alert(answer))
                kept = self.parse(answer).cssselect("#bio")[0].text
                self.assertEqual(kept, values["bio"])
        self.owner.invalidate_recordset()
        self.assertEqual(self.owner.name, "Odile & Co")

    def test_a_file_that_is_no_photo_is_a_sentence(self):
        self.log_in(self.owner)
        for content in (b"<svg onload='x'/>", b"\0" * 100, b"GIF89a"):
            answer = self.url_open(
                "/my/profile",
                data={"csrf_token": self.csrf(), "name": "Odile"},
                files={"image": ("photo.jpg", content)},
                allow_redirects=False,
            )
            self.assertEqual(answer.status_code, 422)
            self.assertTrue(self.alert(answer))

    def test_a_foreign_profile_is_not_there(self):
        self.log_in(self.owner)
        for member in (self.borrower.id, "x", 2**40, -1):
            answer = self.get(f"/my/profile?member={member}")
            self.assertEqual(answer.status_code, 404)
            answer = self.post("/my/profile", member=member, name="Taken")
            self.assertEqual(answer.status_code, 404)

    def test_a_delegate_edits_the_profile_of_the_organisation(self):
        asso = self.make_member("Repair club", kind="association")
        self.make_delegate(asso, self.owner.user_id)
        self.log_in(self.owner)
        url = f"/my/profile?member={asso.id}"
        self.assertEqual(self.get(url).status_code, 200)
        answer = self.post("/my/profile", member=asso.id, name="Repair café")
        self.assertLeadsTo(answer, url + "&saved=1")
        asso.invalidate_recordset()
        self.assertEqual(asso.name, "Repair café")

    def test_the_terms_in_force_are_for_everyone(self):
        self.authenticate(None, None)
        page = self.get("/terms")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(len(self.parse(page).cssselect("h1")), 1)

    def test_core_s_pages_for_passwords_stay(self):
        self.log_in(self.owner)
        page = self.get("/my/security")
        self.assertEqual(page.status_code, 200)
        self.assertIn("o_ebs", page.text)
