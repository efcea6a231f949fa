# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base.utils import to_amount
from odoo.exceptions import UserError

AGREEMENTS = [
    ("instant", "At Once"),
    ("owner", "By the Owner"),
    ("staff", "By the Team"),
]
# The team's consent is the team's to ask for.
MEMBER_AGREEMENTS = ("instant", "owner")


class EbsListing(models.Model):
    """Who says yes to a loan: nobody needs to, the owner, or the team."""

    _inherit = "ebs.listing"

    agreement = fields.Selection(
        AGREEMENTS,
        "Loans Are Agreed",
        required=True,
        default="owner",
    )
    value = fields.Monetary("Declared Value", help="Zero when it was not said.")

    _value_positive = models.Constraint(
        "CHECK (value >= 0)", "A value cannot be less than zero."
    )

    # === WHAT THE OWNER SAYS === #

    @api.model
    def _get_value_readers(self):
        return {
            **super()._get_value_readers(),
            "agreement": self._read_agreement,
            "value": self._read_value,
        }

    def _read_agreement(self, value, member):
        if self.agreement == "staff":
            if value == "staff":
                return {}
            raise UserError(
                self.env._(
                    "The team answers requests for this listing: write to it if that "
                    "should change."
                )
            )
        if value not in MEMBER_AGREEMENTS:
            raise UserError(
                self.env._("Choose how a loan is agreed: at once, or by your answer.")
            )
        return {"agreement": value}

    def _read_value(self, value, member):
        amount = to_amount(value or 0)
        if amount is None:
            raise UserError(self.env._("Type what it is worth as a number."))
        return {"value": amount}

    # === ASKING === #

    def _prepare_exchange(self, way, asker, values):
        vals = super()._prepare_exchange(way, asker, values)
        if way.commitment == "booking":
            vals |= {
                "agreement": self.agreement,
                "value": self._get_counted_value(),
            }
        return vals

    def _get_counted_value(self):
        """What counts of it in the limits: its value, or else its deposit."""
        return self.value or self.deposit_amount
