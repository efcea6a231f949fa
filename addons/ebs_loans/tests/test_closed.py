# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged

from .calendar_common import CalendarCase
from .common import utc


@tagged("ebs_loans")
class TestClosed(CalendarCase):
    """An owner closes days of a thing, and opens them again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.drill.with_user(cls.owner.user_id)

    def test_closed_days_take_all_copies(self):
        self.drill.sudo()._set_copy_count(2)
        self.mine.action_set_closed("2026-11-27", "2026-11-28")
        with self.refused("Already taken from Friday 27 November to Saturday 28"):
            self.ask(self.borrower, self.drill, "2026-11-26", "2026-11-29")
        self.ask(self.borrower, self.drill, "2026-11-29")
        self.assertEqual(
            self.states(self.drill, date(2026, 11, 26), date(2026, 11, 29)),
            ["free", "closed", "closed", "free"],
        )

    def test_what_an_outside_calendar_takes_is_taken_not_closed(self):
        self.env["ebs.availability"].create(
            {
                "listing_id": self.drill.id,
                "date_start": utc(2026, 11, 27, 9),
                "date_end": utc(2026, 11, 27, 10),
                "is_outside": True,
            }
        )
        self.assertEqual(
            self.states(self.drill, date(2026, 11, 27), date(2026, 11, 27)), ["busy"]
        )

    def test_days_are_open_again(self):
        known = self.mine.action_set_closed("2026-11-27")
        self.mine.action_unset_closed(known)
        self.ask(self.borrower, self.drill, "2026-11-27")
        with self.refused("not there any more"):
            self.mine.action_unset_closed(known)

    def test_promised_days_are_not_closed(self):
        self.lend(self.borrower, self.drill, "2026-11-27", "2026-11-28")
        with self.refused("promised from Friday 27 November to Saturday 28 November"):
            self.mine.action_set_closed("2026-11-28", "2026-12-02")
        self.mine.action_set_closed("2026-11-29")

    def test_a_request_for_days_that_were_closed_since_is_not_accepted(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.mine.action_set_closed("2026-11-27")
        with self.refused("Already taken on Friday 27 November"):
            self.accept(loan)

    def test_time_between_loans_may_reach_into_a_closed_day(self):
        self.set_rules(loan_buffer=12)
        self.mine.action_set_closed("2026-11-28")
        self.lend(self.borrower, self.drill, "2026-11-27")

    def test_days_that_make_no_sense_get_a_sentence(self):
        for first, last in (
            ("2026-11-22", None),
            ("2026-11-28", "2026-11-27"),
            ("9999-12-31", None),
            ("x", None),
            (None, None),
            ({}, []),
        ):
            with self.subTest(first=first), self.assertRaises(UserError):
                self.mine.action_set_closed(first, last)

    def test_nobody_else_closes_or_opens_it(self):
        known = self.mine.action_set_closed("2026-11-27")
        hidden = self.make_loan_listing(self.owner, visibility="members")
        for user in (self.rival.user_id, self.env.ref("base.public_user")):
            with self.assertRaises(UserError):
                self.drill.with_user(user).action_set_closed("2026-12-01")
            with self.assertRaises(UserError):
                self.drill.with_user(user).action_unset_closed(known)
        with self.assertRaises(MissingError):
            hidden.with_user(self.env.ref("base.public_user")).action_set_closed(
                "2026-12-01"
            )
        self.assertTrue(self.env["ebs.availability"].sudo().browse(known).exists())

    def test_closed_periods_are_read_with_their_listing(self):
        hidden = self.make_loan_listing(self.owner, visibility="members")
        hidden.with_user(self.owner.user_id).action_set_closed("2026-11-27")
        self.mine.action_set_closed("2026-11-27")
        visitor = self.env["ebs.availability"].with_user(
            self.env.ref("base.public_user")
        )
        self.assertEqual(visitor.search([]).listing_id, self.drill)
        with self.assertRaises(AccessError):
            visitor.search([]).unlink()

    # === WEEKLY HOURS === #

    def test_the_owner_types_the_hours_of_the_week(self):
        self.mine.action_save({"hours": {"5": [["09:00", "12:30"]]}})
        self.assertEqual(self.drill._get_hours(), {"5": [("09:00", "12:30")]})
        self.ask(self.borrower, self.drill, "2026-11-28")
        with self.refused("closed on Friday"):
            self.ask(self.borrower, self.drill, "2026-11-27")

    def test_hours_typed_again_are_the_same_ones(self):
        hours = {"5": [["09:00", "12:30"]]}
        self.mine.action_save({"hours": hours})
        calendar = self.drill.sudo().calendar_id
        self.mine.action_save({"hours": hours})
        self.assertEqual(self.drill.sudo().calendar_id, calendar)
        self.mine.action_save({"hours": {"6": [["09:00", "24:00"]]}})
        self.assertEqual(self.drill.sudo().calendar_id, calendar)
        self.assertEqual(self.drill._get_hours(), {"6": [("09:00", "24:00")]})
        self.mine.action_save({"hours": {}})
        self.assertFalse(self.drill.sudo().calendar_id)
        self.assertFalse(calendar.exists())

    def test_hours_that_staff_gave_are_left_alone(self):
        shared = self.make_hours("01234", ((9, 12),))
        self.set_rules(calendar_id=shared.id)
        self.mine.action_save({"hours": {"5": [["09:00", "12:00"]]}})
        self.assertEqual(len(shared.attendance_ids), 5)
        self.assertNotEqual(self.drill.sudo().calendar_id, shared)

    def test_hours_that_make_no_sense_get_a_sentence(self):
        for hours in (
            "always",
            {"7": [["09:00", "12:00"]]},
            {"0": "09:00"},
            {"0": [["09:00"]]},
            {"0": [["9", "12"]]},
            {"0": [["12:00", "09:00"]]},
            {"0": [["09:00", "25:00"]]},
            {"0": [["09:00", "12:00"], ["11:00", "13:00"]]},
            {"0": [["09:00", "10:00"]] * 9},
        ):
            with self.subTest(hours=hours), self.assertRaises(UserError):
                self.mine.action_save({"hours": hours})

    def test_its_hours_go_with_a_listing(self):
        self.mine.action_save({"hours": {"5": [["09:00", "12:30"]]}})
        calendar = self.drill.sudo().calendar_id
        self.drill.sudo().unlink()
        self.assertFalse(calendar.exists())
