# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.addons.ebs_base import clock
from odoo.tools import LazyTranslate

from ..utils import format_period
from .ebs_listing_agreement import AGREEMENTS

_lt = LazyTranslate(__name__)

ANSWERS = ("accept", "decline")


class EbsExchange(models.Model):
    """Who says yes to this loan, as it was when it was asked for."""

    _inherit = "ebs.exchange"

    agreement = fields.Selection(
        AGREEMENTS, "Agreed", required=True, default="owner", readonly=True
    )
    value = fields.Monetary("Declared Value", readonly=True)

    # === BUSINESS METHODS === #

    def _receive_request(self, message):
        """Agree at once where the owner wished so; the team answers for the team."""
        if not self._is_loan() or self.agreement == "owner":
            return super()._receive_request(message)
        if self.agreement == "instant":
            return self._agree_at_once(message)
        self._tell(
            "owner",
            "ebs_loans.mail_request_team",
            _lt(
                "%(name)s asks for “%(title)s”", name=self.asker_name, title=self.title
            ),
            {"message": message},
        )
        return None

    def _agree_at_once(self, message):
        """Take a copy in the transaction that asks: who comes second is told so."""
        self._commit_accept()
        self._set_state(("requested",), "accepted", {"accepted_at": clock.now()})
        for side in ("owner", "asker"):
            self._tell_agreed(side, message)

    def _tell_agreed(self, side, message=""):
        """Tell one party of what was agreed without its answer."""
        self._tell(
            side,
            "ebs_loans.mail_agreed",
            _lt("Agreed: “%(title)s”", title=self.title),
            {"exchange": self, "message": message},
        )

    def action_accept(self):
        """Say yes; where the team does so, the owner is told."""
        res = super().action_accept()
        if self._is_answered_by_team():
            self.sudo()._tell_agreed("owner")
        return res

    def _is_answered_by_team(self):
        exchange = self.sudo()
        return exchange._is_loan() and exchange.agreement == "staff"

    # === WHO MAY DO WHAT NOW === #

    def _get_actions(self):
        """Where the team answers, its desk alone does."""
        actions = super()._get_actions()
        if self.sudo().state != "requested" or not self._is_answered_by_team():
            return actions
        actions = [code for code in actions if code not in ANSWERS]
        if self._is_desk():
            over = self.sudo().date_end <= clock.now()
            actions = [*(ANSWERS[1:] if over else ANSWERS), *actions]
        return actions

    # === WORDS === #

    def _get_team_step(self, loan, side):
        words = {
            "asker": loan.asker_name,
            "period": format_period(self.env, loan.day_start, loan.day_end),
            "platform": loan.company_id.name,
        }
        if side == "asker":
            return self.env._(
                "You asked for it %(period)s. The team of %(platform)s will answer "
                "you.",
                **words,
            )
        if side == "owner":
            return self.env._(
                "%(asker)s would like it %(period)s. The team of %(platform)s will "
                "answer.",
                **words,
            )
        return self.env._(
            "%(asker)s would like it %(period)s. Answer yes or no for the team.",
            **words,
        )
