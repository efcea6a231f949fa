# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo.exceptions import MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MONDAY, LoansCase, utc

REASON = "The blade is broken."


@tagged("ebs_loans")
class TestKeep(LoansCase):
    """A deposit is kept for a reason, once the borrower was told and had the days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.saw = cls.make_loan_listing(
            cls.owner, name="Saw", deposit_kind="cheque", deposit_amount=80
        )
        cls.loan = cls.lend(cls.borrower, cls.saw, "2026-11-23", "2026-11-25")
        cls.hand_over(cls.loan, True)
        cls.take_back(cls.loan)
        cls.deposit = cls.loan.sudo().deposit_id

    def by_owner(self):
        return self.loan.with_user(self.owner.user_id)

    def by_borrower(self):
        return self.loan.with_user(self.borrower.user_id)

    def announce(self, amount=30, reason=REASON):
        self.by_owner().action_announce_keep(amount, reason)

    def settle(self, *moment):
        with self.cron(*moment) as commits:
            self.env["ebs.deposit"]._cron_settle()
        return commits

    def test_the_borrower_is_told_how_much_why_and_from_when(self):
        self.announce()
        mail = self.mails_to(self.borrower, "may be kept")
        self.assertEqual(len(mail), 1)
        for words in ("30.00", REASON, "Thursday 26 November"):
            self.assertIn(words, mail.body_html)
        self.assertEqual(self.loan.state, "returned")
        self.assertEqual(self.deposit.state, "held")
        self.assertEqual(self.deposit.settles_at, utc(2026, 11, 26, 8))

    def test_each_side_reads_what_was_announced(self):
        self.announce()
        for loan in (self.by_owner(), self.by_borrower()):
            self.assertIn("30", loan._get_next_step())
            self.assertIn("Thursday 26 November", loan._get_next_step())
        self.assertIn(REASON, self.by_borrower()._get_next_step())

    def test_nothing_is_kept_before_its_day(self):
        with self.refused("not possible"):
            self.by_owner().action_keep_deposit()
        self.announce()
        with self.at(2026, 11, 26, 7, 59):
            self.assertNotIn("keep_deposit", self.by_owner()._get_actions())
            with self.refused("not possible"):
                self.by_owner().action_keep_deposit()
        self.settle(2026, 11, 26, 7, 59)
        self.assertEqual(self.deposit.state, "held")

    def test_on_its_day_the_owner_may_settle(self):
        self.announce()
        with self.at(2026, 11, 26, 8):
            self.assertEqual(
                self.by_owner()._get_actions(),
                ["return_deposit", "keep_deposit", "announce_keep"],
            )
            self.by_owner().action_keep_deposit()
        self.assertEqual(self.loan.state, "done")
        self.assertEqual(self.deposit.state, "kept")
        self.assertEqual(self.deposit.kept_amount, 30)
        self.assertEqual(self.deposit.kept_reason, REASON)
        self.assertIn(REASON, self.by_borrower()._get_next_step())
        self.assertEqual(len(self.mails_to(self.borrower, "is settled")), 1)

    def test_on_its_day_it_settles_by_itself_and_once(self):
        self.announce()
        self.settle(2026, 11, 26, 8)
        self.assertEqual(self.loan.state, "done")
        self.assertEqual(self.deposit.kept_amount, 30)
        self.settle(2026, 11, 27, 8)
        self.assertEqual(len(self.mails_to(self.borrower, "is settled")), 1)
        self.assertEqual(self.deposit.kept_at, utc(2026, 11, 26, 8))

    def test_the_owner_may_still_give_it_all_back(self):
        self.announce()
        self.by_owner().action_return_deposit()
        self.assertEqual(self.loan.state, "done")
        self.settle(2026, 11, 27, 8)
        self.assertEqual(self.deposit.state, "returned")
        self.assertFalse(self.deposit.kept_amount)

    def test_announced_again_the_days_begin_again(self):
        self.announce()
        with self.at(2026, 11, 25, 8):
            self.announce(50, "The case as well.")
        self.settle(2026, 11, 26, 9)
        self.assertEqual(self.deposit.state, "held")
        self.settle(2026, 11, 28, 8)
        self.assertEqual(self.deposit.kept_amount, 50)

    def test_what_stops_one_does_not_stop_the_others(self):
        self.announce()
        other = self.lend(self.rival, self.saw, "2026-12-01")
        self.hand_over(other, True)
        self.take_back(other)
        other.with_user(self.owner.user_id).action_announce_keep(10, REASON)
        exchanges = self.registry["ebs.exchange"]
        check = exchanges._check_keep

        def stop_first(loan):
            if loan == self.loan.sudo():
                raise UserError(self.env._("A dispute is open."))
            return check(loan)

        self.patch(exchanges, "_check_keep", stop_first)
        self.settle(2026, 11, 26, 8)
        self.assertEqual(self.loan.state, "returned")
        self.assertEqual(other.state, "done")

    def test_a_part_of_nothing_or_more_than_all_is_refused(self):
        for amount in (0, -1, 80.01, 1000, "", None, "a lot", "NaN", True, [], 0.001):
            with self.subTest(amount=amount), self.refused("how much is kept"):
                self.announce(amount)
        for reason in ("", "  ", None, False):
            with self.subTest(reason=reason), self.refused("say why"):
                self.announce(80, reason)
        self.announce("80,00")
        self.assertEqual(self.deposit.announced_amount, 80)

    def test_it_is_not_announced_while_the_thing_is_out(self):
        loan = self.lend(self.rival, self.saw, "2026-12-01")
        self.hand_over(loan, True)
        with self.refused("not possible"):
            loan.with_user(self.owner.user_id).action_announce_keep(10, REASON)

    def test_the_borrower_keeps_and_announces_nothing(self):
        with self.refused("not possible"):
            self.by_borrower().action_announce_keep(10, REASON)
        self.announce()
        with self.at(2026, 12, 1), self.refused("not possible"):
            self.by_borrower().action_keep_deposit()
        with self.refused("not possible"):
            self.by_borrower().action_set_deposit_holder("desk")

    def test_strangers_get_the_answer_for_what_never_was(self):
        for user in (self.rival.user_id, self.stranger, self.visitor):
            loan = self.loan.with_user(user)
            for act, args in (
                ("action_announce_keep", (10, REASON)),
                ("action_keep_deposit", ()),
                ("action_set_deposit_holder", ("owner",)),
            ):
                with (
                    self.subTest(user=user.login, act=act),
                    self.assertRaises(MissingError),
                ):
                    getattr(loan, act)(*args)

    def test_the_desk_may_do_it_for_the_owner(self):
        self.loan.with_user(self.desk).action_announce_keep(10, REASON)
        with self.at(2026, 11, 27):
            self.loan.with_user(self.desk).action_keep_deposit()
        self.assertEqual(self.deposit.kept_amount, 10)

    def test_the_desk_announces_it_from_the_back_office(self):
        wizard = self.env["ebs.deposit.keep"].with_user(self.desk)
        wizard = wizard.with_context(active_id=self.loan.id)
        wizard.create({"amount": 12.5, "reason": REASON}).action_confirm()
        self.assertEqual(self.deposit.announced_amount, 12.5)

    # === WHO HOLDS IT === #

    def test_what_was_received_is_with_the_owner(self):
        self.assertEqual(self.deposit.holder, "owner")
        self.assertEqual(self.deposit.held_at, MONDAY)
        self.loan.with_user(self.desk).action_set_deposit_holder("desk")
        self.assertEqual(self.deposit.holder, "desk")

    def test_the_team_never_holds_cash_for_a_member(self):
        listing = self.make_loan_listing(
            self.owner, deposit_kind="cash", deposit_amount=20
        )
        loan = self.lend(self.rival, listing, "2026-11-23")
        self.hand_over(loan, True)
        with self.refused("may keep a cheque"):
            loan.with_user(self.desk).action_set_deposit_holder("desk")
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            loan.sudo().deposit_id.holder = "desk"
            self.env.flush_all()
