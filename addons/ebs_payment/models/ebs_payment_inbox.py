# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import logging
from datetime import timedelta

import psycopg2
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.payment_stripe import const as stripe_const
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import mute_logger

from ..const import WAITS

_logger = logging.getLogger(__name__)

TEXT_LENGTH = 100
KEEP_DAYS = 90
REASON_LENGTH = 500


class EbsPaymentInbox(models.Model):
    """An event that a provider told us, stored once before anything follows from it.

    It is only a hint to look: what is true is read at the provider. So events may
    come twice, late, and in any order. What they carry is not kept.
    """

    _name = "ebs.payment.inbox"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _description = "Event of a Payment Provider"
    _order = "id"
    _rec_name = "event"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Platform", required=True, index=True, ondelete="cascade"
    )
    provider_id = fields.Many2one(
        "payment.provider",
        required=True,
        index=True,
        ondelete="cascade",
        groups="base.group_system",
    )
    event = fields.Char(required=True, size=TEXT_LENGTH)
    kind = fields.Char(required=True, size=TEXT_LENGTH)
    transaction_id = fields.Many2one(
        "payment.transaction",
        "Authorisation",
        index="btree_not_null",
        ondelete="cascade",
        groups="base.group_system",
    )
    exchange_id = fields.Many2one(
        "ebs.exchange",
        "Loan",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Done"),
            ("ignored", "Nothing to Do"),
            ("refused", "Refused"),
            ("failed", "Failed"),
        ],
        required=True,
        default="waiting",
    )
    received_at = fields.Datetime(required=True)
    next_try_at = fields.Datetime(required=True)
    tries = fields.Integer(required=True, default=0)
    done_at = fields.Datetime("Done on")
    reason = fields.Char(size=REASON_LENGTH)

    _event_unique = models.Constraint(
        "UNIQUE (provider_id, event)", "This event is here already."
    )
    _waiting_idx = models.Index("(next_try_at, id) WHERE state = 'waiting'")

    # === WHAT COMES IN === #

    @api.model
    def _receive_stripe(self, body, signature):
        """Take one event in, as it stands in a request of Stripe.

        :param bytes body: the body, as signed
        :param str signature: the header `Stripe-Signature`
        :return: the status to answer with, or None for an event that is none of ours
        """
        try:
            event = json.loads(body)
            said = event["data"]["object"]
            name, kind = event["id"], event["type"]
            texts = [name, kind, said["id"]]
        except (ValueError, KeyError, TypeError, RecursionError):
            return self._refuse_event(400, "it is unreadable")
        if not all(isinstance(text, str) and 0 < len(text) < 100 for text in texts):
            return self._refuse_event(400, "it is unreadable")
        transaction = self._find_transaction(said)
        providers = self._get_providers()
        if transaction and not transaction._ebs_get_source():
            return None
        if transaction:
            providers = transaction.provider_id
        elif not providers:
            return None
        signed = [one for one in providers if one._is_event_signed(body, signature)]
        if not signed:
            return self._refuse_event(403, "it is not signed by the provider, or late")
        return self._store(signed[0], name, kind, transaction, said)

    @api.model
    def _get_providers(self):
        """The Stripe accounts that hold the cards of a platform."""
        return (
            self.env["payment.provider"]
            .sudo()
            .search([("code", "=", "stripe"), ("ebs_company_ids", "!=", False)])
        )

    @api.model
    def _find_transaction(self, said):
        """The transaction that an event's object speaks of, or none."""
        transactions = self.env["payment.transaction"].sudo()
        reference = said.get("description")
        if isinstance(reference, str) and reference:
            found = transactions.search(
                [("reference", "=", reference), ("provider_code", "=", "stripe")]
            )
            if found:
                return found
        # A refund carries no reference of ours.
        return transactions.search(
            [
                ("provider_reference", "=", said["id"]),
                ("provider_code", "=", "stripe"),
                ("operation", "=", "refund"),
            ],
            limit=1,
        )

    def _store(self, provider, name, kind, transaction, said):
        """Store a signed event, and say how it is answered.

        Only the first of many deliveries is stored: the others find it there.
        """
        state, status, reason = self._judge(kind, transaction, said)
        source = transaction._ebs_get_source()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                event = self.sudo().create(
                    {
                        "company_id": provider.company_id.id,
                        "provider_id": provider.id,
                        "event": name,
                        "kind": kind,
                        "transaction_id": source.id,
                        "exchange_id": source.ebs_exchange_id.id,
                        "received_at": clock.now(),
                        "next_try_at": clock.now(),
                        "reason": reason,
                    }
                )
                if state != "waiting":
                    event._set_state(("waiting",), state, {"done_at": clock.now()})
        except psycopg2.errors.UniqueViolation:
            _logger.info("Event %s came again", name)
            return status
        if state == "refused":
            return self._refuse_event(status, reason)
        if state == "waiting":
            self.env.ref("ebs_payment.ir_cron_payments").sudo()._trigger()
        return status

    def _judge(self, kind, transaction, said):
        """Say what to do with a signed event: its state, the answer, and why."""
        if kind not in stripe_const.HANDLED_WEBHOOK_EVENTS:
            return (
                "ignored",
                200,
                self.env._("Nothing follows from this kind of event."),
            )
        if not transaction:
            return "refused", 404, self.env._("It speaks of no authorisation of ours.")
        if kind.startswith("payment_intent."):
            source = transaction._ebs_get_source()
            known = source.provider_reference in (False, said["id"])
            if not known or said.get("object") != "payment_intent":
                return "refused", 422, self.env._("It speaks of another authorisation.")
            if not source._ebs_is_amount(said.get("amount"), said.get("currency")):
                return "refused", 422, self.env._("Its amount is not what was agreed.")
        return "waiting", 200, ""

    @api.model
    def _refuse_event(self, status, reason):
        _logger.warning("Payment event refused: %s", reason)
        return status

    # === WHAT FOLLOWS === #

    @api.model
    def _get_due_domain(self):
        return Domain("state", "=", "waiting") & Domain(
            "next_try_at", "<=", clock.now()
        )

    @api.model
    def _run_due(self, batch_size):
        """Look at the provider for each event, in the order they came, one by one."""
        cron = self.env["ir.cron"]
        domain = self._get_due_domain()
        ids = self.search(domain, limit=batch_size, order="id").ids
        cron._commit_progress(remaining=len(ids))
        for event_id in ids:
            event = self.browse(event_id).try_lock_for_update()
            if event := event.filtered_domain(self._get_due_domain()):
                event.with_company(event.company_id)._run()
            if not cron._commit_progress(1):
                break

    def _run(self):
        self.ensure_one()
        values = {"tries": self.tries + 1}
        try:
            with self.env.cr.savepoint():
                self.transaction_id._ebs_sync()
        except psycopg2.OperationalError:
            _logger.info("Event %s collided, it is tried again later", self.event)
            self.env.cr.rollback()
        except (ValidationError, ValueError, KeyError, TypeError) as error:
            values["reason"] = str(error.args[0])[:REASON_LENGTH]
            if self.tries < len(WAITS):
                values["next_try_at"] = clock.now() + WAITS[self.tries]
                self.write(values)
            else:
                self._set_state(("waiting",), "failed", values)
        else:
            self._set_state(("waiting",), "done", {**values, "done_at": clock.now()})

    @api.autovacuum
    def _gc_events(self):
        """Forget an event 90 days after it came: providers repeat them for three."""
        limit = clock.now() - timedelta(days=KEEP_DAYS)
        self.search([("received_at", "<", limit), ("state", "!=", "waiting")]).unlink()
