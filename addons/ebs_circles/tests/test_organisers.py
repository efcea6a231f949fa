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

    def test_an_organiser_is_removed_by_the_team_alone(self):
        """A newly named one cannot throw out the founder, nor an organisation."""
        bob = self.make_member("Bob")
        self.add_to_circle(self.open_circle, bob)
        founder = self._membership(self.organiser)
        founder_user = self.organiser.user_id
        self._membership(self.ada).with_user(founder_user).action_make_organiser()
        for act in ("action_remove", "action_step_down"):
            with self.refused("Only the team|cannot act", AccessError):
                getattr(founder.with_user(self.ada.user_id), act)()
        founder.with_user(self.moderator).action_remove("Said the team.")
        self.assertEqual((founder.state, founder.role), ("removed", "member"))
        self.assertEqual(founder.ended_reason, "Said the team.")
        self._membership(bob).with_user(self.ada.user_id).action_remove()
        self.assertEqual(self._membership(bob).state, "removed")

    def test_removing_somebody_who_is_not_in_it_says_so(self):
        bob = self.make_member("Bob")
        applied = self.request_circle.with_user(bob.user_id).action_join()
        with self.refused("Only a member"):
            applied.with_user(self.organiser.user_id).action_remove()
        place = self._membership(self.ada).with_user(self.organiser.user_id)
        place.action_remove("x")
        place.action_remove("y")
        self.assertEqual(place.sudo().ended_reason, "x")
        self.assertEqual(len(self.mails_to(self.ada)), 1)

    def test_a_new_organiser_is_told(self):
        place = self._membership(self.ada).with_user(self.organiser.user_id)
        place.action_make_organiser()
        place.action_make_organiser()
        self.assertEqual(len(self.mails_to(self.ada)), 1)
        self.assertIn("organise", self.mails_to(self.ada).body_html)

    def test_nobody_is_brought_in_as_an_organiser_but_by_the_team(self):
        bob = self.make_member("Bob")
        place = self.open_circle.action_invite(bob.id)
        with self.refused("Only a member"):
            place.with_user(self.organiser.user_id).action_make_organiser()
        place.with_user(self.moderator).action_make_organiser()
        self.assertEqual((place.state, place.role), ("active", "organiser"))

    # === STEPPING DOWN, HANDING OVER === #

    def test_an_organiser_steps_down_and_the_last_one_cannot(self):
        mine = self._membership(self.organiser).with_user(self.organiser.user_id)
        for circle in (self.open_circle, self.request_circle):
            mine = self._membership(self.organiser, circle)
            with self.refused("only organiser"):
                mine.with_user(self.organiser.user_id).action_step_down()
        self._membership(self.ada).action_make_organiser()
        mine = self._membership(self.organiser).with_user(self.organiser.user_id)
        mine.action_step_down()
        self.assertEqual(mine.sudo().role, "member")
        self.assertEqual(self.open_circle.organiser_count, 1)
        with self.refused("does not organise"):
            mine.action_step_down()

    def test_a_delegate_steps_down_for_the_club_and_the_team_for_anybody(self):
        club = self.make_member("Club", kind="association")
        delegate = self.make_user("delegate@example.com")
        self.make_delegate(club, delegate)
        self.add_to_circle(self.open_circle, club)
        place = self._membership(club)
        for user in (delegate, self.moderator):
            place.action_make_organiser()
            place.with_user(user).action_step_down()
            self.assertEqual(place.role, "member")

    def test_a_suspended_organiser_does_not_step_down(self):
        self._membership(self.ada).action_make_organiser()
        self.ada.action_suspend("x")
        with self.refused("suspended"):
            self._membership(self.ada).with_user(self.ada.user_id).action_step_down()

    def test_handing_over_is_one_act(self):
        place = self._membership(self.ada).with_user(self.organiser.user_id)
        place.action_hand_over()
        self.assertEqual(place.sudo().role, "organiser")
        self.assertEqual(self._membership(self.organiser).role, "member")
        self.assertEqual(self.open_circle.organiser_count, 1)
        self.assertTrue(self.mails_to(self.ada))
        with self.refused("Only an organiser", AccessError):
            place.action_hand_over()

    def test_one_hands_over_to_a_member_of_the_circle_and_not_to_oneself(self):
        bob = self.make_member("Bob")
        invited = self.open_circle.action_invite(bob.id)
        organiser = self.organiser.user_id
        with self.refused("Only a member"):
            invited.with_user(organiser).action_hand_over()
        with self.refused("somebody else"):
            self._membership(self.organiser).with_user(organiser).action_hand_over()
        for user in (self.ada.user_id, self.moderator):
            with self.refused("Only an organiser", AccessError):
                self._membership(self.ada).with_user(user).action_hand_over()

    def test_what_an_applicant_said_is_forgotten_once_in(self):
        bob = self.make_member("Bob")
        place = (
            self.request_circle.with_user(bob.user_id).action_join("House 12").sudo()
        )
        self.assertEqual(place.answer, "House 12")
        place.with_user(self.organiser.user_id).action_accept()
        self.assertFalse(place.answer)

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

    def test_a_circle_that_its_last_member_leaves_is_closed(self):
        guest = self.make_member("Gina")
        circle = self.hidden_circle
        circle.with_user(self.organiser.user_id).action_invite(guest.id)
        circle.with_user(self.organiser.user_id).action_leave()
        self.assertFalse(circle.active)
        self.assertEqual(set(circle.membership_ids.mapped("state")), {"left"})
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_an_invitation_that_is_declined_closes_nothing(self):
        guest = self.make_member("Gina")
        circle = self.env["ebs.circle"].create(
            {"company_id": self.company.id, "name": "New", "join_mode": "open"}
        )
        circle.with_user(self.moderator).action_invite(guest.id)
        circle.with_user(guest.user_id).action_leave()
        self.assertTrue(circle.active)
