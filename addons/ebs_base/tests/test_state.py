# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError

from .common import EbsCase


class TestState(EbsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.make_member("Ada", state="pending")

    def test_nothing_writes_a_state_directly_not_even_the_superuser(self):
        for member in (self.member, self.member.with_user(self.moderator)):
            with self.assertRaisesRegex(UserError, "buttons"):
                member.write({"state": "approved"})
            with self.assertRaisesRegex(UserError, "buttons"):
                member.state = "approved"
        self.assertEqual(self.member.state, "pending")

    def test_the_key_cannot_be_guessed_in_a_context(self):
        member = self.member.with_user(self.moderator)
        for key in (True, 1, "object()", {}, [0]):
            with self.assertRaises(UserError):
                member.with_context(ebs_state_key=key).write({"state": "approved"})

    def test_a_record_starts_at_its_first_step(self):
        values = {"name": "Bo", "company_id": self.company.id}
        with self.assertRaisesRegex(UserError, "first step"):
            self.env["ebs.member"].create({**values, "state": "approved"})
        sly = self.env["ebs.member"].with_context(default_state="approved")
        self.assertEqual(sly.create(values).state, "pending")

    def test_the_same_state_is_skipped(self):
        self.assertFalse(self.member._set_state((), "pending"))

    def test_an_illegal_move_is_refused_in_a_sentence_and_logged(self):
        with (
            self.assertLogs("odoo.addons.ebs_base.models.ebs_state_mixin"),
            self.assertRaisesRegex(UserError, "present step is “Waiting”"),
        ):
            self.member._set_state(("approved",), "suspended")

    def test_state_and_values_are_written_together(self):
        moved = self.member._set_state(("pending",), "left", {"bio": "Gone."})
        self.assertEqual(moved, self.member)
        self.assertEqual((self.member.state, self.member.bio), ("left", "Gone."))
