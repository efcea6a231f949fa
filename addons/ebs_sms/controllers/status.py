# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import re

from odoo.http import Controller, request, route
from twilio.request_validator import RequestValidator

_logger = logging.getLogger(__name__)

BIGGEST_REPORT = 64 * 1024


class SmsStatusController(Controller):
    """Where a gateway tells what became of a message."""

    @route(
        "/ebs/sms/status/<string:uuid>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=BIGGEST_REPORT,
    )
    def note_status(self, uuid, **_form):
        """Believe only what is signed with the token of the message's company.

        For a message that is not there any platform's token will do, so that
        nobody without one learns which messages exist.
        """
        if not re.fullmatch(r"[0-9a-f]{32}", uuid):
            return self._answer(404)
        # As superuser: a gateway has no account, its signature is checked below.
        sms_sudo = request.env["sms.sms"].sudo().search([("uuid", "=", uuid)])
        companies_sudo = (
            sms_sudo._get_sms_company()
            if sms_sudo
            else request.env["res.company"].sudo().search([])
        )
        if not any(self._is_signed(company, uuid) for company in companies_sudo):
            _logger.info("SMS report refused: not signed by the gateway")
            return self._answer(403)
        form = request.httprequest.form
        if not sms_sudo or not sms_sudo._ebs_note_report(
            form.get("MessageStatus"), self._get_reason(form)
        ):
            return self._answer(404)
        return self._answer(204)

    @staticmethod
    def _is_signed(company_sudo, uuid):
        """Return whether the request carries the company's own signature."""
        token = company_sudo.ebs_twilio_auth_token
        return bool(company_sudo.is_ebs_platform and token) and RequestValidator(
            token
        ).validate(
            company_sudo._ebs_get_sms_status_url(uuid),
            request.httprequest.form,
            request.httprequest.headers.get("X-Twilio-Signature", ""),
        )

    @staticmethod
    def _get_reason(form):
        parts = (form.get("ErrorMessage"), form.get("ErrorCode"))
        return " ".join(part for part in parts if part)[:200]

    @staticmethod
    def _answer(status):
        return request.make_response("", status=status)
