# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError

from ..outside import FetchError, read_url
from .ebs_outside_calendar import SENTENCES

# One owner does not make the platform read calendars all day.
MAX_CALENDARS = 50
PAUSE = timedelta(minutes=5)


class EbsListing(models.Model):
    """When its owner is busy, by a calendar kept elsewhere."""

    _inherit = "ebs.listing"

    outside_calendar_ids = fields.One2many(
        "ebs.outside.calendar", "listing_id", groups="ebs_base.group_ebs_staff"
    )

    # === WHAT A MEMBER DOES === #

    def action_set_outside_calendar(self, url):
        """Close one's own listing whenever the calendar at this address is busy."""
        listing_sudo = self._check_acting()
        try:
            target = read_url(url)
            if not self.env["ebs.outside.calendar"]._get_network().is_port(target):
                raise FetchError("address", "port")
        except FetchError as error:
            raise UserError(self.env._(SENTENCES["address"])) from error
        listing_sudo._check_outside_room()
        calendar = listing_sudo.outside_calendar_ids
        now = clock.now()
        vals = {
            "url": target.url,
            "host": target.host,
            "next_at": max(now, calendar.tried_at + PAUSE)
            if calendar.tried_at
            else now,
            "read_at": False,
            "read_until": False,
            "failure": False,
            "failure_count": 0,
            "etag": False,
            "last_modified": False,
        }
        if calendar:
            calendar.write(vals)
        else:
            calendar = calendar.create({"listing_id": listing_sudo.id, **vals})
        self.env.ref("ebs_loans.ir_cron_read_outside").sudo()._trigger(
            at=calendar.next_at
        )

    def action_clear_outside_calendar(self):
        """Take the outside calendar away, and open what it had closed."""
        listing_sudo = self._check_acting()
        listing_sudo.outside_calendar_ids.write({"url": False, "host": False})
        listing_sudo._set_outside_periods([])

    def _check_outside_room(self):
        others = self.env["ebs.outside.calendar"].search_count(
            [
                ("listing_id.member_id", "=", self.member_id.id),
                ("listing_id", "!=", self.id),
                ("url", "!=", False),
            ]
        )
        if others >= MAX_CALENDARS:
            raise UserError(
                self.env._(
                    "You have %(count)s outside calendars already: take one away"
                    " first.",
                    count=others,
                )
            )

    # === BUSINESS METHODS === #

    def _set_outside_periods(self, periods):
        """Make these the closed periods from outside; what stays is not touched."""
        self.ensure_one()
        closed = self.env["ebs.availability"].search(
            [("listing_id", "=", self.id), ("is_outside", "=", True)]
        )
        wanted = set(periods)
        kept = closed.filtered(lambda one: (one.date_start, one.date_end) in wanted)
        (closed - kept).unlink()
        missing = wanted - {(one.date_start, one.date_end) for one in kept}
        closed.create(
            [
                {
                    "listing_id": self.id,
                    "date_start": start,
                    "date_end": end,
                    "is_outside": True,
                }
                for start, end in sorted(missing)
            ]
        )
