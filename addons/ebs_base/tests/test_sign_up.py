# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from unittest.mock import patch

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged

from ..clock import clock_at, now
from .common import EbsCase

TOKEN = re.compile(r"/confirm/([\w-]+)")
GOOD = {
    "name": "Ada",
    "email": "ada@example.com",
    "password": "correct horse",
    "terms": True,
}


class SignUpCase(EbsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls.env["ebs.member"].with_user(cls.visitor)

    def _sign_up(self, company=None, **values):
        answer = self.members._sign_up(company or self.company, {**GOOD, **values})
        self.assertIsNone(answer)
        return self._find(values.get("email", GOOD["email"]).lower(), company)

    def _find(self, email, company=None):
        return self.env["ebs.member"].search(
            [
                ("user_id.login", "=", email),
                ("company_id", "=", (company or self.company).id),
            ]
        )

    def _mails(self):
        return self.env["mail.mail"].search([("email_to", "ilike", "ada@example.com")])

    def _token(self):
        return TOKEN.search(self._mails()[0].body_html)[1]


class TestSignUp(SignUpCase):
    def test_a_new_address_makes_an_account_a_persona_and_a_consent(self):
        member = self._sign_up(email="Ada@Example.COM", name=" Ada  L. ")
        user = member.user_id
        self.assertEqual(user.login, "ada@example.com")
        self.assertTrue(user._is_portal())
        self.assertEqual(user.company_ids, self.company)
        self.assertEqual((member.name, member.state), ("Ada L.", "pending"))
        self.assertEqual(member.private_ids.email, "ada@example.com")
        self.assertFalse(member.private_ids.email_confirmed_at)
        self.assertEqual(member.consent_ids.terms_id.version, 1)
        self.assertTrue(member.consent_ids.accepted_at)

    def test_the_password_is_the_one_that_was_typed(self):
        member = self._sign_up(password="correct  horse ")
        user = member.user_id
        credential = {"type": "password", "password": "correct  horse "}
        env = {"interactive": False}
        self.assertTrue(user.with_user(user)._check_credentials(credential, env))

    def test_one_mail_is_queued_and_none_comes_from_core(self):
        self._sign_up()
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.subject, "Confirm your e-mail address")
        self.assertIn("/confirm/", mail.body_html)

    def test_no_word_of_a_stranger_is_mailed_to_an_address_not_confirmed(self):
        """Else this form would send anybody's words to anybody."""
        self._sign_up(name="See evil.example now")
        self.assertNotIn("evil.example", self._mails().body_html)

    def test_the_language_is_the_one_of_the_page(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.members = self.members.with_context(lang="fr_FR")
        self.assertEqual(self._sign_up().user_id.lang, "fr_FR")

    def test_bad_input_is_refused_in_a_sentence(self):
        for values in (
            {"name": ""},
            {"name": None},
            {"name": "x" * 61},
            {"name": ["Ada"]},
            {"email": ""},
            {"email": "ada"},
            {"email": "ada@"},
            {"email": "a@example.com, b@example.com"},
            {"email": "x" * 250 + "@example.com"},
            {"email": {"a": "b"}},
            {"email": "adä@example.com"},
            {"password": "short"},
            {"password": None},
            {"password": ["longenough"]},
            {"password": "long\0enough"},
            {"password": "x" * 201},
            {"terms": False},
            {"terms": None},
            {"terms": "no"},
            {"groups": [1]},
            {"company_ids": [2]},
        ):
            with self.assertRaises(UserError, msg=repr(values)):
                self.members._sign_up(self.company, {**GOOD, **values})
        self.assertFalse(self._find("ada@example.com"))

    def test_nobody_signs_up_by_rpc(self):
        with self.assertRaises(AccessError):
            self.members.create({"name": "X", "company_id": self.company.id})
        self.assertTrue("_sign_up".startswith("_"))


class TestExistingAccount(SignUpCase):
    """Whoever signs up with a known address learns nothing; its owner is told."""

    def _count(self):
        return {
            model: self.env[model].with_context(active_test=False).search_count([])
            for model in ("res.users", "res.partner", "ebs.member", "ebs.consent")
        }

    def test_a_member_gets_a_mail_and_nothing_changes(self):
        ada = self.make_member("Ada")
        user, before = ada.user_id, self._count()
        self._sign_up(name="Somebody Else", password="another password")
        self.assertEqual(self._count(), before)
        self.assertEqual((ada.name, user.name), ("Ada", "Civil Ada"))
        mail = self._mails()[0]
        self.assertEqual(mail.subject, "You already have an account")
        self.assertNotIn("/confirm/", mail.body_html)
        self.assertIn("/web/login", mail.body_html)
        self.assertIn("/web/reset_password?token=", mail.body_html)
        credential = {"type": "password", "password": "ada@example.com"}
        env = {"interactive": False}
        self.assertTrue(user.with_user(user)._check_credentials(credential, env))

    def test_upper_case_is_the_same_address(self):
        self.make_member("Ada")
        before = self._count()
        self._sign_up(email="ADA@example.com")
        self.assertEqual(self._count(), before)

    def test_a_wildcard_is_not_another_s_address(self):
        self.make_member("Ada")
        member = self._sign_up(email="a_a@example.com", name="Other")
        self.assertEqual(member.name, "Other")

    def test_both_ways_do_the_same_work(self):
        """The password is hashed once in both, and as many records are made."""
        hashed, made = [], []
        users = type(self.env["res.users"])
        real_set, real_create = users._set_password, users.create

        def set_password(records):
            hashed.extend(records.ids)
            return real_set(records)

        def create(records, vals_list):
            made.append(records._name)
            return real_create(records, vals_list)

        with (
            patch.object(users, "_set_password", set_password),
            patch.object(users, "create", create),
        ):
            self._sign_up()
            first = len(hashed), len(made)
            self._sign_up()
        self.assertEqual((len(hashed), len(made)), (first[0] * 2, first[1] * 2))

    def test_who_never_confirmed_gets_the_link_again(self):
        member = self._sign_up()
        self.assertEqual(len(self._mails()), 1)
        self._sign_up(name="Again")
        self.assertEqual(len(self._mails()), 2)
        self.members._confirm_email(self._token())
        self.assertEqual((member.name, member.state), ("Ada", "approved"))

    def test_a_stranger_cannot_flood_somebody_with_mails(self):
        self.make_member("Ada")
        before = len(self._mails())
        for _again in range(4):
            self._sign_up()
        self.assertEqual(len(self._mails()), before + 1)
        with clock_at(now().replace(year=now().year + 1)):
            self._sign_up()
        self.assertEqual(len(self._mails()), before + 2)

    def test_an_account_joins_a_further_platform_when_its_owner_confirms(self):
        ada = self.make_member("Ada")
        there = self._sign_up(self.other_company, name="Not Ada")
        self.assertFalse(there, "nothing is made before the owner has said yes")
        token = self._token()
        seen = self.members._check_confirm_token(token)
        self.assertTrue(seen)
        self.assertFalse(seen.private_ids.email_confirmed_at)
        self.assertFalse(self._find("ada@example.com", self.other_company))
        there = self.members._confirm_email(token)
        self.assertEqual(there.user_id, ada.user_id)
        self.assertEqual(there.company_id, self.other_company)
        self.assertEqual(there.state, "approved")
        self.assertEqual(there.name, "Civil Ada", "never the name a stranger typed")
        self.assertTrue(there.consent_ids)
        self.assertIn(self.other_company, ada.user_id.company_ids)
        self.assertEqual(self.members._confirm_email(token), there)

    def test_staff_accounts_do_not_become_members(self):
        self.members._sign_up(self.company, {**GOOD, "email": self.stranger.login})
        self.assertFalse(self._find(self.stranger.login))
        mail = self.env["mail.mail"].search([("email_to", "ilike", "stranger")])
        self.assertNotIn("/confirm/", mail.body_html)

    def test_a_closed_account_is_told_so(self):
        ada = self.make_member("Ada")
        ada.user_id.active = False
        self._sign_up()
        mail = self._mails()[0]
        self.assertIn("This account is closed", mail.body_html)
        self.assertNotIn("/web/reset_password", mail.body_html)
        self.assertNotIn("/confirm/", mail.body_html)

    def test_two_who_sign_up_at_once_are_told_the_same(self):
        """The second one starts again, and finds the account."""
        self.make_member("Ada")
        users = type(self.env["res.users"])
        with (
            patch.object(users, "_ebs_find", lambda users, login: users.browse()),
            self.assertLogs("odoo.sql_db", "ERROR"),
            self.assertRaises(ConcurrencyError),
        ):
            self._sign_up()


class TestConfirm(SignUpCase):
    def test_a_confirmed_member_is_let_in_at_once_where_everyone_may_join(self):
        member = self._sign_up()
        token = self._token()
        self.assertEqual(self.members._check_confirm_token(token), member)
        self.assertFalse(
            member.private_ids.email_confirmed_at, "looking writes nothing"
        )
        self.assertEqual(self.members._confirm_email(token), member)
        self.assertTrue(member.private_ids.email_confirmed_at)
        self.assertEqual(member.state, "approved")
        acting = self.env["ebs.member"].with_user(member.user_id)._acting(self.company)
        self.assertEqual(acting, member)

    def test_a_confirmed_member_waits_where_moderators_approve(self):
        self.company.ebs_join_mode = "approval"
        member = self._sign_up()
        self.members._confirm_email(self._token())
        self.assertTrue(member.private_ids.email_confirmed_at)
        self.assertEqual(member.state, "pending")

    def test_confirming_twice_changes_and_tells_nothing_more(self):
        member = self._sign_up()
        token = self._token()
        self.members._confirm_email(token)
        confirmed_at, mails = member.private_ids.email_confirmed_at, len(self._mails())
        self.members._confirm_email(token)
        self.assertEqual(member.private_ids.email_confirmed_at, confirmed_at)
        self.assertEqual(len(self._mails()), mails)

    def test_a_link_holds_for_three_days(self):
        with clock_at("2026-06-01 10:00:00"):
            self._sign_up()
            token = self._token()
        with clock_at("2026-06-04 09:59:59"):
            self.assertTrue(self.members._check_confirm_token(token))
        with clock_at("2026-06-04 10:00:00"):
            self.assertFalse(self.members._check_confirm_token(token))
            with self.assertRaisesRegex(UserError, "not valid any more"):
                self.members._confirm_email(token)

    def test_garbage_is_no_token(self):
        self._sign_up()
        token = self._token()
        middle = len(token) // 2
        forged = token[:middle] + ("A" if token[middle] != "A" else "B")
        forged += token[middle + 1 :]
        for bad in ("", "x", "é", "A" * 5000, None, 5, [], b"x", "AQ==", forged, "\0"):
            self.assertFalse(self.members._check_confirm_token(bad), repr(bad))
            with self.assertRaises(UserError):
                self.members._confirm_email(bad)

    def test_a_token_of_another_purpose_is_none_of_ours(self):
        member = self._sign_up()
        partner = member.user_id.partner_id
        partner.signup_prepare(signup_type="reset")
        token = partner._generate_signup_token()
        self.assertFalse(self.members._check_confirm_token(token))

    def test_a_token_dies_with_the_account_and_with_the_address(self):
        member = self._sign_up()
        token = self._token()
        member.user_id.login = "other@example.com"
        self.assertFalse(self.members._check_confirm_token(token))
        member.user_id.write({"login": "ada@example.com", "active": False})
        self.assertFalse(self.members._check_confirm_token(token))

    def test_confirming_does_not_bring_back_who_was_suspended(self):
        member = self._sign_up()
        token = self._token()
        member.action_suspend("Spam.")
        self.members._confirm_email(token)
        self.assertEqual(member.state, "suspended")

    def test_the_link_is_sent_again_once_in_five_minutes(self):
        with clock_at("2026-06-01 10:00:00"):
            member = self._sign_up()
            mine = self.as_user(member)
            with self.assertRaisesRegex(UserError, "five minutes"):
                mine.action_send_confirmation()
        with clock_at("2026-06-01 10:05:00"):
            mine.action_send_confirmation()
            self.assertEqual(len(self._mails()), 2)
            with self.assertRaisesRegex(UserError, "five minutes"):
                mine.action_send_confirmation()

    def test_nobody_has_a_link_sent_for_another(self):
        member = self._sign_up()
        bob = self.make_member("Bob")
        for user in (bob.user_id, self.visitor, self.stranger):
            with self.assertRaises(UserError):
                member.with_user(user).action_send_confirmation()
        with self.assertRaises(AccessError):
            member.with_user(self.moderator).action_send_confirmation()

    def test_who_has_confirmed_needs_no_link(self):
        ada = self.make_member("Ada")
        with self.assertRaisesRegex(UserError, "confirmed already"):
            self.as_user(ada).action_send_confirmation()


@tagged("post_install", "-at_install")
class TestSendsNothing(SignUpCase):
    def test_no_mail_server_is_asked_in_any_of_these(self):
        """An SMTP server that never answers must delay no page."""
        servers = type(self.env["ir.mail_server"])
        with (
            patch.object(servers, "_connect__", side_effect=AssertionError),
            patch.object(servers, "send_email", side_effect=AssertionError),
            patch.object(
                type(self.env["mail.mail"]), "send", side_effect=AssertionError
            ),
        ):
            member = self._sign_up()
            self._sign_up()
            self.members._confirm_email(self._token())
            self.env["res.users"].with_user(self.visitor)._ebs_request_reset(
                "ada@example.com"
            )
            member.with_user(self.moderator).action_suspend("x")
            self.env.cr.postcommit.run()
