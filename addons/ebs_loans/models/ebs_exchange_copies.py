# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..utils import format_period


class EbsExchange(models.Model):
    """Which copy a loan takes: the database says which one is free."""

    _inherit = "ebs.exchange"

    def _take_copy(self):
        """Book the first copy that is free: the database says which one is.

        Two owners' clicks may reach for one copy at the same moment. The one who
        comes second is refused by the exclusion constraint and tries the next.
        """
        listing = self.listing_id
        start, end = listing._get_day_bounds(self.day_start, self.day_end)
        free = listing._get_free_copies(start, end)
        for copy in free:
            booking = self._try_booking(
                self.env["ebs.booking"].create,
                {
                    "copy_id": copy.id,
                    "exchange_id": self.id,
                    "date_start": start,
                    "date_end": end,
                },
            )
            if booking:
                self.copy_id = copy
                return
        if not free:
            raise UserError(listing._get_why_taken(self.day_start, self.day_end))
        raise UserError(
            self.env._(
                "Somebody else was faster: it is now taken %(period)s. "
                "Reload the page to see which days are still free.",
                period=format_period(self.env, self.day_start, self.day_end),
            )
        )

    def _hand_over_copy(self, moment):
        """Hand over the promised copy, or another one when that one is not there.

        Before the first day the copy is taken from now on.
        """
        booking = self.booking_ids
        start = min(booking.date_start, moment)
        promised = booking.copy_id
        others = self.listing_id._get_free_copies(start, booking.date_end)
        for copy in promised | others:
            values = {"date_start": start, "handed_over_at": moment}
            if copy != promised:
                values["copy_id"] = copy.id
            if self._try_booking(booking.write, values):
                self.copy_id = copy
                return
        if promised.booking_ids.filtered(lambda other: other._is_out()):
            raise UserError(
                self.env._(
                    "The copy has not come back yet: note its return first, "
                    "on the loan before this one."
                )
            )
        raise UserError(
            self.env._(
                "It is promised to somebody else until then. Hand it over %(period)s.",
                period=format_period(self.env, self.day_start, self.day_start),
            )
        )

    def _try_booking(self, write, values):
        """Write a booking, or undo and answer False when the database refuses."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return write(values)
        except (psycopg2.errors.ExclusionViolation, psycopg2.errors.UniqueViolation):
            return False
