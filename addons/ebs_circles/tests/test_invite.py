# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError, UserError

from .common import CirclesCase


class TestInvite(CirclesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.hidden = cls.hidden_circle.with_user(cls.organiser.user_id)

    def test_an_invited_member_is_told_and_sees_the_circle(self):
        self.assertFalse(
            self.hidden_circle.with_user(self.ada.user_id).has_access("read")
        )
        self.hidden_circle.description = "For <us>."
        membership = self.hidden.action_invite(str(self.ada.id))
        self.assertEqual(membership.state, "invited")
        self.assertTrue(
            self.hidden_circle.with_user(self.ada.user_id).has_access("read")
        )
        self.assertIn("For &lt;us&gt;.", self.mails_to(self.ada).body_html)

    def test_inviting_twice_tells_once(self):
        self.hidden.action_invite(self.ada.id)
        self.hidden.action_invite(self.ada.id)
        self.assertEqual(len(self.mails_to(self.ada)), 1)

    def test_inviting_an_applicant_is_letting_it_in(self):
        for answer in ("Please!", ""):
            bob = self.make_member(f"Bob{len(answer)}")
            applied = self.request_circle.with_user(bob.user_id).action_join(answer)
            circle = self.request_circle.with_user(self.organiser.user_id)
            circle.action_invite(bob.id)
            self.assertEqual(applied.state, "active", answer)

    def test_who_said_no_left_or_was_removed_may_be_invited_again(self):
        membership = self.hidden.action_invite(self.ada.id).sudo()
        circle = self.hidden_circle.with_user(self.ada.user_id)
        circle.action_leave()
        self.assertEqual(self.hidden.action_invite(self.ada.id).state, "invited")
        circle.action_join()
        membership.with_user(self.organiser.user_id).action_remove()
        self.assertEqual(self.hidden.action_invite(self.ada.id).state, "invited")

    def test_inviting_a_member_of_the_circle_changes_nothing(self):
        self.add_to_circle(self.hidden_circle, self.ada)
        self.assertEqual(self.hidden.action_invite(self.ada.id).state, "active")
        self.assertFalse(self.mails_to(self.ada))

    def test_only_approved_members_of_the_platform_are_invited(self):
        pending = self.make_member("Pending", state="pending")
        abroad = self.make_member("Abroad", company=self.other_company)
        for wanted in (pending.id, abroad.id, 10**8, None, "x", [1], {}, -1):
            with self.assertRaisesRegex(UserError, "choose a member"):
                self.hidden.action_invite(wanted)

    def test_only_organisers_and_moderators_invite(self):
        self.add_to_circle(self.hidden_circle, self.ada)
        bob = self.make_member("Bob")
        with self.assertRaises(AccessError):
            self.hidden_circle.with_user(self.ada.user_id).action_invite(bob.id)
        with self.assertRaises(MissingError):
            self.hidden_circle.with_user(bob.user_id).action_invite(bob.id)
        self.hidden_circle.with_user(self.moderator).action_invite(bob.id)
        self.assertEqual(len(self.mails_to(bob)), 1)
