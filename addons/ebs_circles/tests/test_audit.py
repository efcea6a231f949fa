# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import CirclesCase


class TestAudit(CirclesCase):
    def _break(self, query, *args):
        self.env.flush_all()
        self.env.cr.execute(query, args)
        return self.env["ebs.audit"]._run()

    def test_sound_circles_give_nothing(self):
        self.add_to_circle(self.open_circle, self.make_member("Ada"))
        self.assertEqual(self._break("SELECT 1"), [])

    def test_a_wrong_counter_is_found(self):
        lines = self._break(
            "UPDATE ebs_circle SET member_count = 7 WHERE id = %s", self.open_circle.id
        )
        self.assertEqual(len(lines), 1)
        self.assertIn("counts 7 members and 1 organisers, but has 1 and 1", lines[0])

    def test_a_membership_across_platforms_is_found(self):
        lines = self._break(
            "UPDATE ebs_circle SET company_id = %s WHERE id = %s",
            self.other_company.id,
            self.open_circle.id,
        )
        self.assertEqual(len(lines), 1)

    def test_a_wrong_counter_of_a_member_is_found(self):
        [line] = self._break(
            "UPDATE ebs_member SET circle_count = 7 WHERE id = %s", self.organiser.id
        )
        self.assertIn("counts 7 circles, but is in 3", line)

    def test_a_place_in_a_closed_circle_is_found(self):
        [line] = self._break(
            "UPDATE ebs_circle SET active = FALSE WHERE id = %s", self.open_circle.id
        )
        self.assertIn("is closed, but membership", line)

    def test_an_invitation_used_twice_is_found(self):
        circle = self.open_circle.with_user(self.organiser.user_id)
        letter = circle.action_invite_email("x@example.org")
        [line] = self._break(
            "UPDATE ebs_circle_invitation SET state = 'used' WHERE id = %s", letter.id
        )
        self.assertIn("for one address is used, but not once", line)

    def test_invitations_and_announcements_across_platforms_are_found(self):
        circle = self.open_circle.with_user(self.organiser.user_id)
        circle.action_create_link()
        circle.action_announce("x")
        abroad = self.make_member("Abroad", company=self.other_company)
        self.env.flush_all()
        self._break("UPDATE ebs_circle_invitation SET member_id = %s", abroad.id)
        lines = self._break("UPDATE ebs_announcement SET member_id = %s", abroad.id)
        self.assertEqual(len(lines), 2)
        self.assertIn("two platforms", lines[0])

    def test_an_active_membership_without_date_is_found(self):
        lines = self._break(
            "UPDATE ebs_circle_member SET joined_at = NULL WHERE circle_id = %s",
            self.open_circle.id,
        )
        self.assertEqual(len(lines), 1)
