# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path
from runpy import run_path
from unittest.mock import patch

import psycopg2
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models.ebs_copy import CODE_ALPHABET
from .common import LoansCase, utc

SCRIPTS = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0"


class CopiesCase(LoansCase):
    """Two drills, of which one may break."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drills = cls.make_loan_listing(cls.owner, name="Drill", copies=2)
        cls.first, cls.second = cls.drills.sudo().copy_ids

    def by(self, member, record):
        return record.sudo(False).with_user(member.user_id)

    def damage(self, copy, note="The chuck is broken", by=None):
        self.by(by or self.owner, copy).action_report_damage(note)

    def audit(self):
        self.env.flush_all()
        return self.env["ebs.audit"]._run()


@tagged("ebs_loans")
class TestCopyStates(CopiesCase):
    """A copy that is damaged or lost is lent to nobody, and nobody is left alone."""

    # === OUT OF SERVICE === #

    def test_a_damaged_copy_is_not_promised(self):
        self.damage(self.first)
        self.assertEqual(self.drills.copy_count, 1)
        loan = self.lend(self.borrower, self.drills, "2026-11-23").sudo()
        self.assertEqual(loan.copy_id, self.second)
        with self.refused("Already taken"):
            self.ask(self.rival, self.drills, "2026-11-23")

    def test_a_thing_whose_copies_are_all_out_of_service_says_so(self):
        self.damage(self.first)
        self.by(self.owner, self.second).action_report_lost()
        with self.refused("out of service at the moment"):
            self.ask(self.rival, self.drills, "2026-11-23")
        self.assertEqual(self.audit(), [])

    def test_the_loans_of_a_damaged_copy_get_another_one_and_nobody_is_bothered(self):
        loan = self.lend(self.borrower, self.drills, "2026-11-27").sudo()
        self.damage(self.first)
        self.assertEqual(loan.booking_ids.copy_id, self.second)
        self.assertEqual(loan.copy_id, self.second)
        self.assertFalse(self.mails_to(self.borrower, "No copy is left"))
        self.assertEqual(self.audit(), [])

    def test_a_copy_damaged_of_two_that_are_promised_is_told_to_its_borrower_only(self):
        mine = self.lend(self.borrower, self.drills, "2026-11-27").sudo()
        other = self.lend(self.rival, self.drills, "2026-11-27").sudo()
        self.damage(self.first)
        self.assertEqual(other.booking_ids.copy_id, self.second)
        self.assertTrue(mine.booking_ids.is_unserved)
        self.assertEqual(mine.state, "accepted", "nothing is cancelled over their head")
        self.assertEqual(len(self.mails_to(self.borrower, "No copy is left")), 1)
        self.assertFalse(self.mails_to(self.rival, "No copy is left"))
        self.assertFalse(self.mails_to(self.owner, "No copy is left"), "they said so")
        self.assertIn(
            "no other one is free", self.by(self.borrower, mine)._get_next_step()
        )
        self.assertIn("Drill, copy 1", self.by(self.owner, mine)._get_next_step())
        self.assertEqual(self.audit(), [])

    def test_a_copy_put_back_serves_those_who_waited_and_they_are_told(self):
        mine = self.lend(self.borrower, self.drills, "2026-11-27").sudo()
        self.lend(self.rival, self.drills, "2026-11-27")
        self.damage(self.first)
        self.by(self.owner, self.first).action_put_back()
        self.assertFalse(mine.booking_ids.is_unserved)
        self.assertFalse(self.first.note)
        self.assertEqual(len(self.mails_to(self.borrower, "there again")), 1)
        self.assertEqual(self.audit(), [])

    def test_a_cancelled_loan_leaves_its_copy_to_who_has_none(self):
        mine = self.lend(self.borrower, self.drills, "2026-11-27").sudo()
        other = self.lend(self.rival, self.drills, "2026-11-27")
        self.damage(self.first)
        self.by(self.rival, other).action_cancel()
        with self.cron(2026, 11, 24):
            self.env["ebs.booking"]._cron_settle()
        self.assertEqual(mine.booking_ids.copy_id, self.second)
        self.assertFalse(mine.booking_ids.is_unserved)
        self.assertEqual(len(self.mails_to(self.borrower, "there again")), 1)

    def test_who_was_accepted_while_the_copy_broke_is_told_by_the_cron(self):
        """Two transactions that do not see each other: the later look finds it."""
        mine = self.lend(self.borrower, self.drills, "2026-11-27").sudo()
        self.lend(self.rival, self.drills, "2026-11-27")
        with patch.object(type(self.env["ebs.booking"]), "_settle", lambda self: None):
            self.damage(self.first)
        self.assertEqual(len(self.audit()), 1)
        with self.cron(2026, 11, 24):
            self.env["ebs.booking"]._cron_settle()
            self.env["ebs.booking"]._cron_settle()
        self.assertTrue(mine.booking_ids.is_unserved)
        self.assertEqual(len(self.mails_to(self.borrower, "No copy is left")), 1)
        self.assertEqual(len(self.mails_to(self.owner, "No copy is left")), 1)

    def test_one_booking_that_cannot_be_settled_holds_up_none_of_the_others(self):
        self.lend(self.borrower, self.drills, "2026-11-27")
        self.lend(self.rival, self.drills, "2026-11-27")
        booking = type(self.env["ebs.booking"])
        with patch.object(booking, "_settle", lambda self: None):
            self.damage(self.first)
            self.damage(self.second)
        settle, calls = booking._settle, []

        def stumble(one):
            calls.append(one)
            if len(calls) == 1:
                raise ValueError("ouch")
            settle(one)

        with (
            self.cron(2026, 11, 24),
            patch.object(booking, "_settle", stumble),
            mute_logger("odoo.addons.ebs_loans.models.ebs_booking_move"),
        ):
            self.env["ebs.booking"]._cron_settle()
        self.assertEqual(
            sorted(one.is_unserved for one in calls), [False, True], "each was tried"
        )

    # === HAND-OVER === #

    def test_a_damaged_copy_is_not_handed_over(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-23")
        copy = self.drill.sudo().copy_ids
        self.damage(copy)
        with self.refused("Drill, copy 1 is out of service .damaged."):
            self.hand_over(loan)
        self.by(self.owner, copy).action_put_back()
        self.hand_over(loan)
        self.assertEqual(loan.sudo().state, "ongoing")

    def test_what_breaks_while_it_is_lent_comes_back_all_the_same(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-23", "2026-11-25")
        self.hand_over(loan)
        later = self.lend(self.rival, self.drill, "2026-11-27").sudo()
        self.damage(self.drill.sudo().copy_ids)
        self.assertTrue(later.booking_ids.is_unserved)
        self.take_back(loan)
        self.assertEqual(loan.sudo().state, "done")
        self.assertEqual(self.audit(), [])

    def test_the_copy_at_hand_takes_the_place_of_the_one_that_was_kept(self):
        """Whoever hands over takes the nearest; both borrowers are served."""
        mine = self.lend(self.borrower, self.drills, "2026-11-23", "2026-11-24").sudo()
        other = self.lend(self.rival, self.drills, "2026-11-23").sudo()
        self.assertEqual((mine.copy_id, other.copy_id), (self.first, self.second))
        self.by(self.owner, self.second).action_assign(mine.id)
        self.assertEqual((mine.copy_id, other.copy_id), (self.second, self.first))
        self.assertEqual(other.booking_ids.date_start, utc(2026, 11, 23, 8))
        self.hand_over(mine)
        self.hand_over(other)
        self.assertEqual(mine.booking_ids.copy_id, self.second)
        self.assertEqual(self.audit(), [])

    def test_what_is_booked_by_another_is_not_handed_over_by_its_label(self):
        """leihs#1628: a scan at the desk gave away what somebody else had booked."""
        mine = self.lend(self.borrower, self.drills, "2026-11-23", "2026-11-26").sudo()
        self.lend(self.rival, self.drills, "2026-11-23").sudo()
        # The longer loan does not fit where the second copy is kept afterwards.
        long = self.lend(self.rival, self.drills, "2026-11-25").sudo()
        self.assertEqual(long.copy_id, self.second)
        with self.refused("kept for somebody else"):
            self.by(self.owner, self.second).action_assign(mine.id)
        self.assertEqual(mine.booking_ids.copy_id, self.first, "nothing moved")
        self.assertEqual(self.audit(), [])

    def test_a_copy_that_is_out_is_given_to_nobody_else(self):
        other = self.lend(self.rival, self.drills, "2026-11-23")
        self.hand_over(other)
        mine = self.lend(self.borrower, self.drills, "2026-11-23").sudo()
        with self.refused("kept for somebody else"):
            self.by(self.owner, self.first).action_assign(mine.id)

    def test_a_copy_of_something_else_or_out_of_service_is_not_given(self):
        mine = self.lend(self.borrower, self.drills, "2026-11-23").sudo()
        elsewhere = self.drill.sudo().copy_ids
        with self.refused("something else"):
            self.by(self.owner, elsewhere).action_assign(mine.id)
        self.damage(self.second)
        with self.refused("out of service"):
            self.by(self.owner, self.second).action_assign(mine.id)
        for garbage in (0, None, "x", 10**12, [], mine.id + 999):
            with self.subTest(garbage=garbage), self.assertRaises(MissingError):
                self.by(self.owner, self.second).action_assign(garbage)

    # === NUMBER OF COPIES === #

    def test_a_withdrawn_copy_comes_back_before_a_new_one_is_made(self):
        self.drills.sudo().copy_count = 1
        self.assertEqual(self.second.state, "withdrawn")
        self.drills.sudo().copy_count = 2
        self.assertEqual(self.second.state, "in_service")
        self.assertEqual(len(self.drills.sudo().all_copy_ids), 2)

    def test_a_damaged_copy_is_not_counted_and_not_made_whole_by_a_number(self):
        self.damage(self.first)
        self.drills.sudo().copy_count = 2
        self.assertEqual(self.first.state, "damaged")
        self.assertEqual(self.drills.sudo().copy_ids.mapped("number"), [2, 3])

    def test_a_copy_is_withdrawn_once_nobody_counts_on_it(self):
        copy = self.drill.sudo().copy_ids
        loan = self.lend(self.borrower, self.drill, "2026-11-27")
        with self.refused("Somebody counts on it"):
            self.by(self.owner, copy).action_withdraw()
        self.assertFalse(self.mails_to(self.borrower, "No copy is left"))
        self.by(self.borrower, loan).action_cancel()
        self.by(self.owner, copy).action_withdraw()
        self.assertEqual(copy.state, "withdrawn")

    def test_a_copy_that_is_out_is_not_withdrawn(self):
        self.hand_over(self.lend(self.borrower, self.drill, "2026-11-23"))
        with self.refused("note its return first"):
            self.by(self.owner, self.drill.sudo().copy_ids).action_withdraw()

    def test_what_was_given_for_good_is_not_lent_any_more(self):
        gift = self.make_loan_listing(self.owner, name="Gift", copies=2)
        gift.sudo()._close_given()
        self.assertEqual(set(gift.sudo().all_copy_ids.mapped("state")), {"withdrawn"})

    # === WHO MAY === #

    def test_only_the_owner_and_the_desk_note_what_is_wrong(self):
        for member in (self.borrower, self.rival):
            copy = self.by(member, self.first)
            for act in (
                copy.action_report_damage,
                copy.action_report_lost,
                copy.action_withdraw,
                copy.action_put_back,
                lambda copy=copy: copy.action_assign(1),
            ):
                with self.assertRaises(AccessError):
                    act()
        self.assertEqual(self.first.state, "in_service")
        desk = self.first.sudo(False).with_user(self.desk)
        desk.action_report_damage("Seen at the desk")
        self.assertEqual(self.first.state, "damaged")
        self.assertEqual(self.first.note, "Seen at the desk")
        self.assertEqual(len(self.mails_to(self.owner, "Seen at the desk")), 1)

    def test_the_desk_of_another_platform_and_who_sees_no_listing_find_nothing(self):
        self.desk.sudo().write(
            {"company_id": self.other_company.id, "company_ids": self.other_company.ids}
        )
        with self.assertRaises(AccessError):
            self.first.sudo(False).with_user(self.desk).action_report_damage()
        self.drills.sudo().visibility = "circles"
        self.env.invalidate_all()
        with self.assertRaises(MissingError):
            self.by(self.borrower, self.first).action_report_damage()

    def test_codes_and_notes_are_read_by_staff_only(self):
        self.damage(self.first)
        for field in ("code", "note"):
            with self.assertRaises(AccessError):
                self.by(self.borrower, self.first).read([field])
            with self.assertRaises(AccessError):
                self.by(self.borrower, self.first).search([(field, "!=", False)])
        self.assertTrue(self.first.sudo(False).with_user(self.desk).code)

    def test_a_senseless_note_is_refused_or_cut_nowhere(self):
        for garbage in ([], {}, 5, "x" * 501):
            with self.subTest(garbage=garbage), self.assertRaises(UserError):
                self.damage(self.second, garbage)

    # === DATABASE === #

    def test_labels_have_codes_that_no_eye_mistakes(self):
        codes = (self.first | self.second).mapped("code")
        self.assertEqual(len(set(codes)), 2)
        for code in codes:
            self.assertEqual(len(code), 8)
            self.assertLessEqual(set(code), set(CODE_ALPHABET))
        self.assertFalse(set("01OIL") & set(CODE_ALPHABET))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.first.code = self.second.code
            self.first.flush_recordset()

    def test_only_a_loan_has_an_exchange(self):
        loan = self.ask(self.borrower, self.drills, "2026-11-27").sudo()
        period = {
            "copy_id": self.first.id,
            "date_start": utc(2026, 12, 1),
            "date_end": utc(2026, 12, 2),
        }
        bookings = self.env["ebs.booking"].sudo()
        for values in (
            {"kind": "loan"},
            {"kind": "maintenance", "exchange_id": loan.id},
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                bookings.create({**period, **values}).flush_recordset()
        repair = bookings.create({**period, "kind": "maintenance"})
        self.assertEqual(repair.company_id, self.company)
        mine = repair.sudo(False)
        self.assertTrue(mine.with_user(self.desk).has_access("read"))
        self.assertFalse(self.by(self.borrower, mine).has_access("read"))

    def test_archived_copies_become_withdrawn_ones_with_a_label(self):
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            SQL(
                """ALTER TABLE ebs_copy DROP COLUMN state, DROP COLUMN code,
                   ADD COLUMN active boolean DEFAULT true"""
            )
        )
        cr.execute(
            SQL("UPDATE ebs_copy SET active = FALSE WHERE id = %s", self.second.id)
        )
        script = run_path(str(SCRIPTS / "pre-copies.py"))
        script["migrate"](cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(self.first.state, "in_service")
        self.assertEqual(self.second.state, "withdrawn")
        self.assertEqual(len(self.first.code), 8)
        self.assertNotEqual(self.first.code, self.second.code)
