# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.ebs_base.clock import now
from odoo.exceptions import MissingError, UserError
from odoo.tests import tagged

from .common import MONDAY, LoansCase, utc


@tagged("ebs_loans")
class TestHandling(LoansCase):
    """Hand-over and return: who may note them, and what they change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loan = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-25")
        cls.booking = cls.loan.sudo().booking_ids

    def seen_by(self, member, loan=None):
        """The loan as that member sees it."""
        return (loan or self.loan).with_user(member.user_id)

    # === THE WAY OF A LOAN === #

    def test_a_loan_goes_from_hand_over_to_return_to_done(self):
        self.hand_over(self.loan)
        self.assertEqual(self.loan.state, "ongoing")
        self.assertEqual(self.loan.handed_over_at, MONDAY)
        self.assertEqual(self.booking.handed_over_at, MONDAY)
        with self.at(2026, 11, 25, 17):
            self.take_back(self.loan)
        self.assertEqual(self.loan.state, "done", "no deposit: nothing is left to do")
        self.assertEqual(self.loan.returned_at, utc(2026, 11, 25, 17))
        self.assertEqual(self.loan.done_at, utc(2026, 11, 25, 17))
        self.assertEqual(self.booking.returned_at, utc(2026, 11, 25, 17))

    def test_the_owner_notes_hand_over_and_return(self):
        self.assertEqual(self.seen_by(self.owner)._get_actions()[0], "hand_over")
        self.hand_over(self.loan)
        self.assertEqual(self.seen_by(self.owner)._get_actions(), ["return"])

    def test_the_borrower_notes_neither(self):
        loan = self.seen_by(self.borrower)
        self.assertEqual(loan._get_actions(), ["cancel"])
        with self.assertRaises(UserError):
            loan.action_hand_over()
        self.hand_over(self.loan)
        self.assertEqual(loan._get_actions(), ["extend"])
        with self.assertRaises(UserError):
            loan.action_return()

    def test_the_desk_may_do_it_for_the_owner(self):
        loan = self.loan.with_user(self.desk)
        self.assertEqual(loan._get_actions(), ["hand_over"])
        loan.action_hand_over()
        self.assertEqual(loan._get_actions(), ["return"])
        loan.action_return()
        self.assertEqual(loan.state, "done")

    def test_the_desk_of_another_platform_finds_no_such_loan(self):
        self.desk.sudo().write(
            {
                "company_ids": [(6, 0, self.other_company.ids)],
                "company_id": self.other_company.id,
            }
        )
        with self.assertRaises(MissingError):
            self.loan.with_user(self.desk).action_hand_over()

    def test_strangers_get_the_answer_for_what_never_was(self):
        for user in (self.rival.user_id, self.stranger, self.visitor):
            with self.subTest(user=user.login), self.assertRaises(MissingError):
                self.loan.with_user(user).action_hand_over()
            with self.subTest(user=user.login), self.assertRaises(MissingError):
                self.loan.with_user(user).action_return()

    def test_a_removed_delegate_hands_nothing_over(self):
        asso = self.make_member("Repair club", kind="association")
        helper = self.make_member("Hugo")
        delegate = (
            self.env["ebs.delegate"]
            .sudo()
            .create(
                {
                    "member_id": asso.id,
                    "user_id": helper.user_id.id,
                    "company_id": asso.company_id.id,
                }
            )
        )
        loan = self.lend(self.borrower, self.make_loan_listing(asso), "2026-11-23")
        self.assertIn("hand_over", self.seen_by(helper, loan)._get_actions())
        delegate.active = False
        with self.assertRaises(MissingError):
            self.seen_by(helper, loan).action_hand_over()

    def test_what_was_only_asked_for_is_not_handed_over(self):
        loan = self.ask(self.borrower, self.drill, "2026-12-01")
        with self.assertRaises(UserError):
            self.hand_over(loan)

    def test_a_second_click_on_hand_over_is_refused_and_changes_nothing(self):
        self.hand_over(self.loan)
        with self.at(2026, 11, 24, 8), self.assertRaises(UserError):
            self.hand_over(self.loan)
        self.assertEqual(self.loan.handed_over_at, MONDAY)

    def test_a_loan_is_never_marked_done_by_hand(self):
        for member in (self.owner, self.borrower):
            with self.assertRaises(UserError):
                self.seen_by(member).action_done()

    # === NOT ON THE DAY === #

    def test_a_thing_handed_over_early_is_taken_from_that_moment(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-28", "2026-11-29")
        with self.at(2026, 11, 27, 18):
            self.hand_over(loan)
            with self.refused("Already taken"):
                self.ask(self.rival, self.drill, "2026-11-27")
        self.assertEqual(loan.sudo().booking_ids.date_start.day, 27)

    def test_a_thing_promised_before_is_not_handed_over_to_the_next(self):
        """A scanner must not hand over what another booked (leihs 1628)."""
        loan = self.lend(self.borrower, self.drill, "2026-11-28")
        self.lend(self.rival, self.drill, "2026-11-26")
        self.loan.with_user(self.owner.user_id).action_cancel()
        with self.refused("promised to somebody else.* on Saturday 28 November"):
            self.hand_over(loan)
        self.assertEqual(loan.state, "accepted")

    def test_a_thing_that_is_still_out_is_not_handed_over_again(self):
        self.hand_over(self.loan)
        with self.at(2026, 11, 26, 9):
            loan = self.lend(self.rival, self.drill, "2026-11-27")
        with self.at(2026, 11, 27, 9):
            with self.refused("not come back yet"):
                self.hand_over(loan)
            self.take_back(self.loan)
            self.hand_over(loan)
        self.assertEqual(loan.state, "ongoing")

    def test_another_free_copy_goes_out_when_the_promised_one_is_late(self):
        listing = self.make_loan_listing(self.owner, copies=2)
        late = self.lend(self.borrower, listing, "2026-11-23")
        loan = self.lend(self.rival, listing, "2026-11-25").sudo()
        self.assertEqual(loan.copy_id.number, 1)
        self.hand_over(late)
        with self.at(2026, 11, 25, 9):
            self.hand_over(loan)
        self.assertEqual(loan.copy_id.number, 2)
        self.assertEqual(loan.booking_ids.copy_id, loan.copy_id)

    def test_an_early_return_frees_the_days_that_were_left(self):
        self.hand_over(self.loan)
        with self.at(2026, 11, 24, 10):
            self.take_back(self.loan)
            self.assertEqual(self.booking.date_end, now())
            self.lend(self.rival, self.drill, "2026-11-24", "2026-11-25")

    def test_a_return_at_the_very_second_of_the_hand_over_leaves_no_booking(self):
        listing = self.make_loan_listing(self.owner)
        loan = self.lend(self.borrower, listing, "2026-11-27")
        self.hand_over(loan)
        self.take_back(loan)
        self.assertEqual(loan.state, "done")
        self.assertFalse(loan.sudo().booking_ids)

    def test_a_late_return_keeps_the_days_as_agreed(self):
        self.hand_over(self.loan)
        end = self.booking.date_end
        with self.at(2026, 11, 28, 10):
            self.take_back(self.loan)
        self.assertEqual(self.booking.date_end, end)
        self.assertEqual(self.loan.date_end, end)

    # === LATE === #

    def test_late_is_told_by_dates_and_found_by_search_alike(self):
        self.hand_over(self.loan)
        others = self.loan
        others |= self.lend(self.rival, self.drill, "2026-12-01")
        others |= self.ask(self.rival, self.drill, "2026-12-05")
        moments = (
            (2026, 11, 25, 22, 59, 59),
            (2026, 11, 25, 23, 0, 0),
            (2026, 12, 31, 0, 0, 0),
        )
        late = []
        for moment in moments:
            with self.at(*moment):
                others.invalidate_recordset()
                domain = [("id", "in", others.ids)]
                loans = self.env["ebs.exchange"].sudo()
                computed = others.sudo().filtered("is_late")
                found = loans.search([*domain, ("is_late", "=", True)])
                rest = loans.search([*domain, ("is_late", "=", False)])
                self.assertEqual(found, computed)
                self.assertEqual(found | rest, others.sudo())
                self.assertFalse(found & rest)
                late.append(bool(found))
        self.assertEqual(late, [False, True, True])

    def test_what_is_back_is_late_no_more(self):
        self.hand_over(self.loan)
        with self.at(2026, 11, 27, 9):
            self.assertTrue(self.loan.is_late)
            self.take_back(self.loan)
            self.assertFalse(self.loan.is_late)

    def test_the_three_lists_of_a_monday_morning(self):
        back = self.make_loan_listing(self.owner)
        takes = self.lend(self.borrower, back, "2026-11-23", "2026-11-24")
        self.hand_over(takes)
        loans = self.env["ebs.exchange"].with_user(self.desk)
        out = [("is_due_out", "=", True)]
        due = [("is_due_back", "=", True)]
        late = [("is_late", "=", True)]
        with self.at(2026, 11, 23, 9):
            self.assertEqual(loans.search(out).ids, self.loan.ids)
            self.assertFalse(loans.search(due))
        with self.at(2026, 11, 24, 9):
            self.assertEqual(loans.search(due).ids, takes.ids)
            self.assertFalse(loans.search(late))
        with self.at(2026, 11, 24, 23, 30):  # half past midnight in Lille
            takes.invalidate_recordset()
            self.assertEqual(loans.search(late).ids, takes.ids)
            self.assertFalse(loans.search(due))
            self.assertTrue(takes.with_user(self.desk).is_late)

    def test_the_columns_of_the_board_stand_in_the_order_of_a_loan(self):
        self.ask(self.rival, self.drill, "2026-12-01")
        loans = self.env["ebs.exchange"].with_user(self.desk)
        loans = loans.with_context(read_group_expand=True)
        groups = loans.formatted_read_group(
            [("listing_id", "=", self.drill.id)], ["state"], ["__count"]
        )
        self.assertEqual(
            [(group["state"], group["__count"]) for group in groups],
            [("requested", 1), ("accepted", 1), ("ongoing", 0), ("returned", 0)],
        )

    # === WORDS === #

    def test_each_side_reads_what_it_must_do_now(self):
        owner, borrower = self.seen_by(self.owner), self.seen_by(self.borrower)
        self.assertIn("hand it over", owner._get_next_step())
        self.assertIn("Monday 23 November", borrower._get_next_step())
        self.hand_over(self.loan)
        self.assertIn("Wednesday 25 November", owner._get_next_step())
        self.assertIn("Wednesday 25 November", borrower._get_next_step())
        with self.at(2026, 11, 27, 9):
            self.loan.invalidate_recordset()
            self.assertIn("late", borrower._get_next_step())
            self.assertIn("late", owner._get_next_step())

    def test_the_steps_of_a_loan_are_reached_one_after_the_other(self):
        def steps():
            return [
                step["code"]
                for step in self.seen_by(self.borrower)._get_steps()
                if step["reached"]
            ]

        codes = [s["code"] for s in self.seen_by(self.borrower)._get_steps()]
        self.assertEqual(
            codes, ["requested", "accepted", "ongoing", "returned", "done"]
        )
        self.assertEqual(steps(), codes[:2])
        self.hand_over(self.loan)
        self.assertEqual(steps(), codes[:3])
        self.take_back(self.loan)
        self.assertEqual(steps(), codes)

    def test_the_borrower_is_told_of_hand_over_and_return(self):
        self.hand_over(self.loan)
        self.assertEqual(len(self.mails_to(self.borrower, "Handed over")), 1)
        self.take_back(self.loan)
        self.assertEqual(len(self.mails_to(self.borrower, "It is back:")), 1)

    def test_both_are_told_of_what_the_desk_did(self):
        self.loan.with_user(self.desk).action_hand_over()
        for member in (self.borrower, self.owner):
            self.assertEqual(len(self.mails_to(member, "Handed over")), 1)
