# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LoansCase

OWN_MODELS = ("ebs.copy", "ebs.booking", "ebs.deposit", "ebs.reminder")


@tagged("ebs_loans", "ebs_security")
class TestSecurity(LoansCase):
    """Who reads what of a loan; members write only through the actions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        saw = cls.make_loan_listing(
            cls.owner, deposit_kind="cash", deposit_amount=20, visibility="members"
        )
        cls.loan = cls.lend(cls.borrower, saw, "2026-11-23", "2026-11-27").sudo()
        cls.hand_over(cls.loan, True)
        cls.records = {
            "ebs.copy": saw.sudo().copy_ids,
            "ebs.booking": cls.loan.booking_ids,
            "ebs.deposit": cls.loan.deposit_id,
            "ebs.reminder": cls.loan.reminder_ids,
        }

    def readable(self, user):
        """The models of which that user finds the loan's record."""
        return {
            name
            for name, records in self.records.items()
            if self.finds(records.with_user(user))
        }

    def finds(self, records):
        try:
            found = records.search([("id", "in", records.ids)])
        except AccessError:
            return False
        self.assertEqual(bool(found), records.has_access("read"))
        return bool(found)

    def test_both_parties_read_their_loan(self):
        self.assertEqual(self.readable(self.borrower.user_id), set(OWN_MODELS))
        self.assertEqual(
            self.readable(self.owner.user_id), set(OWN_MODELS) - {"ebs.reminder"}
        )

    def test_another_member_reads_only_that_there_is_a_copy(self):
        self.assertEqual(self.readable(self.rival.user_id), {"ebs.copy"})

    def test_visitors_and_strangers_read_nothing_of_it(self):
        self.assertEqual(self.readable(self.visitor), set())
        self.assertEqual(self.readable(self.stranger), set())
        abroad = self.make_member("Ella", company=self.other_company)
        self.assertEqual(self.readable(abroad.user_id), set())

    def test_the_desk_reads_all_of_it(self):
        self.assertEqual(self.readable(self.desk), set(OWN_MODELS))

    def test_the_desk_of_another_platform_reads_nothing_of_it(self):
        self.desk.sudo().write(
            {"company_id": self.other_company.id, "company_ids": self.other_company.ids}
        )
        self.assertEqual(self.readable(self.desk), set())

    def test_a_copy_follows_its_listing_out_of_sight(self):
        copy = self.records["ebs.copy"]
        copy.listing_id.visibility = "circles"
        self.env.invalidate_all()
        self.assertEqual(self.readable(self.rival.user_id), set())
        self.assertFalse(self.finds(copy.with_user(self.rival.user_id)))

    def test_the_deal_stays_readable_when_the_listing_does_not(self):
        self.records["ebs.copy"].listing_id.visibility = "circles"
        self.env.invalidate_all()
        loan = self.loan.with_user(self.borrower.user_id)
        self.assertEqual(
            self.readable(self.borrower.user_id), set(OWN_MODELS) - {"ebs.copy"}
        )
        self.assertTrue(loan._get_next_step())
        self.assertTrue(loan._get_steps())
        self.assertEqual(loan.deposit_id.amount, 20)

    def test_nobody_below_the_superuser_writes_by_rpc(self):
        users = [
            member.user_id for member in (self.owner, self.borrower, self.rival)
        ] + [self.visitor, self.stranger, self.desk, self.moderator, self.manager]
        for user in users:
            for name, records in self.records.items():
                model = self.env[name].with_user(user)
                for operation in ("write", "create", "unlink"):
                    with self.subTest(user=user.login, model=name, op=operation):
                        self.assertFalse(model.has_access(operation))
                with self.subTest(user=user.login, model=name):
                    with self.assertRaises(AccessError):
                        records.with_user(user).write({"company_id": 1})
                    with self.assertRaises(AccessError):
                        records.with_user(user).unlink()

    def test_who_typed_it_in_stays_hidden(self):
        for records in self.records.values():
            mine = records.with_user(self.borrower.user_id)
            with self.assertRaises(AccessError):
                mine.read(["create_uid"])
            with self.assertRaises(AccessError):
                mine.search([("write_uid", "=", 1)])
