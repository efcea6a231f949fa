# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_website.controllers.exchange import EbsExchanges
from odoo.http import request
from odoo.tools import format_amount


class CardExchanges(EbsExchanges):
    """The deposit by card on the page of a loan."""

    def _get_deposit_words(self, exchange):
        if exchange.deposit_kind != "card":
            return super()._get_deposit_words(exchange)
        amount = format_amount(
            request.env, exchange.deposit_amount, exchange.currency_id
        )
        return exchange._get_card_words(amount)

    def _get_action_words(self, exchange):
        words = super()._get_action_words(exchange)
        if exchange.deposit_kind == "card":
            words["return_deposit"] = request.env._("Let go of the card")
        return words

    def _render(self, template, values=None, status=200):
        if template == "ebs_website.exchange":
            values["can_card_now"] = values["exchange"]._can_card_now()
        return super()._render(template, values, status)
