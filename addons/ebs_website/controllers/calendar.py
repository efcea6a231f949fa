# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

import pytz
from odoo.addons.ebs_base.clock import now
from odoo.addons.ebs_base.utils import to_date
from odoo.addons.ebs_loans.utils import days_between, format_day, format_hours
from odoo.http import request

from ..utils import last_day, make_month, read_month
from .common import EbsController

HALVES = ("00:00", "12:00", "24:00")


class EbsCalendarController(EbsController):
    """The month of a listing, the rules of its calendar, and the period of a form."""

    # === THE MONTH === #

    def _get_month(self, listing, text, day=None):
        """The month grid as plain data; of one day its free hours, if it has hours."""
        listing_sudo = listing.sudo()
        company_sudo = listing_sudo.company_id
        today = company_sudo._ebs_today()
        month = read_month(text, today)
        first, last = max(month, today), last_day(month)
        calendar = listing._get_calendars(first, last)[listing]
        horizon = today + timedelta(days=listing_sudo._get_horizon())
        states = {
            one: calendar.state(one) if one <= horizon else "past"
            for one in days_between(first, last)
        }
        grid = make_month(request.env, month, today, states)
        grid["step"] = listing_sudo.loan_step
        grid["legend"] = self._get_legend({*states.values()}, listing_sudo.loan_step)
        grid["zone"] = self._get_zone_words(company_sudo)
        chosen = to_date(day)
        if listing_sudo.loan_step == "hour" and chosen in states:
            grid["chosen"] = self._get_day_words(calendar, chosen)
            grid["chosen_day"] = chosen.isoformat()
        return grid

    def _get_day_words(self, calendar, day):
        """When a day has free hours, in words."""
        wall = calendar.zone.wall
        hours = [(wall(start), wall(end)) for start, end in calendar.free_hours(day)]
        if not hours:
            return request.env._(
                "Nothing is free on %(day)s.", day=format_day(request.env, day)
            )
        return request.env._(
            "Free on %(day)s: %(hours)s.",
            day=format_day(request.env, day),
            hours=format_hours(request.env, hours),
        )

    def _get_legend(self, states, step):
        """What the signs of this month mean, none that it does not show."""
        env = request.env
        words = {
            "busy": env._("Struck days are taken."),
            "closed": env._("It is closed on days in brackets."),
            "morning": env._("A dot before a day: only the morning is free."),
            "afternoon": env._("A dot after a day: only the afternoon is free."),
            "part": env._("Underlined days have free hours left."),
        }
        legend = [word for state, word in words.items() if state in states]
        if step == "hour":
            legend.append(env._("Choose a day to see its hours."))
        return legend

    def _get_zone_words(self, company_sudo):
        """By which clock it goes, when the visitor's own is another one."""
        name = request.env.user.tz or request.cookies.get("tz")
        if request.env.user._is_public():
            name = request.cookies.get("tz")
        if name not in pytz.all_timezones_set or name == company_sudo.ebs_tz:
            return None
        moment = pytz.utc.localize(now())
        theirs, ours = (
            moment.astimezone(pytz.timezone(zone)).utcoffset()
            for zone in (name, company_sudo.ebs_tz)
        )
        if theirs == ours:
            return None
        city = company_sudo.ebs_tz.rpartition("/")[2].replace("_", " ")
        return request.env._("Days and hours are those of %(city)s.", city=city)

    # === THE RULES === #

    def _get_calendar_facts(self, listing_sudo):
        """How long, how soon, when and where: (icon, sentence)."""
        env = request.env
        facts = [("fa-calendar", self._get_length_words(listing_sudo))]
        if listing_sudo.same_day_turnover:
            facts.append(("fa-clock-o", env._("From noon to noon")))
        if listing_sudo.loan_notice:
            facts.append(
                (
                    "fa-clock-o",
                    env._(
                        "Ask at least %(count)s hours ahead",
                        count=listing_sudo.loan_notice,
                    ),
                )
            )
        hours = listing_sudo._get_hours_words()
        if hours:
            facts.append(
                (
                    "fa-clock-o",
                    env._(
                        "Fetched and brought back: %(hours)s", hours="; ".join(hours)
                    ),
                )
            )
        place_sudo = listing_sudo.place_id
        if place_sudo:
            words = [place_sudo.name, *(place_sudo.address or "").splitlines()]
            facts.append(
                (
                    "fa-map-marker",
                    env._(
                        "Pick-up point: %(place)s", place=", ".join(filter(None, words))
                    ),
                )
            )
        return facts

    def _get_length_words(self, listing_sudo):
        env = request.env
        least = listing_sudo.loan_min
        most = listing_sudo._get_longest(listing_sudo._get_longest_days())
        if least > 1:
            words = {"least": least, "most": most}
            return {
                "day": env._("Loans of %(least)s to %(most)s days", **words),
                "half_day": env._("Loans of %(least)s to %(most)s half days", **words),
                "hour": env._("Loans of %(least)s to %(most)s hours", **words),
            }[listing_sudo.loan_step]
        platform = listing_sudo.company_id.ebs_loan_max_days
        if not listing_sudo.loan_max:
            # The platform's own rule, in the days that it is said in.
            return env._("Loans of at most %(days)s days", days=platform)
        return {
            "day": env._("Loans of at most %(days)s days", days=most),
            "half_day": env._("Loans of at most %(count)s half days", count=most),
            "hour": env._("Loans of at most %(count)s hours", count=most),
        }[listing_sudo.loan_step]

    # === THE FORM === #

    def _read_period_form(self, listing, post):
        """The period as `action_ask` takes it: half days are chosen from lists."""
        values = {key: post[key] for key in ("date_start", "date_end") if post.get(key)}
        if listing.loan_step != "half_day":
            return values
        for key, half in (("date_start", "half_start"), ("date_end", "half_end")):
            day, clock = to_date(values.get(key)), post.get(half)
            if day and clock in HALVES and day.year < 9999:
                hours = timedelta(hours=int(clock[:2]))
                moment = datetime.combine(day, datetime.min.time()) + hours
                values[key] = moment.isoformat(timespec="minutes")
        return values
