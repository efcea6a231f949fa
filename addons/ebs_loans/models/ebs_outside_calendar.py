# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.tools import LazyTranslate
from odoo.tools.misc import format_datetime

from ..busy import BusyError, find_busy
from ..outside import FetchError, Network
from ..utils import ONE_DAY

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

HOUR = timedelta(hours=1)
LONGEST_WAIT = 24
# How far ahead busy times are read: what repeats is read anew as the days go by,
# although the other server says that nothing has changed.
DAYS_READ = 400
DAYS_NEEDED = 393
# Something amiss for a while is no news; something that never worked is.
FAILURES_TO_TELL = 3
HEADER_LENGTH = 500
SENTENCES = {
    "address": _lt(
        "This address cannot be used. Copy the one that your calendar gives for"
        " sharing: it begins with https:// or webcal://."
    ),
    "unreachable": _lt("Nothing answers at this address."),
    "certificate": _lt("The server of this calendar could not prove who it is."),
    "slow": _lt("This calendar takes too long to answer."),
    "large": _lt("This calendar is too large: share one with fewer events."),
    "status": _lt(
        "Its server does not give this calendar, or not any more. Copy its address"
        " anew."
    ),
    "content": _lt("What stands at this address is no calendar that we can read."),
    "heavy": _lt("This calendar repeats something too often to be read."),
    "many": _lt("This calendar has too many busy times: share one with fewer."),
}


class EbsOutsideCalendar(models.Model):
    """A calendar kept elsewhere, whose busy times close a listing.

    Its address is a secret of the owner: it is read by the cron and shown to nobody.
    A calendar that cannot be read leaves what was read of it before.
    """

    _name = "ebs.outside.calendar"
    _inherit = "ebs.base.mixin"
    _description = "Outside calendar"
    _order = "id"
    _rec_name = "host"
    _check_company_auto = True

    listing_id = fields.Many2one(
        "ebs.listing",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="listing_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    # Empty when the owner has taken it away: what was tried stays known.
    url = fields.Char("Address", groups="base.group_system", copy=False)
    host = fields.Char("Server")

    # === WHAT CAME OF IT === #
    next_at = fields.Datetime(
        "Next Reading", required=True, default=lambda self: clock.now()
    )
    tried_at = fields.Datetime("Tried on")
    read_at = fields.Datetime("Read on")
    failure = fields.Selection(
        [
            ("address", "Address of no use"),
            ("unreachable", "No answer"),
            ("certificate", "Certificate"),
            ("slow", "Too slow"),
            ("large", "Too large"),
            ("status", "Not given"),
            ("content", "No calendar"),
            ("heavy", "Too much work"),
            ("many", "Too many periods"),
        ],
        "What Is Amiss",
    )
    failure_count = fields.Integer("Failures in a Row")
    period_count = fields.Integer("Busy Periods")
    # As the other server says it, to ask only for what has changed.
    etag = fields.Char(groups="base.group_system")
    last_modified = fields.Char(groups="base.group_system")
    read_until = fields.Datetime("Known until")

    _one_of_listing = models.UniqueIndex(
        "(listing_id)", "This listing has an outside calendar already."
    )
    _next_idx = models.Index("(next_at, id) WHERE url IS NOT NULL")

    # === IN WORDS === #

    def _get_sentence(self):
        """Say to the owner what was read last, or what is amiss."""
        self.ensure_one()
        read = self.read_at and format_datetime(
            self.env, self.read_at, tz=self.company_id.ebs_tz, dt_format="d MMMM, HH:mm"
        )
        if self.failure:
            sentences = [self.env._(SENTENCES[self.failure])]
            if read:
                sentences.append(
                    self.env._("What was read on %(moment)s stays.", moment=read)
                )
            return " ".join(sentences)
        if not read:
            return self.env._("It will be read within a few minutes.")
        if self.period_count == 1:
            return self.env._("Read on %(moment)s: one busy period.", moment=read)
        return self.env._(
            "Read on %(moment)s: %(count)s busy periods.",
            moment=read,
            count=self.period_count,
        )

    # === CRON === #

    @api.model
    def _get_due_domain(self):
        return [
            ("url", "!=", False),
            ("next_at", "<=", clock.now()),
            ("listing_id.state", "in", ("published", "paused")),
            ("listing_id.member_id.state", "=", "approved"),
        ]

    @api.model
    def _cron_read_due(self, batch_size=50):
        """Read the calendars that are due, one commit each.

        No row is locked while another server is waited for.
        """
        ids = self.search(self._get_due_domain(), limit=batch_size, order="next_at").ids
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(ids))
        network = self._get_network()
        for calendar_id in ids:
            calendar = self.browse(calendar_id).try_lock_for_update()
            calendar = calendar.filtered_domain(self._get_due_domain())
            asked = calendar and calendar._claim()
            left = cron._commit_progress()
            if asked:
                found = self._read(network, asked)
                self.browse(calendar_id)._try_settle(asked, found)
                left = cron._commit_progress(1)
            if not left:
                break

    @api.model
    def _get_network(self):
        """What calendars are fetched from."""
        return Network()

    def _claim(self):
        """Put the next reading off, and return what this one needs to know."""
        self.ensure_one()
        now = clock.now()
        company = self.company_id
        asked = {
            "url": self.url,
            "zone": company.ebs_tz,
            "start": company._ebs_to_utc(company._ebs_today()),
            "end": now + DAYS_READ * ONE_DAY,
            "own": self.env["ebs.feed"]._get_uid_end(),
        }
        if self.read_until and self.read_until >= now + DAYS_NEEDED * ONE_DAY:
            asked["known"] = (self.etag or "", self.last_modified or "")
        wait = min(2**self.failure_count, LONGEST_WAIT)
        self.write({"tried_at": now, "next_at": now + wait * HOUR})
        return asked

    @api.model
    def _read(self, network, asked):
        """Fetch and read one calendar; the database is left alone meanwhile.

        Return {"answer", "periods"}, periods None when nothing has changed; or
        {"failure"}.
        """
        try:
            answer = network.fetch(asked["url"], *asked.get("known", ()))
            periods = None
            if answer.body is not None:
                periods = find_busy(
                    answer.body,
                    asked["zone"],
                    asked["start"],
                    asked["end"],
                    asked["own"],
                )
            elif "known" not in asked:
                return {"failure": "status"}
        except (FetchError, BusyError) as error:
            # The address stays out of the log: it is as good as a password.
            _logger.info("An outside calendar was not read: %s", error)
            return {"failure": error.code}
        return {"answer": answer, "periods": periods}

    def _try_settle(self, asked, found):
        """Write down what was found, unless the owner has changed the address."""
        try:
            with self.env.cr.savepoint():
                calendar = self.try_lock_for_update()
                if calendar and calendar.url == asked["url"]:
                    calendar._settle(asked, found)
        except Exception:
            _logger.exception("Outside calendar %s could not be settled", self.id)

    def _settle(self, asked, found):
        """Close the listing when the calendar is busy, or note what is amiss."""
        self.ensure_one()
        if "failure" in found:
            self._note_failure(found["failure"])
            return
        now = clock.now()
        vals = {
            "read_at": now,
            "next_at": now + HOUR,
            "failure": False,
            "failure_count": 0,
        }
        if found["periods"] is not None:
            answer = found["answer"]
            vals |= {
                "period_count": len(found["periods"]),
                "read_until": asked["end"],
                "etag": _keep_header(answer.etag),
                "last_modified": _keep_header(answer.last_modified),
            }
            self.listing_id._set_outside_periods(found["periods"])
        self.write(vals)

    def _note_failure(self, code):
        """Keep what was read before; tell the owner once."""
        count = self.failure_count + 1
        self.write({"failure": code, "failure_count": count})
        if count == (FAILURES_TO_TELL if self.read_at else 1):
            self.listing_id._tell_owner(
                "ebs_loans.mail_outside_calendar",
                _lt(
                    "The calendar of “%(title)s” cannot be read",
                    title=self.listing_id.name,
                ),
            )


def _keep_header(value):
    """What another server said of its file, if it can be said back to it."""
    plain = value.isascii() and value.isprintable() and len(value) <= HEADER_LENGTH
    return value if value and plain else False
