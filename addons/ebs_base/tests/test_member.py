# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError, UserError
from psycopg2 import DatabaseError

from .common import EbsCase
from .test_utils import make_picture


class TestMember(EbsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")

    # === PROFILE === #

    def test_a_member_changes_its_own_persona(self):
        self.as_user(self.ada).action_update_profile(
            {
                "name": "  Ada   L. ",
                "bio": "I mend bikes.\r\nAsk me.",
                "zone_id": str(self.zone.id),
                "phone": "06 12 34 56 78",
                "image": make_picture(),
            }
        )
        self.assertEqual(self.ada.name, "Ada L.")
        self.assertEqual(self.ada.bio, "I mend bikes.\nAsk me.")
        self.assertEqual(self.ada.zone_id, self.zone)
        self.assertEqual(self.ada.private_ids.phone, "+33612345678")
        self.assertTrue(self.ada.image_128)

    def test_what_is_not_sent_stays_and_what_is_emptied_goes(self):
        mine = self.as_user(self.ada)
        mine.action_update_profile({"bio": "Hello", "zone_id": self.zone.id})
        mine.action_update_profile({"zone_id": ""})
        self.assertEqual((self.ada.bio, self.ada.zone_id.id), ("Hello", False))
        mine.action_update_profile({"phone": "+33612345678"})
        mine.action_update_profile({"phone": ""})
        self.assertFalse(self.ada.private_ids.phone)

    def test_a_delegate_changes_the_persona_it_acts_for(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.ada.user_id)
        club.with_user(self.ada.user_id).action_update_profile({"bio": "Walks."})
        self.assertEqual(club.bio, "Walks.")

    def test_nobody_changes_another_s_persona(self):
        for user in (self.bob.user_id, self.moderator, self.stranger, self.visitor):
            with self.assertRaises(AccessError):
                self.ada.with_user(user).action_update_profile({"name": "Hacked"})
        self.assertEqual(self.ada.name, "Ada")

    def test_garbage_is_refused_in_a_sentence(self):
        mine = self.as_user(self.ada)
        elsewhere = self.env["ebs.zone"].create(
            {"company_id": self.other_company.id, "name": "Elsewhere"}
        )
        for values in (
            None,
            [],
            "name",
            {"state": "approved"},
            {"company_id": self.other_company.id},
            {"user_id": self.bob.user_id.id},
            {3: 4},
            {"name": ""},
            {"name": " \0 "},
            {"name": "x" * 61},
            {"name": ["x"]},
            {"bio": "x" * 1001},
            {"bio": 5},
            {"zone_id": "x"},
            {"zone_id": 2**40},
            {"zone_id": [self.zone.id]},
            {"zone_id": elsewhere.id},
            {"phone": "12"},
            {"phone": "not a number"},
            {"phone": {"a": 1}},
            {"phone": "1" * 41},
            {"image": "no picture"},
            {"image": 7},
        ):
            with self.assertRaises(UserError, msg=repr(values)):
                mine.action_update_profile(values)
        self.assertEqual(self.ada.name, "Ada")

    def test_a_hidden_member_and_one_that_never_was_answer_alike(self):
        hidden = self.make_member("Hidden", state="pending")
        mine = self.as_user(self.ada)
        answers = set()
        for member_id in (hidden.id, hidden.id + 10**6):
            with self.assertRaises(MissingError) as caught:
                mine.browse(member_id).action_update_profile({})
            answers.add(str(caught.exception))
        self.assertEqual(len(answers), 1)

    # === STAFF === #

    def test_a_moderator_approves_and_the_member_is_told(self):
        new = self.make_member("Newcomer", state="pending")
        new.with_user(self.moderator).action_approve()
        self.assertEqual(new.state, "approved")
        self.assertEqual(new.joined_on, self.company._ebs_today())
        self.assertEqual(self.mails_to(new)[0].subject, "Welcome!")

    def test_approving_twice_tells_once(self):
        new = self.make_member("Newcomer", state="pending")
        (new | new).with_user(self.moderator).action_approve()
        new.with_user(self.moderator).action_approve()
        self.assertEqual(len(self.mails_to(new)), 1)

    def test_a_moderator_suspends_with_a_reason_and_reinstates(self):
        ada = self.ada.with_user(self.moderator)
        joined_on = self.ada.joined_on
        ada.action_suspend("Rude <b>words</b>.")
        self.assertEqual(self.ada.state, "suspended")
        mail = self.mails_to(self.ada)[0]
        self.assertIn("Rude &lt;b&gt;words&lt;/b&gt;.", mail.body_html)
        ada.action_reinstate()
        self.assertEqual((self.ada.state, self.ada.joined_on), ("approved", joined_on))
        self.assertIn("open again", self.mails_to(self.ada)[0].subject)

    def test_who_was_suspended_before_approval_joins_when_reinstated(self):
        new = self.make_member("Newcomer", state="pending").with_user(self.moderator)
        new.action_suspend("Wait.")
        new.action_reinstate()
        self.assertTrue(new.joined_on)

    def test_the_reason_of_a_suspension_stays_in_the_log(self):
        self.ada.with_user(self.moderator).action_suspend("Rude.")
        self.assertIn("Rude.", "".join(self.ada.message_ids.mapped("body")))

    def test_nobody_else_decides_on_members(self):
        abroad = self.make_member("Abroad", company=self.other_company)
        with self.assertRaises(AccessError):
            abroad.with_user(self.moderator).action_suspend("x")
        for user in (
            self.ada.user_id,
            self.bob.user_id,
            self.desk,
            self.stranger,
            self.visitor,
        ):
            for act in ("action_approve", "action_suspend", "action_reinstate"):
                with self.assertRaises(AccessError):
                    getattr(self.ada.with_user(user), act)()

    def test_a_step_that_is_not_possible_says_so(self):
        with self.assertRaisesRegex(UserError, "present step"):
            self.ada._set_state(("approved",), "left")
            self.ada.with_user(self.moderator).action_suspend("x")

    def test_the_window_for_suspending_asks_for_the_reason(self):
        wizard = self.env["ebs.member.suspend"].with_user(self.moderator)
        wizard = wizard.with_context(active_ids=self.ada.ids).create(
            {"reason": "Rude."}
        )
        wizard.action_confirm()
        self.assertEqual(self.ada.state, "suspended")

    def test_staff_make_an_organisation_without_account(self):
        club = (
            self.env["ebs.member"]
            .with_user(self.moderator)
            .create(
                {"name": "Club", "kind": "association", "company_id": self.company.id}
            )
        )
        self.assertTrue(club.private_ids)
        with self.assertRaises(AccessError):
            club.copy({"company_id": self.other_company.id})

    def test_a_phone_is_kept_in_one_form_whoever_types_it(self):
        private = self.ada.private_ids.with_user(self.moderator)
        private.phone = "06.12.34.56.78"
        self.assertEqual(private.phone, "+33612345678")
        with self.assertRaises(UserError):
            private.phone = "123"

    def test_a_name_and_words_have_a_length_that_the_database_keeps(self):
        self.assertRaises(DatabaseError, self._write_raw, "name", "x" * 61)
        self.assertRaises(DatabaseError, self._write_raw, "bio", "x" * 1001)

    def _write_raw(self, field, value):
        with self.env.cr.savepoint():
            # The field is named by the test itself.
            self.env.cr.execute(
                f"UPDATE ebs_member SET {field} = %s WHERE id = %s",  # noqa: S608
                [value, self.ada.id],
                log_exceptions=False,
            )
