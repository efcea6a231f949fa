# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans")
class TestContract(LoansCase):
    """The contract is written when both agree, and stays as it was then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.lang = "en_US"

    def test_a_request_has_no_contract_yet(self):
        self.assertFalse(
            self.ask(self.borrower, self.drill, "2026-11-24").contract_text
        )

    def test_a_free_loan_says_so_and_names_its_law(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-24", "2026-11-26")
        for words in (
            "Olga lends to Boris, free of charge: Drill",
            "From Tuesday 24 November 2026 to Thursday 26 November 2026",
            "agreed on Monday 23 November 2026",
            "articles 1875",
            "There is no deposit",
        ):
            self.assertIn(words, loan.contract_text)
        self.assertNotIn("rent", loan.contract_text)

    def test_a_rental_says_its_price_and_names_its_law(self):
        listing = self.make_loan_listing(
            self.owner, way="rent", price=15, deposit_kind="cheque", deposit_amount=80
        )
        loan = self.lend(self.borrower, listing, "2026-11-24", way="rent")
        for words in ("rents out to Boris", "15.00", "article 1709", "80.00", "3 days"):
            self.assertIn(words, loan.contract_text)
        self.assertNotIn("1875", loan.contract_text)

    def test_it_stays_as_agreed_whatever_changes(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-24")
        text = loan.contract_text
        self.drill.sudo().write(
            {"name": "Saw", "deposit_kind": "cash", "deposit_amount": 500}
        )
        self.company.ebs_keep_notice_days = 30
        self.owner.sudo().name = "Somebody else"
        self.hand_over(loan)
        self.take_back(loan)
        self.assertEqual(loan.contract_text, text)

    def test_its_articles_are_numbered_and_have_titles(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-24")
        articles = loan._get_contract_articles()
        self.assertEqual(len(articles), 7)
        self.assertEqual(articles[0][0], "1. Who, and what")
        self.assertTrue(all(text for _title, text in articles))

    def test_the_parties_read_it_and_strangers_do_not(self):
        loan = self.lend(self.borrower, self.drill, "2026-11-24")
        for member in (self.owner, self.borrower):
            self.assertTrue(loan.with_user(member.user_id).contract_text)
        self.assertFalse(loan.with_user(self.rival.user_id).has_access("read"))
