# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class EbsCopy(models.Model):
    """Those who wait follow what goes out of service and what comes back to it."""

    _inherit = "ebs.copy"

    def _take_out(self, state, note=""):
        res = super()._take_out(state, note)
        holds = self.booking_ids.filtered(lambda one: one.kind == "hold")
        holds.waiting_id._wait_again()
        return res

    def _put_back(self):
        res = super()._put_back()
        self.listing_id._serve_waiting()
        return res
