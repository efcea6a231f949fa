# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError


class EbsDeposit(models.Model):
    """While a case is open, the deposit stays where it is."""

    _inherit = "ebs.deposit"

    @api.model
    def _get_settling_domain(self):
        """What was announced waits for the outcome too."""
        return [
            *super()._get_settling_domain(),
            ("exchange_id.is_disputed", "=", False),
        ]

    def _give_back(self):
        self._check_undisputed()
        return super()._give_back()

    def _keep(self, amount, reason):
        self._check_undisputed()
        return super()._keep(amount, reason)

    def _check_undisputed(self):
        """Refuse to move it before the outcome, which closes the case first."""
        if any(deposit.exchange_id._has_open_dispute() for deposit in self):
            raise UserError(
                self.env._(
                    "A mediator looks at this: the deposit stays where it is until"
                    " the outcome."
                )
            )
