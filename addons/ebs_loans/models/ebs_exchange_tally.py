# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# What a member has asked for or borrowed and not brought back.
COUNTED_STATES = ("requested", "accepted", "ongoing")


class EbsExchange(models.Model):
    """A loan counts in the limits from the request until it is back."""

    _inherit = "ebs.exchange"

    def _set_state(self, allowed_from, to, values=None):
        moved = super()._set_state(allowed_from, to, values)
        tally = self.env["ebs.loan.tally"].sudo()
        for loan in moved.filtered(lambda one: one._is_loan()):
            if to == "requested":
                tally._add(loan.sudo())
            elif to not in COUNTED_STATES:
                tally._remove(loan)
        return moved

    def unlink(self):
        """Count no more what is deleted."""
        self.check_access("unlink")
        self.env["ebs.loan.tally"].sudo()._remove(self)
        return super().unlink()
