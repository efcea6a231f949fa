# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import format_date

from ..utils import gsm_length, shorten, to_gsm

ONE_SMS = 160
TITLE_AT_LEAST = 12


class EbsReminder(models.Model):
    """A reminder goes by SMS too, when the borrower has left a number."""

    _inherit = "ebs.reminder"

    def _send_channels(self):
        res = super()._send_channels()
        self._queue_sms()
        return res

    def _queue_sms(self):
        """Put one SMS in Odoo's own queue, in the transaction that owes it."""
        self.ensure_one()
        phone = self.member_id.private_ids.phone
        if phone and self.company_id.ebs_sms_reminders:
            self.env["sms.sms"].create(
                {
                    "number": phone,
                    "body": self._get_sms_body(),
                    "record_company_id": self.company_id.id,
                    "ebs_reminder_id": self.id,
                }
            )

    def _get_sms_body(self):
        """Return what to bring back, when and to whom, within one SMS.

        Names are shortened first, then the title. No address is told: whoever
        holds the phone may read it.
        """
        self.ensure_one()
        exchange = self.exchange_id
        lang = self.member_id._get_users()[:1].lang or self.company_id.partner_id.lang
        env = self.with_context(lang=lang).env

        words = {
            "platform": shorten(self.company_id.name, 24),
            "owner": shorten(exchange.owner_name, 24),
            "day": format_date(
                env, exchange.day_end, date_format="EEEE d MMMM", lang_code=lang
            ),
        }

        def write(title):
            if self.kind == "late":
                return to_gsm(
                    env._(
                        '%(platform)s: "%(title)s" was due back at %(owner)s'
                        " on %(day)s. Please bring it back.",
                        title=title,
                        **words,
                    )
                )
            return to_gsm(
                env._(
                    '%(platform)s: please bring "%(title)s" back to %(owner)s'
                    " by %(day)s.",
                    title=title,
                    **words,
                )
            )

        title = " ".join(to_gsm(exchange.title).split())
        excess = gsm_length(write(title)) - ONE_SMS
        if excess > 0:
            title = shorten(title, max(len(title) - excess, TITLE_AT_LEAST))
        return write(title)
