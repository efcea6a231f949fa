# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Gateways: each takes messages and tells for each one what became of it.

They speak core's protocol (`SmsApiBase`) and add three answers to it:
`ebs_retry` (it was not taken, try again later), `ebs_refused` (it never will
be, with the reason) and `ebs_unknown` (nobody knows: never send it again by
itself, since it may have been taken).
"""

import logging

import requests
from odoo.addons.sms.tools.sms_api import SmsApiBase
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from .const import TIME_LIMIT, TWILIO_NUMBER_ERRORS
from .utils import mask_number

_logger = logging.getLogger(__name__)
_http_logger = _logger.getChild("http")
_http_logger.setLevel(logging.WARNING)  # the client tells every header it sends


class SmsApiEbs(SmsApiBase):
    """What our gateways share: one message at a time, one answer for each."""

    PROVIDER_TO_SMS_FAILURE_TYPE = SmsApiBase.PROVIDER_TO_SMS_FAILURE_TYPE | {
        "ebs_refused": "ebs_refused",
        "ebs_unknown": "ebs_unknown",
    }

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        return [
            {"uuid": to["uuid"], **self._send_one(to, message["content"])}
            for message in messages
            for to in message["numbers"]
        ]

    def _send_one(self, to, body):
        """Send `body` to one number; return its `state`, `failure_reason`.

        Each gateway says how.
        """
        raise NotImplementedError


class SmsApiLog(SmsApiEbs):
    """The gateway of a new platform: writes to Odoo's log, nothing leaves."""

    def _send_one(self, to, body):
        _logger.info("SMS to %s: %r", mask_number(to["number"]), body)
        return {"state": "success"}


class SmsApiTwilio(SmsApiEbs):
    """Twilio, by the account of the message's own company."""

    def __init__(self, env, account=None):
        super().__init__(env, account=account)
        self._set_company(self.company)

    def _set_company(self, company):
        """Read the account at once: no query stands open while Twilio is called."""
        res = super()._set_company(company)
        company = company.sudo()  # the account is for managers' eyes only
        self._sender = company.ebs_sms_sender
        self._status_url = company._ebs_get_sms_status_url("")
        self._client = Client(
            company.ebs_twilio_account_sid,
            company.ebs_twilio_auth_token,
            http_client=TwilioHttpClient(
                pool_connections=False, timeout=TIME_LIMIT, logger=_http_logger
            ),
        )
        # Where the tests' server stands in for Twilio.
        url = self.env["ir.config_parameter"].sudo().get_param("ebs_sms.twilio_url")
        if url:
            self._client.api.base_url = url
        return res

    def _send_one(self, to, body):
        try:
            message = self._client.messages.create(
                to=to["number"],
                from_=self._sender,
                body=body,
                status_callback=self._status_url + to["uuid"],
            )
            if not message.sid:
                return self._unknown("an answer without a message id")
        except (TwilioRestException, TwilioServiceException) as error:
            return self._read_error(error)
        except requests.RequestException as error:
            if self._was_never_sent(error):
                return self._retry(type(error).__name__)
            return self._unknown(type(error).__name__)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            return self._unknown(f"an answer that is not Twilio's ({error})")
        if message.status in ("failed", "undelivered", "canceled"):
            return self._refused(message.error_message, message.error_code)
        return {"state": "success"}

    # === READING WHAT WENT WRONG === #

    def _read_error(self, error):
        """Tell a refusal for good from an answer that invites to come back.

        504 alone of the server errors may come after the message was taken: a
        proxy lost patience with the machine behind it.
        """
        reason = getattr(error, "msg", None) or getattr(error, "detail", None)
        if error.status == 504:
            return self._unknown("504")
        if error.status == 429 or error.status >= 500:
            return self._retry(str(error.status))
        return self._refused(reason, error.code)

    @staticmethod
    def _was_never_sent(error):
        """Return whether no connection stood: refused, unknown host, no route."""
        cause = error.args[0] if error.args else None
        return isinstance(error, requests.ConnectTimeout) or isinstance(
            getattr(cause, "reason", None), NewConnectionError
        )

    @staticmethod
    def _refused(reason, code):
        state = "wrong_number_format" if code in TWILIO_NUMBER_ERRORS else "ebs_refused"
        return {"state": state, "failure_reason": f"{reason or ''} ({code})".strip()}

    @staticmethod
    def _retry(reason):
        return {"state": "ebs_retry", "failure_reason": reason}

    @staticmethod
    def _unknown(reason):
        return {"state": "ebs_unknown", "failure_reason": reason}
