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
