# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_listings.tests.common import make_image
from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LoansCase

ALL_FINE = {"Cable": True, "Case": True}


@tagged("ebs_loans")
class TestCondition(LoansCase):
    """A report says how the thing went out and came back, and who agrees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.garden.checklist = "Cable\n\n  Case \nCable"
        cls.drill.sudo().category_id = cls.mowers
        cls.loan = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-25")

    def by_owner(self):
        return self.loan.with_user(self.owner.user_id)

    def by_borrower(self):
        return self.loan.with_user(self.borrower.user_id)

    def report(self, kind="hand_over"):
        return self.loan.sudo()._get_report(kind)

    def require(self):
        self.garden.condition_required = True
        self.by_owner().action_cancel()
        self.loan = self.lend(self.borrower, self.drill, "2026-11-23")

    # === WHAT IT SAYS === #

    def test_the_report_comes_with_the_hand_over(self):
        self.by_owner().action_hand_over(
            report={
                "note": "A scratch on the left.",
                "checks": {"Cable": True},
                "photos": [make_image().decode()],
            }
        )
        report = self.report()
        self.assertEqual(self.loan.state, "ongoing")
        self.assertEqual(report.checks, [["Cable", True], ["Case", False]])
        self.assertEqual(report._get_faults(), ["Case"])
        self.assertEqual(report.note, "A scratch on the left.")
        self.assertEqual(len(report.photo_ids), 1)
        self.assertEqual(report.made_side, "owner")
        self.assertEqual(report.user_id, self.owner.user_id)

    def test_the_check_list_is_that_of_the_nearest_category(self):
        self.assertEqual(self.loan._get_checklist("hand_over"), ["Cable", "Case"])
        self.mowers.checklist = "Blade"
        self.assertEqual(self.loan._get_checklist("hand_over"), ["Blade"])

    def test_on_return_one_looks_at_what_was_looked_at_before(self):
        self.by_owner().action_hand_over(report={"checks": ALL_FINE})
        self.garden.checklist = "Something else"
        self.assertEqual(self.loan._get_checklist("return"), ["Cable", "Case"])
        self.by_owner().action_return(report={"checks": {"Cable": True}})
        self.assertEqual(self.report("return")._get_faults(), ["Case"])

    def test_what_is_no_report_is_refused_and_nothing_is_handed_over(self):
        for report, sentence in (
            ({"checks": {"Wings": True}}, "Wings"),
            ({"photos": ["not a picture"]}, "cannot be read"),
            ({"photos": [make_image().decode()] * 9}, "at most 8"),
            ({"photos": "x"}, "camera"),
            ({"state": "done"}, "state"),
            ({"note": "x" * 2001}, "too long"),
            (["note"], "Nothing was sent"),
        ):
            with self.subTest(report=str(report)[:40]), self.refused(sentence):
                self.by_owner().action_hand_over(report=report)
        self.assertEqual(self.loan.state, "accepted")

    def test_a_report_on_nothing_is_refused(self):
        self.garden.checklist = False
        with self.refused("Write a word"):
            self.by_owner().action_report_condition("hand_over", {"note": " "})

    # === WHERE IT IS REQUIRED === #

    def test_where_it_is_required_nothing_goes_out_or_comes_in_without(self):
        self.require()
        with self.refused("Write down its condition"):
            self.by_owner().action_hand_over()
        self.by_owner().action_hand_over(report={"checks": ALL_FINE})
        with self.refused("Write down its condition"):
            self.by_owner().action_return()
        self.by_owner().action_report_condition("return", {"checks": ALL_FINE})
        self.by_owner().action_return()
        self.assertEqual(self.loan.state, "done")

    def test_it_is_required_as_agreed_and_not_as_the_category_says_later(self):
        self.garden.condition_required = True
        self.by_owner().action_hand_over()
        self.assertEqual(self.loan.state, "ongoing")

    def test_the_platform_may_require_it_for_all(self):
        self.company.ebs_condition_required = True
        loan = self.lend(self.rival, self.drill, "2026-12-03")
        with self.refused("Write down its condition"):
            self.hand_over(loan)

    # === ONCE === #

    def test_before_the_hand_over_it_may_be_written_anew(self):
        self.by_owner().action_report_condition("hand_over", {"note": "One"})
        self.by_owner().action_report_condition("hand_over", {"note": "Two"})
        self.assertEqual(self.report().note, "Two")
        self.by_owner().action_hand_over()
        with self.refused("written already"):
            self.by_owner().action_report_condition("hand_over", {"note": "Three"})

    def test_what_the_borrower_confirmed_stays(self):
        self.by_owner().action_report_condition("hand_over", {"note": "One"})
        self.by_borrower().action_confirm_condition("hand_over")
        with self.refused("written already"):
            self.by_owner().action_report_condition("hand_over", {"note": "Two"})

    def test_the_return_is_not_reported_before_the_hand_over(self):
        with self.refused("not possible"):
            self.by_owner().action_report_condition("return", {"note": "x"})

    def test_cancelling_leaves_no_report_behind(self):
        self.by_owner().action_report_condition("hand_over", {"note": "One"})
        self.by_owner().action_cancel()
        self.assertFalse(self.report())

    def test_the_database_takes_one_report_of_a_moment(self):
        self.by_owner().action_report_condition("hand_over", {"note": "One"})
        with (
            self.assertRaisesRegex(Exception, "ebs_condition_once"),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.report().copy()

    # === WHO AGREES === #

    def test_who_writes_it_confirms_it_and_the_other_does_so_once(self):
        self.by_owner().action_hand_over(report={"note": "Like new"})
        with self.refused("not possible"):
            self.by_owner().action_confirm_condition("hand_over")
        self.assertFalse(self.report()._is_settled())
        self.by_borrower().action_confirm_condition("hand_over")
        self.assertTrue(self.report()._is_settled())
        with self.refused("not possible"):
            self.by_borrower().action_object_condition("hand_over", "No")

    def test_an_objection_is_kept_and_the_other_is_told(self):
        self.by_owner().action_hand_over(report={"note": "Like new"})
        with self.refused("say what is not"):
            self.by_borrower().action_object_condition("hand_over", " ")
        self.by_borrower().action_object_condition("hand_over", "It had a scratch")
        self.assertEqual(self.report().objection, "It had a scratch")
        self.assertEqual(self.report().objected_side, "asker")
        mail = self.mails_to(self.owner, "not agreed to")
        self.assertIn("It had a scratch", mail.body_html)

    def test_what_the_desk_wrote_both_confirm(self):
        self.loan.with_user(self.desk).action_hand_over(report={"note": "Fine"})
        self.assertEqual(self.report().made_side, "desk")
        self.by_owner().action_confirm_condition("hand_over")
        self.assertFalse(self.report()._is_settled())
        self.by_borrower().action_confirm_condition("hand_over")
        self.assertTrue(self.report()._is_settled())

    def test_the_desk_confirms_for_both_with_a_note(self):
        self.by_owner().action_hand_over(report={"note": "Fine"})
        loan = self.loan.with_user(self.desk)
        with self.refused("note how"):
            loan.action_desk_confirm_condition("hand_over", "")
        loan.action_desk_confirm_condition("hand_over", "Both signed on paper")
        self.assertEqual(self.report().desk_note, "Both signed on paper")
        self.assertTrue(self.report()._is_settled())

    def test_the_desk_confirms_from_the_back_office(self):
        self.by_owner().action_hand_over(report={"note": "Fine"})
        wizard = self.env["ebs.condition.confirm"].with_user(self.desk)
        wizard = wizard.with_context(active_id=self.report().id)
        wizard.create({"note": "Both signed"}).action_confirm()
        self.assertEqual(self.report().desk_note, "Both signed")

    def test_the_desk_sees_what_to_look_at_and_writes_it_down(self):
        self.require()
        loan = self.loan.with_user(self.desk)
        line = loan.get_desk_line()
        self.assertEqual(line["checklist"], ["Cable", "Case"])
        self.assertTrue(line["must_report"])
        loan.action_hand_over(False, {"checks": ALL_FINE, "note": "", "photos": []})
        self.assertEqual(self.loan.state, "ongoing")
        self.assertTrue(loan.get_desk_line()["must_report"], "the return is next")
        loan.action_report_condition("return", {"note": "Fine"})
        self.assertFalse(loan.get_desk_line()["may_report"])

    def test_the_parties_do_not_confirm_as_the_desk(self):
        self.by_owner().action_hand_over(report={"note": "Fine"})
        for loan in (self.by_owner(), self.by_borrower()):
            with self.refused("not possible"):
                loan.action_desk_confirm_condition("hand_over", "Sure")

    def test_the_borrower_writes_no_report(self):
        with self.refused("not possible"):
            self.by_borrower().action_report_condition("hand_over", {"note": "x"})

    # === WHO READS IT === #

    def test_both_parties_and_the_desk_read_report_and_photos(self):
        self.by_owner().action_hand_over(report={"photos": [make_image().decode()]})
        photo = self.report().photo_ids
        for user in (self.owner.user_id, self.borrower.user_id, self.desk):
            for record in (self.report(), photo):
                self.assertTrue(record.with_user(user).has_access("read"), user.login)
                self.assertFalse(record.with_user(user).has_access("write"))

    def test_nobody_else_finds_them(self):
        self.by_owner().action_hand_over(report={"photos": [make_image().decode()]})
        photo = self.report().photo_ids
        for user in (self.rival.user_id, self.stranger, self.moderator):
            for record in (self.report(), photo):
                found = record.sudo(False).with_user(user)
                self.assertFalse(found.has_access("read"), user.login)
                self.assertFalse(found.search_count([]))

    def test_strangers_get_the_answer_for_what_never_was(self):
        self.by_owner().action_hand_over(report={"note": "Fine"})
        for user in (self.rival.user_id, self.stranger, self.visitor):
            loan = self.loan.with_user(user)
            for act, args in (
                ("action_report_condition", ("return", {"note": "x"})),
                ("action_confirm_condition", ("hand_over",)),
                ("action_object_condition", ("hand_over", "No")),
                ("action_desk_confirm_condition", ("hand_over", "Sure")),
            ):
                with (
                    self.subTest(user=user.login, act=act),
                    self.assertRaises(MissingError),
                ):
                    getattr(loan, act)(*args)

    def test_the_account_that_wrote_it_is_for_staff(self):
        self.by_owner().action_hand_over(report={"note": "Fine"})
        report = self.report().with_user(self.borrower.user_id)
        with self.assertRaises(AccessError):
            report.read(["user_id"])
