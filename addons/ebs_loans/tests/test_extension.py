# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LoansCase, utc


@tagged("ebs_loans")
class TestExtension(LoansCase):
    """Keeping it longer: at once where nobody minds, else by asking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loan = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-25")
        cls.hand_over(cls.loan)

    def extend(self, day, loan=None):
        self.by(self.borrower, loan or self.loan).action_extend(day)

    def allow(self):
        self.company.sudo().ebs_extend_alone = True

    # === AT ONCE === #

    def test_one_click_where_the_rules_allow_and_nobody_waits(self):
        self.allow()
        self.extend("2026-11-28")
        loan = self.loan.sudo()
        self.assertEqual(str(loan.day_end), "2026-11-28")
        self.assertEqual(loan.booking_ids.date_end, loan.date_end)
        self.assertFalse(loan.extension_asked_until)
        self.assertTrue(self.mails_to(self.owner, "How long it lasts"))

    def test_what_was_agreed_at_once_is_extended_at_once(self):
        listing = self.make_loan_listing(self.owner, agreement="instant")
        loan = self.hand_over(self.ask(self.borrower, listing, "2026-11-23"))
        self.extend("2026-11-24", loan)
        self.assertEqual(str(loan.sudo().day_end), "2026-11-24")

    def test_an_extension_over_a_loan_to_come_is_refused(self):
        """Lend Engine 120 and 169: extended over somebody else's reservation."""
        self.allow()
        self.lend(self.rival, self.drill, "2026-11-27")
        with self.refused("promised to somebody else from Friday 27 November on"):
            self.extend("2026-11-27")
        self.assertEqual(str(self.loan.sudo().day_end), "2026-11-25")
        self.extend("2026-11-26")

    def test_an_extension_ends_at_the_same_hour_over_the_change_of_clocks(self):
        listing = self.make_loan_listing(self.owner, agreement="instant")
        self.take_back(self.loan)
        with self.at(2027, 10, 30, 9):
            loan = self.hand_over(self.ask(self.borrower, listing, "2027-10-30"))
            self.extend("2027-10-31", loan)
        self.assertEqual(loan.sudo().date_end, utc(2027, 10, 31, 23))

    def test_the_reminders_follow(self):
        self.allow()
        self.extend("2026-11-28")
        waiting = self.loan.sudo().reminder_ids.filtered(
            lambda one: one.state == "waiting"
        )
        days = [str(one.due_at.date()) for one in waiting.sorted("due_at")]
        self.assertEqual(days, ["2026-11-27", "2026-11-29", "2026-12-01", "2026-12-05"])

    def test_the_reminders_follow_twice(self):
        """Two days more: the new first one falls on the old third one."""
        self.allow()
        self.extend("2026-11-27")
        self.extend("2026-11-29")
        waiting = self.loan.sudo().reminder_ids.filtered(
            lambda one: one.state == "waiting"
        )
        self.assertEqual(len(waiting), 4)

    # === ASKED === #

    def test_else_it_is_asked_and_the_owner_says_yes(self):
        self.extend("2026-11-27")
        loan = self.loan.sudo()
        self.assertEqual(str(loan.day_end), "2026-11-25")
        self.assertIn("Wednesday 25", self.by(self.borrower, loan)._get_next_step())
        self.assertIn("Friday 27", self.by(self.owner, loan)._get_next_step())
        self.assertTrue(self.mails_to(self.owner, "would like to keep"))
        self.by(self.owner, loan).action_accept_extension()
        self.assertEqual(str(loan.day_end), "2026-11-27")
        self.assertTrue(self.mails_to(self.borrower, "How long it lasts"))

    def test_the_owner_says_no(self):
        self.extend("2026-11-27")
        self.by(self.owner, self.loan).action_decline_extension()
        self.assertEqual(str(self.loan.sudo().day_end), "2026-11-25")
        self.assertFalse(self.loan.sudo().extension_asked_until)

    def test_where_others_wait_it_is_asked_whatever_the_rules(self):
        self.allow()
        self.by(self.rival, self.drill).action_wait()
        self.extend("2026-11-27")
        self.assertTrue(self.loan.sudo().extension_asked_until)
        self.assertIn(
            "others wait for it (1)", self.by(self.owner, self.loan)._get_next_step()
        )
        self.assertTrue(self.mails_to(self.owner, "Others wait for it"))
        self.loan.with_user(self.desk).action_decline_extension()
        self.assertEqual(str(self.loan.sudo().day_end), "2026-11-25")

    def test_who_is_late_asks(self):
        self.allow()
        with self.at(2026, 11, 27, 9):
            self.extend("2026-11-28")
            self.assertTrue(self.loan.sudo().extension_asked_until)
            self.by(self.owner, self.loan).action_accept_extension()
            self.assertFalse(self.loan.sudo().is_late)

    def test_a_yes_over_a_loan_agreed_meanwhile_is_refused(self):
        self.extend("2026-11-27")
        self.lend(self.rival, self.drill, "2026-11-26")
        with self.refused("promised to somebody else from Thursday 26"):
            self.by(self.owner, self.loan).action_accept_extension()
        self.assertTrue(self.loan.sudo().extension_asked_until)

    def test_what_comes_back_is_not_extended_any_more(self):
        self.extend("2026-11-27")
        self.take_back(self.loan)
        self.assertFalse(self.loan.sudo().extension_asked_until)

    # === WHAT IS REFUSED === #

    def test_the_longest_loan_stays_the_longest(self):
        self.company.sudo().ebs_loan_max_days = 4
        with self.refused("4 days at most: this one ends on Thursday 26 November"):
            self.extend("2026-11-27")
        self.garden.sudo().loan_max_days = 3
        with self.refused("3 days at most"):
            self.extend("2026-11-26")

    def test_it_ends_when_it_is_lent_and_open(self):
        self.allow()
        self.by(self.owner, self.drill).action_set_closed("2026-11-28", "2026-11-30")
        with self.refused("not lent from Saturday 28 November on"):
            self.extend("2026-11-29")
        days = [
            {"name": "Open", "dayofweek": str(day), "hour_from": 9, "hour_to": 18}
            for day in range(4)
        ]
        self.drill.sudo().calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Monday to Thursday",
                "company_id": self.company.id,
                "tz": "Europe/Paris",
                "attendance_ids": [Command.clear(), *map(Command.create, days)],
            }
        )
        with self.refused("closed on Friday 27 November"):
            self.extend("2026-11-27")
        self.extend("2026-11-26")

    def test_garbage_gets_a_sentence(self):
        for garbage in (None, False, "", "soon", "2026-11-25", "2026-13-01", 7, [], {}):
            with self.subTest(garbage=garbage), self.refused("Choose a day after"):
                self.extend(garbage)

    def test_only_the_borrower_asks_and_only_the_other_side_answers(self):
        for member in (self.owner, self.rival):
            with self.assertRaises(UserError):
                self.by(member, self.loan).action_extend("2026-11-27")
        self.extend("2026-11-27")
        for act in ("action_accept_extension", "action_decline_extension"):
            for member in (self.borrower, self.rival):
                with self.assertRaises(UserError):
                    getattr(self.by(member, self.loan), act)()
