# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..utils import format_day


class EbsListing(models.Model):
    """The limits of whoever asks: each refusal names its rule and what to do."""

    _inherit = "ebs.listing"

    def _prepare_exchange(self, way, asker, values):
        vals = super()._prepare_exchange(way, asker, values)
        if way.commitment == "booking":
            if refusal := self._get_ask_refusal(asker, vals):
                raise UserError(refusal)
        return vals

    def _get_ask_refusal(self, asker, vals=None):
        """Return why this member cannot borrow it now, or None.

        The page says so on the button before the click, and asking says the same.
        `vals` are the values of the exchange: with them its length counts as well.
        """
        self.ensure_one()
        listing, asker = self.sudo(), asker.sudo()
        company = listing.company_id
        if company.ebs_loan_needs_phone and not asker.private_ids.phone:
            return self.env._(
                "Whoever borrows here can be reached by phone: add your number to your"
                " profile first."
            )
        return (
            (company.ebs_loan_late_blocks and listing._get_late_refusal(asker))
            or listing._get_tally_refusal(asker)
            or (vals and listing._get_length_refusal(vals))
            or None
        )

    def _get_late_refusal(self, asker):
        late = self.env["ebs.exchange"].search(
            [("asker_id", "=", asker.id), ("is_late", "=", True)],
            order="date_end, id",
            limit=1,
        )
        if not late:
            return None
        return self.env._(
            "“%(title)s” was due back on %(day)s: bring it back first, then ask again.",
            title=late.title,
            day=format_day(self.env, late.day_end),
        )

    def _get_limits(self):
        """Return what is limited: [(category or none, loans, value)], zero for none."""
        company = self.company_id
        return [
            (
                self.env["ebs.category"],
                company.ebs_loan_max_open,
                company.ebs_loan_max_value,
            ),
            *(
                (category, category.loan_max_open, category.loan_max_value)
                for category in self.category_id._get_branch()
            ),
        ]

    def _get_tally_refusal(self, asker):
        """Say which limit one loan more would pass."""
        limits = self._get_limits()
        if not any(count or value for __, count, value in limits):
            return None
        tallies = self.env["ebs.loan.tally"].search_fetch(
            [("member_id", "=", asker.id)], ["category_id", "loan_count", "value_sum"]
        )
        tallies = {tally.category_id.id: tally for tally in tallies}
        for category, max_count, max_value in limits:
            tally = tallies.get(category.id, self.env["ebs.loan.tally"])
            if max_count and tally.loan_count >= max_count:
                return self._get_count_words(category, max_count)
            value = tally.value_sum + self._get_counted_value()
            if max_value and value > max_value:
                return self._get_value_words(category, max_value, value)
        return None

    def _get_count_words(self, category, count):
        if category:
            return self.env._(
                "Loans at once of “%(category)s”: %(count)s at most for each member,"
                " requests included. Bring one back or withdraw a request first.",
                category=category.name,
                count=count,
            )
        return self.env._(
            "Loans at once: %(count)s at most for each member, requests included."
            " Bring one back or withdraw a request first.",
            count=count,
        )

    def _get_value_words(self, category, limit, value):
        words = {
            "category": category.name,
            "limit": self._format_value(limit),
            "value": self._format_value(value),
        }
        if category:
            return self.env._(
                "What a member borrows at once of “%(category)s” is worth %(limit)s at"
                " most; with this it would be %(value)s. Bring something back first.",
                **words,
            )
        return self.env._(
            "What a member borrows at once is worth %(limit)s at most; with this it"
            " would be %(value)s. Bring something back first.",
            **words,
        )

    def _format_value(self, amount):
        return format_amount(
            self.env,
            amount,
            self.company_id.currency_id,
            self.env.lang or "en_US",
            trailing_zeroes=False,
        )

    def _get_longest_days(self):
        """Return how many days a loan of it lasts at most, by all the rules."""
        limits = self.category_id._get_branch().filtered("loan_max_days")
        a_day = {"hour": 24, "half_day": 2, "day": 1}[self.loan_step]
        own = max(self._get_longest() // a_day, 1)
        return min([own, *limits.mapped("loan_max_days")])

    def _get_length_refusal(self, vals):
        limited = self.category_id._get_branch().filtered("loan_max_days")
        if not limited:
            return None
        category = min(limited, key=lambda one: one.loan_max_days)
        length = vals["date_end"] - vals["date_start"]
        # A day in autumn has an hour more.
        if length <= timedelta(days=category.loan_max_days, hours=1):
            return None
        return self.env._(
            "Things of “%(category)s” are lent for %(count)s days at most: choose an"
            " earlier last day.",
            category=category.name,
            count=category.loan_max_days,
        )
