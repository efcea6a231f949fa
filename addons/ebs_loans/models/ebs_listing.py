# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base.utils import to_amount, to_int
from odoo.exceptions import UserError
from odoo.fields import Domain

DEPOSIT_KINDS = [
    ("none", "None"),
    ("cheque", "Cheque"),
    ("cash", "Cash"),
    ("guarantor", "Guarantor"),
]
MAX_COPIES = 50


class EbsListing(models.Model):
    """What a loan of the thing asks for, and its copies."""

    _inherit = "ebs.listing"

    deposit_kind = fields.Selection(
        DEPOSIT_KINDS,
        "Deposit",
        required=True,
        default="none",
    )
    deposit_amount = fields.Monetary("Amount of the Deposit")
    # Those that are lent; the others wait for a repair, or are gone.
    copy_ids = fields.One2many(
        "ebs.copy", "listing_id", "Copies", domain=[("state", "=", "in_service")]
    )
    all_copy_ids = fields.One2many("ebs.copy", "listing_id", "All Copies")
    copy_count = fields.Integer(
        "Number of Copies",
        compute="_compute_copy_count",
        inverse="_inverse_copy_count",
        compute_sudo=True,
    )

    _deposit_amount_said = models.Constraint(
        "CHECK (deposit_kind = 'none' OR deposit_amount > 0)",
        "Say how much the deposit is.",
    )

    # === COMPUTE METHODS === #

    @api.depends("copy_ids")
    def _compute_copy_count(self):
        for listing in self:
            listing.copy_count = len(listing.copy_ids)

    def _inverse_copy_count(self):
        for listing in self:
            listing._set_copy_count(listing.copy_count)

    # === WHAT THE OWNER SAYS === #

    @api.model
    def _get_value_readers(self):
        return {
            **super()._get_value_readers(),
            "deposit_kind": self._read_deposit_kind,
            "deposit_amount": self._read_deposit_amount,
            "copy_count": self._read_copy_count,
        }

    def _read_deposit_kind(self, value, member):
        if not isinstance(value, str) or value not in dict(DEPOSIT_KINDS):
            raise UserError(self.env._("Choose one of the deposits on offer."))
        return {"deposit_kind": value}

    def _read_deposit_amount(self, value, member):
        amount = to_amount(value or 0)
        if amount is None:
            raise UserError(self.env._("Type the amount of the deposit as a number."))
        return {"deposit_amount": amount}

    def _read_copy_count(self, value, member):
        count = to_int(value)
        if count is None or not 0 <= count <= MAX_COPIES:
            raise UserError(self._get_copies_refusal())
        return {"copy_count": count}

    def _settle_readers(self, vals):
        res = super()._settle_readers(vals)
        self._settle_deposit(vals)
        return res

    def _settle_deposit(self, vals):
        """Make kind and amount agree: no amount without a kind, nor the reverse."""
        if "deposit_kind" not in vals and "deposit_amount" not in vals:
            return
        if vals.get("deposit_kind", self.deposit_kind or "none") == "none":
            vals["deposit_amount"] = 0
        elif not vals.get("deposit_amount", self.deposit_amount):
            raise UserError(self.env._("Say how much the deposit is."))

    def _save(self, values, member):
        listing = super()._save(values, member)
        if listing.state in ("published", "paused"):
            listing._ensure_copy()
        return listing

    def _publish(self, allowed_from):
        res = super()._publish(allowed_from)
        self._ensure_copy()
        return res

    # === ASKING === #

    def _get_ask_keys(self):
        return (*super()._get_ask_keys(), "date_start", "date_end")

    def _get_priced_ways(self):
        return (*super()._get_priced_ways(), "rent")

    def _prepare_exchange(self, way, asker, values):
        vals = super()._prepare_exchange(way, asker, values)
        if way.commitment == "booking":
            start, end = self._check_period(values)
            vals |= {
                "date_start": start,
                "date_end": end,
                "loan_step": self.loan_step,
                "deposit_kind": self.deposit_kind,
                "deposit_amount": self.deposit_amount,
            }
        return vals

    def _get_asked_domain(self, way, asker, vals):
        """For a loan, only days that overlap make a second request of the first."""
        domain = super()._get_asked_domain(way, asker, vals)
        if "date_start" in vals:
            domain &= Domain("date_start", "<", vals["date_end"])
            domain &= Domain("date_end", ">", vals["date_start"])
        return domain

    # === COPIES === #

    def _is_lendable(self):
        """Whether one of the ways takes a copy for a period."""
        return "booking" in self.way_ids.mapped("commitment")
