# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.tools import LazyTranslate

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)


class EbsReminder(models.Model):
    """One message owed to a borrower: the outbox of what is sent ahead of time.

    A row is written in the transaction that makes it due, and a cron sends it
    later. The key says what is owed, not by which channel it goes.
    """

    _name = "ebs.reminder"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _description = "Reminder"
    _order = "due_at, id"
    _rec_name = "exchange_id"
    _check_company_auto = True

    exchange_id = fields.Many2one(
        "ebs.exchange",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="exchange_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    member_id = fields.Many2one(
        "ebs.member",
        "Borrower",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [("return", "Return"), ("late", "Late")], required=True, default="return"
    )
    due_at = fields.Datetime("Due on", required=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent"), ("cancelled", "Cancelled")],
        required=True,
        default="waiting",
    )
    sent_at = fields.Datetime("Sent on")

    _owed_once = models.Constraint(
        "UNIQUE (exchange_id, member_id, kind, due_at)",
        "This reminder is already planned.",
    )
    _waiting_idx = models.Index("(due_at, id) WHERE state = 'waiting'")

    # === BUSINESS METHODS === #

    def _cancel(self):
        """Nothing is owed any more: the loan is over, or never was."""
        waiting = self.filtered(lambda reminder: reminder.state == "waiting")
        waiting._set_state(("waiting",), "cancelled")

    def _send(self):
        """Queue the message on every channel and note that it is done.

        Nothing leaves here: a mail and whatever another channel adds are rows
        that their own queues send, once this transaction is committed.
        """
        self.ensure_one()
        exchange = self.exchange_id
        if exchange.state != "ongoing" or self._is_overtaken():
            self._cancel()
            return
        is_first = self.kind == "late" and not self._get_others(("sent",))
        self._set_state(("waiting",), "sent", {"sent_at": clock.now()})
        exchange._tell("asker", *self._get_words(), {"exchange": exchange})
        self._send_channels()
        if is_first:
            exchange._tell_late()

    def _is_overtaken(self):
        """Whether it says what is not true any more, or a later one says it too."""
        if self.kind == "return":
            return self.exchange_id.is_late
        later = self._get_others(("waiting",)).filtered(
            lambda one: self.due_at < one.due_at <= clock.now()
        )
        return bool(later) or not self.exchange_id.is_late

    def _get_others(self, states):
        """Return the other reminders of the same kind of this loan."""
        return (self.exchange_id.reminder_ids - self).filtered(
            lambda one: one.kind == self.kind and one.state in states
        )

    def _get_words(self):
        """Return the template and the subject of the mail."""
        title = self.exchange_id.title
        if self.kind == "late":
            return (
                "ebs_loans.mail_reminder_late",
                _lt("It is late: please bring back “%(title)s”", title=title),
            )
        return (
            "ebs_loans.mail_reminder_return",
            _lt("To bring back soon: “%(title)s”", title=title),
        )

    def _send_channels(self):
        """Hook: the further channels of this reminder, each in its own queue."""

    # === CRON === #

    def _try_send(self):
        """Send, or leave it for later: one that fails holds up none of the others."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self.with_company(self.company_id)._send()
        except Exception:
            _logger.exception("Reminder %s could not be sent", self.id)

    @api.model
    def _get_due_domain(self):
        return [("state", "=", "waiting"), ("due_at", "<=", clock.now())]

    @api.model
    def _cron_send_due(self, batch_size=200):
        """Send what is due, one commit each, so that nothing is sent twice."""
        ids = self.search(self._get_due_domain(), limit=batch_size).ids
        remaining = self.search_count(self._get_due_domain())
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=remaining)
        for reminder_id in ids:
            reminder = self.browse(reminder_id).try_lock_for_update()
            reminder = reminder.filtered_domain(self._get_due_domain())
            if reminder:
                reminder._try_send()
            if not cron._commit_progress(1):
                break
