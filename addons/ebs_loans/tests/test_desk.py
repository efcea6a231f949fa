# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models import ebs_exchange_desk
from .common import LoansCase


@tagged("post_install", "-at_install")
class TestDesk(LoansCase):
    """The screen with a queue in front of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.due_out = cls.lend(cls.borrower, cls.drill, "2026-11-23", "2026-11-24")

    def desk_of(self, user):
        """Return the columns of the desk as {code: ids}."""
        desk = self.env["ebs.exchange"].with_user(user).get_desk()
        return {
            column["code"]: [line["id"] for line in column["lines"]]
            for column in desk["columns"]
        }

    def line_of(self, exchange):
        return exchange.with_user(self.desk).get_desk_line()

    def test_a_loan_goes_through_the_columns(self):
        """To hand over, then to take back on its last day, then late."""
        loan = self.due_out
        self.assertEqual(
            self.desk_of(self.desk),
            {"waiting": [], "is_due_out": loan.ids, "is_due_back": [], "is_late": []},
        )
        self.assertEqual(self.line_of(loan)["act"], "hand_over")
        loan.with_user(self.desk).action_hand_over()
        self.assertEqual(self.desk_of(self.desk)["is_due_out"], [])
        with self.at(2026, 11, 24, 9):
            self.assertEqual(self.desk_of(self.desk)["is_due_back"], loan.ids)
        with self.at(2026, 11, 26, 9):
            columns = self.desk_of(self.desk)
            self.assertEqual(columns["is_due_back"], [])
            self.assertEqual(columns["is_late"], loan.ids)
            line = self.line_of(loan)
            self.assertEqual((line["act"], line["late_days"]), ("return", 2))
            loan.with_user(self.desk).action_return()
            self.assertEqual(self.desk_of(self.desk)["is_late"], [])

    def test_a_deposit_is_asked_for_before_the_button(self):
        bike = self.make_loan_listing(
            self.owner, name="Bike", deposit_kind="cash", deposit_amount=40
        )
        loan = self.lend(self.borrower, bike, "2026-11-23")
        line = self.line_of(loan)
        self.assertTrue(line["must_receive"])
        self.assertIn("40", line["deposit"])
        loan.with_user(self.desk).action_hand_over(True)
        self.assertFalse(self.line_of(loan)["must_receive"])

    def test_a_label_opens_the_loan_under_way_then_the_next(self):
        """leihs #1628: what is scanned is the loan of this very copy."""
        code = self.drill.sudo().copy_ids.code
        exchanges = self.env["ebs.exchange"].with_user(self.desk)
        self.assertEqual(exchanges.get_desk_scan(code), self.due_out.id)
        coming = self.lend(self.rival, self.drill, "2026-12-01")
        self.hand_over(self.due_out)
        address = f" https://example.com/c/{code.lower()}/ "
        self.assertEqual(exchanges.get_desk_scan(address), self.due_out.id)
        self.take_back(self.due_out)
        self.assertEqual(exchanges.get_desk_scan(code), coming.id)
        coming.with_user(self.owner.user_id).action_cancel()
        with self.refused("Nobody has it"):
            exchanges.get_desk_scan(code)
        with self.refused("No label"):
            exchanges.get_desk_scan("NOSUCHCODE")
        with self.refused("type text"):
            exchanges.get_desk_scan(["x"])

    def test_the_desk_answers_and_lends_for_who_is_not_online(self):
        """At the counter: asked in the member's name, agreed at once, with a trace."""
        tent = self.make_loan_listing(self.owner, name="Tent", agreement="staff")
        asked = self.ask(self.rival, tent, "2026-11-28")
        self.assertEqual(self.desk_of(self.desk)["waiting"], asked.ids)
        self.assertEqual(self.line_of(asked)["act"], "accept")
        asked.with_user(self.desk).action_accept()
        self.assertEqual(self.desk_of(self.desk)["waiting"], [])

        wizard = self.env["ebs.desk.loan"].with_user(self.desk)
        wizard = wizard.with_company(self.company).create(
            {
                "member_id": self.borrower.id,
                "listing_id": tent.id,
                "day_start": "2026-11-23",
                "day_end": "2026-11-24",
            }
        )
        loan = self.env["ebs.exchange"].browse(wizard.action_confirm()["res_id"])
        self.assertEqual(loan.sudo().state, "accepted")
        self.assertEqual(loan.sudo().asker_id, self.borrower)
        self.assertIn(
            "in the name of Boris", str(loan.sudo().message_ids.mapped("body"))
        )
        self.assertTrue(self.mails_to(self.borrower, "Tent"))
        self.assertIn(loan.id, self.desk_of(self.desk)["is_due_out"])

    def test_the_desk_lends_half_days_as_they_are_said(self):
        """From the afternoon of one day to the morning of the next."""
        tent = self.make_loan_listing(self.owner, name="Tent", agreement="staff")
        tent.sudo().loan_step = "half_day"
        wizard = self.env["ebs.desk.loan"].with_user(self.desk)
        wizard = wizard.with_company(self.company).create(
            {
                "member_id": self.borrower.id,
                "listing_id": tent.id,
                "day_start": "2026-11-23",
                "half_start": "12",
                "day_end": "2026-11-24",
                "half_end": "12",
            }
        )
        loan = self.env["ebs.exchange"].browse(wizard.action_confirm()["res_id"])
        local = self.company._ebs_local
        self.assertEqual(local(loan.sudo().date_start).hour, 12)
        self.assertEqual(local(loan.sudo().date_end).hour, 12)

    def test_what_its_owner_lends_is_asked_of_the_owner(self):
        listing = self.drill.with_user(self.desk)
        days = {"way": "lend", "date_start": "2026-12-01", "date_end": "2026-12-01"}
        loan = listing.action_ask_for(self.rival.id, days)
        self.assertEqual(loan.sudo().state, "requested")
        with self.refused("a member now"):
            listing.action_ask_for(10**9, days)
        for user in (self.borrower.user_id, self.moderator):
            with self.assertRaises(AccessError):
                self.drill.with_user(user).action_ask_for(self.rival.id, days)

    def test_nobody_but_the_desk_of_this_platform_sees_it(self):
        for user in (
            self.borrower.user_id,
            self.owner.user_id,
            self.moderator,
            self.stranger,
        ):
            exchanges = self.env["ebs.exchange"].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    exchanges.get_desk()
                with self.assertRaises(AccessError):
                    exchanges.get_desk_scan("x")
                with self.assertRaises(AccessError):
                    self.due_out.with_user(user).get_desk_line()

    def test_loans_inside_a_circle_are_no_business_of_the_desk(self):
        circle = self.make_circle("Family", "invitation", self.owner)
        self.add_to_circle(circle, self.borrower)
        tent = self.make_loan_listing(
            self.owner, name="Tent", visibility="circles", circle_ids=circle.ids
        )
        loan = self.lend(self.borrower, tent, "2026-11-23")
        self.assertNotIn(loan.id, self.desk_of(self.desk)["is_due_out"])

    def test_more_loans_cost_no_more_queries(self):
        self.desk_of(self.desk)
        few = self.count_queries()
        for n in range(8):
            listing = self.make_loan_listing(self.owner, name=f"Thing {n}")
            self.lend(self.rival, listing, "2026-11-23")
        self.assertEqual(len(self.desk_of(self.desk)["is_due_out"]), 9)
        self.assertEqual(self.count_queries(), few)

    def test_a_column_counts_what_it_has_no_room_for(self):
        self.lend(self.rival, self.make_loan_listing(self.owner), "2026-11-23")
        exchanges = self.env["ebs.exchange"].with_user(self.desk)
        with patch.object(ebs_exchange_desk, "MAX_LINES", 1):
            columns = exchanges.get_desk()["columns"]
        column = next(one for one in columns if one["code"] == "is_due_out")
        self.assertEqual((column["count"], len(column["lines"])), (2, 1))

    def count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.desk_of(self.desk)
        return self.cr.sql_log_count - before
