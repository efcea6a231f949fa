# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import EbsCase


class TestPersonas(EbsCase):
    """For whom an account may act, decided on the account alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.club = cls.make_member("Club", kind="association")
        cls.members = cls.env["ebs.member"]

    def _acting(self, user, *args, **kwargs):
        return self.members.with_user(user)._acting(*args, **kwargs)

    def test_an_approved_and_confirmed_member_acts_for_itself(self):
        acting = self._acting(self.ada.user_id, self.company)
        self.assertEqual(acting, self.ada)
        self.assertTrue(acting.env.su)

    def test_a_visitor_a_stranger_and_an_account_alone_have_no_persona(self):
        for user in (self.visitor, self.stranger, self.make_user("z@example.com")):
            self.assertFalse(self.members.with_user(user)._get_mine())
            with self.assertRaisesRegex(UserError, "not a member here yet"):
                self._acting(user, self.company)

    def test_a_member_of_another_platform_is_not_one_here(self):
        with self.assertRaisesRegex(UserError, "not a member here yet"):
            self._acting(self.ada.user_id, self.other_company)

    def test_who_has_not_confirmed_is_told_so(self):
        new = self.make_member("Newcomer", state="pending", confirmed=False)
        with self.assertRaisesRegex(UserError, "confirm your e-mail"):
            self._acting(new.user_id, self.company)

    def test_who_waits_for_approval_is_told_so(self):
        new = self.make_member("Newcomer", state="pending")
        with self.assertRaisesRegex(UserError, "must approve"):
            self._acting(new.user_id, self.company)

    def test_a_suspended_member_stops_acting_at_once(self):
        self.ada.with_user(self.moderator).action_suspend("Rude.")
        with self.assertRaisesRegex(UserError, "suspended"):
            self._acting(self.ada.user_id, self.company)
        self.assertEqual(self.members.with_user(self.ada.user_id)._get_mine(), self.ada)

    def test_who_left_is_told_so(self):
        self.ada._set_state(("approved",), "left")
        with self.assertRaisesRegex(UserError, "have left"):
            self._acting(self.ada.user_id, self.company)

    def test_a_delegate_acts_for_itself_first_and_for_the_club_when_it_says_so(self):
        self.make_delegate(self.club, self.ada.user_id)
        user = self.ada.user_id
        self.assertEqual(self.members.with_user(user)._get_mine(), self.ada | self.club)
        self.assertEqual(self._acting(user, self.company), self.ada)
        for wanted in (self.club.id, str(self.club.id)):
            self.assertEqual(self._acting(user, self.company, wanted), self.club)

    def test_a_delegate_without_own_persona_acts_for_the_club(self):
        helper = self.make_user("helper@example.com")
        self.make_delegate(self.club, helper)
        self.assertEqual(self._acting(helper, self.company), self.club)

    def test_a_removed_delegate_acts_no_more_at_once(self):
        delegate = self.make_delegate(self.club, self.ada.user_id)
        user = self.ada.user_id
        self.assertEqual(self._acting(user, self.company, self.club.id), self.club)
        delegate.with_user(self.moderator).action_archive()
        with self.assertRaisesRegex(UserError, "cannot act for this member"):
            self._acting(user, self.company, self.club.id)
        self.assertFalse(self.club.with_user(user).is_mine)

    def test_nobody_acts_for_another_member_whatever_is_sent(self):
        for wanted in (self.club.id, "1 OR 1=1", -1, [self.club.id], {"a": 1}, 2**70):
            with self.assertRaisesRegex(UserError, "cannot act for this member"):
                self._acting(self.ada.user_id, self.company, wanted)

    def test_the_companies_chosen_and_superuser_rights_change_nothing(self):
        mine = self.members.with_user(self.ada.user_id).with_company(self.other_company)
        chosen = mine.with_context(allowed_company_ids=self.other_company.ids)
        self.assertEqual(chosen.sudo()._get_mine(), self.ada)
        self.assertEqual(chosen.sudo()._acting(self.company), self.ada)

    def test_is_mine_says_the_same_by_search_and_by_reading(self):
        self.make_delegate(self.club, self.ada.user_id)
        everyone = self.members.with_user(self.ada.user_id).search([])
        found = everyone.search([("is_mine", "=", True)])
        self.assertEqual(found, everyone.filtered("is_mine"))
        self.assertEqual(found, self.ada | self.club)
        others = everyone.search([("is_mine", "=", False)])
        self.assertEqual(others, everyone - found)

    def test_one_account_is_one_persona_on_a_platform(self):
        double = {"name": "X", "user_id": self.ada.user_id.id}
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.members.create(
                {**double, "company_id": self.company.id}
            ).flush_recordset()
