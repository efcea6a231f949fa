# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

STAFF = "ebs_base.group_ebs_staff"
MEDIATOR = "ebs_base.group_ebs_mediator"
# A mediator may still look into what is behind these.
UNSETTLED_STATES = ("open", "taken")
OUTCOMES = [
    ("release", "The deposit goes back"),
    ("keep", "A part of the deposit is kept"),
    ("repair", "They agreed on a repair"),
    ("payment", "They agreed on a payment"),
    ("no_fault", "Nobody is at fault"),
]


class EbsDispute(models.Model):
    """A mediation case: what went wrong in an exchange, and how it was settled.

    One of the two parties opens it, a mediator of the platform takes it, hears both
    and settles it. After that it can be opened again, once.
    """

    _name = "ebs.dispute"
    _description = "Mediation Case"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _order = "opened_at desc, id desc"
    _rec_name = "title"
    _check_company_auto = True

    exchange_id = fields.Many2one(
        "ebs.exchange",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="exchange_id.company_id",
        string="Platform",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    line_ids = fields.One2many(
        "ebs.dispute.message", "dispute_id", string="Conversation"
    )

    photo_ids = fields.One2many(
        "ebs.dispute.photo", "dispute_id", string="Photos", readonly=True
    )

    # === WHAT IT IS ABOUT === #
    title = fields.Char(related="exchange_id.title")
    owner_name = fields.Char(related="exchange_id.owner_name")
    asker_name = fields.Char(related="exchange_id.asker_name")
    exchange_state = fields.Selection(related="exchange_id.state", string="Step")
    is_private = fields.Boolean(related="exchange_id.is_private")
    image_512 = fields.Image(related="exchange_id.image_512")
    currency_id = fields.Many2one(related="company_id.currency_id")
    # As far as the one who looks may read it.
    talk_ids = fields.Many2many(
        "ebs.message",
        string="What They Wrote to Each Other",
        compute="_compute_talk_ids",
    )
    opener_id = fields.Many2one(
        "ebs.member",
        string="Opened by",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
    )
    reason = fields.Text(string="What Went Wrong", required=True, readonly=True)

    # === LIFE === #
    state = fields.Selection(
        [
            ("open", "Waiting for a Mediator"),
            ("taken", "With a Mediator"),
            ("settled", "Settled"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="open",
        group_expand=True,
        index=True,
        readonly=True,
        copy=False,
    )
    opened_at = fields.Datetime(string="Opened on", required=True, readonly=True)
    # The last day on which the two are waited for.
    deadline = fields.Date(string="To Be Heard Until", required=True, readonly=True)
    mediator_id = fields.Many2one(
        "res.users",
        index=True,
        readonly=True,
        ondelete="restrict",
        groups=STAFF,
    )
    taken_at = fields.Datetime(string="Taken on", readonly=True)
    withdrawn_at = fields.Datetime(string="Withdrawn on", readonly=True)
    reopened_at = fields.Datetime(string="Opened Again on", readonly=True)

    # === OUTCOME === #
    outcome = fields.Selection(OUTCOMES, readonly=True)
    outcome_amount = fields.Monetary(string="Amount", readonly=True)
    outcome_text = fields.Text(string="Why", readonly=True)
    settled_at = fields.Datetime(string="Settled on", readonly=True)

    # === FOR THE ONE WHO LOOKS === #
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable", compute_sudo=True
    )
    is_with_me = fields.Boolean(
        string="I Have Taken It",
        compute="_compute_is_with_me",
        compute_sudo=True,
    )
    unheard = fields.Char(
        string="Not Heard Yet", compute="_compute_unheard", compute_sudo=True
    )

    _one_case = models.UniqueIndex(
        "(exchange_id) WHERE state != 'withdrawn'",
        "There is a mediation case for this exchange already.",
    )
    _queue_idx = models.Index("(company_id, deadline) WHERE state IN ('open', 'taken')")
    _mediator_with_it = models.Constraint(
        """CHECK (state IN ('open', 'withdrawn')
            OR mediator_id IS NOT NULL AND taken_at IS NOT NULL)""",
        "A mediation case is taken by a mediator.",
    )
    _nobody_with_what_waits = models.Constraint(
        "CHECK (state != 'open' OR mediator_id IS NULL)",
        "A mediation case that waits is with no mediator.",
    )
    _settled_says_how = models.Constraint(
        """CHECK ((state = 'settled') = (outcome IS NOT NULL)
            AND (state = 'settled') = (settled_at IS NOT NULL)
            AND (state != 'settled' OR outcome_text IS NOT NULL))""",
        "A settled mediation case says how, and why.",
    )
    _amount_where_due = models.Constraint(
        """CHECK (outcome_amount IS NULL OR outcome_amount >= 0)""",
        "An amount is not below zero.",
    )
    _kept_amount = models.Constraint(
        "CHECK (outcome IS NULL OR outcome != 'keep' OR outcome_amount > 0)",
        "Say how much of the deposit is kept.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("company_id", "exchange_id")
    def _compute_is_readable(self):
        readable = self.filtered_domain(self._get_readable_domain())
        for dispute in self:
            dispute.is_readable = dispute in readable

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_readable_domain()

    @api.model
    def _get_readable_domain(self):
        """Return the cases of one's own exchanges, and those one may mediate."""
        return self._get_party_domain() | self._get_mediator_domain()

    @api.model
    def _get_party_domain(self):
        ids = self.env["ebs.member"]._get_mine().ids
        return Domain("exchange_id.owner_id", "in", ids) | Domain(
            "exchange_id.asker_id", "in", ids
        )

    @api.model
    def _get_mediator_domain(self):
        """Return what the user may mediate: nothing in which one is a party."""
        user = self.env.user
        if not user.has_group(MEDIATOR):
            return Domain.FALSE
        here = Domain("company_id", "in", user.sudo().company_ids.ids)
        return here & ~self._get_party_domain()

    @api.model
    def _get_opened_exchange_ids(self):
        """Return the exchanges that an unsettled case opens to the user.

        It is decided on the user: the superuser's rights open nothing.
        """
        if not self.env.user.has_group(MEDIATOR):
            return []
        domain = Domain("state", "in", UNSETTLED_STATES) & self._get_mediator_domain()
        return self.sudo().search_fetch(domain, ["exchange_id"]).exchange_id.ids

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_talk_ids(self):
        for dispute in self:
            dispute.talk_ids = self.env["ebs.message"].search(
                [("exchange_id", "=", dispute.sudo().exchange_id.id)]
            )

    @api.depends_context("uid")
    @api.depends("mediator_id", "state")
    def _compute_is_with_me(self):
        for dispute in self:
            dispute.is_with_me = (
                dispute.state == "taken" and dispute.mediator_id == self.env.user
            )

    @api.depends("line_ids.side", "line_ids.sent_at", "reopened_at", "opened_at")
    def _compute_unheard(self):
        for dispute in self:
            names = map(
                dispute.exchange_id._get_party_name, dispute._get_unheard_sides()
            )
            dispute.unheard = ", ".join(names)

    # === WHERE IT IS === #

    def _get_my_side(self):
        """Return the user's side: 'owner', 'asker', 'mediator', or None."""
        self.ensure_one()
        mine = self.env["ebs.member"]._get_mine()
        for side in ("owner", "asker"):
            if self.sudo().exchange_id._get_party(side).sudo() in mine:
                return side
        return "mediator" if self._is_staffed("mediator") else None

    def _get_unheard_sides(self):
        """Return the parties who have not written since the case was opened."""
        since = self.reopened_at or self.opened_at
        lines = self.line_ids.filtered(lambda line: line.sent_at >= since)
        heard = set(lines.mapped("side"))
        return [side for side in ("owner", "asker") if side not in heard]

    def _is_deadline_over(self):
        return self.company_id._ebs_today() > self.deadline

    def _may_be_reopened(self):
        """Tell whether the user may open it again: a party, once, for some time."""
        self.ensure_one()
        dispute_sudo = self.sudo()
        if dispute_sudo.state != "settled" or dispute_sudo.reopened_at:
            return False
        return (
            self._get_my_side() in ("owner", "asker")
            and self.company_id._ebs_today() <= dispute_sudo._get_last_day_to_reopen()
        )

    def _get_last_day_to_reopen(self):
        settled_on = self.company_id._ebs_local(self.settled_at).date()
        return settled_on + timedelta(days=self.company_id.ebs_dispute_open_days)

    def _may_be_withdrawn(self):
        """Tell whether the user may withdraw it: who opened it, before any outcome."""
        self.ensure_one()
        dispute_sudo = self.sudo()
        return (
            dispute_sudo.state in UNSETTLED_STATES
            and not dispute_sudo.reopened_at
            and dispute_sudo.opener_id in self.env["ebs.member"]._get_mine()
        )

    # === HOOKS === #

    def _get_outcomes(self):
        """Return the outcomes that are possible now."""
        return ["repair", "payment", "no_fault"]

    def _get_outcome_refusal(self, outcome, amount):
        """Return why this cannot be the outcome, or nothing."""
        if outcome in ("release", "keep"):
            return self.env._("There is no deposit in this exchange to decide on.")
        return None

    def _get_outcome_hint(self):
        """Return a sentence on the outcomes that are not possible now, or nothing."""
        if not {"release", "keep"} & set(self._get_outcomes()):
            return self.env._(
                "There is no deposit to decide on: choose one of the last three."
            )
        return None

    def _apply_outcome(self):
        """Carry out what was decided; the case is settled by now."""

    def _get_moved_deposit(self):
        """Return what became of the deposit: 'returned', 'kept', or nothing."""
        return None
