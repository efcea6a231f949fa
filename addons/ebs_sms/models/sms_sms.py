# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from functools import partial

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.fields import Domain
from odoo.service.model import retrying

from ..const import KEEP, PAUSE, SEND_WITHIN, TWILIO_STATUS_TO_STATE

_logger = logging.getLogger(__name__)


class SmsSms(models.Model):
    """The queue of a platform: each message alone, by its own company's gateway.

    Core sends a queue in one transaction, through the gateway and the account of
    the company of whoever runs it, and stops at a queue of several companies.
    Here a message is marked before it leaves and its outcome is written after,
    each committed: a killed sender or a bad answer touches that message alone.
    """

    _inherit = "sms.sms"

    # Named and made as in core's sms_twilio, so that both can be installed.
    record_company_id = fields.Many2one(
        "res.company",
        "Company",
        default=lambda self: self.env.company,
        ondelete="set null",
    )
    failure_type = fields.Selection(
        selection_add=[
            ("ebs_refused", "Refused by the gateway"),
            ("ebs_unknown", "Sent or not, nobody knows"),
            ("sms_not_delivered", "Not delivered"),
        ]
    )
    ebs_failure_reason = fields.Char("Reason", readonly=True, copy=False)
    ebs_tries = fields.Integer("Tries", default=0, readonly=True, copy=False)
    ebs_send_before = fields.Datetime(
        "Send before",
        readonly=True,
        copy=False,
        default=lambda self: clock.now() + SEND_WITHIN,
    )
    ebs_reminder_id = fields.Many2one(
        "ebs.reminder", "Reminder", readonly=True, copy=False, ondelete="set null"
    )

    _ebs_reminder_once = models.UniqueIndex(
        "(ebs_reminder_id) WHERE ebs_reminder_id IS NOT NULL",
        "This reminder already has its SMS.",
    )

    # === ACTION METHODS === #

    def action_set_outgoing(self):
        """Send again: a person has decided it, tries and time start anew."""
        res = super().action_set_outgoing()
        self.write(
            {
                "ebs_tries": 0,
                "ebs_failure_reason": False,
                "ebs_send_before": clock.now() + SEND_WITHIN,
            }
        )
        self._ebs_wake_queue()
        return res

    def _update_sms_state_and_trackers(self, new_state, failure_type=None):
        """Let a manager's click reach the trackers, which only core may read."""
        self.check_access("write")
        return super(SmsSms, self.sudo())._update_sms_state_and_trackers(
            new_state, failure_type=failure_type
        )

    def send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Leave a platform's messages to the queue: no gateway inside a request."""
        queued = self.filtered(lambda sms: sms._get_sms_company().is_ebs_platform)
        if queued:
            self._ebs_wake_queue()
        return super(SmsSms, self - queued).send(
            unlink_failed=unlink_failed,
            unlink_sent=unlink_sent,
            raise_exception=raise_exception,
        )

    # === BUSINESS METHODS: QUEUE === #

    def _get_sms_company(self):
        return (
            self.mail_message_id.record_company_id
            or self.record_company_id
            or super()._get_sms_company()
        )

    @api.model
    def _process_queue(self):
        """Send what is due, company by company, those tried least first."""
        self._ebs_close_interrupted()
        domain = self._ebs_get_queue_domain()
        queue = self.search(
            domain, order="ebs_tries, id", limit=self._get_send_batch_size()
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(domain))
        for company, messages in queue.grouped(
            lambda sms: sms._get_sms_company()
        ).items():
            messages = messages.with_company(company)
            if company.is_ebs_platform:
                time_left = messages._ebs_send()
            else:
                if locked := messages.try_lock_for_update().filtered_domain(domain):
                    locked._send()
                time_left = cron._commit_progress(len(messages))
            if not time_left:
                break

    @api.model
    def _ebs_get_queue_domain(self):
        paused = self.env["res.company"].search(
            [("ebs_sms_paused_until", ">", clock.now())]
        )
        return (
            Domain("state", "=", "outgoing")
            & Domain("to_delete", "!=", True)
            & ~Domain("record_company_id", "in", paused.ids)
            & ~Domain("mail_message_id.record_company_id", "in", paused.ids)
        )

    @api.model
    def _ebs_close_interrupted(self):
        """A message still marked as leaving was cut off: nobody knows its fate.

        Only one process runs the queue at a time, so it cannot be on its way.
        """
        cut_off = self.search([("state", "=", "process")]).filtered(
            lambda sms: sms._get_sms_company().is_ebs_platform
        )
        for sms in cut_off:
            sms._ebs_fail("ebs_unknown", sms.env._("The sender was interrupted."))

    def _ebs_send(self):
        """Send each message in its own transactions, until the gateway fails.

        :return: whether the scheduled action has time for more
        """
        cron = self.env["ir.cron"]
        gateway = self.env.company._get_sms_api_class()(self.env)
        time_left = True
        for sms_id in self.ids:
            sms = self.browse(sms_id).try_lock_for_update()
            if not sms or sms.state != "outgoing" or sms.to_delete:
                continue
            sms.write({"state": "process", "ebs_tries": sms.ebs_tries + 1})
            to = {"uuid": sms.uuid, "number": sms.number}
            message = {"content": sms.body, "numbers": [to]}
            cron._commit_progress()
            [result] = gateway._send_sms_batch([message])
            _logger.info("SMS %d: %s", sms_id, result["state"])
            goes_on = retrying(partial(sms._ebs_note_result, result), self.env)
            time_left = cron._commit_progress(1)
            if not (goes_on and time_left):
                break
        return time_left

    def _ebs_note_result(self, result):
        """Write what the gateway answered, unless its report was quicker.

        :return: whether the gateway is well enough for the next message
        """
        self.ensure_one()
        state, reason = result["state"], result.get("failure_reason")
        failed = state in ("ebs_retry", "ebs_unknown")
        if failed:
            self._ebs_pause_gateway()
        if self.state != "process":
            return not failed
        if state == "success":
            self._update_sms_state_and_trackers("pending", failure_type=False)
            self.ebs_failure_reason = False
        elif state != "ebs_retry":
            gateway = self._get_sms_company()._get_sms_api_class()
            failures = gateway.PROVIDER_TO_SMS_FAILURE_TYPE
            self._ebs_fail(failures.get(state, "unknown"), reason)
        elif self.ebs_send_before <= clock.now() + PAUSE:
            self._ebs_fail("sms_server", reason)
        else:
            self._update_sms_state_and_trackers("outgoing", failure_type=False)
            self.ebs_failure_reason = reason
        return not failed

    def _ebs_fail(self, failure_type, reason):
        """End in error, with the reason, and tell staff where they look."""
        self.ensure_one()
        self._update_sms_state_and_trackers("error", failure_type=failure_type)
        self.ebs_failure_reason = reason
        reminder = self.ebs_reminder_id
        if reminder:
            lang = self._get_sms_company().partner_id.lang
            exchange = reminder.exchange_id.with_context(lang=lang)
            labels = dict(
                self._fields["failure_type"]._description_selection(exchange.env)
            )
            exchange._message_log(
                body=exchange.env._(
                    "SMS reminder to %(member)s: %(failure)s. %(reason)s",
                    member=reminder.member_id.name,
                    failure=labels[failure_type],
                    reason=reason or "",
                )
            )

    def _ebs_pause_gateway(self):
        """Leave a failing gateway alone for a while, and the queue as it is."""
        self._get_sms_company().ebs_sms_paused_until = clock.now() + PAUSE
        self._ebs_wake_queue(PAUSE)

    @api.model
    def _ebs_wake_queue(self, delay=None):
        moment = delay and fields.Datetime.now() + delay
        self.env.ref("sms.ir_cron_sms_scheduler_action").sudo()._trigger(moment)

    # === BUSINESS METHODS: DELIVERY REPORTS === #

    def _ebs_get_rank(self):
        """Return how much is known: reports come twice, late and in any order."""
        self.ensure_one()
        if self.state == "error" and self.failure_type == "sms_not_delivered":
            return 2
        return {"pending": 1, "sent": 3}.get(self.state, 0)

    def _ebs_note_report(self, status, reason):
        """Write a delivery report that tells more than is known already.

        :return: whether the status is one that we know
        """
        self.ensure_one()
        state = TWILIO_STATUS_TO_STATE.get(status)
        rank = {"pending": 1, "error": 2, "sent": 3}.get(state, 0)
        if rank > self._ebs_get_rank():
            if state == "error":
                self._ebs_fail("sms_not_delivered", reason)
            else:
                self._update_sms_state_and_trackers(state, failure_type=False)
                self.ebs_failure_reason = False
        return bool(state)

    # === CRON === #

    @api.autovacuum
    def _gc_ebs_finished(self):
        """Forget numbers and texts once no report can be expected any more."""
        self.search(
            [
                ("state", "not in", ("outgoing", "process")),
                ("record_company_id.is_ebs_platform", "=", True),
                ("write_date", "<", clock.now() - KEEP),
            ]
        ).unlink()
