# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.addons.payment_stripe.controllers.main import StripeController
from odoo.http import request

from ..const import BIGGEST_EVENT


class EbsStripe(StripeController):
    """Where Stripe tells what became of a card."""

    @http.route(save_session=False, max_content_length=BIGGEST_EVENT)
    def stripe_webhook(self):
        """Store what is signed, refuse the rest; a shop's own events go on to core.

        Core acts within the request, and without a secret on what anybody sends.
        """
        body = request.httprequest.get_data(cache=True)
        signature = request.httprequest.headers.get("Stripe-Signature")
        status = request.env["ebs.payment.inbox"]._receive_stripe(body, signature)
        if status is None:
            return super().stripe_webhook()
        return request.make_json_response("", status=status)
