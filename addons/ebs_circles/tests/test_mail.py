# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import CirclesCase


class TestMail(CirclesCase):
    """Who goes is sent nothing more of what already lies in the queue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")
        cls.add_to_circle(cls.hidden_circle, cls.ada, cls.bob)
        cls.add_to_circle(cls.open_circle, cls.ada)
        for circle in (cls.hidden_circle, cls.open_circle):
            circle.with_user(cls.organiser.user_id).action_announce("News")

    def _about(self, member, circle):
        return self.env["mail.mail"].search(
            [("ebs_circle_id", "=", circle.id), ("ebs_member_id", "=", member.id)]
        )

    def test_leaving_withdraws_the_own_mails_about_this_circle(self):
        self.run_announcements()
        self.hidden_circle.with_user(self.ada.user_id).action_leave()
        self.assertFalse(self._about(self.ada, self.hidden_circle))
        self.assertTrue(self._about(self.bob, self.hidden_circle))
        self.assertTrue(self._about(self.ada, self.open_circle))

    def test_being_removed_withdraws_them_and_tells_why(self):
        self.run_announcements()
        place = self.place_of(self.ada, self.hidden_circle)
        place.with_user(self.organiser.user_id).action_remove("Not <kind>.")
        mail = self._about(self.ada, self.hidden_circle)
        self.assertEqual(len(mail), 1)
        self.assertIn("Not &lt;kind&gt;.", mail.body_html)
        self.assertEqual(place.ended_reason, "Not <kind>.")

    def test_suspension_withdraws_those_of_all_circles(self):
        self.run_announcements()
        self.ada.action_suspend("x")
        self.assertFalse(self._about(self.ada, self.hidden_circle))
        self.assertFalse(self._about(self.ada, self.open_circle))
        self.assertTrue(self._about(self.bob, self.hidden_circle))
        self.assertIn("suspended", self.mails_to(self.ada).subject)

    def test_what_failed_is_withdrawn_and_what_was_sent_stays(self):
        self.run_announcements()
        mails = self._about(self.ada, self.hidden_circle)
        sent = mails.copy()
        sent.state = "sent"
        mails.state = "exception"
        self.hidden_circle.with_user(self.ada.user_id).action_leave()
        self.assertFalse(mails.exists())
        self.assertTrue(sent.exists())

    def test_declining_withdraws_the_invitation(self):
        eve = self.make_member("Eve")
        self.hidden_circle.action_invite(eve.id)
        self.assertTrue(self._about(eve, self.hidden_circle))
        self.hidden_circle.with_user(eve.user_id).action_leave()
        self.assertFalse(self._about(eve, self.hidden_circle))

    def test_closing_withdraws_all(self):
        circle = self.hidden_circle.with_user(self.organiser.user_id)
        circle.action_invite_email("neighbour@example.org")
        self.run_announcements()
        circle.action_close()
        mails = self.env["mail.mail"].search(
            [("ebs_circle_id", "=", self.hidden_circle.id)]
        )
        self.assertEqual(mails.ebs_member_id, self.ada | self.bob)
        self.assertEqual(len(mails), 2)

    def test_other_mails_are_about_no_circle(self):
        self.ada._notify("ebs_base.mail_member_approved", "Hello", {})
        self.assertFalse(self.mails_to(self.ada)[0].ebs_circle_id)
