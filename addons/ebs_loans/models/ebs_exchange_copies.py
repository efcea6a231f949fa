# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psycopg2
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..utils import format_period


class EbsExchange(models.Model):
    """Which copies a loan takes: the database says which ones are free.

    A plain loan takes one copy. That of a kit takes several, all or none.
    """

    _inherit = "ebs.exchange"

    copy_ids = fields.Many2many(
        "ebs.copy", string="Copies", compute="_compute_copy_ids", compute_sudo=True
    )
    copy_quantity = fields.Integer(
        "Number of Copies", required=True, default=1, readonly=True, copy=False
    )
    kit_text = fields.Text("What Comes With It", readonly=True, copy=False)

    @api.depends("booking_ids.copy_id")
    def _compute_copy_ids(self):
        for exchange in self:
            exchange.copy_ids = exchange.booking_ids.copy_id

    # === ACCEPTING === #

    def _take_copy(self):
        """Book what the loan needs: copies that are free, as many as it takes.

        Two owners' clicks may reach for one copy at the same moment. The one who
        comes second is refused by the exclusion constraint and tries the next. All
        take copies in the same order, so that none waits for another in a circle.
        """
        listing = self.listing_id
        start, end, buffer = self._get_taking_bounds()
        needs = listing._get_needs()
        free = {
            needed: needed._get_free_copies(start, end, buffer)
            for needed in sorted(needs, key=lambda one: one.id)
        }
        if any(len(free[needed]) < needs[needed] for needed in needs) or (
            # A kit without a copy of its own may be closed all the same.
            listing not in needs and listing._get_closed_periods(start, end)[listing.id]
        ):
            raise UserError(listing._get_why_taken(*self._get_period()))
        bookings = self.env["ebs.booking"]
        with self.env.cr.savepoint():
            for needed, copies in free.items():
                bookings |= self._book(copies, needs[needed], start, end, buffer)
        own = bookings.filtered(lambda one: one.copy_id.listing_id == listing)
        self.write(
            {
                "copy_id": (own or bookings)[:1].copy_id.id,
                "copy_quantity": len(bookings),
            }
        )

    def _book(self, copies, quantity, start, end, buffer):
        """Book that many of the copies, or say that somebody was faster."""
        bookings = self.env["ebs.booking"]
        for copy in copies:
            if len(bookings) == quantity:
                break
            bookings |= (
                self._try_booking(
                    bookings.create,
                    {
                        "copy_id": copy.id,
                        "exchange_id": self.id,
                        "date_start": start,
                        "date_end": end + buffer,
                    },
                )
                or bookings
            )
        if len(bookings) < quantity:
            raise UserError(
                self.env._(
                    "Somebody else was faster: it is now taken %(period)s. "
                    "Reload the page to see which days are still free.",
                    period=self._format_days(self.env),
                )
            )
        return bookings

    def _try_booking(self, write, values):
        """Write a booking, or undo and answer False when the database refuses."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return write(values)
        except (psycopg2.errors.ExclusionViolation, psycopg2.errors.UniqueViolation):
            return False

    # === HAND-OVER === #

    def _hand_over_copy(self, moment):
        """Hand over the promised copies, or others where those are not there.

        Before the first day they are taken from now on.
        """
        for booking in self.booking_ids.sorted("copy_id"):
            self._hand_over_booking(booking, moment)

    def _hand_over_booking(self, booking, moment):
        start = min(booking.date_start, moment)
        promised = booking.copy_id
        others = promised.listing_id._get_free_copies(start, booking.date_end)
        for copy in promised.filtered(lambda one: one.state == "in_service") | others:
            values = {"date_start": start, "handed_over_at": moment}
            if copy != promised:
                values |= {"copy_id": copy.id, "is_unserved": False}
            if self._try_booking(booking.write, values):
                self._replace_copy(promised, copy)
                return
        if promised.state != "in_service":
            raise UserError(self._get_out_of_service_refusal(promised))
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

    def _get_out_of_service_refusal(self, copy):
        """Say why that copy cannot be handed over, and what to do."""
        states = dict(copy._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(copy)s is out of service (%(state)s), and no other one is free. "
            "Put it back into service once it is there again, or cancel the loan.",
            copy=copy._get_names(),
            state=states[copy.state].lower(),
        )

    def _replace_copy(self, before, after):
        """Name the copy that takes the place of the one named so far."""
        if self.copy_id == before and before != after:
            self.copy_id = after

    # === THIS VERY COPY === #

    def _assign_copy(self, copy):
        """Keep that copy for this loan; who had it gets the one kept so far."""
        if copy in self.booking_ids.copy_id:
            return
        booking = self.booking_ids.filtered(
            lambda one: one.copy_id.listing_id == copy.listing_id
        )[:1]
        if not booking:
            raise UserError(self.env._("This loan is about something else."))
        before = booking.copy_id
        values = {"copy_id": copy.id, "is_unserved": False}
        if not (
            self._try_booking(booking.write, values) or booking._swap_with_holder(copy)
        ):
            raise UserError(
                self.env._(
                    "This copy is kept for somebody else, and no other one can take "
                    "its place: hand over %(copy)s.",
                    copy=before._get_names(),
                )
            )
        self._replace_copy(before, copy)
