# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo.exceptions import MissingError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LoansCase


@tagged("ebs_loans")
class TestGuarantor(LoansCase):
    """A member of a common circle answers for the borrower, and is told each step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gina = cls.make_member("Gina")
        cls.add_to_circle(cls.open_circle, cls.borrower, cls.gina, cls.owner)
        cls.trailer = cls.make_loan_listing(
            cls.owner, name="Trailer", deposit_kind="guarantor", deposit_amount=200
        )
        cls.loan = cls.ask(cls.borrower, cls.trailer, "2026-11-23", "2026-11-25")

    def by_borrower(self):
        return self.loan.with_user(self.borrower.user_id)

    def name(self, member=None):
        self.by_borrower().action_ask_guarantor((member or self.gina).id)
        return self.loan.sudo().guarantee_ids[:1].with_user(self.gina.user_id)

    def agree(self):
        self.name().action_accept()
        self.accept(self.loan)

    @property
    def guarantee(self):
        return self.loan.sudo()._get_guarantee()

    # === WHO MAY BE NAMED === #

    def test_members_of_a_common_circle_may_be_named_and_no_party(self):
        names = [name for _id, name in self.by_borrower()._get_guarantor_choices()]
        self.assertIn("Gina", names)
        self.assertNotIn("Olga", names)
        self.assertNotIn("Boris", names)
        self.assertNotIn("Rita", names)

    def test_nobody_from_outside_is_named(self):
        for member_id in (self.rival.id, self.owner.id, self.borrower.id, 0, None, "x"):
            with self.subTest(member_id=member_id), self.refused("one of your circles"):
                self.by_borrower().action_ask_guarantor(member_id)

    def test_who_acts_for_a_party_does_not_answer_for_it(self):
        self.env["ebs.delegate"].sudo().create(
            {
                "member_id": self.borrower.id,
                "user_id": self.gina.user_id.id,
                "company_id": self.company.id,
            }
        )
        with self.refused("one of your circles"):
            self.name()

    def test_of_a_thing_in_a_circle_nobody_outside_it_is_told(self):
        self.add_to_circle(self.request_circle, self.borrower, self.owner)
        listing = self.make_loan_listing(
            self.owner,
            deposit_kind="guarantor",
            deposit_amount=20,
            visibility="circles",
            circle_ids=[Command.set(self.request_circle.ids)],
        )
        self.loan = self.ask(self.borrower, listing, "2026-11-28")
        with self.refused("one of your circles"):
            self.name()
        self.add_to_circle(self.request_circle, self.gina)
        self.name()

    def test_only_the_borrower_names_somebody(self):
        with self.refused("not possible"):
            self.loan.with_user(self.owner.user_id).action_ask_guarantor(self.gina.id)
        for user in (self.rival.user_id, self.stranger, self.gina.user_id):
            with self.assertRaises(MissingError):
                self.loan.with_user(user).action_ask_guarantor(self.gina.id)

    # === ONE'S WORD === #

    def test_nothing_goes_out_before_somebody_answers_for_it(self):
        self.accept(self.loan)
        with self.refused("Nobody answers"):
            self.hand_over(self.loan)
        guarantee = self.name()
        with self.refused("Nobody answers"):
            self.hand_over(self.loan, True)
        guarantee.action_accept()
        self.hand_over(self.loan)
        self.assertEqual(self.loan.state, "ongoing")
        self.assertEqual(self.loan.sudo().deposit_id.state, "held")

    def test_a_guarantor_who_left_answers_for_nothing_new(self):
        self.agree()
        self.gina.sudo().with_user(self.moderator).action_suspend("x")
        with self.refused("not a member any more"):
            self.hand_over(self.loan)

    def test_who_says_no_leaves_the_place_to_another(self):
        other = self.make_member("Gus")
        self.add_to_circle(self.open_circle, other)
        self.name().action_refuse("I am away")
        self.assertEqual(len(self.mails_to(self.borrower, "cannot answer")), 1)
        self.assertFalse(self.guarantee)
        self.env.flush_all()
        self.name(other)
        self.assertEqual(self.guarantee.guarantor_name, "Gus")

    def test_who_has_not_answered_may_be_replaced_and_who_has_may_not(self):
        other = self.make_member("Gus")
        self.add_to_circle(self.open_circle, other)
        first = self.name()
        self.name(other)
        self.assertEqual(first.state, "withdrawn")
        with self.refused("not possible"):
            first.action_accept()
        self.guarantee.with_user(other.user_id).action_accept()
        with self.refused("not possible"):
            self.name()

    def test_only_the_guarantor_answers(self):
        guarantee = self.name()
        for user in (self.owner.user_id, self.borrower.user_id, self.desk):
            for act in ("action_accept", "action_refuse"):
                with self.refused("not possible"):
                    getattr(guarantee.with_user(user), act)()
        for user in (self.rival.user_id, self.stranger):
            with self.assertRaises(MissingError):
                guarantee.with_user(user).action_accept()

    def test_the_guarantor_sees_the_guarantee_and_nothing_of_the_loan(self):
        guarantee = self.name()
        self.assertEqual(guarantee.title, "Trailer")
        self.assertEqual(guarantee.asker_name, "Boris")
        self.assertEqual(str(guarantee.day_end), "2026-11-25")
        self.assertFalse(self.loan.with_user(self.gina.user_id).has_access("read"))
        messages = self.env["ebs.message"].with_user(self.gina.user_id)
        self.assertFalse(messages.search_count([]))

    # === EACH STEP IS TOLD === #

    def test_the_guarantor_is_told_at_each_step(self):
        self.agree()
        self.hand_over(self.loan)
        self.take_back(self.loan)
        self.loan.with_user(self.owner.user_id).action_return_deposit()
        for words in (
            "asks you to answer",
            "You answer for a loan",
            "The loan is agreed",
            "Handed over",
            "It is back",
            "You do not owe anything",
        ):
            self.assertEqual(len(self.mails_to(self.gina, words)), 1, words)
        for mail in self.mails_to(self.gina):
            self.assertIn("200.00", mail.body_html)
            self.assertIn("Wednesday 25 November", mail.body_html)
        self.assertEqual(self.guarantee.state, "freed")
        self.assertEqual(self.loan.state, "done")

    def test_the_guarantor_is_told_that_it_is_late_and_owes_nothing_yet(self):
        self.agree()
        self.hand_over(self.loan)
        with self.cron(2026, 11, 26, 9):
            self.env["ebs.reminder"].sudo()._cron_send_due()
        mail = self.mails_to(self.gina, "not back yet")
        self.assertEqual(len(mail), 1)
        self.assertIn("You owe nothing now", mail.body_html)

    def test_a_case_and_its_outcome_change_what_the_guarantor_reads(self):
        self.agree()
        self.hand_over(self.loan)
        self.take_back(self.loan)
        self.by_owner().action_announce_keep(120, "The tail light is broken")
        case = self.by_borrower().action_open_dispute({"reason": "It was before."})
        mail = self.mails_to(self.gina, "A mediator looks at it")
        self.assertIn("nothing is owed before the outcome", mail.body_html)
        self.assertNotIn("It was before.", mail.body_html)
        case = case.with_user(self.mediator)
        case.action_take()
        for member in (self.owner, self.borrower):
            case.with_user(member.user_id).action_write({"body": "As I say."})
        case.action_settle("repair", "Boris has it repaired.")
        mail = self.mails_to(self.gina, "of that you owe nothing")
        self.assertEqual(len(mail), 1)
        self.assertEqual(self.guarantee.state, "accepted")

    # === LONGER THAN THEY SAID YES TO === #

    def by_owner(self):
        return self.loan.with_user(self.owner.user_id)

    def ask_longer(self, alone=False):
        self.company.ebs_extend_alone = alone
        self.agree()
        self.hand_over(self.loan)
        self.by_borrower().action_extend("2026-11-27")
        return self.guarantee.with_user(self.gina.user_id)

    def test_nothing_lasts_longer_before_the_guarantor_says_yes_to_it(self):
        guarantee = self.ask_longer(alone=True)
        self.assertEqual(str(self.loan.day_end), "2026-11-25")
        mail = self.mails_to(self.gina, "would like to keep")
        self.assertIn("Friday 27 November", mail.body_html)
        self.assertIn("You owe nothing now", mail.body_html)
        guarantee.action_accept()
        self.assertEqual(str(self.loan.day_end), "2026-11-27")
        self.assertEqual(str(self.guarantee.answered_until), "2026-11-27")
        mail = self.mails_to(self.gina, "How long it lasts")
        self.assertIn("Friday 27 November", mail.body_html)
        for member in (self.owner, self.borrower):
            self.assertEqual(len(self.mails_to(member, "How long it lasts")), 1)
        self.assertEqual(self.env["ebs.audit"]._run(), [])

    def test_the_owner_answers_after_the_guarantor(self):
        guarantee = self.ask_longer()
        self.assertNotIn("accept_extension", self.by_owner()._get_actions())
        self.assertIn("decline_extension", self.by_owner()._get_actions())
        self.assertIn("Gina, who answers for it", self.by_owner()._get_next_step())
        for user in (self.owner.user_id, self.desk):
            with self.refused("not possible"):
                self.loan.with_user(user).action_accept_extension()
        guarantee.action_accept()
        self.assertEqual(str(self.loan.day_end), "2026-11-25")
        for member in (self.owner, self.borrower):
            self.assertTrue(self.mails_to(member, "Gina answers for the loan"))
        self.by_owner().action_accept_extension()
        self.assertEqual(str(self.loan.day_end), "2026-11-27")

    def test_a_guarantor_who_says_no_leaves_the_day_that_was_agreed(self):
        guarantee = self.ask_longer()
        guarantee.action_refuse("I am away.")
        self.assertFalse(self.loan.extension_asked_until)
        self.assertEqual(self.guarantee.state, "accepted")
        for member in (self.owner, self.borrower):
            mail = self.mails_to(member, "How long it lasts")
            self.assertIn("I am away.", mail.body_html)
            self.assertIn("Wednesday 25 November", mail.body_html)
        with self.refused("not possible"):
            guarantee.action_refuse()

    def test_who_said_yes_to_that_day_once_is_not_asked_again(self):
        self.ask_longer().action_accept()
        self.by_owner().action_decline_extension()
        self.by_borrower().action_extend("2026-11-26")
        self.assertIn("accept_extension", self.by_owner()._get_actions())
        self.assertEqual(len(self.mails_to(self.gina, "would like to keep")), 1)

    def test_the_desk_notes_no_deposit_where_somebody_answers_for_it(self):
        self.agree()
        line = self.loan.with_user(self.desk).get_desk_line()
        self.assertFalse(line["must_receive"])

    def test_what_is_kept_is_owed_by_the_guarantor(self):
        self.agree()
        self.hand_over(self.loan)
        self.take_back(self.loan)
        owner = self.loan.with_user(self.owner.user_id)
        owner.action_announce_keep(120, "The tail light is broken")
        mail = self.mails_to(self.gina, "may be kept")
        self.assertIn("120.00", mail.body_html)
        self.assertIn("The tail light is broken", mail.body_html)
        with self.at(2026, 11, 27):
            owner.action_keep_deposit()
        self.assertEqual(self.guarantee.state, "called")
        self.assertEqual(self.guarantee.called_amount, 120)
        mail = self.mails_to(self.gina, "asked to pay")
        self.assertIn("120.00", mail.body_html)

    def test_what_comes_to_nothing_frees_the_guarantor(self):
        guarantee = self.name()
        guarantee.action_accept()
        self.by_borrower().action_cancel()
        self.assertEqual(guarantee.state, "withdrawn")
        self.assertEqual(len(self.mails_to(self.gina, "do not owe")), 1)

    def test_each_side_reads_who_answers_for_it(self):
        self.accept(self.loan)
        owner = self.loan.with_user(self.owner.user_id)
        self.assertIn("Nobody answers", owner._get_next_step())
        self.assertEqual(self.by_borrower()._get_actions()[0], "ask_guarantor")
        self.name()
        self.assertIn("Gina was asked", self.by_borrower()._get_next_step())
        self.guarantee.with_user(self.gina.user_id).action_accept()
        for loan in (owner, self.by_borrower()):
            self.assertIn("Gina answers for it", loan._get_next_step())
        self.hand_over(self.loan)
        self.take_back(self.loan)
        for loan in (owner, self.by_borrower()):
            self.assertIn("Gina", loan._get_next_step())

    def test_the_database_takes_one_open_guarantee(self):
        self.name()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.guarantee.copy()
