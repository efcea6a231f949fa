# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base.utils import to_int
from odoo.exceptions import UserError

from ..const import DAYS_AHEAD, LOAN_STEPS, MAX_HOURS, MAX_STEPS
from ..loan_calendar import LoanCalendar


class EbsListing(models.Model):
    """The rules of the calendar: by what it is lent, how long, how soon."""

    _inherit = "ebs.listing"

    place_id = fields.Many2one(
        "ebs.place", "Pick-up Point", check_company=True, index="btree_not_null"
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Opening Hours",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        groups="base.group_user",
    )
    availability_ids = fields.One2many(
        "ebs.availability", "listing_id", "Closed Periods"
    )
    loan_step = fields.Selection(LOAN_STEPS, "Lent by", required=True, default="day")
    loan_min = fields.Integer("Shortest Loan (steps)", required=True, default=1)
    loan_max = fields.Integer(
        "Longest Loan (steps)",
        required=True,
        default=0,
        help="0: as long as the platform lets.",
    )
    loan_notice = fields.Integer("Notice (hours)", required=True, default=0)
    loan_horizon = fields.Integer(
        "Ahead (days)",
        required=True,
        default=0,
        help="How far ahead it may be asked for. 0: a year.",
    )
    loan_buffer = fields.Integer("Between Two Loans (hours)", required=True, default=0)
    same_day_turnover = fields.Boolean(
        "Same-day Turnover",
        required=True,
        default=False,
        help="A loan runs from noon to noon.",
    )

    _loan_length_sensible = models.Constraint(
        "CHECK (loan_min BETWEEN 1 AND 1000 AND loan_max BETWEEN 0 AND 1000"
        " AND (loan_max = 0 OR loan_max >= loan_min))",
        "The longest loan is not shorter than the shortest one.",
    )
    _loan_hours_sensible = models.Constraint(
        "CHECK (loan_notice BETWEEN 0 AND 720 AND loan_buffer BETWEEN 0 AND 720"
        " AND loan_horizon BETWEEN 0 AND 365)",
        "Notice and time between loans: up to 720 hours. Ahead: up to 365 days.",
    )
    _turnover_by_day = models.Constraint(
        "CHECK (loan_step = 'day' OR NOT same_day_turnover)",
        "From noon to noon: only for what is lent by the day.",
    )

    # === WHAT THE OWNER SAYS === #

    @api.model
    def _get_value_readers(self):
        return {
            **super()._get_value_readers(),
            "loan_step": self._read_loan_step,
            "loan_min": self._make_number_reader("loan_min", 1, MAX_STEPS),
            "loan_max": self._make_number_reader("loan_max", 0, MAX_STEPS),
            "loan_notice": self._make_number_reader("loan_notice", 0, MAX_HOURS),
            "loan_horizon": self._make_number_reader("loan_horizon", 0, DAYS_AHEAD),
            "loan_buffer": self._make_number_reader("loan_buffer", 0, MAX_HOURS),
            "same_day_turnover": self._read_turnover,
            "place_id": self._read_place,
        }

    def _read_loan_step(self, value, member):
        if not isinstance(value, str) or value not in dict(LOAN_STEPS):
            raise UserError(
                self.env._("Choose how it is lent: by the hour, half day or day.")
            )
        return {"loan_step": value}

    def _make_number_reader(self, name, least, most):
        def read(value, member):
            number = least if value in (None, False, "") else to_int(value)
            if number is None or not least <= number <= most:
                raise UserError(
                    self.env._(
                        "%(field)s: type a number from %(least)s to %(most)s.",
                        field=self._fields[name]._description_string(self.env),
                        least=least,
                        most=most,
                    )
                )
            return {name: number}

        return read

    def _read_turnover(self, value, member):
        return {"same_day_turnover": value is True or value in ("1", "true", "on")}

    def _read_place(self, value, member):
        refusal = self.env._("Choose a pick-up point from the list.")
        return {"place_id": self._read_choice("ebs.place", value, member, refusal)}

    def _settle_readers(self, vals):
        """Make the rules of the calendar agree with each other."""
        res = super()._settle_readers(vals)

        def said(name, default):
            return vals.get(name, self[name] if self else default)

        if said("loan_step", "day") != "day" and said("same_day_turnover", False):
            vals["same_day_turnover"] = False
        longest = said("loan_max", 0)
        if longest and longest < said("loan_min", 1):
            raise UserError(
                self.env._("The longest loan is not shorter than the shortest one.")
            )
        return res

    # === THE RULES AS NUMBERS === #

    def _get_buffer(self):
        """The time kept free after each loan."""
        return timedelta(hours=self.sudo().loan_buffer)

    def _get_horizon(self):
        """How many days ahead it may be asked for."""
        return self.sudo().loan_horizon or DAYS_AHEAD

    def _get_longest(self, most_days=None):
        """The longest loan, in steps: the platform's rule binds every owner.

        ``most_days`` is a narrower rule than the platform's.
        """
        listing = self.sudo()
        a_day = {"hour": 24, "half_day": 2, "day": 1}[listing.loan_step]
        platform = (most_days or listing.company_id.ebs_loan_max_days) * a_day
        return min(listing.loan_max, platform) if listing.loan_max else platform

    def _get_loan_bounds(self, first, last):
        """The moments between which a loan runs: of whole days, or as asked."""
        listing = self.sudo()
        return LoanCalendar(
            listing.company_id._get_ebs_zone(),
            listing.loan_step,
            listing.same_day_turnover,
        ).bounds(first, last)
