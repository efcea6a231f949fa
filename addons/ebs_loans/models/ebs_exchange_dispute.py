# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What moves the deposit, or says that it will.
DEPOSIT_ACTIONS = ("return_deposit", "announce_keep", "keep_deposit", "close_lost")


class EbsExchange(models.Model):
    """What a mediation case stops in a loan."""

    _inherit = "ebs.exchange"

    def _get_stopped_actions(self):
        return (*super()._get_stopped_actions(), *DEPOSIT_ACTIONS)

    def _get_actions(self):
        """Offer nothing that waits for the outcome of a case."""
        actions = super()._get_actions()
        if not self._has_open_dispute():
            return actions
        stopped = self._get_stopped_actions()
        return [code for code in actions if code not in stopped]

    def _open_dispute(self, side, reason, photos):
        """What was announced waits: whoever answers for the loan is told."""
        dispute = super()._open_dispute(side, reason, photos)
        if self.deposit_id.settles_at:
            self._tell_guarantor(
                "disputed", _lt("A mediator looks at it: “%(title)s”", title=self.title)
            )
        return dispute

    def _get_disputed_step(self):
        """Say why nobody moves the deposit now."""
        return self.env._(
            "It is back. A mediator looks at what happened: the deposit stays where it"
            " is until the outcome."
        )
