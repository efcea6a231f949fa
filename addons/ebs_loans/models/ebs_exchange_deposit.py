# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_amount, to_text
from odoo.addons.ebs_listings.models.ebs_exchange import REASON_LENGTH
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..utils import format_day
from .ebs_exchange import SETTLING_STATES

_lt = LazyTranslate(__name__)


class EbsExchange(models.Model):
    """What becomes of the deposit: given back, or kept once the borrower was told."""

    _inherit = "ebs.exchange"

    keeps_at = fields.Datetime("Kept from", compute="_compute_keeps_at")
    may_keep = fields.Boolean("May Be Kept", compute="_compute_keeps_at")

    # === COMPUTE METHODS === #

    @api.depends("deposit_ids.settles_at")
    def _compute_keeps_at(self):
        for exchange in self:
            settles_at = exchange.deposit_ids[:1].settles_at
            exchange.keeps_at = settles_at
            exchange.may_keep = settles_at and settles_at <= clock.now()

    # === WHAT THE OWNER'S SIDE AND THE DESK DO === #

    def action_return_deposit(self):
        """Note that the borrower has all of the deposit back: the loan is done."""
        loan = self._check_action("return_deposit")
        loan._finish(SETTLING_STATES)
        loan.deposit_id._give_back()
        if loan.deposit_id._is_in_hand():
            subject = _lt("Deposit given back: “%(title)s”", title=loan.title)
        else:
            subject = _lt("All is in order: “%(title)s”", title=loan.title)
        self._tell_loan("ebs_loans.mail_deposit_returned", subject)

    def action_announce_keep(self, amount, reason):
        """Tell the borrower what will be kept of the deposit, and why.

        It is kept after the platform's days of notice, unless both agree on something
        else, and not while a dispute is open. Announced again, the days begin again.
        """
        loan = self._check_action("announce_keep")
        loan._announce_keep(*loan._read_kept(amount, reason))
        loan._tell(
            "asker",
            "ebs_loans.mail_keep_announced",
            loan._get_announced_subject(),
            {"exchange": loan},
        )

    def action_keep_deposit(self):
        """Keep what was announced, once the days of notice are over."""
        loan = self._check_action("keep_deposit")
        loan._check_keep()
        loan._settle_keep()

    def action_set_deposit_holder(self, holder):
        """Say who has the cheque in hand: the owner, or the team for the owner."""
        loan = self._check_handler()
        deposit = loan.deposit_id
        if holder not in ("owner", "desk") or deposit.state != "held":
            raise UserError(
                self.env._("This is not possible, or not any more: look where it is.")
            )
        if deposit.kind != "cheque":
            raise UserError(
                self.env._("The team may keep a cheque for the owner, nothing else.")
            )
        deposit.holder = holder

    # === CHECKS === #

    def _read_kept(self, amount, reason):
        """Return how much of the deposit is kept, and why, or a sentence."""
        deposit = self.deposit_id
        amount = to_amount(amount)
        if amount is not None:
            amount = deposit.currency_id.round(amount)
        if (
            not amount
            or deposit.currency_id.compare_amounts(amount, deposit.amount) > 0
        ):
            raise UserError(
                self.env._(
                    "Type how much is kept: a number above zero, and at most the "
                    "deposit itself."
                )
            )
        reason = to_text(reason, REASON_LENGTH)
        if not reason:
            raise UserError(self.env._("Please say why: the borrower reads it."))
        return amount, reason

    def _check_deposit(self, is_received):
        """Refuse to hand over before the deposit is there."""
        deposit = self.deposit_id
        if deposit.kind == "guarantor":
            self._check_guarantee()
        elif deposit and is_received is not True:
            raise UserError(
                self.env._("Note the deposit before you hand the thing over.")
            )

    def _check_keep(self):
        """Refuse to keep what was not announced in time."""
        settles_at = self.deposit_id.settles_at
        if not settles_at:
            raise UserError(
                self.env._(
                    "Announce first what is kept, and why: the borrower is told."
                )
            )
        if settles_at > clock.now():
            raise UserError(
                self.env._(
                    "The borrower was told that it is kept from %(day)s on: wait until "
                    "then.",
                    day=self._get_settling_day(),
                )
            )

    # === IN WORDS === #

    def _get_settling_day(self):
        """The first day on which what was announced may be kept."""
        local = self.company_id._ebs_local(self.sudo().deposit_id.settles_at)
        return format_day(self.env, local.date())

    def _get_announced_step(self, loan, side):
        """What was announced, and until when the borrower may object."""
        deposit = loan.deposit_id
        words = {
            "owner": loan.owner_name,
            "asker": loan.asker_name,
            "kept": self._say_amount(deposit.announced_amount, deposit.currency_id),
            "day": self._get_settling_day(),
            "reason": deposit.announced_reason,
        }
        if side == "asker":
            return self.env._(
                "%(owner)s wants to keep %(kept)s of the deposit: “%(reason)s”. If you "
                "do not agree, say so before %(day)s.",
                **words,
            )
        if deposit.settles_at <= clock.now():
            return self.env._(
                "%(asker)s was told that %(kept)s of the deposit is kept: it can be "
                "settled now.",
                **words,
            )
        return self.env._(
            "%(asker)s was told that %(kept)s of the deposit is kept. It will be "
            "settled on %(day)s; you may still give all of it back.",
            **words,
        )

    def _get_done_step(self, loan, side):
        """What was kept and why, at the end."""
        deposit = loan.deposit_id
        return self.env._(
            "It is over. %(kept)s of the deposit was kept: “%(reason)s”.",
            kept=self._say_amount(deposit.kept_amount, deposit.currency_id),
            reason=deposit.kept_reason,
        )

    # === BUSINESS METHODS === #

    def _get_deposit_actions(self):
        """What the owner's side may do with the deposit of a thing that is back."""
        deposit = self.sudo().deposit_id
        if deposit.state != "held":
            return []
        actions = ["return_deposit", "announce_keep"]
        if deposit.settles_at and deposit.settles_at <= clock.now():
            actions.insert(1, "keep_deposit")
        return actions

    def _announce_keep(self, amount, reason):
        """Write down what will be kept after the days of notice; tell a guarantor."""
        notice = timedelta(days=self.company_id.ebs_keep_notice_days)
        self.deposit_id._announce(amount, reason, clock.now() + notice)
        self._tell_guarantor("announced", self._get_announced_subject())

    def _get_announced_subject(self):
        return _lt("A part of the deposit may be kept: “%(title)s”", title=self.title)

    def _settle_keep(self):
        """Keep what was announced: the loan is done, and both read it."""
        deposit = self.deposit_id
        self._finish(SETTLING_STATES)
        deposit._keep(deposit.announced_amount, deposit.announced_reason)
        for side in ("owner", "asker"):
            self._tell(
                side,
                "ebs_loans.mail_deposit_kept",
                _lt("The deposit is settled: “%(title)s”", title=self.title),
                {"exchange": self},
            )
