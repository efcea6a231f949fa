# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The borrower puts the deposit on a card: the page, and the start of it."""

from odoo import http
from odoo.addons.ebs_website.controllers.common import EbsController
from odoo.addons.payment.controllers.portal import PaymentPortal
from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_amount, format_date

MAX_ID = 2**31 - 1


class CardPages(EbsController, PaymentPortal):
    """Core's payment form, for one amount that is only held."""

    @http.route(
        "/my/exchanges/<int:exchange_id>/card",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def card(self, exchange_id, **kw):
        """What is held, for how long, and the form; or why not now."""
        exchange = self._find_card_loan(exchange_id)
        deposit_sudo, error = self._try(exchange._get_card_deposit)
        values = {"exchange": exchange, "error": error, "additional_title": None}
        if not error:
            values |= self._get_card_values(exchange, deposit_sudo)
        return self._render("ebs_payment.card", values, status=422 if error else 200)

    @http.route(
        "/my/exchanges/<int:exchange_id>/card/transaction",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def card_transaction(self, exchange_id, **kwargs):
        """Begin the authorisation: all that matters is set here, not by the page."""
        exchange = self._find_card_loan(exchange_id)
        self._validate_transaction_kwargs(kwargs)
        deposit_sudo = exchange._get_card_deposit()
        provider_sudo, methods_sudo = deposit_sudo._get_card_choices(
            request.env.user.partner_id
        )
        if (
            kwargs.get("flow") != "direct"
            or kwargs.get("provider_id") != provider_sudo.id
            or kwargs.get("payment_method_id") not in methods_sudo.ids
        ):
            raise UserError(request.env._("Reload the page, and choose a card anew."))
        transaction_sudo = deposit_sudo._get_begun(
            request.env.user.partner_id, kwargs["payment_method_id"]
        )
        if not transaction_sudo:
            transaction_sudo = self._create_transaction(
                provider_id=provider_sudo.id,
                payment_method_id=kwargs["payment_method_id"],
                token_id=None,
                amount=deposit_sudo.amount,
                currency_id=deposit_sudo.currency_id.id,
                partner_id=request.env.user.partner_id.id,
                flow="direct",
                # As superuser: how long a card holds is the platform's rule.
                tokenization_requested=exchange.sudo()._outlasts_hold(),
                landing_route=f"/my/exchanges/{exchange.id}",
                custom_create_values={
                    "is_ebs_deposit": True,
                    "ebs_deposit_id": deposit_sudo.id,
                    "ebs_exchange_id": exchange.id,
                },
            )
        PaymentPostProcessing.monitor_transaction(transaction_sudo)
        return transaction_sudo._get_processing_values()

    # --------------------------------------------------------------------------
    # Reading
    # --------------------------------------------------------------------------

    def _find_card_loan(self, exchange_id):
        """The loan, when the visitor is its borrower on this platform."""
        exchange = request.env["ebs.exchange"].search(
            [
                ("id", "=", exchange_id if exchange_id <= MAX_ID else 0),
                ("company_id", "=", self._company().id),
                ("is_party", "=", True),
                ("deposit_kind", "=", "card"),
            ],
            limit=1,
        )
        if not exchange or exchange._get_my_side() != "asker":
            raise self._not_found()
        return exchange

    def _get_card_values(self, exchange, deposit_sudo):
        """What the page says, and what core's form needs."""
        partner = request.env.user.partner_id
        providers_sudo, methods_sudo = deposit_sudo._get_card_choices(partner)
        amount = format_amount(
            request.env, deposit_sudo.amount, deposit_sudo.currency_id
        )
        return {
            "words": {
                "amount": amount,
                "day": format_date(request.env, exchange.day_end, date_format="d MMMM"),
                "owner": exchange.owner_name,
            },
            # As superuser: how long a card holds is the platform's rule.
            "outlasts": exchange.sudo()._outlasts_hold(),
            "hold_days": exchange.sudo().company_id.ebs_hold_days,
            "is_test": providers_sudo.state == "test",
            "mode": "payment",
            "allow_token_selection": False,
            "show_tokenize_input_mapping": {providers_sudo.id: False},
            "submit_button_label": request.env._(
                "Hold %(amount)s on my card", amount=amount
            ),
            "amount": deposit_sudo.amount,
            "currency": deposit_sudo.currency_id,
            "partner_id": partner.id,
            "providers_sudo": providers_sudo,
            "payment_methods_sudo": methods_sudo,
            "tokens_sudo": request.env["payment.token"],
            "transaction_route": f"/my/exchanges/{exchange.id}/card/transaction",
            "landing_route": f"/my/exchanges/{exchange.id}",
        }
