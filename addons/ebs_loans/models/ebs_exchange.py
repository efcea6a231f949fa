# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.fields import Domain

from .ebs_listing import DEPOSIT_KINDS

# The thing is out of the borrower's hands, the deposit is not settled.
SETTLING_STATES = ("returned", "lost")


class EbsExchange(models.Model):
    """A loan or rental: days, a copy, a deposit, hand-over and return."""

    _inherit = "ebs.exchange"

    state = fields.Selection(
        selection_add=[
            ("ongoing", "Handed over"),
            ("returned", "Returned"),
            ("lost", "Lost"),
            ("done",),
        ],
        ondelete={"ongoing": "cascade", "returned": "cascade", "lost": "cascade"},
        group_expand="_expand_states",
    )

    # The days as agreed, in the platform's zone, and the moments they stand for.
    date_start = fields.Datetime("From", readonly=True, copy=False)
    date_end = fields.Datetime("Until", readonly=True, copy=False)
    day_start = fields.Date("First Day", compute="_compute_days", store=True)
    day_end = fields.Date("Last Day", compute="_compute_days", store=True)

    # What is lent, and what really happened.
    copy_id = fields.Many2one(
        "ebs.copy", readonly=True, check_company=True, index="btree_not_null"
    )
    booking_ids = fields.One2many("ebs.booking", "exchange_id", "Bookings")
    handed_over_at = fields.Datetime("Handed Over on", readonly=True, copy=False)
    returned_at = fields.Datetime("Returned on", readonly=True, copy=False)
    reminder_ids = fields.One2many("ebs.reminder", "exchange_id", "Reminders")

    # The deposit as it was shown when asking, and what became of it.
    deposit_kind = fields.Selection(
        DEPOSIT_KINDS,
        "Deposit Asked For",
        required=True,
        default="none",
        readonly=True,
    )
    deposit_amount = fields.Monetary("Amount of the Deposit", readonly=True)
    deposit_ids = fields.One2many("ebs.deposit", "exchange_id", "Deposits")
    deposit_id = fields.Many2one("ebs.deposit", compute="_compute_deposit_id")

    # What the desk looks at on a Monday morning.
    is_due_out = fields.Boolean(
        "To Hand Over Today", compute="_compute_is_due", search="_search_is_due_out"
    )
    is_due_back = fields.Boolean(
        "To Take Back Today", compute="_compute_is_due", search="_search_is_due_back"
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_is_due", search="_search_is_late"
    )

    _period_forward = models.Constraint(
        "CHECK (date_end > date_start)", "A loan ends after it starts."
    )
    _day_start_idx = models.Index("(company_id, day_start) WHERE state = 'accepted'")
    _day_end_idx = models.Index("(company_id, day_end) WHERE state = 'ongoing'")

    # === COMPUTE METHODS === #

    @api.depends("date_start", "date_end")
    def _compute_days(self):
        """The days as agreed: they stay when the platform changes its zone."""
        for exchange in self:
            company = exchange.company_id
            start, end = exchange.date_start, exchange.date_end
            exchange.day_start = start and company._ebs_local(start).date()
            # The day of the last moment: a zone may skip a day.
            last = end and end - timedelta(seconds=1)
            exchange.day_end = last and company._ebs_local(last).date()

    @api.depends("deposit_ids")
    def _compute_deposit_id(self):
        for exchange in self:
            exchange.deposit_id = exchange.deposit_ids[:1]

    @api.depends("state", "day_start", "date_end")
    def _compute_is_due(self):
        for name in ("is_due_out", "is_due_back", "is_late"):
            found = self.filtered_domain(self._get_due_domain(name))
            for exchange in self:
                exchange[name] = exchange in found

    def _search_is_due_out(self, operator, value):
        return self._search_due("is_due_out", operator)

    def _search_is_due_back(self, operator, value):
        return self._search_due("is_due_back", operator)

    def _search_is_late(self, operator, value):
        return self._search_due("is_late", operator)

    def _search_due(self, name, operator):
        return self._get_due_domain(name) if operator == "in" else NotImplemented

    @api.model
    def _get_due_domain(self, name):
        """One domain for each list, so that field and search always agree.

        Today is told by each platform's own clock.
        """
        if name == "is_late":
            return Domain("state", "=", "ongoing") & Domain(
                "date_end", "<=", clock.now()
            )
        platforms = (
            self.env["res.company"].sudo().search([("is_ebs_platform", "=", True)])
        )
        return Domain.OR(
            Domain("company_id", "in", companies.ids)
            & self._get_due_on_domain(name, today)
            for today, companies in platforms.grouped(
                lambda company: company._ebs_today()
            ).items()
        )

    @api.model
    def _get_due_on_domain(self, name, today):
        if name == "is_due_out":
            return Domain("state", "=", "accepted") & Domain("day_start", "<=", today)
        return Domain("state", "=", "ongoing") & Domain("day_end", "=", today)

    @api.model
    def _expand_states(self, states, domain):
        """The columns of a board: what staff wait for, in the order it comes."""
        waited_for = ("requested", "accepted", "ongoing", "returned")
        keys = self._fields["state"].get_values(self.env)
        return [key for key in keys if key in waited_for or key in states]

    # === ASKING AND ACCEPTING === #

    def _is_loan(self):
        """Whether accepting takes a copy for a period."""
        return self.sudo().way_id.commitment == "booking"

    def _commit_accept(self):
        """Take a copy for the days, and agree on the deposit that was shown."""
        res = super()._commit_accept()
        if self._is_loan():
            self._take_copy()
            self._agree_on_deposit()
        return res

    def _agree_on_deposit(self):
        if self.deposit_kind != "none":
            self.env["ebs.deposit"].create(
                {
                    "exchange_id": self.id,
                    "kind": self.deposit_kind,
                    "amount": self.deposit_amount,
                    "currency_id": self.currency_id.id,
                }
            )

    def _release(self):
        """A cancelled loan takes nothing: no copy, no deposit."""
        res = super()._release()
        self.booking_ids.unlink()
        self.deposit_ids.unlink()
        self.copy_id = False
        return res

    @api.model
    def _get_expired_domain(self):
        """A request whose days are over has had its answer."""
        over = Domain("state", "=", "requested") & Domain("date_end", "<=", clock.now())
        return super()._get_expired_domain() | over

    # === WHO MAY DO WHAT NOW === #

    def _get_actions(self):
        """Hand-over, return and deposit first: the owner's side, or the desk's."""
        actions = super()._get_actions()
        loan = self.sudo()
        if not loan._is_loan():
            return actions
        actions = [code for code in actions if code != "done"]
        if loan.date_end <= clock.now():
            actions = [code for code in actions if code != "accept"]
        if self._get_my_side() != "owner" and not self._is_desk():
            return actions
        if loan.state in SETTLING_STATES:
            return self._get_deposit_actions() + actions
        handling = {"accepted": ["hand_over"], "ongoing": ["return"]}
        return handling.get(loan.state, []) + actions

    def _is_desk(self):
        """Whether the user runs the loan desk of this platform."""
        user = self.env.user
        return (
            user.has_group("ebs_base.group_ebs_desk")
            and self.sudo().company_id in user.company_ids
        )

    # === MAIL === #

    def _tell_loan(self, template, subject):
        """Queue a mail to the parties, without the one who has just acted."""
        loan = self.sudo()
        told = {"owner": ("asker",), "asker": ("owner",)}
        for side in told.get(self._get_my_side(), ("owner", "asker")):
            loan._tell(side, template, subject, {"exchange": loan})
