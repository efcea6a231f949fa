# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import MissingError, UserError

from .common import CirclesCase


class TestJoin(CirclesCase):
    """The three ways into a circle, and the way out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")

    def _join(self, circle, member=None, **kwargs):
        member = member or self.ada
        return circle.with_user(member.user_id).action_join(**kwargs)

    def _leave(self, circle, member=None, **kwargs):
        member = member or self.ada
        circle.with_user(member.user_id).action_leave(**kwargs)

    # === OPEN === #

    def test_one_walks_into_an_open_circle(self):
        membership = self._join(self.open_circle)
        self.assertEqual(membership.state, "active")
        self.assertTrue(membership.joined_at)
        self.assertEqual(self.open_circle.member_count, 2)
        self.assertEqual(self.open_circle.organiser_count, 1)

    def test_joining_twice_is_joining_once(self):
        first = self._join(self.open_circle)
        self.assertEqual(self._join(self.open_circle), first)
        self.assertEqual(self.open_circle.member_count, 2)

    def test_who_left_may_come_back(self):
        self._join(self.open_circle)
        self._leave(self.open_circle)
        self.assertEqual(self.open_circle.member_count, 1)
        self.assertEqual(self._join(self.open_circle).state, "active")

    def test_who_was_removed_does_not_walk_back_in(self):
        membership = self._join(self.open_circle)
        membership.with_user(self.organiser.user_id).action_remove()
        self.assertEqual(self.open_circle.member_count, 1)
        with self.assertRaisesRegex(UserError, "ended your membership"):
            self._join(self.open_circle)

    # === ON REQUEST === #

    def test_one_applies_to_a_circle_on_request_and_the_organiser_is_told(self):
        membership = self._join(self.request_circle, answer="I live at <b>12</b>.")
        self.assertEqual(membership.state, "applied")
        self.assertEqual(membership.answer, "I live at <b>12</b>.")
        self.assertEqual(self.request_circle.member_count, 1)
        mail = self.mails_to(self.organiser)[0]
        self.assertIn("Ada", mail.body_html)
        self.assertIn("&lt;b&gt;12", mail.body_html)
        self.assertNotIn("ada@example.com", mail.body_html)

    def test_a_circle_s_question_is_to_be_answered(self):
        self.request_circle.question = "Which house?"
        with self.refused("answer the circle's question"):
            self._join(self.request_circle)
        self.assertEqual(self._join(self.request_circle, answer="12").state, "applied")

    def test_applying_twice_tells_once(self):
        before = len(self.mails_to(self.organiser))
        self._join(self.request_circle)
        self._join(self.request_circle)
        self.assertEqual(len(self.mails_to(self.organiser)), before + 1)

    def test_an_organiser_accepts_and_the_applicant_is_told(self):
        membership = self._join(self.request_circle)
        answered = membership.with_user(self.organiser.user_id)
        answered.action_accept()
        answered.action_accept()
        self.assertEqual(membership.state, "active")
        self.assertEqual(self.request_circle.member_count, 2)
        self.assertEqual(len(self.mails_to(self.ada)), 1)
        self.assertIn("Welcome", self.mails_to(self.ada).subject)

    def test_an_organiser_refuses_and_the_applicant_is_told_why(self):
        membership = self._join(self.request_circle)
        membership.with_user(self.organiser.user_id).action_refuse("Full house.")
        self.assertEqual(membership.state, "refused")
        self.assertIn("Full house.", self.mails_to(self.ada).body_html)
        with self.assertRaisesRegex(UserError, "said no"):
            self._join(self.request_circle)

    def test_an_applicant_may_think_better_of_it(self):
        membership = self._join(self.request_circle)
        self._leave(self.request_circle)
        self.assertEqual(membership.state, "left")
        self.assertEqual(self._join(self.request_circle).state, "applied")

    # === BY INVITATION === #

    def test_a_hidden_circle_answers_like_one_that_never_was(self):
        answers = set()
        for circle in (self.hidden_circle, self.hidden_circle.browse(10**7)):
            with self.assertRaises(MissingError) as caught:
                self._join(circle)
            answers.add(str(caught.exception))
        self.assertEqual(len(answers), 1)

    def test_who_is_invited_joins(self):
        hidden = self.hidden_circle.with_user(self.organiser.user_id)
        hidden.action_invite(self.ada.id)
        self.assertEqual(self._join(self.hidden_circle).state, "active")

    def test_who_left_a_hidden_circle_does_not_see_it_any_more(self):
        self.add_to_circle(self.hidden_circle, self.ada)
        self._leave(self.hidden_circle)
        with self.assertRaises(MissingError):
            self._join(self.hidden_circle)

    def test_a_listed_circle_by_invitation_shows_itself_and_takes_nobody_in(self):
        circle = self.make_circle("Choir", "invitation", is_listed=True)
        self.assertTrue(circle.with_user(self.visitor).has_access("read"))
        self.assertFalse(circle.with_user(self.ada.user_id).membership_ids)
        with self.refused("by invitation only"):
            self._join(circle)
        circle.with_user(self.organiser.user_id).action_invite(self.ada.id)
        self.assertEqual(self._join(circle).state, "active")

    # === WHO CANNOT === #

    def test_who_cannot_act_cannot_join(self):
        for state, confirmed in (
            ("pending", True),
            ("pending", False),
            ("suspended", True),
        ):
            who = self.make_member(
                f"X{state}{confirmed}", None, "person", state, confirmed
            )
            with self.assertRaises(UserError):
                self._join(self.open_circle, who)
        abroad = self.make_member("Abroad", company=self.other_company)
        with self.assertRaisesRegex(UserError, "not a member here"):
            self._join(self.open_circle, abroad)
        with self.assertRaises(UserError):
            self.open_circle.with_user(self.visitor).action_join()

    def test_a_delegate_joins_for_the_club(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.ada.user_id)
        membership = self._join(self.open_circle, as_member_id=club.id)
        self.assertEqual(membership.member_id, club)
        self._leave(self.open_circle, as_member_id=str(club.id))
        self.assertEqual(membership.state, "left")
        with self.assertRaisesRegex(UserError, "not in this circle"):
            self._leave(self.open_circle)

    def test_a_circle_without_organiser_or_closed_takes_nobody_in(self):
        bare = self.env["ebs.circle"].create(
            {"name": "Bare", "company_id": self.company.id}
        )
        with self.assertRaisesRegex(UserError, "nobody"):
            self._join(bare)
        self.open_circle.action_archive()
        with self.assertRaises(UserError):
            self._join(self.open_circle)

    def test_garbage_is_refused_in_a_sentence(self):
        for values in (
            {"answer": ["x"]},
            {"answer": "x" * 501},
            {"as_member_id": "x"},
            {"as_member_id": [1]},
        ):
            with self.assertRaises(UserError, msg=repr(values)):
                self._join(self.request_circle, **values)
        with self.assertRaises(MissingError):
            self._join(self.env["ebs.circle"])
        with self.assertRaises(MissingError):
            self._join(self.open_circle | self.request_circle)
