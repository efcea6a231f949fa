# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, models
from odoo.addons.ebs_base import clock

_logger = logging.getLogger(__name__)

# Where nobody books: a place to put one booking while two change their copies.
FAR_AWAY = timedelta(days=365 * 900)


class EbsBooking(models.Model):
    """A booking whose copy went out of service finds another one, or people know."""

    _inherit = "ebs.booking"

    @api.model
    def _get_unserved_domain(self):
        """Return the loans to come whose copy is not in service."""
        return [
            ("copy_id.state", "!=", "in_service"),
            ("kind", "=", "loan"),
            ("handed_over_at", "=", False),
            ("date_end", ">", clock.now()),
        ]

    def _settle(self):
        """Give each its copy, and tell the parties when that changes for them."""
        for booking in self:
            served = booking.copy_id.state == "in_service" or booking._move()
            if served == booking.is_unserved:
                booking.is_unserved = not served
                booking.exchange_id._tell_served(served)

    def _move(self):
        """Take another copy that is free at that time; tell whether there was one."""
        before, loan = self.copy_id, self.exchange_id
        start = min(max(self.date_start, clock.now()), self.date_end)
        for copy in before.listing_id._get_free_copies(start, self.date_end):
            if loan._try_booking(self.write, {"copy_id": copy.id}):
                loan._replace_copy(before, copy)
                return True
        return False

    def _swap_with_holder(self, copy):
        """Change copies with the one loan that has that copy at that time.

        One of the two stands far away meanwhile: at no moment do they overlap.
        """
        holder = self.search(
            [
                ("copy_id", "=", copy.id),
                ("date_start", "<", self.date_end),
                ("date_end", ">", self.date_start),
            ]
        )
        if len(holder) != 1 or holder.kind != "loan" or holder.handed_over_at:
            return False
        before = self.copy_id
        if before.state != "in_service":
            return False
        start, end = holder.date_start, holder.date_end

        def swap(_values):
            holder.write({"date_start": start - FAR_AWAY, "date_end": end - FAR_AWAY})
            holder.flush_recordset()
            self.copy_id = copy
            self.flush_recordset()
            holder.write({"copy_id": before.id, "date_start": start, "date_end": end})
            return True

        if not self.exchange_id._try_booking(swap, {}):
            return False
        holder.exchange_id._replace_copy(copy, before)
        return True

    # === WHAT THE DESK DOES === #

    def action_leave_out(self):
        """Lend a kit without this part, which is out of service."""
        self._check_readable()
        self.exchange_id.action_leave_out(self.copy_id.id)

    # === CRON === #

    @api.model
    def _cron_settle(self, batch_size=200):
        """Look again for those without a copy: a loan may have been cancelled.

        It also finds what was accepted while its copy was taken out of service:
        that comes first, nobody knows it yet.
        """
        domain = self._get_unserved_domain()
        ids = [
            booking_id
            for told in (False, True)
            for booking_id in self.search(
                [*domain, ("is_unserved", "=", told)],
                limit=batch_size,
                order="date_start, id",
            ).ids
        ]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(ids))
        for booking_id in ids:
            booking = self.browse(booking_id).try_lock_for_update()
            booking.filtered_domain(domain)._try_settle()
            if not cron._commit_progress(1):
                break

    def _try_settle(self):
        """Settle, or leave it for later: one that fails holds up none of the others."""
        for booking in self:
            try:
                with self.env.cr.savepoint():
                    booking.with_company(booking.company_id)._settle()
            except Exception:
                _logger.exception("Booking %s could not be settled", booking.id)
