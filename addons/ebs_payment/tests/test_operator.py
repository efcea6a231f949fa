# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Money is never received for somebody else: every way to do it is refused."""

import psycopg2
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CardCase

REFUSED = "Only what the platform itself lends"


@tagged("ebs_security")
class TestOperator(CardCase):
    """What a member lends never has a card behind it."""

    def test_a_member_cannot_ask_for_a_card(self):
        with self.refused(REFUSED):
            self.drill.with_user(self.owner.user_id).action_save(
                {"deposit_kind": "card", "deposit_amount": 10}
            )
        with self.refused(REFUSED):
            self.env["ebs.listing"].with_user(self.owner.user_id).action_create(
                {"name": "Tent", "deposit_kind": "card", "deposit_amount": 10}
            )

    def test_nor_does_the_back_office_write_it_for_a_member(self):
        with self.refused(REFUSED, ValidationError):
            self.drill.sudo().write({"deposit_kind": "card", "deposit_amount": 10})

    def test_a_listing_with_a_card_cannot_change_hands(self):
        with self.refused(REFUSED, ValidationError):
            self.saw.sudo().member_id = self.owner

    def test_a_deposit_by_card_of_a_members_loan_cannot_be_made(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-24")
        with self.refused(REFUSED):
            self.env["ebs.deposit"].create(
                {
                    "exchange_id": loan.id,
                    "kind": "card",
                    "amount": 10,
                    "currency_id": loan.currency_id.id,
                }
            )

    def test_a_members_cheque_cannot_become_a_card(self):
        self.drill.sudo().write({"deposit_kind": "cheque", "deposit_amount": 10})
        loan = self.lend(self.borrower, self.drill, "2026-11-24")
        with self.refused(REFUSED):
            loan.sudo().deposit_id.kind = "card"

    def test_a_deposit_by_card_cannot_move_to_a_members_loan(self):
        mine = self.lend(self.borrower, self.drill, "2026-11-24")
        theirs = self.lend_saw()
        with self.refused(REFUSED):
            theirs.sudo().deposit_id.exchange_id = mine

    def test_an_agreed_loan_whose_operator_changed_behind_us_moves_no_money(self):
        loan = self.lend_saw()
        self.authorise(loan)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_company SET ebs_operator_member_id = %s WHERE id = %s",
            (self.owner.id, self.company.id),
        )
        self.env.invalidate_all()
        with self.at(2026, 11, 24, 9), self.refused(REFUSED):
            self.hand_over(loan)
        with self.refused(REFUSED):
            loan.sudo().deposit_id._keep(10, "Because")
        self.assertTrue(self.env["ebs.audit"]._run())

    def test_the_operator_stays_while_cards_are_asked_for(self):
        other = self.make_member("Repair Café")
        other.sudo().kind = "association"
        with self.refused("belong to the operator as it is", ValidationError):
            self.company.ebs_operator_member_id = other
        with self.refused("belong to the operator as it is", ValidationError):
            self.company.ebs_operator_member_id = False

    def test_the_operator_is_an_organisation_of_the_platform(self):
        self.saw.sudo().write({"deposit_kind": "none", "deposit_amount": 0})
        with self.refused("The operator is an organisation", ValidationError):
            self.company.ebs_operator_member_id = self.owner

    def test_a_provider_of_another_company_receives_nothing(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        with self.refused("cannot hold deposits", ValidationError):
            self.company.ebs_deposit_provider_id = self.make_provider(other)
        with self.refused("cannot hold deposits", ValidationError):
            self.provider.company_id = other

    def test_a_provider_that_takes_at_once_is_refused_now_and_later(self):
        at_once = self.make_provider(self.company, capture_manually=False)
        with self.refused("cannot hold deposits", ValidationError):
            self.company.ebs_deposit_provider_id = at_once
        with self.refused("cannot hold deposits", ValidationError):
            self.provider.capture_manually = False
        with self.refused("cannot hold deposits", ValidationError):
            self.provider.allow_tokenization = False

    def test_without_a_provider_nobody_asks_for_a_card_in_vain(self):
        self.company.ebs_deposit_provider_id = False
        with self.refused("not possible here at the moment"):
            self.ask(self.borrower, self.saw, "2026-11-24")
        with self.refused(REFUSED):
            self.saw.with_user(self.library.user_id).action_save(
                {"deposit_kind": "card"}
            )

    def test_the_operator_itself_may_ask_for_a_card(self):
        self.saw.with_user(self.library.user_id).action_save(
            {"deposit_kind": "card", "deposit_amount": 120}
        )
        self.assertEqual(self.saw.deposit_amount, 120)

    def test_the_database_knows_a_deposit_without_its_card(self):
        loan = self.lend_saw()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE ebs_deposit SET state = 'held' WHERE exchange_id = %s",
                (loan.id,),
            )

    def test_one_authorisation_never_secures_two_loans(self):
        loan = self.lend_saw()
        hold = self.authorise(loan)
        other = self.lend(self.rival, self.saw, "2026-11-26")
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            other.sudo().deposit_id.write(
                {"hold_id": hold.id, "held_until": "2026-12-01"}
            )
            self.env.flush_all()

    def test_nobody_takes_or_lets_go_by_hand(self):
        loan = self.lend_saw()
        hold = self.authorise(loan)
        for call in (hold._capture, hold._void, hold._refund):
            with self.assertRaisesRegex(UserError, "This card secures a loan"):
                call()
