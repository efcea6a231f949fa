# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LoansCase, utc


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

    def settle(self, *moment):
        with self.cron(*moment):
            self.env["ebs.deposit"]._cron_settle()

    def test_what_is_lost_is_closed_and_the_deposit_is_announced_not_kept(self):
        self.close("keep", "It never came back.", "60")
        loan = self.loan.sudo()
        self.assertEqual(loan.state, "lost")
        self.assertTrue(loan.lost_at)
        self.assertEqual(loan.ended_reason, "It never came back.")
        self.assertEqual(loan.deposit_id.state, "held")
        self.assertEqual(loan.deposit_id.announced_amount, 60)
        self.assertEqual(loan.deposit_id.settles_at, utc(2026, 12, 7, 9))
        self.assertEqual(loan.copy_id.state, "lost")
        self.assertFalse(loan.booking_ids._is_out())
        mail = self.mails_to(self.borrower, "Closed as lost")
        self.assertEqual(len(mail), 1)
        for words in ("60.00", "It never came back.", "Monday 7 December"):
            self.assertIn(words, mail.body_html)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_it_is_kept_by_itself_after_the_days_of_notice_and_not_before(self):
        self.close("keep", "It never came back.", "60")
        deposit = self.loan.sudo().deposit_id
        self.settle(2026, 12, 7, 8, 59)
        self.assertEqual(deposit.state, "held")
        self.settle(2026, 12, 7, 9)
        self.assertEqual((deposit.state, deposit.kept_amount), ("kept", 60))
        self.assertEqual(self.loan.sudo().state, "done")
        self.assertEqual(len(self.mails_to(self.borrower, "is settled")), 1)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_each_side_reads_that_it_is_lost_and_what_is_kept_from_when(self):
        self.close("keep", "It never came back.", "60")
        loan = self.loan.with_user(self.borrower.user_id)
        with self.at(2026, 12, 5):
            step = loan._get_next_step()
            labels = [one["label"] for one in loan._get_steps()]
        for words in ("60", "It never came back.", "Monday 7 December"):
            self.assertIn(words, step)
        self.assertIn("Lost", labels)
        self.assertNotIn("Returned", labels)

    def test_the_owner_may_give_it_all_back_meanwhile(self):
        self.close("keep", "It never came back.")
        with self.at(2026, 12, 5):
            self.by(self.owner, self.loan).action_return_deposit()
        self.settle(2026, 12, 20)
        self.assertEqual(self.loan.sudo().deposit_id.state, "returned")
        self.assertEqual(self.loan.sudo().state, "done")

    def test_a_case_stops_the_keeping_and_its_outcome_ends_the_loan(self):
        self.close("keep", "It never came back.")
        with self.at(2026, 12, 5):
            self.by(self.borrower, self.loan).action_open_dispute(
                {"reason": "I left it on her doorstep."}
            )
        self.settle(2026, 12, 20)
        deposit = self.loan.sudo().deposit_id
        self.assertEqual(deposit.state, "held")
        step = self.by(self.owner, self.loan)._get_next_step()
        self.assertIn("It is lost. A mediator looks", step)
        with self.at(2026, 12, 21):
            case = self.loan.sudo().dispute_ids.with_user(self.mediator)
            case.action_take()
            case.action_settle("release", "It was left where agreed.")
        self.assertEqual(deposit.state, "returned")
        self.assertEqual(self.loan.sudo().state, "done")
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_after_a_case_that_moved_nothing_the_owner_says_what_is_kept(self):
        self.close("keep", "It never came back.")
        loan = self.loan.sudo()
        loan.deposit_id._forget_announcement()
        owner = self.by(self.owner, self.loan)
        for side, words in ((self.borrower, "has to say"), (self.owner, "announce")):
            self.assertIn(words, self.by(side, self.loan)._get_next_step())
        self.assertEqual(owner._get_actions(), ["return_deposit", "announce_keep"])

    def test_the_deposit_may_be_given_back_all_the_same(self):
        self.close("give_back", "Stolen, not your fault.")
        self.assertEqual(self.loan.sudo().deposit_id.state, "returned")

    def test_the_desk_closes_too(self):
        self.close("keep", "It never came back.", by=self.desk)
        self.assertEqual(self.loan.sudo().deposit_id.announced_amount, 80)

    def test_the_desk_closes_it_from_the_back_office(self):
        with self.at(2026, 12, 4, 9):
            wizard = self.env["ebs.loan.lost"].with_user(self.desk)
            wizard = wizard.with_context(active_id=self.loan.id)
            wizard = wizard.create({"decision": "keep", "reason": "Gone."})
            self.assertEqual(wizard.amount, 80)
            wizard.action_confirm()
        self.assertEqual(self.loan.sudo().deposit_id.announced_amount, 80)

    def test_keeping_has_a_reason_and_is_not_more_than_the_deposit(self):
        with self.refused("say why"):
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
