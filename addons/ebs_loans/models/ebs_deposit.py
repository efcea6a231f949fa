# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.addons.ebs_base import clock


class EbsDeposit(models.Model):
    """What secures one loan: declared between the two parties, never held by us.

    It is agreed with the loan, held from hand-over on, and then either given back
    or kept, in whole or in part, for a reason that the borrower was told.
    """

    _name = "ebs.deposit"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _description = "Deposit"
    _rec_name = "exchange_id"
    _check_company_auto = True

    exchange_id = fields.Many2one(
        "ebs.exchange",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="exchange_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    kind = fields.Selection(
        [("cheque", "Cheque"), ("cash", "Cash")],
        required=True,
    )
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one("res.currency", required=True)
    state = fields.Selection(
        [
            ("agreed", "Agreed"),
            ("held", "Held by the owner"),
            ("returned", "Returned"),
            ("kept", "Kept"),
        ],
        required=True,
        default="agreed",
        index=True,
    )
    held_at = fields.Datetime("Received on")
    returned_at = fields.Datetime("Returned on")
    kept_at = fields.Datetime("Kept on")
    kept_amount = fields.Monetary("Amount Kept")
    kept_reason = fields.Text("Why It Was Kept")

    _exchange_unique = models.Constraint(
        "UNIQUE (exchange_id)", "A loan has one deposit at most."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "The amount of a deposit is above zero."
    )
    _kept_says_why = models.Constraint(
        """CHECK (state != 'kept' OR (
            kept_amount > 0 AND kept_amount <= amount AND kept_reason IS NOT NULL
        ))""",
        "What is kept of a deposit is a part of it, and has a reason.",
    )

    # === BUSINESS METHODS === #

    def _receive(self):
        """Note that the owner's side holds it from now on."""
        self._set_state(("agreed",), "held", {"held_at": clock.now()})

    def _give_back(self):
        """Note that the borrower has all of it back."""
        self._set_state(("held",), "returned", {"returned_at": clock.now()})

    def _keep(self, amount, reason):
        """Note that `amount` of it stays with the owner; the rest goes back."""
        self._set_state(
            ("held",),
            "kept",
            {"kept_at": clock.now(), "kept_amount": amount, "kept_reason": reason},
        )
