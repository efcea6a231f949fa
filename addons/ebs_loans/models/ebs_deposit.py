# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsDeposit(models.Model):
    """What secures one loan: declared between the two parties, never held by us."""

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
        [("agreed", "Agreed"), ("held", "Held by the owner"), ("returned", "Returned")],
        required=True,
        default="agreed",
        index=True,
    )
    held_at = fields.Datetime("Received on")
    returned_at = fields.Datetime("Returned on")

    _exchange_unique = models.Constraint(
        "UNIQUE (exchange_id)", "A loan has one deposit at most."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "The amount of a deposit is above zero."
    )
