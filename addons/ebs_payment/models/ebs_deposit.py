# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..const import RENEW_BEFORE

_lt = LazyTranslate(__name__)


class EbsDeposit(models.Model):
    """A deposit held on a card: authorised, released, or kept for a reason.

    Nothing here speaks to a provider. What is to be done there is written down as
    an order, and a cron does it once.
    """

    _inherit = "ebs.deposit"

    kind = fields.Selection(
        selection_add=[("card", "Card")], ondelete={"card": "cascade"}
    )
    hold_id = fields.Many2one(
        "payment.transaction",
        "Authorisation in Force",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        groups="base.group_system",
    )
    held_until = fields.Datetime("Authorised Until", copy=False)
    card_state = fields.Selection(
        [
            ("none", "Not authorised"),
            ("authorised", "Authorised"),
            ("lapsed", "Lapsed"),
            ("charged", "Charged"),
        ],
        "Card",
        compute="_compute_card_state",
        compute_sudo=True,
    )
    start_count = fields.Integer(
        "Authorisations Begun", copy=False, groups="base.group_system"
    )
    order_ids = fields.One2many(
        "ebs.payment.order",
        "deposit_id",
        "Orders to the Provider",
        groups="ebs_base.group_ebs_desk",
    )

    _hold_is_of_a_card = models.Constraint(
        "CHECK (hold_id IS NULL OR (kind = 'card' AND held_until IS NOT NULL))",
        "Only a deposit by card has an authorisation, which ends on a day.",
    )
    _card_held_by_hold = models.Constraint(
        "CHECK (kind != 'card' OR state = 'agreed' OR hold_id IS NOT NULL)",
        "A deposit by card is held once the card is authorised.",
    )
    _one_deposit_a_hold = models.UniqueIndex(
        "(hold_id) WHERE hold_id IS NOT NULL",
        "This authorisation secures another loan already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("hold_id.state", "held_until")
    def _compute_card_state(self):
        said = {"authorized": "authorised", "done": "charged", "cancel": "lapsed"}
        for deposit in self:
            state = said.get(deposit.hold_id.state, "none")
            if state == "authorised" and deposit.held_until <= clock.now():
                state = "lapsed"
            deposit.card_state = state

    # === CONSTRAINT METHODS === #

    @api.constrains("kind", "exchange_id")
    def _check_card_owner(self):
        """Money is never received for somebody else."""
        for deposit in self.sudo():
            if deposit.kind == "card":
                deposit._check_operator()

    def _check_operator(self):
        """Refuse a card for what is not the operator's own, whatever led here."""
        self.ensure_one()
        exchange = self.exchange_id
        operator = exchange.company_id.ebs_operator_member_id
        owners = exchange.owner_id | exchange.listing_id.member_id
        if not operator or owners != operator:
            raise UserError(self.env["ebs.listing"]._get_card_refusal())

    # === CRUD === #

    def unlink(self):
        """What falls through lets go of the card."""
        self.check_access("unlink")
        for deposit in self.sudo().filtered("hold_id"):
            deposit._order_release()
        return super().unlink()

    # === BUSINESS METHODS === #

    def _is_authorised(self):
        """Whether the whole amount stands on a card of this very loan now."""
        self.ensure_one()
        hold = self.sudo().hold_id
        return bool(
            hold.state == "authorized"
            and self.held_until > clock.now()
            and hold.currency_id == self.currency_id
            and not self.currency_id.compare_amounts(hold.amount, self.amount)
        )

    # === THE START, BY THE BORROWER === #

    def _get_card_choices(self, partner):
        """The platform's provider, and its ways to hold this amount for `partner`."""
        self.ensure_one()
        saves = self.exchange_id._outlasts_hold()
        provider = self.company_id.ebs_deposit_provider_id
        provider = provider.with_context(ebs_save_card=saves)
        if not self.company_id._ebs_takes_cards(self.exchange_id.owner_id):
            return provider.browse(), self.env["payment.method"]
        provider &= provider._get_compatible_providers(
            self.company_id.id,
            partner.id,
            self.amount,
            currency_id=self.currency_id.id,
            force_tokenization=saves,
        )
        methods = self.env["payment.method"]._get_compatible_payment_methods(
            provider.ids,
            partner.id,
            currency_id=self.currency_id.id,
            force_tokenization=saves,
        )
        return provider, methods.filtered(
            lambda method: method.support_manual_capture in ("full_only", "partial")
        )

    def _get_begun(self, partner, method_id):
        """The authorisation that was begun and not ended, or none: take a new one.

        Two starts of one deposit write the same row: the second sees the first.
        """
        self.ensure_one()
        self.start_count += 1
        begun = self.env["payment.transaction"].search(
            [
                ("ebs_deposit_id", "=", self.id),
                ("is_ebs_deposit", "=", True),
                ("operation", "=", "online_direct"),
                ("state", "in", ("draft", "pending")),
            ]
        )
        same = begun.filtered(
            lambda tx: (
                tx.state == "draft"
                and tx.partner_id == partner
                and tx.payment_method_id.id == method_id
                and tx.provider_id == self.company_id.ebs_deposit_provider_id
                and not self.currency_id.compare_amounts(tx.amount, self.amount)
            )
        )
        if not same and "pending" in begun.mapped("state"):
            raise UserError(
                self.env._("Your card is being asked: wait a moment, then look again.")
            )
        (begun - same)._set_canceled()
        self.env.flush_all()
        return same

    # === WHAT BECOMES OF IT === #

    def _receive(self):
        """A card is received by its authorisation, and in no other way."""
        for deposit in self.filtered(lambda one: one.kind == "card"):
            deposit._check_authorised()
        return super()._receive()

    def _check_authorised(self):
        """Refuse to go on without the whole amount on the borrower's card."""
        self.ensure_one()
        self._check_operator()
        if not self._is_authorised():
            raise UserError(
                self.env._(
                    "Wait with the hand-over: the card of %(asker)s is not "
                    "authorised. It is done on the page of the loan.",
                    asker=self.exchange_id.asker_name,
                )
            )

    def _give_back(self):
        """Let go of the card as well."""
        res = super()._give_back()
        for deposit in self.filtered(lambda one: one.kind == "card"):
            deposit._order_release()
        return res

    def _keep(self, amount, reason):
        """Take what is kept from the card; the rest is let go or refunded.

        A borrower who was told beforehand pays now, any other is told now and pays
        once the days of notice are over.
        """
        cards = self.filtered(lambda one: one.kind == "card")
        for deposit in cards:
            deposit._check_operator()
            if not (reason or "").strip():
                raise UserError(self.env._("Say why it is kept: the borrower is told."))
        res = super()._keep(amount, reason)
        for deposit in cards:
            deposit._order_capture(amount)
            if not deposit._was_told():
                deposit.exchange_id._tell_card(
                    ("asker",),
                    "ebs_payment.mail_card_taken",
                    _lt(
                        "Kept of your deposit: “%(title)s”",
                        title=deposit.exchange_id.title,
                    ),
                )
        return res

    def _was_told(self):
        """Whether the days in which the borrower could object are over."""
        return bool(self.settles_at and self.settles_at <= clock.now())

    def _place_order(self, kind, hold, amount):
        """Write down one order; the database knows its key."""
        return self.env["ebs.payment.order"]._place(kind, hold, amount, self)

    def _order_release(self):
        """Let go of the authorisation, when it still stands."""
        hold = self.sudo().hold_id
        if hold.state == "authorized":
            self._place_order("release", hold, hold.amount)

    def _order_capture(self, amount):
        """Take `amount` from the card, from a new authorisation if that one is over."""
        hold = self.sudo().hold_id
        kind = "capture" if hold.state == "authorized" else "charge"
        order = self._place_order(kind, hold, amount)
        if not self._was_told():
            notice = timedelta(days=self.company_id.ebs_keep_notice_days)
            due = clock.now() + notice
            if kind == "capture" and not hold.token_id:
                # Without a saved card there is nothing to take after its end.
                due = min(due, self.held_until - RENEW_BEFORE)
            order.next_try_at = max(due, clock.now())

    def _note_hold(self, transaction):
        """A card was authorised: it secures this loan, or is let go at once.

        One that renews another takes its place, and the older one is let go. One
        that was made to take what is kept is taken.
        """
        self.ensure_one()
        order = self.env["ebs.payment.order"]._get_order_of(transaction)
        old = self.hold_id
        wanted = {
            "renew": self.state == "held" and old.state != "done",
            "charge": self.state == "kept" and old.state != "done",
        }.get(order.kind, self.state == "agreed" and not self._is_authorised())
        if not wanted:
            self._place_order("release", transaction, transaction.amount)
            return
        days = self.company_id.ebs_hold_days
        self.write(
            {
                "hold_id": transaction.id,
                "held_until": clock.now() + timedelta(days=days),
            }
        )
        if old.state == "authorized":
            self._place_order("release", old, old.amount)
        if self.state == "kept":
            self._place_order("capture", transaction, transaction.amount)

    def _is_needed(self):
        """Whether it still secures something: the thing is out, or it is argued over.

        A card that the owner forgot to let go of lapses by itself.
        """
        loan = self.exchange_id
        argued = bool(self.settles_at) or loan._has_open_dispute()
        return self.state == "held" and (loan.state == "ongoing" or argued)

    def _note_lapse(self, transaction):
        """The provider let go of the authorisation while the thing is out."""
        self.ensure_one()
        if self.hold_id == transaction and self._is_needed():
            self._place_order("renew", transaction, transaction.amount)

    # === CRON === #

    @api.model
    def _get_renewal_domain(self):
        """Return the cards whose authorisation ends soon."""
        return (
            Domain("kind", "=", "card")
            & Domain("state", "=", "held")
            & Domain("held_until", "<=", clock.now() + RENEW_BEFORE)
            & Domain("hold_id.state", "=", "authorized")
        )

    @api.model
    def _cron_renew(self):
        """Order a new authorisation for each that ends soon; its key says once."""
        ending = self.search(self._get_renewal_domain())
        for deposit in ending.filtered(lambda one: one._is_needed()):
            deposit._place_order("renew", deposit.hold_id, deposit.amount)
        self.env["ir.cron"]._commit_progress()
