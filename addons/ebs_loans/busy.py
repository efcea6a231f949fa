# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read the busy times out of somebody else's calendar.

What a stranger's file makes a parser do is nobody's promise: it is read by a process
of its own, with a limit on time and memory, that knows no database.
"""

import json
import re
import resource
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

SECONDS = 20
CPU_SECONDS = 15
MEMORY = 1024 * 1024 * 1024
MAX_PERIODS = 2000
FORMAT = "%Y-%m-%dT%H:%M:%S"
# What must be right in an event, or the time that it takes is not known.
TIMES = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}


class BusyError(Exception):
    """The calendar tells no busy times: `content`, `heavy` or `many`."""

    def __init__(self, code, detail=""):
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


def find_busy(data, zone, start, end, own=""):
    """Return the busy periods of a calendar, or raise BusyError.

    Moments are naive, in UTC. What has no zone, and whole days, are in ``zone``;
    events whose identifier ends in ``own`` are this platform's, and left out. The
    periods are in order, within ``start`` and ``end``, and do not touch.
    """
    asked = {
        "zone": zone,
        "start": start.strftime(FORMAT),
        "end": end.strftime(FORMAT),
        "own": own,
    }
    try:
        done = subprocess.run(  # noqa: S603 - this very file, by this very Python
            [sys.executable, "-I", str(Path(__file__).resolve())],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BusyError("heavy", "time is up") from error
    if done.returncode:
        detail = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise BusyError("heavy", " ".join([str(done.returncode), *detail]))
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise BusyError(answer["error"], answer["detail"])
    return [
        tuple(datetime.strptime(one, FORMAT) for one in pair)  # noqa: DTZ007 - UTC
        for pair in answer["busy"]
    ]


def read_busy(data, zone, start, end, own=""):
    """Do the work of `find_busy`, in this very process."""
    text = data.decode("utf-8-sig", "replace").strip()
    if not _is_whole(text):
        raise BusyError("content", "no whole calendar")
    zone = ZoneInfo(zone)
    window = (start.replace(tzinfo=timezone.utc), end.replace(tzinfo=timezone.utc))
    periods = []
    try:
        for calendar in icalendar.Calendar.from_ical(text, multiple=True):
            _check_times(calendar)
            periods += _read_events(calendar, zone, window, own)
            periods += _read_free_busy(calendar, zone)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise BusyError("content", repr(error)) from error
    return _merge(periods, *window)


def _is_whole(text):
    """Whether it begins, ends, and closes all that it opens."""
    opened, closed = (
        re.findall(rf"^{word}:(\S+)", text, re.IGNORECASE | re.MULTILINE)
        for word in ("BEGIN", "END")
    )
    return (
        opened[:1] == ["VCALENDAR"]
        and closed[-1:] == ["VCALENDAR"]
        and text.endswith(":VCALENDAR")
        and Counter(opened) == Counter(closed)
    )


def _check_times(calendar):
    for event in calendar.walk("VEVENT"):
        wrong = {name.upper() for name, _error in event.errors if name} & TIMES
        if wrong or "DTSTART" not in event:
            raise BusyError("content", f"event without {wrong or 'DTSTART'}")


def _read_events(calendar, zone, window, own):
    """Yield each time that an event takes, repeated ones as often as they come."""
    # A day more on each side: what has no zone is looked for in UTC.
    first, last = window[0] - timedelta(days=1), window[1] + timedelta(days=1)
    for event in recurring_ical_events.of(calendar).between(first, last):
        if not _is_busy(event) or (own and str(event.get("UID", "")).endswith(own)):
            continue
        yield _to_utc(event.start, zone), _to_utc(event.end, zone)


def _is_busy(event):
    return (
        str(event.get("STATUS", "")).upper() != "CANCELLED"
        and str(event.get("TRANSP", "")).upper() != "TRANSPARENT"
        and str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() != "FREE"
    )


def _read_free_busy(calendar, zone):
    """Yield the periods of calendars that tell nothing but when one is busy."""
    for part in calendar.walk("VFREEBUSY"):
        found = part.get("FREEBUSY", [])
        for period in found if isinstance(found, list) else [found]:
            if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield _to_utc(period.start, zone), _to_utc(period.end, zone)


def _to_utc(moment, zone):
    if isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(timezone.utc)


def _merge(periods, start, end):
    """Return what is busy within the window, in order, as naive moments."""
    merged = []
    for since, until in sorted(periods):
        since, until = max(since, start), min(until, end)
        if since >= until:
            continue
        if merged and since <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], until)
        else:
            merged.append([since, until])
    if len(merged) > MAX_PERIODS:
        raise BusyError("many", f"{len(merged)} periods")
    return [tuple(one.replace(tzinfo=None) for one in pair) for pair in merged]


def main():
    """Read a calendar from the standard input, and print its busy times."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.loads(sys.stdin.buffer.readline())
    for name in ("start", "end"):
        asked[name] = datetime.strptime(asked[name], FORMAT)  # noqa: DTZ007 - UTC
    try:
        busy = read_busy(sys.stdin.buffer.read(), **asked)
        answer = {"busy": [[one.strftime(FORMAT) for one in pair] for pair in busy]}
    except BusyError as error:
        answer = {"error": error.code, "detail": error.detail}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
