# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_date
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import DAYS_AHEAD
from ..loan_calendar import (
    ONE_DAY,
    LoanCalendar,
    intersect,
    keep_enough,
    overlaps,
    subtract,
)
from ..utils import days_between


class EbsListing(models.Model):
    """What is free: of one listing, of a page of them, of the whole catalogue."""

    _inherit = "ebs.listing"

    # === WHAT IS TAKEN === #

    def _get_usable_copies(self):
        """The copies that may be lent, in their order."""
        copies = self.sudo().all_copy_ids
        return copies.filtered(lambda copy: copy.state == "in_service")

    def _get_taken_periods(self, start, end):
        """Say when each copy is taken: {copy: [(start, end), …]}, one query.

        A copy that should be back and is not counts as taken until tonight.
        """
        copies = self._get_usable_copies()
        now = clock.now()
        out = Domain("handed_over_at", "!=", False) & Domain("returned_at", "=", False)
        bookings = (
            self.env["ebs.booking"]
            .sudo()
            .search_fetch(
                Domain("copy_id", "in", copies.ids)
                & Domain("date_start", "<", end)
                & (Domain("date_end", ">", start) | out),
                ["copy_id", "date_start", "date_end", "handed_over_at", "returned_at"],
            )
        )
        taken = {copy: [] for copy in copies}
        for booking in bookings:
            until = booking.date_end
            if booking._is_out() and until <= now:
                until = booking.copy_id.listing_id.company_id._get_ebs_tonight()
            taken[booking.copy_id].append((booking.date_start, until))
        return taken

    def _get_closed_periods(self, start, end):
        """What the owners have closed: {listing: closed periods}, one query."""
        closed = {listing.id: self.env["ebs.availability"].sudo() for listing in self}
        for period in (
            self.env["ebs.availability"]
            .sudo()
            .search_fetch(
                [
                    ("listing_id", "in", self.ids),
                    ("date_start", "<", end),
                    ("date_end", ">", start),
                ],
                ["listing_id", "date_start", "date_end", "is_outside"],
            )
        ):
            closed[period.listing_id.id] |= period
        return closed

    def _get_free_copies(self, start, end, buffer=timedelta()):  # noqa: B008 - constant
        """The copies that nothing takes in the period, in their order.

        ``buffer`` is what else a booking needs after the end.
        """
        self.ensure_one()
        closed = self._get_closed_periods(start, end)[self.id]
        taken = self._get_taken_periods(start, end + buffer)
        copies = self.env["ebs.copy"].sudo()
        if closed:
            return copies
        return copies.union(
            *(copy for copy in taken if not overlaps(taken[copy], start, end + buffer))
        )

    # === WHAT IS FREE === #

    def _get_free_periods(self, start, end, closed=None):
        """When it is free: {listing: [(start, end), …]}, as few queries for all.

        What a loan takes (a copy, or those of a kit) is free through each period, so
        a loan fits when one of them holds it whole. The time that a loan must leave
        before the next one is taken off.
        """
        needed = self._get_needed()
        closed = needed._get_closed_periods(start, end) if closed is None else closed
        # A booking soon after the end leaves less room before it.
        most = max((listing._get_buffer() for listing in self), default=timedelta())
        copies = needed._get_taken_periods(start, end + most)
        taken = {listing.id: [] for listing in needed}
        for copy, periods in copies.items():
            taken[copy.listing_id.id].append(periods)
        return {
            listing: listing._get_whole_periods(start, end, taken, closed)
            for listing in self
        }

    def _get_whole_periods(self, start, end, taken, closed):
        """When all that one loan takes is free, from what is taken of each part."""
        buffer = self._get_buffer()
        whole = [(start, end)]
        for part, quantity in self._get_needs().items():
            shut = [
                (one.date_start, one.date_end)
                for one in closed[self.id] | closed[part.id]
            ]
            free = [
                period
                for periods in taken[part.id]
                for period in subtract(
                    start,
                    end,
                    [(since - buffer, until) for since, until in periods] + shut,
                )
            ]
            whole = intersect(whole, keep_enough(free, quantity))
        return whole

    def _can_lend(self, start, end):
        """Whether a loan of that period finds all the copies that it takes."""
        return (start, end) in self._get_free_periods(start, end)[self]

    def _get_calendars(self, first, last):
        """The calendar of each listing from a day to another: {listing: calendar}.

        The number of queries is the same for one listing and for a page of them.
        """
        now = clock.now()
        calendars = {}
        for company, listings in self.sudo().grouped("company_id").items():
            zone = company._get_ebs_zone()
            start, end = zone.moment(first), zone.moment(last + ONE_DAY)
            closed = listings._get_needed()._get_closed_periods(start, end)
            free = listings._get_free_periods(start, end, closed)
            opening = listings._get_opening(first, last)
            for listing in listings:
                shut = closed[listing.id].filtered(lambda one: not one.is_outside)
                calendars[listing] = LoanCalendar(
                    zone,
                    listing.loan_step,
                    listing.same_day_turnover,
                    free[listing],
                    opening[listing],
                    [(one.date_start, one.date_end) for one in shut],
                    now,
                    now + timedelta(hours=listing.loan_notice),
                )
        return {listing: calendars[listing.sudo()] for listing in self}

    def _get_opening(self, first, last):
        """When each listing may be handed over and returned: {listing: periods}.

        Its own hours win over those of its place, and these over the platform's;
        the closed days of all three add up.
        """
        company = self.company_id
        levels = {
            listing: (
                listing.calendar_id,
                listing.place_id.calendar_id,
                company.ebs_calendar_id,
            )
            for listing in self
        }
        calendars = self.env["resource.calendar"].union(*sum(levels.values(), ()))
        weeks, leaves = calendars._get_ebs_opening(company, first, last)
        zone = company._get_ebs_zone()
        start, end = zone.moment(first), zone.moment(last + ONE_DAY)
        known = {}
        for mine in levels.values():
            if mine not in known:
                chosen = next((one for one in mine if one), None)
                days = weeks[chosen] if chosen else [(start, end)]
                off = [period for one in mine if one for period in leaves[one]]
                known[mine] = [
                    piece for period in days for piece in subtract(*period, off)
                ]
        return {listing: known[mine] for listing, mine in levels.items()}

    def _get_busy_days(self, first, last):
        """The days from ``first`` to ``last`` on which no copy is free."""
        calendar = self._get_calendars(first, last)[self]
        parts = calendar.halves if self.sudo().same_day_turnover else None
        return {
            day
            for day in days_between(first, last)
            if not any(
                calendar.is_free(*part)
                for part in (parts(day) if parts else [calendar.day(day)])
            )
        }

    # === THE CATALOGUE === #

    @api.model
    def _get_catalogue_domain(self, company, filters):
        domain = super()._get_catalogue_domain(company, filters)
        first = to_date(filters.get("from"))
        last = to_date(filters.get("to")) or first
        today = company.sudo()._ebs_today()
        if not first or not last or not first <= last:
            return domain
        if first < today or last > today + timedelta(days=2 * DAYS_AHEAD):
            return domain
        return domain & self._get_free_domain(company.sudo(), first, last)

    @api.model
    def _get_free_domain(self, company, first, last):
        """The listings that could be lent from ``first`` to ``last``.

        What is lent by the hour or half day is found when some time is free on these
        days. The sum is PostgreSQL's, on the page that is shown only.
        """
        for name in (
            "ebs.listing",
            "ebs.copy",
            "ebs.kit",
            "ebs.booking",
            "ebs.availability",
        ):
            self.env[name].flush_model()
        # PostgreSQL takes the conditions for dearer than they are, and would compile
        # them: half a second for what takes some milliseconds.
        self.env.cr.execute("SET LOCAL jit = off")
        ways = self.env["ebs.way"].search_fetch([("commitment", "=", "booking")], [])
        return Domain("way_ids", "in", ways.ids) & Domain.custom(
            to_sql=lambda model, alias, query: self._get_free_sql(
                company, first, last, SQL.identifier(alias)
            )
        )

    @api.model
    def _get_free_sql(self, company, first, last, listing):
        zone = company._get_ebs_zone()
        now = clock.now()
        midnights = zone.moment(first), zone.moment(last + ONE_DAY)
        noons = LoanCalendar(zone, "day", turnover=True).bounds(first, last)
        start, end = (
            SQL(
                "(CASE WHEN %s.same_day_turnover THEN %s ELSE %s END)",
                listing,
                max(noon, now) if rank == 0 else noon,
                max(midnight, now) if rank == 0 else midnight,
            )
            for rank, (noon, midnight) in enumerate(zip(noons, midnights, strict=True))
        )
        days = (last - first).days + 1
        return SQL(
            """(%(soon)s AND %(lengths)s AND %(opens)s AND %(closes)s
            AND CASE WHEN %(l)s.loan_step = 'day' THEN %(whole)s ELSE %(some)s END)""",
            l=listing,
            soon=SQL(
                "%s + %s.loan_notice * interval '1 hour' < %s AND %s <= "
                "COALESCE(NULLIF(%s.loan_horizon, 0), %s)",
                now,
                listing,
                zone.moment(first + ONE_DAY),
                (first - company._ebs_today()).days,
                listing,
                DAYS_AHEAD,
            ),
            lengths=SQL(
                "(%(l)s.loan_step != 'day' OR %(days)s >= %(l)s.loan_min AND %(days)s"
                " <= LEAST(COALESCE(NULLIF(%(l)s.loan_max, 0), %(most)s), %(most)s))",
                l=listing,
                days=days,
                most=company.ebs_loan_max_days,
            ),
            opens=self._get_open_sql(
                company,
                first,
                listing,
                # The hour of that day at which it may be fetched at the earliest.
                SQL(
                    "EXTRACT(EPOCH FROM %s + %s.loan_notice * interval '1 hour' - %s)"
                    " / 3600",
                    now,
                    listing,
                    midnights[0],
                ),
            ),
            closes=self._get_open_sql(company, last, listing),
            whole=self._get_whole_sql(company, start, end, listing),
            some=self._get_some_sql(max(midnights[0], now), midnights[1], listing),
        )

    @api.model
    def _get_open_sql(self, company, day, listing, after=None):
        """Whether the listing is open on a day, at least for a part of it."""
        zone = company._get_ebs_zone()
        place = SQL(
            "(SELECT p.calendar_id FROM ebs_place p WHERE p.id = %s.place_id)", listing
        )
        platform = company.ebs_calendar_id.id or None
        chosen = SQL("COALESCE(%s.calendar_id, %s, %s)", listing, place, platform)
        week = self.env["resource.calendar.attendance"].get_week_type(day)
        return SQL(
            """(%(chosen)s IS NULL OR (EXISTS (
                SELECT FROM resource_calendar_attendance a
                WHERE a.calendar_id = %(chosen)s AND a.dayofweek = %(weekday)s
                AND a.day_period != 'lunch' AND a.display_type IS NULL
                AND COALESCE(a.week_type, %(week)s) = %(week)s
                AND a.hour_to > %(after)s)
            AND NOT EXISTS (
                SELECT FROM resource_calendar_leaves v
                WHERE v.calendar_id IN (%(l)s.calendar_id, %(place)s, %(platform)s)
                AND v.resource_id IS NULL AND v.time_type = 'leave'
                AND v.date_from <= %(start)s AND v.date_to >= %(end)s)))""",
            chosen=chosen,
            weekday=str(day.weekday()),
            week=str(week),
            after=after or SQL("0"),
            l=listing,
            place=place,
            platform=platform,
            start=zone.moment(day),
            end=zone.moment(day + ONE_DAY) - timedelta(seconds=1),
        )

    @api.model
    def _get_whole_sql(self, company, start, end, listing):
        """Whether all that a loan takes is free all the time, and nothing is closed."""
        free = SQL(
            """NOT EXISTS (
                SELECT FROM ebs_booking b WHERE b.copy_id = c.id
                AND b.date_end > %(start)s
                AND b.date_start < %(end)s + %(l)s.loan_buffer * interval '1 hour')
            AND NOT EXISTS (
                SELECT FROM ebs_booking b WHERE b.copy_id = c.id
                AND b.handed_over_at IS NOT NULL AND b.returned_at IS NULL
                AND %(start)s < %(tonight)s)""",
            l=listing,
            start=start,
            end=end,
            tonight=company._get_ebs_tonight(),
        )
        closed = SQL("v.date_end > %s AND v.date_start < %s", start, end)
        return self._get_copies_sql(listing, free, closed)

    @api.model
    def _get_some_sql(self, start, end, listing):
        """Whether all of it is free for a part of the time: bookings never overlap."""
        free = SQL(
            """%(length)s > COALESCE((
                SELECT sum(LEAST(b.date_end, %(end)s)
                    - GREATEST(b.date_start, %(start)s))
                FROM ebs_booking b WHERE b.copy_id = c.id
                AND b.date_end > %(start)s AND b.date_start < %(end)s
            ), interval '0')""",
            start=start,
            end=end,
            length=end - start,
        )
        closed = SQL("v.date_end >= %s AND v.date_start <= %s", end, start)
        return self._get_copies_sql(listing, free, closed)

    @api.model
    def _get_copies_sql(self, listing, free, closed):
        """Whether there are enough free copies, of a kit of each of its parts.

        ``free`` is said of a copy `c`, ``closed`` of a closed period `v`.
        """
        copies = SQL("FROM ebs_copy c WHERE c.state = 'in_service' AND %s", free)
        return SQL(
            """(EXISTS (SELECT %(copies)s AND c.listing_id = %(l)s.id)
            OR NOT EXISTS (SELECT FROM ebs_copy c
                WHERE c.listing_id = %(l)s.id AND c.state != 'withdrawn')
            AND EXISTS (SELECT FROM ebs_kit k WHERE k.listing_id = %(l)s.id))
            AND NOT EXISTS (SELECT FROM ebs_kit k WHERE k.listing_id = %(l)s.id
                AND k.quantity > (
                    SELECT count(*) %(copies)s AND c.listing_id = k.part_id))
            AND NOT EXISTS (SELECT FROM ebs_availability v
                WHERE v.listing_id = %(l)s.id AND %(closed)s)
            AND NOT EXISTS (SELECT FROM ebs_kit k
                JOIN ebs_availability v ON v.listing_id = k.part_id
                WHERE k.listing_id = %(l)s.id AND %(closed)s)""",
            l=listing,
            copies=copies,
            closed=closed,
        )
