# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When one thing may be lent: plain data and sums over it, no query.

Periods are half-open (start, end) in UTC. A day is a `date`; the values between which
a loan runs are dates when it goes by the day, else moments on the wall clock of the
platform (naive `datetime`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)
HALF_DAY = timedelta(hours=12)
NOON = time(12)


def merge(periods):
    """The same moments as periods that neither touch nor overlap, in order."""
    merged = []
    for start, end in sorted(periods):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def subtract(start, end, taken):
    """What is left of the period from ``start`` to ``end``."""
    left = []
    for since, until in merge(taken):
        if since >= end:
            break
        if since > start:
            left.append((start, since))
        start = max(start, until)
    if start < end:
        left.append((start, end))
    return left


def keep_largest(periods):
    """The periods that lie in none of the others, in order."""
    kept = []
    for start, end in sorted(
        set(periods), key=lambda one: (one[0], -one[1].timestamp())
    ):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def keep_enough(periods, quantity):
    """When as many of them hold together: the largest such periods, in order.

    ``periods`` are those in which one of several copies is free.
    """
    enough = []
    for start in {since for since, _until in periods}:
        ends = sorted(
            (until for since, until in periods if since <= start < until), reverse=True
        )
        if len(ends) >= quantity:
            enough.append((start, ends[quantity - 1]))
    return keep_largest(enough)


def intersect(some, others):
    """The periods that lie in one of each, as large as they are, in order."""
    both = [
        (max(start, since), min(end, until))
        for start, end in some
        for since, until in others
    ]
    return keep_largest([(start, end) for start, end in both if start < end])


def overlaps(periods, start, end):
    """Whether one of the periods has a moment between ``start`` and ``end``."""
    return any(since < end and until > start for since, until in periods)


@dataclass(frozen=True)
class Zone:
    """Turns the wall clock of the platform into moments and back."""

    to_utc: callable  # (date, hour) -> moment
    to_local: callable  # moment -> moment with zone

    def moment(self, wall):
        """The moment of a date (its first one) or of a wall clock time."""
        if not isinstance(wall, datetime):
            return self.to_utc(wall)
        hour = (wall - datetime.combine(wall.date(), time())) / ONE_HOUR
        return self.to_utc(wall.date(), hour)

    def wall(self, moment):
        """The wall clock at a moment, without zone."""
        return self.to_local(moment).replace(tzinfo=None)

    def exists(self, wall):
        """Whether clocks ever show this: an hour, or a day, may be skipped."""
        if isinstance(wall, datetime):
            return self.wall(self.moment(wall)) == wall
        return self.moment(wall) < self.moment(wall + ONE_DAY)


@dataclass(frozen=True)
class LoanCalendar:
    """What is free of one listing, and when it may be handed over and given back.

    ``free``: periods in each of which one copy is free, so that a loan fits when one
    of them holds it whole. ``opening``: when things are handed over and given back.
    ``closed``: what the owner has closed. ``earliest``: the first moment of a
    hand-over.
    """

    zone: Zone
    step: str = "day"
    turnover: bool = False
    free: list = field(default_factory=list)
    opening: list = field(default_factory=list)
    closed: list = field(default_factory=list)
    now: datetime = datetime.min  # noqa: DTZ901 - moments here have no zone
    earliest: datetime = datetime.min  # noqa: DTZ901 - moments here have no zone

    # === PERIODS === #

    def bounds(self, first, last):
        """The moments between which a loan from ``first`` to ``last`` runs."""
        moment = self.zone.moment
        if self.step != "day":
            return moment(first), moment(last)
        if self.turnover and first < last:
            noons = (datetime.combine(day, NOON) for day in (first, last))
            return tuple(moment(noon) for noon in noons)
        return moment(first), moment(last + ONE_DAY)

    def day(self, day):
        """The first moment of a day and that of the next."""
        return self.zone.moment(day), self.zone.moment(day + ONE_DAY)

    def halves(self, day):
        """The two halves of a day, parted by noon on the wall clock."""
        start, end = self.day(day)
        noon = min(max(self.zone.moment(datetime.combine(day, NOON)), start), end)
        return (start, noon), (noon, end)

    def is_free(self, start, end):
        """Whether one copy is free all the time; what is over needs not be."""
        start = max(start, self.now) if end > self.now else start
        return any(since <= start and end <= until for since, until in self.free)

    # === HAND-OVER AND RETURN === #

    def windows(self, first, last):
        """When a loan may be handed over, and when it may be given back."""
        start, end = self.bounds(first, last)
        if self.step == "hour":
            return (start, start), (end, end)
        if self.step == "half_day":
            moment = self.zone.moment
            return (start, moment(first + HALF_DAY)), (moment(last - HALF_DAY), end)
        return (
            (start, self.zone.moment(first + ONE_DAY)),
            (self.zone.moment(last), end),
        )

    def can_begin(self, window):
        """Whether there is an open moment for the hand-over, with the notice asked."""
        start, end = window
        if start == end:
            return start >= self.earliest and any(
                since <= start < until for since, until in self.opening
            )
        return overlaps(self.opening, max(start, self.earliest), end)

    def can_end(self, window):
        """Whether there is an open moment for the return."""
        start, end = window
        if start == end:
            return any(since < end <= until for since, until in self.opening)
        return overlaps(self.opening, start, end)

    def fits(self, first, last):
        """Whether a loan may begin, run and end so."""
        begin, end = self.windows(first, last)
        return (
            self.can_begin(begin)
            and self.can_end(end)
            and self.is_free(*self.bounds(first, last))
        )

    # === WHAT A DAY LOOKS LIKE === #

    def open_on(self, day):
        """The open periods of a day."""
        start, end = self.day(day)
        return [
            (max(since, start), min(until, end))
            for since, until in self.opening
            if since < end and until > start
        ]

    @cached_property
    def _some_free(self):
        return merge(self.free)

    def free_hours(self, day):
        """The open periods of a day in which one copy is free."""
        hours = []
        for start, end in self.open_on(day):
            start = max(start, self.earliest)
            hours += [
                (max(since, start), min(until, end))
                for since, until in self._some_free
                if since < end and until > start
            ]
        return [(start, end) for start, end in hours if end > start]

    def state(self, day):
        """A day in a word: free, morning, afternoon, part, closed, busy or past.

        "morning" and "afternoon" say that only this half is free, "part" that some
        hours are, "past" that it is too late to ask for it.
        """
        if not self.zone.exists(day):
            return "closed"
        start, end = self.day(day)
        open_on = self.open_on(day)
        shut = subtract(start, end, self.closed) == []
        if shut or not open_on:
            return "closed"
        if not overlaps(open_on, max(start, self.earliest), end):
            return "past"
        if self.step == "hour":
            hours = self.free_hours(day)
            if not hours:
                return "busy"
            return "free" if hours == open_on else "part"
        if self.step == "day" and self.is_free(start, end):
            return "free"
        if self.step == "day" and not self.turnover:
            return "busy"
        return self._state_of_halves(day)

    def _state_of_halves(self, day):
        names = []
        for name, (start, end) in zip(
            ("morning", "afternoon"), self.halves(day), strict=True
        ):
            if end <= self.now and self.step == "half_day":
                continue
            is_open = self.step == "day" or overlaps(self.opening, start, end)
            if is_open and start < end and self.is_free(start, end):
                names.append(name)
        if len(names) == 1:
            return names[0]
        return "free" if names else "busy"


def to_wall(value):
    """The moment on a wall clock written 'YYYY-MM-DDTHH:MM', else None."""
    if not isinstance(value, str) or len(value) != 16 or not value.isascii():
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - wall clock
    except ValueError:
        return None


def count_steps(step, first, last):
    """The length of a loan in its steps, on the wall clock."""
    if step == "day":
        return (last - first).days + 1
    return (last - first) / (HALF_DAY if step == "half_day" else ONE_HOUR)


def day_of(value) -> date:
    """The day of a date or of a moment."""
    return value.date() if isinstance(value, datetime) else value
