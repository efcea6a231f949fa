# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError

from .common import CirclesCase


class TestOrganisers(CirclesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.add_to_circle(cls.open_circle, cls.ada)

    def _membership(self, member, circle=None):
        return (circle or self.open_circle)._find_membership(member)

    def test_the_last_organiser_cannot_leave_while_others_stay(self):
        circle = self.open_circle.with_user(self.organiser.user_id)
        with self.assertRaisesRegex(UserError, "only organiser"):
            circle.action_leave()
        self._membership(self.ada).with_user(
            self.organiser.user_id
        ).action_make_organiser()
        circle.action_leave()
        self.assertEqual(self.open_circle.member_count, 1)
        self.assertEqual(self.open_circle.organiser_count, 1)

    def test_the_last_one_of_all_may_leave(self):
        self.request_circle.with_user(self.organiser.user_id).action_leave()
        self.assertEqual(self.request_circle.member_count, 0)
        self.assertEqual(self.request_circle.organiser_count, 0)

    def test_an_organiser_who_comes_back_is_a_member(self):
        self._membership(self.ada).action_make_organiser()
        circle = self.open_circle.with_user(self.organiser.user_id)
        circle.action_leave()
        self.assertEqual(circle.action_join().role, "member")

    def test_the_last_organiser_is_not_removed_either(self):
        membership = self._membership(self.organiser).with_user(self.moderator)
        with self.assertRaisesRegex(UserError, "only organiser"):
            membership.action_remove()

    def test_a_member_who_organises_nothing_decides_nothing(self):
        bob = self.make_member("Bob")
        applied = self.request_circle.with_user(bob.user_id).action_join()
        self.add_to_circle(self.request_circle, self.ada)
        mine = self._membership(self.ada).with_user(self.ada.user_id)
        for act in ("action_remove", "action_make_organiser"):
            with self.assertRaises(AccessError):
                getattr(mine, act)()
        for user in (bob.user_id, self.ada.user_id, self.stranger, self.desk):
            for act in ("action_accept", "action_refuse", "action_remove"):
                with self.assertRaises(UserError):
                    getattr(applied.with_user(user), act)()
        self.assertEqual(applied.state, "applied")

    def test_an_organiser_who_is_suspended_decides_nothing_more(self):
        bob = self.make_member("Bob")
        applied = self.request_circle.with_user(bob.user_id).action_join()
        self.organiser.action_suspend("x")
        with self.assertRaises(UserError):
            applied.with_user(self.organiser.user_id).action_accept()

    def test_moderators_of_the_platform_may_all_that_organisers_may(self):
        bob = self.make_member("Bob")
        applied = self.request_circle.with_user(bob.user_id).action_join()
        applied.with_user(self.moderator).action_accept()
        self.assertEqual(applied.state, "active")
        foreign = self.make_member("Foreign", company=self.other_company)
        circle = self.make_circle("Abroad", "open", foreign)
        with self.assertRaises(UserError):
            self._membership(foreign, circle).with_user(self.moderator).action_remove()

    def test_who_has_gone_is_not_made_organiser(self):
        self.open_circle.with_user(self.ada.user_id).action_leave()
        with self.assertRaisesRegex(UserError, "Only a member"):
            self._membership(self.ada).action_make_organiser()

    def test_the_state_is_written_by_nobody(self):
        with self.assertRaises(UserError):
            self._membership(self.ada).with_user(self.moderator).write(
                {"state": "left"}
            )

    def test_counters_follow_a_role_and_a_deletion(self):
        membership = self._membership(self.ada)
        membership.role = "organiser"
        self.assertEqual(self.open_circle.organiser_count, 2)
        membership.unlink()
        self.assertEqual(self.open_circle.organiser_count, 1)
        self.assertEqual(self.open_circle.member_count, 1)
