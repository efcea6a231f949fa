# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import fields, models
from odoo.addons.payment import utils as payment_utils
from odoo.addons.payment_stripe import const as stripe_const
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class PaymentTransaction(models.Model):
    """An authorisation that secures a loan, and what our orders make of it."""

    _inherit = "payment.transaction"

    is_ebs_deposit = fields.Boolean("Authorisation for a Loan", readonly=True)
    ebs_deposit_id = fields.Many2one(
        "ebs.deposit",
        "Deposit",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    ebs_exchange_id = fields.Many2one(
        "ebs.exchange",
        "Loan",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _ebs_one_start = models.UniqueIndex(
        "(ebs_deposit_id) WHERE is_ebs_deposit AND operation = 'online_direct'"
        " AND state IN ('draft', 'pending')",
        "The card is being authorised already.",
    )
    _ebs_one_intent = models.UniqueIndex(
        "(provider_id, provider_reference)"
        " WHERE is_ebs_deposit AND provider_reference IS NOT NULL",
        "This authorisation secures another loan already.",
    )

    # === THE START, BY THE BORROWER === #

    def _ebs_get_source(self):
        """The authorisation that this transaction is, or acts on; empty if foreign."""
        source = self.source_transaction_id or self
        return source if source.is_ebs_deposit else self.browse()

    def _compute_reference_prefix(self, separator, **values):
        if deposit_id := values.get("ebs_deposit_id"):
            return f"EBS{separator}{deposit_id}"
        return super()._compute_reference_prefix(separator, **values)

    def _stripe_create_intent(self):
        """Note at once which authorisation is ours: no other is believed later."""
        intent = super()._stripe_create_intent()
        if intent and self.is_ebs_deposit and not self.provider_reference:
            self.provider_reference = intent["id"]
        return intent

    # === WHAT THE PROVIDER SAYS === #

    def _process(self, provider_code, payment_data):
        """Believe nothing that speaks of another authorisation than ours."""
        tx = self or self._search_by_reference(provider_code, payment_data)
        source = tx._ebs_get_source()
        if source and not tx._ebs_is_about_us(provider_code, payment_data):
            _logger.warning(
                "Payment data for transaction %s refused: they speak of another "
                "authorisation",
                tx.reference,
            )
            return tx
        return super(PaymentTransaction, tx or self)._process(
            provider_code, payment_data
        )

    def _ebs_is_about_us(self, provider_code, payment_data):
        """Whether the data speak of this very authorisation.

        Core looks a transaction up by a reference that comes in by an address, and
        then believes the authorisation named beside it. One that secures a loan
        would secure a second one of the same amount.
        """
        self.ensure_one()
        if provider_code != self.provider_code:
            return False
        if provider_code != "stripe" or self.operation == "refund":
            return True
        source = self._ebs_get_source()
        intent = payment_data.get("payment_intent")
        if not isinstance(intent, dict):
            return False
        manual = intent.get("capture_method") == "manual"
        named = intent.get("description") == source.reference
        known = source.provider_reference in (False, intent.get("id"))
        return manual and named and known

    def _update_state(self, allowed_states, target_state, state_message):
        """Tell the deposit when its card was authorised, or let go of."""
        moved = super()._update_state(allowed_states, target_state, state_message)
        for tx in moved.filtered("is_ebs_deposit"):
            if target_state == "authorized":
                tx._ebs_note_authorised()
            elif target_state == "cancel" and tx.ebs_deposit_id:
                tx.ebs_deposit_id._note_lapse(tx)
        return moved

    def _ebs_note_authorised(self):
        """Secure the loan with it; what nobody waits for any more is let go."""
        if self.ebs_deposit_id:
            self.ebs_deposit_id._note_hold(self)
        else:
            self.env["ebs.payment.order"]._place(
                "release", self, self.amount, self.env["ebs.deposit"]
            )

    def _ebs_is_amount(self, amount, currency_code):
        """Whether a provider speaks of this very amount, in minor units."""
        self.ensure_one()
        expected = payment_utils.to_minor_currency_units(
            abs(self.amount),
            self.currency_id,
            arbitrary_decimal_number=stripe_const.CURRENCY_DECIMALS.get(
                self.currency_id.name
            ),
        )
        return (
            isinstance(amount, int)
            and amount == expected
            and isinstance(currency_code, str)
            and currency_code.upper() == self.currency_id.name
        )

    # === LOOKING AT THE PROVIDER === #

    def _ebs_sync(self):
        """Read at the provider where this authorisation is, and follow it.

        An event says that something happened, in any order and more than once: what
        is true is read here. Raises ValidationError when the provider does not say.

        :return: the provider's word for the state, or None where there is nobody to
            ask
        """
        self.ensure_one()
        if self.provider_code != "stripe" or not self.provider_reference:
            return None
        intent = self._send_api_request(
            "GET",
            f"payment_intents/{self.provider_reference}",
            params={"expand[]": "payment_method"},
        )
        status = intent.get("status")
        self._ebs_follow(intent)
        for refund in self.child_transaction_ids.filtered(
            lambda tx: tx.operation == "refund" and tx.state in ("pending", "done")
        ):
            refund._ebs_sync_refund()
        return status

    def _ebs_follow(self, intent):
        """Take over the state of an intent, where it is a step forward for us."""
        status = intent.get("status")
        to = next(
            (
                state
                for state, said in stripe_const.STATUS_MAPPING.items()
                if status in said
            ),
            None,
        )
        forward = {
            "pending": ("draft",),
            "authorized": ("draft", "pending"),
            "done": ("draft", "pending", "authorized", "error"),
            "cancel": ("draft", "pending", "authorized"),
            "error": ("draft", "pending"),
        }
        if self.state in forward.get(to, ()):
            # An intent that nobody has paid yet waits for a card: that is no error.
            if to == "error" and not intent.get("last_payment_error"):
                return
            self._process(
                "stripe",
                {
                    "reference": self.reference,
                    "payment_intent": intent,
                    "payment_method": intent.get("payment_method"),
                },
            )
        elif to == "authorized" and self.state in ("cancel", "error"):
            # It came through after we had given it up: nobody needs it.
            self.env["ebs.payment.order"]._place(
                "release", self, self.amount, self.ebs_deposit_id
            )

    def _ebs_sync_refund(self):
        refund = self._send_api_request("GET", f"refunds/{self.provider_reference}")
        to = {"succeeded": "done", "failed": "error", "canceled": "cancel"}
        if to.get(refund.get("status"), self.state) != self.state:
            self._process("stripe", {"refund": refund})

    # === SPEAKING TO THE PROVIDER === #

    def _send_api_request(self, method, endpoint, **kwargs):
        """Key all that is sent for a loan: sent again, it counts once."""
        if (
            method == "POST"
            and self.provider_code == "stripe"
            and self._ebs_get_source()
        ):
            scope = self.env.context.get("ebs_order_key") or endpoint
            kwargs.setdefault(
                "idempotency_key",
                payment_utils.generate_idempotency_key(self, scope=scope),
            )
        if (answer := self.env.context.get("ebs_answer")) is not None:
            answer.pop("status", None)
        return super()._send_api_request(method, endpoint, **kwargs)

    def _capture(self, amount_to_capture=None):
        self._ebs_refuse_by_hand()
        return super()._capture(amount_to_capture)

    def _void(self, amount_to_void=None):
        self._ebs_refuse_by_hand()
        return super()._void(amount_to_void)

    def _refund(self, amount_to_refund=None):
        self._ebs_refuse_by_hand()
        return super()._refund(amount_to_refund)

    def _ebs_refuse_by_hand(self):
        """A deposit is kept with a reason, after the borrower was told: on the loan."""
        if self._ebs_get_source():
            raise UserError(
                self.env._(
                    "This card secures a loan. Give the deposit back, or keep it, "
                    "on the page of the loan."
                )
            )
