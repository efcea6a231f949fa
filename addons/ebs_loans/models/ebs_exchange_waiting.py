# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import models
from odoo.addons.ebs_base import clock

from .ebs_waiting import OPEN_STATES


class EbsExchange(models.Model):
    """What was kept for who waits becomes the loan, or goes to the next."""

    _inherit = "ebs.exchange"

    def _receive_request(self, message):
        """Keep for the asker, until the answer, the days that were asked for."""
        res = super()._receive_request(message)
        waiting = self.listing_id._get_waiting(self.asker_id)
        if self.state == "requested" and self._is_loan() and waiting.state == "held":
            start, end, buffer = self._get_taking_bounds()
            if not waiting._book(start, end + buffer):
                # Somebody was faster by an instant: the request is there all the same.
                waiting._set_state(("held",), "served")
                return res
            waiting.write(
                {
                    "exchange_id": self.id,
                    "held_until": clock.now()
                    + timedelta(days=self.company_id.ebs_request_days),
                }
            )
        return res

    def _commit_accept(self):
        """Take what was kept for the borrower, who waits no longer."""
        if not self._is_loan():
            return super()._commit_accept()
        self.listing_id._pass_on_holds()
        waiting = self.listing_id._get_waiting(self.asker_id)
        waiting._set_state(OPEN_STATES, "served")
        was_held = waiting._lift()
        res = super()._commit_accept()
        if was_held:
            self.listing_id._serve_waiting()
        return res

    def _set_state(self, allowed_from, to, values=None):
        """A request that comes to nothing gives up what was kept for it."""
        moved = super()._set_state(allowed_from, to, values)
        if to in ("declined", "cancelled", "expired"):
            held = self.env["ebs.waiting"].sudo()
            held.search(
                [("exchange_id", "in", moved.ids), ("state", "=", "held")]
            )._leave()
        return moved
