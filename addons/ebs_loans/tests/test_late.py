# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans")
class TestLate(LoansCase):
    """Late: reminded on the first, third and seventh day, and closed in the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drill.sudo().write({"deposit_kind": "cheque", "deposit_amount": 80})
        cls.loan = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-25")
        cls.hand_over(cls.loan, True)
        cls.late_mail = "It is late: please bring back"

    def send_at(self, *moment):
        with self.cron(*moment):
            self.env["ebs.reminder"].sudo()._cron_send_due()

    def close(self, *args, by=None):
        loan = self.loan.with_user(by or self.owner.user_id)
        with self.at(2026, 12, 4, 9):
            loan.action_close_lost(*args)

    # === REMINDERS === #

    def test_the_borrower_is_reminded_one_three_and_seven_days_late(self):
        sent = []
        for day in range(24, 31):
            self.send_at(2026, 11, day, 9)
            sent.append(len(self.mails_to(self.borrower, self.late_mail)))
        for day in range(1, 5):
            self.send_at(2026, 12, day, 9)
            sent.append(len(self.mails_to(self.borrower, self.late_mail)))
        self.assertEqual(sent, [0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3])

    def test_the_borrower_is_told_that_the_deposit_may_be_kept_before_it_is(self):
        self.send_at(2026, 11, 26, 9)
        told = self.mails_to(self.borrower, self.late_mail)
        self.assertIn("the deposit may be kept", told.body_html)

    def test_after_a_long_silence_one_reminder_is_enough(self):
        self.send_at(2026, 12, 10, 9)
        self.assertEqual(len(self.mails_to(self.borrower, self.late_mail)), 1)

    def test_what_is_back_is_not_reminded_of(self):
        self.take_back(self.loan)
        self.send_at(2026, 12, 10, 9)
        self.assertFalse(self.mails_to(self.borrower, self.late_mail))

    def test_the_owner_and_those_who_wait_are_told_once_and_nobody_is_named(self):
        self.by(self.rival, self.drill).action_wait()
        for day in (26, 28):
            self.send_at(2026, 11, day, 9)
        self.assertEqual(len(self.mails_to(self.owner, "Late: “Drill”")), 1)
        mail = self.mails_to(self.rival, "It is not back yet")
        self.assertEqual(len(mail), 1)
        self.assertNotIn("Boris", mail.subject + mail.body_html)

    def test_who_is_to_have_it_next_is_told(self):
        self.lend(self.rival, self.drill, "2026-11-28")
        self.send_at(2026, 11, 26, 9)
        mail = self.mails_to(self.rival, "It is not back yet")
        self.assertEqual(len(mail), 1)
        self.assertNotIn("Boris", mail.subject + mail.body_html)

    def test_a_late_copy_blocks_the_next_hand_over_not_the_next_request(self):
        following = self.lend(self.rival, self.drill, "2026-11-27")
        with self.at(2026, 11, 27, 9):
            with self.refused("not come back yet"):
                self.hand_over(following, True)
            self.ask(self.rival, self.drill, "2026-11-29")

    # === LOST === #

    def test_it_is_closed_as_lost_and_the_deposit_is_kept(self):
        self.close("keep", "It never came back.", "60")
        loan = self.loan.sudo()
        self.assertEqual(loan.state, "done")
        self.assertTrue(loan.lost_at)
        self.assertEqual(loan.ended_reason, "It never came back.")
        self.assertEqual(loan.deposit_id.state, "kept")
        self.assertEqual(loan.deposit_id.kept_amount, 60)
        self.assertEqual(loan.copy_id.state, "lost")
        self.assertFalse(loan.booking_ids._is_out())
        self.assertTrue(self.mails_to(self.borrower, "Closed as lost"))

    def test_the_deposit_may_be_given_back_all_the_same(self):
        self.close("give_back", "Stolen, not your fault.")
        self.assertEqual(self.loan.sudo().deposit_id.state, "returned")

    def test_the_desk_closes_too(self):
        self.close("keep", "It never came back.", by=self.desk)
        self.assertEqual(self.loan.sudo().deposit_id.kept_amount, 80)

    def test_keeping_has_a_reason_and_is_not_more_than_the_deposit(self):
        with self.refused("Say why"):
            self.close("keep")
        for amount in ("81", "0", "a lot", [1], "-3"):
            with self.subTest(amount=amount), self.refused("at most the deposit"):
                self.close("keep", "Gone.", amount)
        for decision in (None, "", "sell", 3, []):
            with self.subTest(decision=decision), self.refused("Say whether"):
                self.close(decision, "Gone.")

    def test_nothing_is_lost_before_its_time_nor_by_the_borrower(self):
        with self.at(2026, 12, 2, 9), self.assertRaises(UserError):
            self.by(self.owner, self.loan).action_close_lost("give_back")
        for member in (self.borrower, self.rival):
            with self.assertRaises(UserError):
                self.close("give_back", by=member.user_id)

    def test_what_is_lost_does_not_count_in_the_limits_any_more(self):
        self.company.sudo().ebs_loan_max_open = 1
        self.close("give_back")
        ladder = self.make_loan_listing(self.owner)
        with self.at(2026, 12, 4, 10):
            self.ask(self.borrower, ladder, "2026-12-05")

    def test_the_line_is_not_served_what_is_lost(self):
        place = self.by(self.rival, self.drill).action_wait().sudo()
        self.close("give_back")
        self.assertEqual(place.state, "waiting")
