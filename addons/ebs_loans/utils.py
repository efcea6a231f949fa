# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days and periods as people say them, in the language of the environment."""

from datetime import date, timedelta

from odoo.tools.misc import format_date

ONE_DAY = timedelta(days=1)


def days_between(first: date, last: date) -> list[date]:
    """Each day from ``first`` to ``last``, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def format_day(env, day: date) -> str:
    """A day with its name: "Friday 27 November", "vendredi 27 novembre"."""
    lang = env.lang or "en_US"  # that of the sentence around it
    return format_date(env, day, lang_code=lang, date_format="EEEE d MMMM")


def format_clock(env, moment) -> str:
    """A time of the day: "9:00", "9 h", "9:30"."""
    if moment.minute:
        return env._(
            "%(hour)s:%(minute)s", hour=moment.hour, minute=f"{moment.minute:02}"
        )
    return env._("%(hour)s:00", hour=moment.hour)


def format_hours(env, periods) -> str:
    """Times of one day: "from 9:00 to 12:00, from 14:00 to 18:00"."""
    return ", ".join(
        env._(
            "from %(start)s to %(end)s",
            start=format_clock(env, start),
            # Midnight is the end of a day here, not the start of the next.
            end=format_clock(env, end)
            if (end.hour, end.minute) != (0, 0)
            else env._("midnight"),
        )
        for start, end in periods
    )


def format_period(env, first: date, last: date) -> str:
    """A period of whole days: "on Friday …" or "from Friday … to Sunday …"."""
    if first == last:
        return env._("on %(day)s", day=format_day(env, first))
    return env._(
        "from %(first)s to %(last)s",
        first=format_day(env, first),
        last=format_day(env, last),
    )


def group_days(days) -> list[tuple[date, date]]:
    """The runs of following days among ``days``: [(first, last), …] in order."""
    runs = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == ONE_DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
