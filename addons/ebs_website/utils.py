# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The month grid and the squares of a label, as plain data."""

from calendar import Calendar
from datetime import date, timedelta

from babel.dates import get_day_names
from odoo.tools import get_lang
from odoo.tools.misc import babel_locale_parse, format_date
from reportlab.graphics.barcode.qr import QrCodeWidget


def read_month(text, first):
    """The first day of the month named 'YYYY-MM', not before that of ``first``."""
    start = first.replace(day=1)
    try:
        year, month = (int(part) for part in str(text or "").split("-"))
        asked = date(year, month, 1)
    except ValueError:
        return start
    return min(max(asked, start), add_months(start, 12))


def add_months(day, count):
    """The first day of the month ``count`` months after that of ``day``."""
    month = day.year * 12 + day.month - 1 + count
    return date(month // 12, month % 12 + 1, 1)


def make_month(env, month, today, states):
    """The weeks of a month for a table: what each day is, in a word."""
    lang = get_lang(env)
    locale = babel_locale_parse(lang.code)
    first_weekday = (int(lang.week_start) - 1) % 7
    short = get_day_names("short", locale=locale)
    full = get_day_names("wide", locale=locale)
    order = [(first_weekday + offset) % 7 for offset in range(7)]
    weeks = [
        [
            None if day.month != month.month else _make_day(day, today, states)
            for day in week
        ]
        for week in Calendar(first_weekday).monthdatescalendar(month.year, month.month)
    ]
    previous = add_months(month, -1)
    following = add_months(month, 1)
    this_month = today.replace(day=1)
    return {
        "name": format_date(env, month, date_format="LLLL y").capitalize(),
        "days": [(short[rank], full[rank]) for rank in order],
        "weeks": weeks,
        "previous": previous.strftime("%Y-%m") if previous >= this_month else None,
        "next": (
            following.strftime("%Y-%m")
            if following <= add_months(this_month, 12)
            else None
        ),
    }


def _make_day(day, today, states):
    state = "past" if day < today else states.get(day, "free")
    return {"day": day.day, "date": day.isoformat(), "state": state}


def last_day(month):
    """The last day of the month that begins on ``month``."""
    return add_months(month, 1) - timedelta(days=1)


def make_qr(text):
    """The squares of a QR code: how many there are in a row, and the dark ones.

    As one path of an SVG with its margin, sharp in any size.
    """
    margin = 4
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    count = code.getModuleCount()
    return {
        "size": count + 2 * margin,
        "path": "".join(
            f"M{column + margin} {row + margin}h1v1h-1z"
            for row in range(count)
            for column in range(count)
            if code.isDark(row, column)
        ),
    }
