# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.addons.ebs_base import clock

from ..const import LOAN_STEPS
from ..utils import format_clock, format_day, format_period


class EbsExchange(models.Model):
    """When a loan begins and ends, and what it takes of a copy's time."""

    _inherit = "ebs.exchange"

    # As it was when asked for: a later change of the listing changes no loan.
    loan_step = fields.Selection(
        LOAN_STEPS, "Lent by", required=True, default="day", readonly=True
    )

    def _get_taking_bounds(self):
        """What accepting takes now: start, end and the time kept free after it.

        What is over of the first day needs not be free any more.
        """
        now = clock.now()
        start = max(self.date_start, now) if self.date_end > now else self.date_start
        return start, self.date_end, self.listing_id._get_buffer()

    def _get_period(self):
        """The first and the last day or moment as `listing._get_why_taken` has it."""
        if self.loan_step == "day":
            return self.day_start, self.day_end
        wall = self.company_id._get_ebs_zone().wall
        return wall(self.date_start), wall(self.date_end)

    def _format_days(self, env):
        """The days, or the hours, as people say them."""
        if self.loan_step == "day":
            return format_period(env, self.day_start, self.day_end)
        local = self.company_id._ebs_local
        start, end = local(self.date_start), local(self.date_end)
        last = local(self.date_end - timedelta(seconds=1)).date()
        clock_end = env._("midnight") if end.date() != last else format_clock(env, end)
        if start.date() == last:
            return env._(
                "on %(day)s from %(start)s to %(end)s",
                day=format_day(env, last),
                start=format_clock(env, start),
                end=clock_end,
            )
        return env._(
            "from %(first)s, %(start)s to %(last)s, %(end)s",
            first=format_day(env, start.date()),
            start=format_clock(env, start),
            last=format_day(env, last),
            end=clock_end,
        )
