# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from lxml import html
from odoo import fields
from odoo.addons.ebs_base.clock import clock_at
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WebCase

PASSWORD = "correct horse"
AWAY = (
    "//evil.example",
    "https://evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "evil.example",
)


class AccountsCase(WebCase):
    """Somebody who signs up, and somebody who is here already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie = cls.make_member("Marie")
        cls.login = cls.marie.sudo().user_id.login

    def sign_up(self, **values):
        form = {
            "name": "Nadia",
            "login": "nadia@example.com",
            "password": PASSWORD,
            "terms": "1",
            **values,
        }
        return self.post("/web/signup", **form)

    def find(self, login):
        """The account of that address, with its persona."""
        user = self.env["res.users"].search([("login", "=", login)])
        return user, self.env["ebs.member"].search([("user_id", "=", user.id)])

    def last_mail(self, login):
        mails = self.env["mail.mail"].search(
            [("email_to", "ilike", login)], order="id desc", limit=1
        )
        self.assertEqual(mails.state, "outgoing", "a page sends nothing itself")
        return mails

    def link(self, login, part):
        """The address in the last mail that holds those words."""
        body = self.read_mail(self.last_mail(login))
        return next(url for url in body if part in url)

    def read_mail(self, mail):
        urls = html.fromstring(mail.body_html).xpath("//a/@href")
        parts = [urlsplit(url) for url in urls]
        return [part.path + (f"?{part.query}" if part.query else "") for part in parts]


@tagged("post_install", "-at_install", "ebs_security")
class TestSignUp(AccountsCase):
    """Sign-up tells nobody who is here, and logs nobody in."""

    def test_a_new_address_and_a_known_one_get_the_same_answer(self):
        new = self.sign_up()
        known = self.sign_up(login=self.login)
        self.assertLeadsTo(new, "/signup/sent")
        self.assertEqual(new.status_code, known.status_code)
        self.assertEqual(self.strip(new), self.strip(known))
        for header in ("Location", "Cache-Control", "Content-Length"):
            self.assertEqual(new.headers.get(header), known.headers.get(header))

    def test_errors_are_the_same_for_a_known_address(self):
        for wrong in ({"password": "short"}, {"terms": ""}, {"name": ""}):
            new = self.sign_up(login="x@example.com", **wrong)
            known = self.sign_up(login=self.login, **wrong)
            self.assertEqual(new.status_code, 422)
            self.assertEqual(
                self.strip(new).replace("x@example.com", ""),
                self.strip(known).replace(self.login, ""),
            )

    def test_a_link_with_an_address_tells_nothing(self):
        for page in ("/web/signup", "/web/reset_password"):
            plain = self.get(page)
            self.assertEqual(plain.status_code, 200)
            for login in (self.login, "nobody@example.com", "'); --", "%00"):
                answer = self.get(f"{page}?signup_email={login}")
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(self.strip(answer), self.strip(plain))

    def test_nobody_is_logged_in_by_signing_up(self):
        self.sign_up()
        self.assertIn("/web/login", self.get("/my").headers["Location"])

    def test_an_account_begins_unconfirmed_and_gets_one_mail(self):
        self.sign_up()
        user, member = self.find("nadia@example.com")
        self.assertTrue(user._is_portal())
        self.assertEqual(member.state, "pending")
        self.assertFalse(member.private_ids.email_confirmed_at)
        self.assertIn("/confirm/", self.link("nadia@example.com", "/confirm/"))

    def test_errors_keep_what_was_typed_but_the_password(self):
        answer = self.sign_up(
            login="not an address", redirect="/listings", password="secret phrase"
        )
        self.assertEqual(answer.status_code, 422)
        self.assertTrue(self.alert(answer))
        page = self.parse(answer)
        typed = {
            field.get("name"): field.get("value")
            for field in page.cssselect(".oe_signup_form input")
        }
        self.assertEqual(typed["name"], "Nadia")
        self.assertEqual(typed["login"], "not an address")
        self.assertEqual(typed["redirect"], "/listings")
        self.assertTrue(page.cssselect("#terms[checked]"))
        self.assertFalse(typed["password"])
        self.assertNotIn("secret phrase", answer.text)

    def test_garbage_gets_a_sentence(self):
        for wrong in (
            {"login": "\0"},
            {"name": "\0"},
            {"name": "x" * 5000},
            {"login": "x" * 5000 + "@example.com"},
            {"password": "x" * 5000},
            {"password": "\0" * 9},
            {"login": "é@exemple.fr"},
            {"terms": ""},
        ):
            with self.subTest(wrong=str(wrong)[:40]):
                answer = self.sign_up(**wrong)
                self.assertEqual(answer.status_code, 422)
                self.assertTrue(self.alert(answer))

    def test_a_form_without_its_token_is_refused(self):
        with mute_logger("odoo.http"):
            answer = self.post("/web/signup", csrf=False, login="n@example.com")
        self.assertEqual(answer.status_code, 400)

    def test_a_mail_server_that_never_answers_delays_no_page(self):
        """Nothing connects anywhere inside a request: mails wait in the queue."""

        def connect(*args, **kwargs):
            raise AssertionError("a page tried to send a mail")

        path = "odoo.addons.base.models.ir_mail_server.IrMail_Server._connect__"
        with patch(path, connect):
            self.assertEqual(self.sign_up().status_code, 303)
            self.assertEqual(self.sign_up(login=self.login).status_code, 303)
            answer = self.post("/web/reset_password", login=self.login)
            self.assertEqual(answer.status_code, 303)


@tagged("post_install", "-at_install", "ebs_security")
class TestConfirm(AccountsCase):
    """One button behind a link: opening it writes nothing."""

    def setUp(self):
        super().setUp()
        self.sign_up()
        self.user, self.nadia = self.find("nadia@example.com")
        self.address = self.link("nadia@example.com", "/confirm/")

    def is_confirmed(self):
        self.env.invalidate_all()
        return bool(self.nadia.private_ids.email_confirmed_at)

    def test_opening_the_link_confirms_nothing(self):
        answer = self.get(self.address)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(len(self.parse(answer).cssselect("#wrap form button")), 1)
        self.assertFalse(self.is_confirmed())

    def test_the_button_confirms_and_leads_to_the_log_in(self):
        answer = self.post(self.address)
        self.assertLeadsTo(answer, "/web/login?done=confirmed&redirect=%2Fmy")
        self.assertTrue(self.is_confirmed())
        self.assertEqual(self.nadia.state, "approved")
        page = self.get(answer.headers["Location"])
        self.assertTrue(self.words(page, ".o_ebs_info"))

    def test_a_second_use_is_calm(self):
        self.post(self.address)
        again = self.get(self.address)
        self.assertEqual(again.status_code, 200)
        self.assertFalse(self.parse(again).cssselect("#wrap form"))
        self.assertEqual(self.post(self.address).status_code, 303)

    def test_garbage_and_late_links_get_a_page_that_helps(self):
        with clock_at(fields.Datetime.now() - timedelta(hours=73)):
            old = urlsplit(
                self.env["ebs.member"]._get_confirm_url(self.company, self.user)
            ).path
        tokens = ["/confirm/x", "/confirm/" + "A" * 600, old]
        for address in (*tokens, self.address[:-3]):
            with self.subTest(address=address[:40]):
                for answer in (self.get(address), self.post(address)):
                    self.assertEqual(answer.status_code, 422)
                    page = self.parse(answer)
                    self.assertFalse(page.cssselect("#wrap form"))
                    self.assertTrue(page.cssselect("#wrap a[href='/web/signup']"))
        self.assertFalse(self.is_confirmed())

    def test_the_confirmation_leads_back_to_where_it_began(self):
        self.sign_up(login="paul@example.com", redirect="/listings?q=drill")
        answer = self.post(self.link("paul@example.com", "/confirm/"))
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        self.assertEqual(query["redirect"], ["/listings?q=drill"])

    def test_no_way_back_leads_to_another_site(self):
        for rank, away in enumerate(AWAY):
            with self.subTest(away=away):
                login = f"p{rank}@example.com"
                self.sign_up(login=login, redirect=away)
                answer = self.post(self.link(login, "/confirm/"))
                query = parse_qs(urlsplit(answer.headers["Location"]).query)
                self.assertEqual(query["redirect"], ["/my"])

    def test_the_link_is_sent_again_at_most_every_five_minutes(self):
        self.authenticate("nadia@example.com", PASSWORD)
        page = self.get("/my")
        self.assertTrue(self.parse(page).cssselect("form[action='/my/confirmation']"))
        answer = self.post("/my/confirmation")
        self.assertEqual(answer.status_code, 422, "the first mail has just left")
        self.assertTrue(self.alert(answer))
        self.nadia.private_ids.confirmation_sent_at -= timedelta(minutes=6)
        self.assertLeadsTo(self.post("/my/confirmation"), "/my?sent=1")


@tagged("post_install", "-at_install", "ebs_security")
class TestLogIn(AccountsCase):
    """The log-in page names no cause, and leads nowhere else."""

    def log(self, login, password, **values):
        return self.post(
            "/web/login", login=login, password=password, type="password", **values
        )

    def setUp(self):
        super().setUp()
        self.forget_failures()

    def forget_failures(self):
        """Core makes whoever fails too often wait: not what is tested here."""
        vars(self.registry).get("_login_failures", {}).clear()

    def test_the_page_is_in_the_brand_of_the_platform(self):
        page = self.get("/web/login")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Powered by", page.text)
        self.assertNotIn("odoo.com", page.text)

    def test_a_wrong_password_and_an_unknown_address_read_alike(self):
        known = self.log(self.login, "not this one")
        unknown = self.log("x" * len(self.login), "not this one")
        self.assertTrue(self.alert(known))
        self.assertEqual(
            self.strip(known).replace(self.login, ""),
            self.strip(unknown).replace("x" * len(self.login), ""),
        )

    def test_an_unknown_address_costs_the_same_work(self):
        """Core verifies no password for a login that nobody has."""
        context = type(self.env["res.users"])._crypt_context
        calls = []

        def count(users):
            calls.append(1)
            return context(users)

        work = []
        with patch.object(type(self.env["res.users"]), "_crypt_context", count):
            for login in (self.login, "nobody@example.com"):
                calls.clear()
                self.log(login, "not this one")
                work.append(len(calls))
        self.assertEqual(work, [1, 1])

    def test_garbage_gets_a_sentence(self):
        for login, password in (
            ("", ""),
            ("\0", "x"),
            (self.login, ""),
            (self.login, "\0"),
            (self.login, "x" * 10000),
            ("x" * 10000, "x"),
            ("%", "x"),
        ):
            with self.subTest(login=login[:10], password=password[:10]):
                answer = self.log(login, password)
                self.assertEqual(answer.status_code, 200)
                self.assertTrue(self.alert(answer))
                self.forget_failures()

    def test_who_types_a_capital_or_a_space_gets_in(self):
        answer = self.log(f" {self.login.capitalize()} ", self.login)
        self.assertLeadsTo(answer, "/my")

    def test_logging_in_leads_back_but_never_away(self):
        answer = self.log(self.login, self.login, redirect="/listings?q=a")
        self.assertLeadsTo(answer, "/listings?q=a")
        self.authenticate(None, None)
        for away in AWAY:
            with self.subTest(away=away):
                page = self.parse(self.get("/web/login?redirect=" + away))
                kept = page.cssselect("input[name=redirect]")[0].get("value")
                self.assertFalse(kept)

    def test_who_is_logged_in_goes_to_the_space(self):
        self.log_in(self.marie)
        self.assertLeadsTo(self.get("/web/login"), "/my")


@tagged("post_install", "-at_install", "ebs_security")
class TestReset(AccountsCase):
    """A forgotten password: one answer for all, and a link that works once."""

    def test_a_known_and_an_unknown_address_get_the_same_answer(self):
        known = self.post("/web/reset_password", login=self.login)
        unknown = self.post("/web/reset_password", login="nobody@example.com")
        self.assertLeadsTo(known, "/web/reset_password?sent=1")
        self.assertEqual(known.headers["Location"], unknown.headers["Location"])
        self.assertEqual(self.strip(known), self.strip(unknown))
        self.assertTrue(self.link(self.login, "token="))

    def test_garbage_gets_a_page(self):
        for login in ("", "\0", "x" * 9000, "'; --", "a@b"):
            with self.subTest(login=login[:10]):
                answer = self.post("/web/reset_password", login=login)
                self.assertIn(answer.status_code, (303, 422))

    def test_the_link_of_the_mail_sets_a_password_without_logging_in(self):
        self.post("/web/reset_password", login=self.login)
        address = self.link(self.login, "token=")
        self.assertEqual(len(self.parse(self.get(address)).cssselect("#password")), 1)
        short = self.post(address, password="short")
        self.assertEqual(short.status_code, 422)
        self.assertTrue(self.alert(short))
        self.assertTrue(self.parse(short).cssselect("input[name=token][value]"))
        answer = self.post(address, password=PASSWORD)
        self.assertLeadsTo(answer, "/web/login?done=password")
        self.assertIn("/web/login", self.get("/my").headers["Location"])
        self.authenticate(self.login, PASSWORD)
        self.assertEqual(self.get("/my").status_code, 200)

    def test_a_link_works_once_and_garbage_never(self):
        self.post("/web/reset_password", login=self.login)
        used = self.link(self.login, "token=")
        self.post(used, password=PASSWORD)
        for address in (
            used,
            "/web/reset_password?token=x",
            "/web/signup?token=x",
            "/web/signup?token=%00",
        ):
            with self.subTest(address=address[:40]):
                for answer in (
                    self.get(address),
                    self.post(address, password="another horse"),
                ):
                    self.assertEqual(answer.status_code, 422)
                    self.assertTrue(self.alert(answer))

    def test_an_invitation_of_core_is_taken_up_without_logging_in(self):
        partner = self.env["res.partner"].create(
            {"name": "Ines", "email": "ines@example.com"}
        )
        partner.signup_prepare()
        token = partner._generate_signup_token()
        answer = self.post(f"/web/signup?token={token}", password=PASSWORD, login="me")
        self.assertLeadsTo(answer, "/web/login?done=password")
        self.assertEqual(partner.user_ids.login, "ines@example.com")
        self.assertIn("/web/login", self.get("/my").headers["Location"])


@tagged("post_install", "-at_install")
class TestOtherSites(AccountsCase):
    """A site that is no platform keeps core's pages."""

    def setUp(self):
        super().setUp()
        self.company.is_ebs_platform = False

    def test_core_answers_as_ever(self):
        self.assertIn("oe_login_form", self.get("/web/login").text)
        self.assertNotIn("o_ebs", self.get("/web/login").text)
        self.website.auth_signup_uninvited = "b2c"
        page = self.get("/web/signup")
        self.assertIn("confirm_password", page.text)
        self.assertNotIn("o_ebs", page.text)
        self.assertNotIn("oe_signup_form o_ebs_panel", page.text)

    def test_our_pages_are_not_there(self):
        for page in ("/signup/sent", "/confirm/x", "/terms"):
            with self.subTest(page=page):
                self.assertEqual(self.get(page).status_code, 404)
        self.log_in(self.marie)
        for page in ("/my/listings", "/my/exchanges", "/my/exchanges/1", "/my/profile"):
            with self.subTest(page=page):
                self.assertEqual(self.get(page).status_code, 404)
        self.assertIn("o_portal", self.get("/my").text)
