# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days, moments and distances as people say them, in the environment's language."""

from odoo.tools.misc import format_date, formatLang

# Metres: spots are blurred, so that nothing less would be true.
NEXT_DOOR = 300


def say_day(env, company, day):
    """A day: "today", "Fri 27 Nov", with its year when that is not this one's."""
    today = company._ebs_today()
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return {
            -1: env._("yesterday"),
            0: env._("today"),
            1: env._("tomorrow"),
        }[distance]
    pattern = "EEE d MMM" if day.year == today.year else "EEE d MMM y"
    return format_date(env, day, date_format=pattern)


def say_period(env, company, first, last):
    """The days of a loan: "Fri 27 Nov", or "from Fri 27 to Sun 29 Nov"."""
    year = "" if last.year == company._ebs_today().year else " y"
    end = format_date(env, last, date_format="EEE d MMM" + year)
    if first == last:
        return end
    same_month = (first.year, first.month) == (last.year, last.month)
    start = format_date(
        env,
        first,
        date_format="EEE d" if same_month else "EEE d MMM" + year,
    )
    return env._("from %(first)s to %(last)s", first=start, last=end)


def say_moment(env, company, moment):
    """A moment of the past: "today, 18:05", "Fri 27 Nov, 9:00"."""
    local = company._ebs_local(moment)
    return env._(
        "%(day)s, %(clock)s",
        day=say_day(env, company, local.date()),
        clock=_say_clock(env, local),
    )


def _say_clock(env, local):
    if local.minute:
        return env._(
            "%(hour)s:%(minute)s", hour=local.hour, minute=f"{local.minute:02}"
        )
    return env._("%(hour)s:00", hour=local.hour)


def say_number(env, value, digits=0):
    """A number as people write it, without the zeros that say nothing."""
    rounded = round(value, digits)
    if rounded == int(rounded):
        digits = 0
    return formatLang(env, rounded, digits=digits)


def say_distance(env, metres):
    """How far something is: "850 m away", "2.4 km away"; never as if to the door."""
    if metres < NEXT_DOOR:
        return env._("less than %(metres)s m away", metres=NEXT_DOOR)
    rounded = round(metres / 50) * 50
    if rounded < 1000:
        return env._("%(metres)s m away", metres=rounded)
    kilometres = metres / 1000
    return env._(
        "%(kilometres)s km away",
        kilometres=say_number(env, kilometres, 1 if kilometres < 10 else 0),
    )
