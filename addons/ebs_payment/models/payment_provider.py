# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import hmac
from datetime import timezone
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import ValidationError
from odoo.tools import consteq

from ..const import EVENT_AGE, PROVIDERS, STRIPE_URL


class PaymentProvider(models.Model):
    """Who holds the cards of a platform: authorises first, and saves cards."""

    _inherit = "payment.provider"

    ebs_company_ids = fields.One2many(
        "res.company", "ebs_deposit_provider_id", "Holds the Cards of"
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("code", "company_id", "capture_manually", "allow_tokenization")
    def _check_ebs_holds_cards(self):
        """Refuse to turn a provider in use into one that takes money at once."""
        for provider in self.sudo():
            for company in provider.ebs_company_ids:
                provider._check_holds_cards(company)

    def _check_holds_cards(self, company):
        """Refuse a provider that cannot hold a deposit of this platform."""
        for provider in self:
            if not provider._holds_cards(company):
                raise ValidationError(
                    self.env._(
                        "“%(provider)s” cannot hold deposits. Choose a provider of "
                        "%(company)s (Stripe, or Demo to try it) that captures "
                        "manually and may save cards.",
                        provider=provider.name,
                        company=company.name,
                    )
                )

    def _holds_cards(self, company):
        """Whether it authorises first, saves cards, and belongs to this platform."""
        self.ensure_one()
        return (
            self.code in PROVIDERS
            and self.company_id == company
            and self.capture_manually
            and self.support_manual_capture in ("full_only", "partial")
            and self.allow_tokenization
        )

    # === BUSINESS METHODS === #

    @api.model
    def _is_tokenization_required(self, **kwargs):
        """Save the card of a deposit that outlasts one authorisation."""
        if self.env.context.get("ebs_save_card"):
            return True
        return super()._is_tokenization_required(**kwargs)

    def _build_request_url(self, endpoint, *, is_proxy_request=False, **kwargs):
        """Speak to Stripe; to a server of this machine when the administrator says so.

        Any other address would be given the platform's secret key.
        """
        if self.code == "stripe" and not is_proxy_request:
            url = self.env["ir.config_parameter"].sudo().get_param(STRIPE_URL) or ""
            if urlsplit(url).hostname == "127.0.0.1":
                return url + endpoint
        return super()._build_request_url(
            endpoint, is_proxy_request=is_proxy_request, **kwargs
        )

    def _parse_response_error(self, response):
        """Note for our orders how a refusal was put: some are worth another try."""
        self._note_answer(response)
        return super()._parse_response_error(response)

    def _parse_response_content(self, response, **kwargs):
        """Note for our orders that there was an answer, once it could be read."""
        content = super()._parse_response_content(response, **kwargs)
        self._note_answer(response)
        return content

    def _note_answer(self, response):
        answer = self.env.context.get("ebs_answer")
        if answer is not None:
            answer["status"] = response.status_code

    def _is_event_signed(self, body, header):
        """Whether `body` (bytes) carries this Stripe account's own fresh signature.

        No secret, no signature: an event that anybody could have sent is no event.
        """
        self.ensure_one()
        secret = self.sudo().stripe_webhook_secret
        if not secret:
            return False
        parts = [part.partition("=") for part in (header or "").split(",")]
        moments = [value for name, _sign, value in parts if name.strip() == "t"]
        if len(moments) != 1 or not moments[0].isascii() or not moments[0].isdigit():
            return False
        if len(moments[0]) > 12:
            return False
        age = clock.now().replace(tzinfo=timezone.utc).timestamp() - int(moments[0])
        if abs(age) > EVENT_AGE.total_seconds():
            return False
        expected = hmac.new(
            secret.encode(), moments[0].encode() + b"." + body, hashlib.sha256
        ).hexdigest()
        return any(
            value.isascii() and consteq(value, expected)
            for name, _sign, value in parts
            if name.strip() == "v1"
        )
