# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import runpy
from pathlib import Path

from .common import CirclesCase

SCRIPT = Path(__file__).parents[1] / "migrations/19.0.1.1.0/post-migrate.py"


class TestMigration(CirclesCase):
    def test_circles_by_invitation_stay_secret_and_members_are_counted(self):
        ada = self.make_member("Ada")
        self.add_to_circle(self.hidden_circle, ada)
        closed = self.make_circle("Closed", "open")
        self.env.flush_all()
        self.env.cr.execute("UPDATE ebs_circle SET is_listed = TRUE")
        self.env.cr.execute("UPDATE ebs_member SET circle_count = 0")
        self.env.cr.execute(
            "UPDATE ebs_circle SET active = FALSE WHERE id = %s", [closed.id]
        )
        runpy.run_path(str(SCRIPT))["migrate"](self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertFalse(self.hidden_circle.is_listed)
        self.assertTrue(self.open_circle.is_listed)
        self.assertEqual(ada.circle_count, 1)
        self.assertEqual(self.organiser.circle_count, 3)
        self.assertEqual(closed.membership_ids.state, "left")
        self.assertEqual(self.env["ebs.audit"]._run(), [])
