# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .test_copy_states import CopiesCase


@tagged("ebs_loans")
class TestScan(CopiesCase):
    """A label opens the right page for the one who scans it, and gives no right."""

    def scan(self, user, copy=None, code=None):
        code = code or (copy or self.first).sudo().code
        return self.env["ebs.copy"].with_user(user)._scan(self.company, code)

    def test_a_stranger_gets_to_the_thing_when_it_is_to_be_seen(self):
        for user in (self.visitor, self.stranger, self.rival.user_id):
            found = self.scan(user)
            self.assertEqual(found["role"], "stranger")
            self.assertEqual(found["listing"], self.drills)
        self.drills.sudo().visibility = "circles"
        self.env.invalidate_all()
        for user in (self.visitor, self.stranger, self.rival.user_id):
            self.assertIsNone(self.scan(user))

    def test_the_owner_gets_what_this_copy_waits_for(self):
        owner = self.owner.user_id
        found = self.scan(owner)
        self.assertEqual((found["role"], found["exchange"].ids), ("handler", []))
        self.assertTrue(found["may_change"])
        later = self.lend(self.rival, self.drills, "2026-11-27")
        mine = self.lend(self.borrower, self.drills, "2026-11-23")
        self.assertEqual(self.scan(owner)["exchange"].id, mine.id, "first come")
        self.hand_over(mine)
        with self.at(2026, 11, 26, 9):
            found = self.scan(owner)
            self.assertEqual(found["exchange"].id, mine.id, "late, and still out")
            self.take_back(mine)
            self.assertEqual(self.scan(owner)["exchange"].id, later.id)

    def test_the_owner_is_offered_to_give_this_copy_to_who_comes_today(self):
        today = self.lend(self.borrower, self.drills, "2026-11-23")
        self.lend(self.rival, self.drills, "2026-11-27")
        found = self.scan(self.owner.user_id, self.second)
        self.assertEqual(found["others"].ids, today.ids)
        self.assertFalse(self.scan(self.owner.user_id)["others"])
        self.damage(self.second)
        self.assertFalse(self.scan(self.owner.user_id, self.second)["others"])

    def test_the_borrower_gets_to_the_own_loan_and_to_no_other(self):
        mine = self.lend(self.borrower, self.drills, "2026-11-23")
        self.hand_over(mine)
        found = self.scan(self.borrower.user_id)
        self.assertEqual((found["role"], found["exchange"].id), ("borrower", mine.id))
        self.assertEqual(self.scan(self.rival.user_id)["role"], "stranger")
        self.assertEqual(
            self.scan(self.borrower.user_id, self.second)["role"], "stranger"
        )
        self.drills.sudo().visibility = "circles"
        self.env.invalidate_all()
        self.assertEqual(self.scan(self.borrower.user_id)["role"], "borrower")
        self.assertIsNone(self.scan(self.rival.user_id))

    def test_the_desk_gets_to_the_loans_of_its_platform(self):
        loan = self.lend(self.borrower, self.drills, "2026-11-23")
        found = self.scan(self.desk)
        self.assertEqual((found["role"], found["exchange"].id), ("handler", loan.id))
        self.drills.sudo()._set_state(("published",), "paused")
        self.env.invalidate_all()
        found = self.scan(self.desk)
        self.assertEqual((found["role"], found["may_change"]), ("handler", False))
        self.assertIsNone(self.scan(self.desk, self.second))

    def test_the_loan_of_a_circle_is_not_told_to_the_desk(self):
        circle = self.make_circle("Family", "invitation")
        self.add_to_circle(circle, self.owner, self.borrower)
        inside = self.make_loan_listing(
            self.owner, visibility="circles", circle_ids=circle.ids
        )
        self.lend(self.borrower, inside, "2026-11-23")
        copy = inside.sudo().copy_ids
        self.assertIsNone(self.scan(self.desk, copy))
        self.assertEqual(self.scan(self.owner.user_id, copy)["role"], "handler")

    def test_a_label_is_read_as_people_type_it(self):
        code = self.first.code
        typed = f" {code[:4].lower()}-{code[4:]} "
        self.assertEqual(self.scan(self.owner.user_id, code=typed)["role"], "handler")
        for garbage in ("", " ", "x", "%", "'", "A" * 5000, 5, None, "\x00"):
            with self.subTest(garbage=garbage):
                found = self.env["ebs.copy"].with_user(self.owner.user_id)
                self.assertIsNone(found._scan(self.company, garbage))

    def test_the_label_of_another_platform_is_unknown_here(self):
        copies = self.env["ebs.copy"].with_user(self.owner.user_id)
        self.assertIsNone(copies._scan(self.other_company, self.first.code))

    def test_labels_are_printed_by_the_owner_and_the_desk(self):
        copies = (self.first | self.second).sudo(False)
        for user in (self.owner.user_id, self.desk):
            labels = copies.with_user(user)._get_labels()
            self.assertEqual([one["number"] for one in labels], [1, 2])
            self.assertEqual(labels[0]["code"], self.first.code)
        self.assertEqual(copies.with_user(self.rival.user_id)._get_labels(), [])
