# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans")
class TestAgreement(LoansCase):
    """Who says yes to a loan: nobody needs to, the owner, or the team."""

    def test_the_owner_answers_unless_told_otherwise(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.assertEqual((loan.state, loan.agreement), ("requested", "owner"))
        self.assertIn("accept", self.by(self.owner, loan)._get_actions())
        self.assertFalse(loan.with_user(self.desk)._get_actions())

    # === AT ONCE === #

    def test_an_instant_loan_is_agreed_and_booked_at_once(self):
        self.drill.sudo().agreement = "instant"
        loan = self.ask(self.borrower, self.drill, "2026-11-27", "2026-11-29").sudo()
        self.assertEqual(loan.state, "accepted")
        self.assertTrue(loan.accepted_at)
        self.assertEqual(len(loan.booking_ids), 1)

    def test_both_are_told_of_an_instant_loan_once(self):
        self.drill.sudo().agreement = "instant"
        self.ask(self.borrower, self.drill, "2026-11-27")
        self.assertEqual(len(self.mails_to(self.borrower)), 1)
        self.assertEqual(len(self.mails_to(self.owner)), 1)
        self.assertTrue(self.mails_to(self.owner, "may I borrow it"))

    def test_as_many_instant_loans_as_copies_and_the_next_one_reads_why(self):
        listing = self.make_loan_listing(self.owner, copies=2, agreement="instant")
        for member in (self.borrower, self.rival):
            self.ask(member, listing, "2026-11-27")
        with self.refused("Already taken on Friday 27 November"):
            self.ask(self.make_member("Tara"), listing, "2026-11-27")

    def test_a_deposit_is_agreed_at_once_with_the_loan(self):
        self.drill.sudo().write(
            {"agreement": "instant", "deposit_kind": "cash", "deposit_amount": 40}
        )
        loan = self.ask(self.borrower, self.drill, "2026-11-27").sudo()
        self.assertEqual(loan.deposit_id.state, "agreed")

    def test_a_gift_is_never_agreed_at_once(self):
        gift = self.make_listing(self.owner, way="give", agreement="instant")
        exchange = self.ask(self.borrower, gift, "2026-11-27", way="give")
        self.assertEqual(exchange.state, "requested")

    # === BY THE TEAM === #

    def test_where_the_team_answers_the_owner_does_not(self):
        self.drill.sudo().agreement = "staff"
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.assertFalse(self.by(self.owner, loan)._get_actions())
        with self.assertRaises(UserError):
            self.accept(loan)
        self.assertIn("team", self.by(self.owner, loan)._get_next_step())
        self.assertIn("team", self.by(self.borrower, loan)._get_next_step())

    def test_the_desk_accepts_for_the_team_and_both_are_told(self):
        self.drill.sudo().agreement = "staff"
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        loan.with_user(self.desk).action_accept()
        self.assertEqual(loan.state, "accepted")
        self.assertTrue(self.mails_to(self.owner, "Agreed"))
        self.assertTrue(self.mails_to(self.borrower, "says yes"))

    def test_the_desk_declines_for_the_team(self):
        self.drill.sudo().agreement = "staff"
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        loan.with_user(self.desk).action_decline("Closed that day.")
        self.assertEqual(loan.state, "declined")

    def test_the_desk_of_another_platform_does_not_answer(self):
        self.drill.sudo().agreement = "staff"
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.desk.write(
            {"company_ids": [(6, 0, self.other_company.ids)]}
            | {"company_id": self.other_company.id}
        )
        with self.assertRaises(UserError):
            loan.with_user(self.desk).action_accept()

    def test_a_request_keeps_its_way_of_being_answered(self):
        loan = self.ask(self.borrower, self.drill, "2026-11-27")
        self.drill.sudo().agreement = "staff"
        self.assertEqual(self.accept(loan).state, "accepted")

    # === WHO CHOOSES === #

    def test_the_owner_chooses_at_once_or_by_an_answer(self):
        listing = self.by(self.owner, self.drill)
        listing.action_save({"agreement": "instant", "value": "120,50"})
        self.assertEqual((listing.agreement, listing.value), ("instant", 120.5))
        listing.action_save({"agreement": "owner"})
        self.assertEqual(listing.agreement, "owner")

    def test_garbage_gets_a_sentence(self):
        listing = self.by(self.owner, self.drill)
        for garbage in (None, False, "", "staff", "nobody", 7, [], {}, ["instant"]):
            with self.subTest(garbage=garbage), self.refused("Choose how a loan"):
                listing.action_save({"agreement": garbage})
        for garbage in ("a lot", [], {}, "-1", "1e400"):
            with self.subTest(garbage=garbage):
                if garbage in ([], {}):
                    listing.action_save({"value": garbage})
                else:
                    with self.refused("as a number"):
                        listing.action_save({"value": garbage})

    def test_what_the_team_answers_stays_so_until_the_team_says_otherwise(self):
        self.drill.sudo().agreement = "staff"
        listing = self.by(self.owner, self.drill)
        listing.action_save({"agreement": "staff", "name": "Big drill"})
        with self.refused("The team answers"):
            listing.action_save({"agreement": "instant"})
