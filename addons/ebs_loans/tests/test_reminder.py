# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

import psycopg2
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LoansCase, utc


@tagged("ebs_loans")
class TestReminder(LoansCase):
    """One message the day before a return, at ten in the morning, sent once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loan = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-27")
        cls.hand_over(cls.loan)

    @property
    def reminder(self):
        return self.get_reminder(self.loan)

    def get_reminder(self, loan):
        """What is owed before the last day."""
        reminders = loan.sudo().reminder_ids
        return reminders.filtered(lambda one: one.kind == "return")

    def send_at(self, *moment):
        with self.cron(*moment):
            self.env["ebs.reminder"].sudo()._cron_send_due()

    def reminded(self):
        return len(self.mails_to(self.borrower, "To bring back soon"))

    # === PLANNING === #

    def test_handing_over_plans_a_reminder_for_the_day_before(self):
        self.assertEqual(len(self.reminder), 1)
        self.assertEqual(self.reminder.state, "waiting")
        self.assertEqual(self.reminder.member_id, self.borrower)
        self.assertEqual(self.reminder.due_at, utc(2026, 11, 26, 9))

    def test_ten_in_the_morning_is_local_after_a_clock_change(self):
        with self.at(2027, 3, 26, 8):
            listing = self.make_loan_listing(self.owner)
            loan = self.lend(self.rival, listing, "2027-03-26", "2027-03-29").sudo()
            self.hand_over(loan)
        self.assertEqual(self.get_reminder(loan).due_at, utc(2027, 3, 28, 8))

    def test_nothing_is_planned_when_the_day_before_is_past(self):
        listing = self.make_loan_listing(self.owner)
        loan = self.lend(self.rival, listing, "2026-11-23")
        self.hand_over(loan)
        self.assertFalse(self.get_reminder(loan))

    def test_nothing_is_planned_for_later_the_same_morning(self):
        listing = self.make_loan_listing(self.owner)
        loan = self.lend(self.rival, listing, "2026-11-23", "2026-11-24")
        with self.at(2026, 11, 23, 9, 0, 1):
            self.hand_over(loan)
        self.assertFalse(self.get_reminder(loan))

    # === SENDING === #

    def test_it_is_sent_when_due_and_not_before(self):
        self.send_at(2026, 11, 26, 8, 59, 59)
        self.assertEqual(self.reminder.state, "waiting")
        self.assertEqual(self.reminded(), 0)
        self.send_at(2026, 11, 26, 9)
        self.assertEqual(self.reminder.state, "sent")
        self.assertEqual(self.reminder.sent_at, utc(2026, 11, 26, 9))
        self.assertEqual(self.reminded(), 1)

    def test_it_is_sent_once_however_often_the_cron_runs(self):
        for minute in range(5):
            self.send_at(2026, 11, 26, 9, minute)
        self.assertEqual(self.reminded(), 1)

    def test_it_is_queued_and_nothing_leaves_here(self):
        self.send_at(2026, 11, 26, 9)
        mail = self.mails_to(self.borrower, "To bring back soon")
        self.assertEqual(mail.state, "outgoing")
        self.assertFalse(mail.model or mail.res_id)

    def test_it_speaks_the_borrowers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.borrower.sudo().user_id.lang = "fr_FR"
        self.send_at(2026, 11, 26, 9)
        subjects = self.mails_to(self.borrower, "vendredi 27 novembre").mapped(
            "subject"
        )
        self.assertEqual(subjects[:1], ["À rapporter bientôt : « Drill »"])

    def test_it_gives_nobodys_address_away(self):
        self.send_at(2026, 11, 26, 9)
        mail = self.mails_to(self.borrower, "To bring back soon")
        owner = self.owner.sudo().user_id
        for text in (mail.body_html, mail.email_from, mail.reply_to, mail.subject):
            self.assertNotIn(owner.email, text)

    def test_each_one_is_committed_on_its_own(self):
        listing = self.make_loan_listing(self.owner, copies=2)
        for member in (self.borrower, self.rival):
            self.hand_over(self.lend(member, listing, "2026-11-23", "2026-11-27"))
        with self.cron(2026, 11, 26, 9) as commits:
            self.env["ebs.reminder"].sudo()._cron_send_due()
        self.assertEqual(commits, [0, 1, 1, 1])

    def test_one_that_fails_holds_up_none_of_the_others(self):
        listing = self.make_loan_listing(self.owner)
        other = self.lend(self.rival, listing, "2026-11-23", "2026-11-27").sudo()
        self.hand_over(other)
        self.env.flush_all()
        self.env.cr.execute(
            """ALTER TABLE mail_mail ADD CONSTRAINT not_to_boris
               CHECK (email_to NOT LIKE '%boris@%') NOT VALID"""
        )
        with (
            self.assertLogs("odoo.addons.ebs_loans", "ERROR"),
            mute_logger("odoo.sql_db"),
        ):
            self.send_at(2026, 11, 26, 9)
        self.assertEqual(self.reminder.state, "waiting")
        self.assertEqual(self.get_reminder(other).state, "sent")

    def test_the_cron_stops_when_its_time_is_up_and_goes_on_later(self):
        listing = self.make_loan_listing(self.owner)
        self.hand_over(self.lend(self.rival, listing, "2026-11-23", "2026-11-27"))
        with (
            self.at(2026, 11, 26, 9),
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0
            ),
        ):
            reminders = self.env["ebs.reminder"].sudo()
            reminders._cron_send_due()
            waiting = [
                ("state", "=", "waiting"),
                ("kind", "=", "return"),
                ("company_id", "=", self.company.id),
            ]
            self.assertEqual(reminders.search_count(waiting), 1)
            reminders._cron_send_due()
            self.assertEqual(reminders.search_count(waiting), 0)

    # === NOTHING TO REMIND OF === #

    def test_nothing_is_sent_for_what_is_back(self):
        with self.at(2026, 11, 25, 9):
            self.take_back(self.loan)
        self.assertEqual(self.reminder.state, "cancelled")
        self.send_at(2026, 11, 26, 9)
        self.assertEqual(self.reminded(), 0)

    def test_a_reminder_left_behind_by_a_finished_loan_is_not_sent(self):
        """The condition is asked again at the moment of sending."""
        with self.at(2026, 11, 25, 9):
            self.take_back(self.loan)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ebs_reminder SET state = 'waiting' WHERE id = %s",
            [self.reminder.id],
        )
        self.env.invalidate_all()
        self.send_at(2026, 11, 26, 9)
        self.assertEqual(self.reminder.state, "cancelled")
        self.assertEqual(self.reminded(), 0)

    def test_nobody_is_reminded_of_tomorrow_when_it_is_past(self):
        """The server was down for three days: the day in the message is over."""
        self.send_at(2026, 11, 29, 9)
        self.assertEqual(self.reminder.state, "cancelled")
        self.assertEqual(self.reminded(), 0)

    def test_a_reminder_said_once_stays_when_the_thing_comes_back(self):
        self.send_at(2026, 11, 26, 9)
        with self.at(2026, 11, 26, 18):
            self.take_back(self.loan)
        self.assertEqual(self.reminder.state, "sent")

    def test_the_same_reminder_cannot_be_planned_twice(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
        ):
            self.reminder.copy({"sent_at": False})
