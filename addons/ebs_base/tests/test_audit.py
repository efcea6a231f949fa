# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import EbsCase


class TestAudit(EbsCase):
    def test_a_sound_database_gives_nothing(self):
        self.make_member("Ada")
        self.make_member("Sue", state="suspended")
        self.assertEqual(self._run(), [])

    def test_each_broken_invariant_gives_one_line(self):
        ada = self.make_member("Ada")
        bob = self.make_member("Bob")
        ada.private_ids.unlink()
        bob.joined_on = False
        lines = self._run()
        self.assertEqual(
            lines,
            [
                f"member {ada.id} has no private data",
                f"member {bob.id} is approved without a date of approval",
            ],
        )

    def test_a_consent_for_another_platform_is_found(self):
        ada = self.make_member("Ada")
        foreign = self.env["ebs.terms"]._get_current(self.other_company)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ebs_consent SET terms_id = %s WHERE member_id = %s",
            [foreign.id, ada.id],
        )
        self.assertEqual(len(self._run()), 1)

    def test_a_platform_without_terms_is_found(self):
        self.env["ebs.terms"]._get_current(self.other_company).unlink()
        self.assertEqual(
            self._run(), [f"platform {self.other_company.id} has no terms"]
        )

    def _run(self):
        """Return what was not there before this test."""
        return [line for line in self.env["ebs.audit"]._run() if line not in self.known]

    def setUp(self):
        super().setUp()
        self.known = self.env["ebs.audit"]._run()
