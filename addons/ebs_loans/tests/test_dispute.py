# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans")
class TestDispute(LoansCase):
    """While a case is open the deposit stays; its outcome moves it, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.saw = cls.make_loan_listing(
            cls.owner, name="Saw", deposit_kind="cheque", deposit_amount=80
        )
        cls.loan = cls.lend(cls.borrower, cls.saw, "2026-11-23", "2026-11-25")
        cls.hand_over(cls.loan, True)

    @property
    def deposit(self):
        return self.loan.sudo().deposit_id

    def make_case(self, back=True, by=None):
        """The loan is back, the owner complains, a mediator has heard both."""
        if back:
            self.take_back(self.loan)
        loan = self.loan.with_user((by or self.owner).user_id)
        dispute = loan.action_open_dispute({"reason": "The blade is bent."})
        dispute = dispute.with_user(self.mediator)
        dispute.action_take()
        self.answer(dispute)
        return dispute

    def answer(self, dispute):
        for member in (self.owner, self.borrower):
            words = {"body": "It is as I say."}
            dispute.with_user(member.user_id).action_write(words)

    def test_nobody_moves_the_deposit_while_a_case_is_open(self):
        self.make_case()
        owner = self.loan.with_user(self.owner.user_id)
        for user in (self.owner.user_id, self.desk, self.manager):
            loan = self.loan.with_user(user)
            self.assertNotIn("return_deposit", loan._get_actions())
            with self.refused("waits for the outcome"):
                loan.action_return_deposit()
        for move in (
            self.deposit._give_back,
            lambda: self.deposit._keep(10, "I want it."),
        ):
            with self.refused("stays where it is until the outcome"):
                move()
        self.assertEqual(self.deposit.state, "held")
        self.assertIn("stays where it is", owner._get_next_step())

    def test_the_outcome_gives_it_back_and_the_loan_is_done(self):
        dispute = self.make_case()
        dispute.action_settle("release", "No trace of it.")
        self.assertEqual(self.deposit.state, "returned")
        self.assertEqual(self.loan.state, "done")
        for member in (self.owner, self.borrower):
            mail = self.mails_to(member, "The deposit goes back to Boris")
            self.assertEqual(len(mail), 1)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_the_outcome_keeps_half_of_it(self):
        dispute = self.make_case()
        dispute.action_settle("keep", "The blade was bent.", "40,00")
        self.assertEqual(self.deposit.state, "kept")
        self.assertEqual(self.deposit.kept_amount, 40)
        self.assertEqual(self.deposit.kept_reason, "The blade was bent.")
        self.assertEqual(self.loan.state, "done")
        for member in (self.owner, self.borrower):
            mail = self.mails_to(member, "of the deposit")
            self.assertIn("40.00", mail[0].body_html)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_no_more_is_kept_than_there_is(self):
        dispute = self.make_case()
        for amount in (80.01, 1000):
            with self.subTest(amount), self.refused("no more than that"):
                dispute.action_settle("keep", "All.", amount)
        for amount in (0, None, -5, "x", 0.001):
            with self.subTest(amount), self.assertRaises(UserError):
                dispute.action_settle("keep", "All.", amount)
        self.assertEqual(dispute.state, "taken")
        dispute.action_settle("keep", "All.", 80)
        self.assertEqual(self.deposit.kept_amount, 80)

    def test_when_nobody_is_at_fault_nothing_is_kept(self):
        self.make_case().action_settle("no_fault", "It was old.")
        self.assertEqual(self.deposit.state, "returned")
        self.assertEqual(self.loan.state, "done")
        self.assertTrue(self.mails_to(self.borrower, "The deposit goes back."))

    def test_what_they_agree_on_leaves_the_deposit_to_them(self):
        self.make_case().action_settle("repair", "Boris has it repaired.")
        self.assertEqual(self.deposit.state, "held")
        loan = self.loan.with_user(self.owner.user_id)
        self.assertEqual(loan._get_actions(), ["return_deposit", "announce_keep"])
        loan.action_return_deposit()
        self.assertEqual(self.loan.state, "done")

    def test_the_deposit_is_not_given_back_before_the_thing(self):
        dispute = self.make_case(back=False)
        with self.refused("The thing is not back"):
            dispute.action_settle("release", "So.")
        self.assertIn("not back", dispute.sudo()._get_outcome_hint())
        self.take_back(self.loan)
        self.assertEqual(self.loan.state, "returned")
        dispute.action_settle("release", "So.")
        self.assertEqual(self.deposit.state, "returned")

    def test_a_deposit_may_be_kept_of_what_never_came_back(self):
        self.make_case(back=False).action_settle("keep", "It is lost.", 80)
        self.assertEqual(self.deposit.state, "kept")
        self.assertEqual(self.loan.state, "ongoing")
        self.assertEqual(self.env["ebs.audit"]._run(), [])
        self.take_back(self.loan)
        self.assertEqual(self.loan.state, "done")

    def settle_by_cron(self):
        with self.cron(2026, 12, 20):
            self.env["ebs.deposit"]._cron_settle()

    def test_what_was_announced_is_over_when_they_agree_on_something_else(self):
        self.announce()
        self.make_case(back=False).action_settle("repair", "Boris has it repaired.")
        self.settle_by_cron()
        self.assertEqual(self.deposit.state, "held")
        self.assertFalse(self.deposit.settles_at)

    def test_a_deposit_not_received_yet_is_not_moved(self):
        loan = self.lend(self.rival, self.saw, "2026-11-28")
        dispute = loan.with_user(self.rival.user_id).action_open_dispute(
            {"reason": "She does not answer."}
        )
        dispute = dispute.with_user(self.mediator)
        dispute.action_take()
        dispute.with_user(self.owner.user_id).action_write({"body": "I do."})
        with self.refused("not received yet"):
            dispute.action_settle("keep", "So.", 5)
        dispute.action_settle("no_fault", "Talk to each other.")
        self.assertEqual(loan.sudo().deposit_id.state, "agreed")

    def test_opened_again_it_says_that_the_deposit_has_moved(self):
        dispute = self.make_case()
        dispute.action_settle("keep", "The blade was bent.", 40)
        with self.at(2026, 11, 24, 9):
            dispute.with_user(self.borrower.user_id).action_reopen(
                "It was bent before."
            )
            for member in (self.owner, self.borrower):
                mail = self.mails_to(member, "cannot move it once more")
                self.assertEqual(len(mail), 1)
            dispute.action_take()
            self.answer(dispute)
            for outcome, amount in (("release", None), ("keep", 10)):
                with self.refused("has been moved already"):
                    dispute.action_settle(outcome, "So.", amount)
            self.assertIn("moved already", dispute.sudo()._get_outcome_hint())
            dispute.action_settle("payment", "Olga pays 20 back.", 20)
        self.assertEqual(self.deposit.state, "kept")
        self.assertEqual(self.deposit.kept_amount, 40)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def announce(self):
        self.take_back(self.loan)
        loan = self.loan.with_user(self.owner.user_id)
        loan.action_announce_keep(30, "The blade is bent.")

    def test_what_was_announced_is_not_kept_while_a_case_is_open(self):
        self.announce()
        dispute = self.make_case(back=False, by=self.borrower)
        owner = self.loan.with_user(self.owner.user_id)
        with self.cron(2026, 11, 27, 9):
            self.env["ebs.deposit"]._cron_settle()
            for act in (
                owner.action_keep_deposit,
                lambda: owner.action_announce_keep(40, "Now more."),
                owner.action_return_deposit,
            ):
                with self.refused("waits for the outcome"):
                    act()
        self.assertEqual(self.deposit.state, "held")
        dispute.action_settle("repair", "Boris has it repaired.")
        with self.cron(2026, 11, 28, 9):
            self.env["ebs.deposit"]._cron_settle()
        self.assertEqual(self.deposit.state, "held", "it was settled otherwise")
        self.assertFalse(self.deposit.settles_at)

    def test_what_was_announced_is_kept_once_the_case_is_withdrawn(self):
        self.announce()
        dispute = self.make_case(back=False, by=self.borrower)
        dispute.with_user(self.borrower.user_id).action_withdraw()
        with self.cron(2026, 11, 27, 9):
            self.env["ebs.deposit"]._cron_settle()
        self.assertEqual(self.deposit.kept_amount, 30)

    def test_withdrawn_it_stops_nothing(self):
        dispute = self.make_case()
        dispute.with_user(self.owner.user_id).action_withdraw()
        self.loan.with_user(self.owner.user_id).action_return_deposit()
        self.assertEqual(self.loan.state, "done")

    def test_the_mediator_reads_where_the_deposit_is(self):
        dispute = self.make_case()
        self.assertIn("80", dispute.deposit_words)
        self.assertIn("Held", dispute.deposit_words)

    def test_the_audit_finds_a_deposit_that_moved_otherwise(self):
        dispute = self.make_case()
        dispute.action_settle("keep", "The blade was bent.", 40)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ebs_deposit SET kept_amount = 50 WHERE id = %s", [self.deposit.id]
        )
        self.assertIn("decided otherwise", "\n".join(self.env["ebs.audit"]._run()))
