# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError

from .ebs_exchange import SETTLING_STATES

_logger = logging.getLogger(__name__)


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
        [("cheque", "Cheque"), ("cash", "Cash"), ("guarantor", "Guarantor")],
        required=True,
    )
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one("res.currency", required=True)
    state = fields.Selection(
        [
            ("agreed", "Agreed"),
            ("held", "Held"),
            ("returned", "Returned"),
            ("kept", "Kept"),
        ],
        required=True,
        default="agreed",
        index=True,
    )
    # Who has the cheque or the cash. The team is handed papers, never money.
    holder = fields.Selection(
        [("owner", "The owner"), ("desk", "The team")], "Held By", readonly=True
    )
    held_at = fields.Datetime("Received on")
    returned_at = fields.Datetime("Returned on")
    kept_at = fields.Datetime("Kept on")
    kept_amount = fields.Monetary("Amount Kept")
    kept_reason = fields.Text("Why It Was Kept")

    # What the borrower was told that will be kept, and from when it may be.
    announced_at = fields.Datetime("Announced on", readonly=True)
    announced_amount = fields.Monetary("Amount Announced", readonly=True)
    announced_reason = fields.Text("Reason Announced", readonly=True)
    settles_at = fields.Datetime("Kept from", readonly=True)

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
    _announced_whole = models.Constraint(
        """CHECK (announced_at IS NULL OR (
            announced_amount > 0 AND announced_amount <= amount
            AND announced_reason IS NOT NULL AND settles_at >= announced_at
        ))""",
        "Whoever announces to keep a part of the deposit says how much and why.",
    )
    _held_by_somebody = models.Constraint(
        """CHECK (
            (holder IS NULL OR (held_at IS NOT NULL AND kind IN ('cheque', 'cash')))
            AND (holder IS DISTINCT FROM 'desk' OR kind = 'cheque')
        )""",
        "The team may keep a cheque for the owner, but never cash.",
    )
    _settles_idx = models.Index(
        "(settles_at, id) WHERE state = 'held' AND settles_at IS NOT NULL"
    )

    # === BUSINESS METHODS === #

    def _is_in_hand(self):
        """Whether it is a thing that goes from hand to hand."""
        return self.kind in ("cheque", "cash")

    def _receive(self):
        """Note that it holds from now on; what goes by hand is with the owner."""
        for deposit in self:
            values = {"held_at": clock.now()}
            if deposit._is_in_hand():
                values["holder"] = "owner"
            deposit._set_state(("agreed",), "held", values)

    def _announce(self, amount, reason, settles_at):
        """Note what the borrower is told; it is settled from `settles_at` on."""
        self.write(
            {
                "announced_at": clock.now(),
                "announced_amount": amount,
                "announced_reason": reason,
                "settles_at": settles_at,
            }
        )

    def _forget_announcement(self):
        """Keep nothing of what was announced: something else was agreed on."""
        self.write(
            {
                "announced_at": False,
                "announced_amount": 0,
                "announced_reason": False,
                "settles_at": False,
            }
        )

    def _give_back(self):
        """Note that the borrower has all of it back, and the guarantor owes nothing."""
        self._set_state(("held",), "returned", {"returned_at": clock.now()})
        self.exchange_id.guarantee_ids._free()

    def _keep(self, amount, reason):
        """Note that `amount` of it stays with the owner; the rest goes back."""
        self._set_state(
            ("held",),
            "kept",
            {"kept_at": clock.now(), "kept_amount": amount, "kept_reason": reason},
        )
        self.exchange_id.guarantee_ids._call(amount, reason)

    # === CRON === #

    @api.model
    def _get_settling_domain(self):
        return [
            ("state", "=", "held"),
            ("settles_at", "<=", clock.now()),
            ("exchange_id.state", "in", SETTLING_STATES),
        ]

    @api.model
    def _cron_settle(self):
        """Keep what was announced once its time has come; one commit each.

        What cannot be settled now, as in a dispute, is looked at again next time.
        """
        ids = self.search(self._get_settling_domain(), order="settles_at, id").ids
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(ids))
        for deposit_id in ids:
            deposit = self.browse(deposit_id).try_lock_for_update()
            deposit = deposit.filtered_domain(self._get_settling_domain())
            if deposit:
                deposit._try_settle()
            if not cron._commit_progress(1):
                break

    def _try_settle(self):
        """Settle, or leave it: one that fails holds up none of the others."""
        self.ensure_one()
        exchange = self.exchange_id.with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                exchange._check_keep()
                exchange._settle_keep()
        except UserError as error:
            _logger.info("%s is not kept now: %s", self, error)
        except Exception:
            _logger.exception("%s could not be settled", self)
