# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

import psycopg2
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..const import WAITS

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

# An answer that says nothing sure: it may have been done, or be done later.
UNSURE = {None, 408, 409, 425, 429, 500, 502, 503, 504}
REASON_LENGTH = 500


class EbsPaymentOrder(models.Model):
    """One thing to be done at a provider, once: written in a request, done by a cron.

    The key says what it is. A try is noted before the provider is spoken to, and
    speaks with the same key, so that a lost answer never does it twice.
    """

    _name = "ebs.payment.order"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _description = "Order to a Payment Provider"
    _order = "id"
    _rec_name = "key"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Platform", required=True, index=True, ondelete="cascade"
    )
    deposit_id = fields.Many2one(
        "ebs.deposit", index="btree_not_null", check_company=True, ondelete="set null"
    )
    exchange_id = fields.Many2one(
        "ebs.exchange",
        "Loan",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
    )
    kind = fields.Selection(
        [
            ("release", "Release"),
            ("capture", "Take"),
            ("rest", "Release the rest"),
            ("refund", "Refund"),
            ("renew", "Renew the authorisation"),
            ("charge", "Authorise anew, to take"),
        ],
        required=True,
    )
    key = fields.Char(required=True)
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one("res.currency", required=True)
    transaction_id = fields.Many2one(
        "payment.transaction",
        "Authorisation",
        required=True,
        index=True,
        ondelete="restrict",
        groups="base.group_system",
    )
    result_id = fields.Many2one(
        "payment.transaction",
        "Made for It",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_system",
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
        required=True,
        default="waiting",
    )
    tries = fields.Integer(required=True, default=0)
    next_try_at = fields.Datetime(required=True)
    done_at = fields.Datetime("Done on")
    reason = fields.Char(size=REASON_LENGTH)

    _key_unique = models.Constraint("UNIQUE (key)", "This is ordered already.")
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "What is ordered of a provider is above zero."
    )
    _one_end = models.UniqueIndex(
        "(transaction_id) WHERE kind IN ('release', 'capture')",
        "An authorisation is let go or taken, not both.",
    )
    _waiting_idx = models.Index("(next_try_at, id) WHERE state = 'waiting'")

    # === PLACING === #

    @api.model
    def _place(self, kind, transaction, amount, deposit):
        """Write down what is to be done; the same thing is written down once."""
        orders = self.sudo()
        key = f"{kind}:{transaction.id}"
        order = orders.search([("key", "=", key)])
        if not order:
            order = orders.create(
                {
                    "company_id": transaction.company_id.id,
                    "deposit_id": deposit.id,
                    "exchange_id": transaction.sudo().ebs_exchange_id.id,
                    "kind": kind,
                    "key": key,
                    "amount": amount,
                    "currency_id": transaction.sudo().currency_id.id,
                    "transaction_id": transaction.id,
                    "next_try_at": clock.now(),
                }
            )
            self.env.ref("ebs_payment.ir_cron_payments").sudo()._trigger()
        return order

    @api.model
    def _get_order_of(self, transaction):
        """The order that made this transaction, if one did."""
        return self.sudo().search([("result_id", "=", transaction.id)], limit=1)

    # === ACTIONS === #

    def action_try_again(self):
        """Have a failed order tried again, by a manager who has looked into it."""
        self._check_readable()
        if not self._is_staffed("manager"):
            raise UserError(self.env._("Only a manager has payments tried again."))
        order = self.sudo()
        if order.kind == "refund":
            raise UserError(
                self.env._(
                    "Look at the provider first: a refund that is not there is made "
                    "there by hand, so that it is never made twice."
                )
            )
        order._set_state(
            ("failed",), "waiting", {"tries": 0, "next_try_at": clock.now()}
        )
        self.env.ref("ebs_payment.ir_cron_payments").sudo()._trigger()

    # === DOING === #

    def _note_try(self):
        """Before the provider is spoken to: what is asked, and when to ask again."""
        self.ensure_one()
        wait = WAITS[min(self.tries, len(WAITS) - 1)]
        values = {"tries": self.tries + 1, "next_try_at": clock.now() + wait}
        if not self.result_id:
            values["result_id"] = self._make_transaction().id
        self.write(values)

    def _make_transaction(self):
        """Core's record of this one step; its reference is part of the key."""
        hold = self.transaction_id
        if self.kind not in ("renew", "charge"):
            amount = self.amount
            if self.kind == "capture" and not self._can_take_part():
                amount = hold.amount
            return hold._create_child_transaction(
                amount, is_refund=self.kind == "refund"
            )
        return hold.create(
            {
                "provider_id": hold.provider_id.id,
                "payment_method_id": hold.payment_method_id.id,
                "reference": hold._compute_reference(
                    hold.provider_code, prefix=f"EBS-{self.kind}-{hold.id}"
                ),
                "amount": self.amount,
                "currency_id": hold.currency_id.id,
                "token_id": hold.token_id.id if hold.token_id.active else False,
                "operation": "offline",
                "partner_id": hold.partner_id.id,
                "is_ebs_deposit": True,
                "ebs_deposit_id": self.deposit_id.id,
                "ebs_exchange_id": self.exchange_id.id,
            }
        )

    def _can_take_part(self):
        return self.transaction_id.provider_id.support_manual_capture == "partial"

    def _do(self):
        """Speak to the provider, and note what came of it."""
        self.ensure_one()
        if reason := self._get_hindrance():
            self._fail(reason)
            return
        answer = {}
        # A refund goes out under one key for good; what can be looked up before it
        # is repeated gets a key for each try, since a provider repeats its errors.
        scope = self.key if self.kind == "refund" else f"{self.key}#{self.tries}"
        order = self.with_context(ebs_order_key=scope, ebs_answer=answer)
        try:
            if self.tries > 1:
                order._look()
            if not order._is_achieved():
                order._request()
        except ValidationError as error:
            answer["reason"] = error.args[0]
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            # The provider answered with something that is no answer.
            _logger.warning("Order %s: unreadable answer: %r", self.key, error)
            answer["reason"] = self.env._("The answer of the provider is unreadable.")
        self._conclude(answer)

    def _get_hindrance(self):
        """Why there is nothing to ask of the provider, or nothing."""
        if self.transaction_id.provider_id.state == "disabled":
            return self.env._("The provider is switched off.")
        if self.kind == "renew" and not self.deposit_id._is_needed():
            return self.env._("The deposit has come to its end meanwhile.")
        if self.deposit_id and self.kind in ("capture", "renew", "charge"):
            # Checked again where money moves: it is never taken for somebody else.
            try:
                self.deposit_id._check_operator()
            except UserError as error:
                return error.args[0]
        if self.kind == "capture" and self.transaction_id.state == "cancel":
            self._place("charge", self.transaction_id, self.amount, self.deposit_id)
            return self.env._("The authorisation was over: the card is asked anew.")
        return ""

    def _look(self):
        """Before a second try: it may have been done by the first."""
        if self.kind in ("release", "capture", "rest"):
            self.transaction_id._ebs_sync()

    def _is_achieved(self):
        """Whether the provider has it as it should be, as far as we know."""
        if self.result_id.state in ("done", "authorized", "cancel"):
            return True
        hold = self.transaction_id
        whole = {"release": "cancel", "capture": "done"}.get(self.kind)
        if not whole or hold.state != whole:
            return False
        self.result_id._update_state(("draft", "error"), whole, False)
        return True

    def _request(self):
        result = self.result_id
        if result.state == "error":
            # Core closed it over an answer that said nothing sure.
            result.write({"state": "draft", "state_message": False})
        if self.kind in ("renew", "charge"):
            if not result.token_id:
                self.env.context["ebs_answer"]["status"] = 402
                raise ValidationError(self.env._("There is no saved card."))
            result._send_payment_request()
        elif self.kind == "capture":
            result._send_capture_request()
        elif self.kind == "refund":
            result._send_refund_request()
        else:
            result._send_void_request()

    def _conclude(self, answer):
        """Done, to be tried again, or for a person to look at."""
        result = self.result_id
        good = {
            "renew": ("authorized", "done"),
            "charge": ("authorized", "done"),
            "refund": ("done", "pending"),
            "release": ("cancel",),
            "rest": ("cancel",),
        }.get(self.kind, ("done",))
        if result.state in good or self._is_achieved():
            self._finish()
            return
        reason = answer.get("reason") or result.state_message or ""
        unsure = "reason" in answer or result.state == "error"
        if unsure and answer.get("status") in UNSURE and self.tries < len(WAITS):
            self.reason = str(reason)[:REASON_LENGTH]
            return
        if self.tries == 1 and self.kind in ("release", "capture", "rest"):
            # Refused, perhaps because it is so already: look once, next time.
            self.write(
                {"reason": str(reason)[:REASON_LENGTH], "next_try_at": clock.now()}
            )
            return
        self._fail(reason)

    def _finish(self):
        """Note that it is done, and order what comes after it."""
        self._set_state(("waiting",), "done", {"done_at": clock.now()})
        rest = self.transaction_id.amount - self.amount
        if self.kind == "capture" and self.currency_id.compare_amounts(rest, 0) > 0:
            after = "rest" if self._can_take_part() else "refund"
            self._place(after, self.transaction_id, rest, self.deposit_id)
        self._forget_card()

    def _forget_card(self):
        """A card was saved for one loan: with its last order it is forgotten."""
        deposit = self.deposit_id
        if deposit.state in ("agreed", "held"):
            return
        domain = [("transaction_id.token_id", "=", self.transaction_id.token_id.id)]
        if self.search_count([*domain, ("state", "=", "waiting")], limit=1):
            return
        self.transaction_id.token_id.active = False

    def _fail(self, reason):
        """Leave it to a person, and tell those who rely on it."""
        reason = str(reason or self.env._("The provider refused."))[:REASON_LENGTH]
        self._set_state(("waiting",), "failed", {"reason": reason})
        _logger.info("Order %s failed: %s", self.key, reason)
        exchange = self.exchange_id
        if not exchange:
            return
        exchange._message_log(
            body=self.env._(
                "Deposit by card: “%(kind)s” of %(amount)s failed: %(reason)s",
                kind=dict(self._fields["kind"]._description_selection(self.env))[
                    self.kind
                ],
                amount=self.currency_id.format(self.amount),
                reason=reason,
            )
        )
        if self.kind == "renew" and self.deposit_id.state == "held":
            exchange._tell_card(
                ("owner", "asker"),
                "ebs_payment.mail_card_not_renewed",
                _lt("The deposit by card ends: “%(title)s”", title=exchange.title),
            )

    # === CRON === #

    @api.model
    def _get_due_domain(self):
        return Domain("state", "=", "waiting") & Domain(
            "next_try_at", "<=", clock.now()
        )

    def _lock_due(self):
        """The order, if it is due and nobody else is at it."""
        return self.try_lock_for_update().filtered_domain(self._get_due_domain())

    @api.model
    def _cron_run(self, batch_size=100):
        """First what came in, then what is to be done: one by one, a commit each."""
        self.env["ebs.payment.inbox"]._run_due(batch_size)
        self._run_due(batch_size)

    @api.model
    def _run_due(self, batch_size):
        cron = self.env["ir.cron"]
        ids = self.search(self._get_due_domain(), limit=batch_size, order="id").ids
        cron._commit_progress(remaining=len(ids))
        for order_id in ids:
            if order := self.browse(order_id)._lock_due():
                order.with_company(order.company_id)._run()
            if not cron._commit_progress(1):
                break

    def _run(self):
        """Note the try, commit, speak, note the outcome.

        When somebody changed the same rows meanwhile, or the process dies, the try
        is lost and the next one speaks with the same key.
        """
        self._note_try()
        tries = self.tries
        self.env["ir.cron"]._commit_progress()
        order = self.try_lock_for_update()
        if order.state != "waiting" or order.tries != tries:
            return
        try:
            order._do()
            self.env.flush_all()
        except psycopg2.OperationalError:
            _logger.info("Order %s collided, it is tried again later", self.id)
            self.env.cr.rollback()
