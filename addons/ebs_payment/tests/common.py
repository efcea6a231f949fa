# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo.addons.ebs_base.clock import clock_at
from odoo.addons.ebs_loans.tests.common import LoansCase


class CardCase(LoansCase):
    """A library that lends its own things, and holds a card for a deposit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.library = cls.make_member("Library")
        cls.library.sudo().kind = "association"
        cls.provider = cls.make_provider(cls.company)
        cls.method = cls.env.ref("payment_demo.payment_method_demo")
        cls.company.write(
            {
                "ebs_operator_member_id": cls.library.id,
                "ebs_deposit_provider_id": cls.provider.id,
            }
        )
        cls.saw = cls.make_loan_listing(cls.library, name="Saw")
        cls.saw.sudo().write({"deposit_kind": "card", "deposit_amount": 80})

    # === THE WORLD === #

    @classmethod
    def make_provider(cls, company, **values):
        """A demo provider of that company, fit to hold deposits."""
        demo = cls.env.ref("payment.payment_provider_demo")
        provider = demo.copy(
            {
                "name": f"Demo of {company.name}",
                "company_id": company.id,
                "code": "demo",
                "state": "test",
                "is_published": True,
            }
        )
        provider.write(
            {
                "payment_method_ids": [
                    (6, 0, cls.env.ref("payment_demo.payment_method_demo").ids)
                ],
                "capture_manually": True,
                "allow_tokenization": True,
                **values,
            }
        )
        # It is off where no sample data were wanted.
        cls.env.ref("payment_demo.payment_method_demo").active = True
        return provider

    @classmethod
    def begin(cls, loan, **values):
        """The borrower begins an authorisation, as the page does."""
        deposit = loan.sudo().deposit_id
        saves = loan.sudo()._outlasts_hold()
        cls.env.flush_all()
        return cls.env["payment.transaction"].create(
            {
                "provider_id": cls.provider.id,
                "payment_method_id": cls.method.id,
                "reference": f"EBS-{deposit.id}-{deposit.start_count}",
                "amount": deposit.amount,
                "currency_id": deposit.currency_id.id,
                "partner_id": loan.sudo().asker_id.user_id.partner_id.id,
                "operation": "online_direct",
                "tokenize": saves,
                "is_ebs_deposit": True,
                "ebs_deposit_id": deposit.id,
                "ebs_exchange_id": loan.id,
                **values,
            }
        )

    @classmethod
    def pay(cls, transaction, state="done"):
        """The borrower's bank answers the form."""
        return transaction._process(
            "demo",
            {
                "reference": transaction.reference,
                "simulated_state": state,
                "payment_details": "4242",
            },
        )

    @classmethod
    def authorise(cls, loan, **values):
        transaction = cls.begin(loan, **values)
        cls.pay(transaction)
        return transaction

    @classmethod
    def lend_saw(cls, first="2026-11-24", last=None):
        """The saw, agreed for these days, from tomorrow on."""
        return cls.lend(cls.borrower, cls.saw, first, last)

    @contextmanager
    def running(self, *moment):
        """What the scheduled actions do at that moment."""
        with self.cron(*moment):
            yield

    def run_orders(self, *moment):
        with self.cron(*(moment or (2026, 11, 24, 12))):
            self.env["ebs.payment.order"]._cron_run()

    def orders(self, loan):
        """What was ordered of the provider, as (kind, state), in order."""
        found = self.env["ebs.payment.order"].search(
            [("exchange_id", "=", loan.id)], order="id"
        )
        return [(order.kind, order.state) for order in found]

    def give_back(self, loan):
        """The owner's side lets go of the deposit, and the loan is over."""
        loan.with_user(self.library.sudo().user_id).action_return_deposit()

    def keep(self, loan, amount, reason="The blade is broken"):
        """The deposit is kept, once the borrower was told."""
        owner = loan.with_user(self.library.user_id)
        owner.action_announce_keep(amount, reason)
        settles_at = loan.sudo().deposit_id.settles_at
        with clock_at(settles_at):
            owner.action_keep_deposit()
        self.env.flush_all()
        return settles_at

    def assertSound(self):
        """Everything that must hold, holds."""
        self.env.flush_all()
        self.assertEqual(self.env["ebs.audit"]._run(), [])
