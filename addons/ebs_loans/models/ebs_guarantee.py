# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.addons.ebs_listings.models.ebs_exchange import REASON_LENGTH
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

OPEN_STATES = ("asked", "accepted")


class EbsGuarantee(models.Model):
    """A member's word for a neighbour: to answer for a loan up to an amount.

    The guarantor is no party of the exchange: this row is all that is seen of it,
    neither the conversation nor the photos.
    """

    _name = "ebs.guarantee"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _description = "Guarantee"
    _order = "asked_at desc, id desc"
    _rec_name = "title"
    _check_company_auto = True

    exchange_id = fields.Many2one(
        "ebs.exchange",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="exchange_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    guarantor_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
    )
    guarantor_name = fields.Char("Name of the Guarantor", required=True, readonly=True)
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("freed", "Freed"),
            ("called", "Called on"),
        ],
        required=True,
        default="asked",
    )
    asked_at = fields.Datetime("Asked on", required=True, readonly=True)
    answered_at = fields.Datetime("Answered on", readonly=True)
    # The last day of the loan as it was when they said yes to it.
    answered_until = fields.Date("Said Yes Until", readonly=True)
    ended_at = fields.Datetime("Ended on", readonly=True)
    answer = fields.Text("Guarantor's Words", readonly=True)
    amount = fields.Monetary("Up To", required=True, readonly=True)
    called_amount = fields.Monetary("Amount Owed", readonly=True)
    called_reason = fields.Text("Why It Is Owed", readonly=True)

    # What a guarantor must know of the loan, which is itself out of sight.
    currency_id = fields.Many2one(related="exchange_id.currency_id")
    title = fields.Char(related="exchange_id.title")
    owner_name = fields.Char(related="exchange_id.owner_name")
    asker_name = fields.Char(related="exchange_id.asker_name")
    day_start = fields.Date(related="exchange_id.day_start")
    day_end = fields.Date(related="exchange_id.day_end")
    exchange_state = fields.Selection(
        related="exchange_id.state", string="State of the Loan"
    )
    asked_until = fields.Date(
        related="exchange_id.extension_asked_until", string="Asked to Last Until"
    )
    is_disputed = fields.Boolean(related="exchange_id.is_disputed")
    settles_at = fields.Datetime(related="exchange_id.keeps_at")
    announced_amount = fields.Monetary(
        "Announced", compute="_compute_announced", compute_sudo=True
    )
    announced_reason = fields.Text(
        "Why It Is Announced", compute="_compute_announced", compute_sudo=True
    )
    is_for_me = fields.Boolean(
        compute="_compute_is_for_me", search="_search_is_for_me", compute_sudo=True
    )

    _one_open = models.UniqueIndex(
        "(exchange_id) WHERE state IN ('asked', 'accepted')",
        "Somebody is asked to answer for this loan already.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A guarantee is for an amount above zero."
    )
    _called_says_why = models.Constraint(
        """CHECK ((state = 'called') = (called_amount > 0)
            AND (state != 'called' OR (
                called_amount <= amount AND called_reason IS NOT NULL)))""",
        "What a guarantor owes is a part of what was promised, and has a reason.",
    )

    # === COMPUTE AND SEARCH === #

    @api.depends("exchange_id.deposit_ids.announced_at")
    def _compute_announced(self):
        """What the owner wants to have made good, as the borrower was told."""
        for guarantee in self:
            deposit = guarantee.exchange_id.deposit_id
            guarantee.announced_amount = deposit.announced_amount
            guarantee.announced_reason = deposit.announced_reason

    @api.depends_context("uid")
    @api.depends("guarantor_id.is_mine")
    def _compute_is_for_me(self):
        for guarantee in self:
            guarantee.is_for_me = guarantee.guarantor_id.is_mine

    def _search_is_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.env["ebs.member"]._get_mine()
        return Domain("guarantor_id", "in", mine.ids)

    # === WHAT THE GUARANTOR DOES === #

    def action_accept(self):
        """Give one's word: from the hand-over on, one answers for the amount.

        Of a loan that is to last longer: answer for it until that later day.
        """
        guarantee_sudo = self._check_asked()
        self.env["ebs.member"]._acting(
            guarantee_sudo.company_id, guarantee_sudo.guarantor_id.id
        )
        if guarantee_sudo.state == "accepted":
            guarantee_sudo.write({"answered_until": guarantee_sudo.asked_until})
            guarantee_sudo.exchange_id._follow_guarantor()
            return
        guarantee_sudo._set_state(
            ("asked",),
            "accepted",
            {
                "answered_at": clock.now(),
                "answered_until": guarantee_sudo.day_end,
            },
        )
        for side in ("asker", "owner"):
            guarantee_sudo._tell_party(
                side,
                _lt(
                    "%(name)s answers for the loan: “%(title)s”",
                    name=guarantee_sudo.guarantor_name,
                    title=guarantee_sudo.title,
                ),
            )
        guarantee_sudo._tell(
            "accepted",
            _lt("You answer for a loan: “%(title)s”", title=guarantee_sudo.title),
        )

    def action_refuse(self, reason=""):
        """Say no: nobody has to answer for somebody else.

        Of a loan that is to last longer: it ends on the day that was agreed.
        """
        guarantee_sudo = self._check_asked()
        reason = to_text(reason, REASON_LENGTH)
        if guarantee_sudo.state == "accepted":
            guarantee_sudo.exchange_id._decline_longer(reason)
            return
        guarantee_sudo._set_state(
            ("asked",),
            "refused",
            {"answered_at": clock.now(), "ended_at": clock.now(), "answer": reason},
        )
        guarantee_sudo._tell_party(
            "asker",
            _lt(
                "%(name)s cannot answer for the loan: “%(title)s”",
                name=guarantee_sudo.guarantor_name,
                title=guarantee_sudo.title,
            ),
        )

    def _check_asked(self):
        """Return it with all rights, when it is for the user to answer now."""
        self._check_readable()
        if not self.is_for_me or not self.sudo()._waits_for_answer():
            raise UserError(
                self.env._("This is not possible, or not any more: look where it is.")
            )
        return self.sudo()

    def _waits_for_answer(self):
        """Whether they are asked for their word, or to give it for longer."""
        return self.state == "asked" or self._is_asked_longer()

    def _is_asked_longer(self):
        """Whether the loan is to last beyond the day that they said yes to."""
        return bool(
            self.state == "accepted"
            and self.asked_until
            and self.asked_until > self.answered_until
        )

    # === BUSINESS METHODS === #

    def _get_open(self):
        return self.filtered(lambda guarantee: guarantee.state in OPEN_STATES)

    def _withdraw(self):
        """Ask no more: the loan came to nothing, or somebody else was asked."""
        for guarantee in self._get_open():
            was_accepted = guarantee.state == "accepted"
            guarantee._set_state(OPEN_STATES, "withdrawn", {"ended_at": clock.now()})
            if was_accepted:
                guarantee._tell("withdrawn", guarantee._get_free_subject())

    def _free(self):
        """Nothing is owed any more."""
        for guarantee in self._get_open():
            guarantee._set_state(("accepted",), "freed", {"ended_at": clock.now()})
            guarantee._tell("freed", guarantee._get_free_subject())

    def _call(self, amount, reason):
        """Say what is owed to the owner, and why."""
        for guarantee in self._get_open():
            guarantee._set_state(
                ("accepted",),
                "called",
                {
                    "ended_at": clock.now(),
                    "called_amount": amount,
                    "called_reason": reason,
                },
            )
            guarantee._tell(
                "called",
                _lt("You are asked to pay: “%(title)s”", title=guarantee.title),
            )

    def _get_free_subject(self):
        return _lt("You do not owe anything: “%(title)s”", title=self.title)

    def _tell(self, step, subject):
        """Queue a mail to the guarantor: what is owed, until when, and why."""
        for guarantee in self:
            guarantee.guarantor_id._notify(
                "ebs_loans.mail_guarantee",
                subject,
                {
                    "step": step,
                    "guarantee": guarantee,
                    "deposit": guarantee.exchange_id.deposit_id,
                },
            )

    def _tell_party(self, side, subject):
        self.exchange_id._tell(
            side, "ebs_loans.mail_guarantee_answer", subject, {"guarantee": self}
        )
