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

    def test_an_active_membership_without_date_is_found(self):
        lines = self._break(
            "UPDATE ebs_circle_member SET joined_at = NULL WHERE circle_id = %s",
            self.open_circle.id,
        )
        self.assertEqual(len(lines), 1)
