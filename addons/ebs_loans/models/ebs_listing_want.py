# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# What only somebody who has the thing can say of its loan.
LENT_KEYS = ("copy_count", "parts", "hours")


class EbsListing(models.Model):
    """What somebody looks for has no copy, no deposit and no days."""

    _inherit = "ebs.listing"

    def _is_lendable(self):
        return self.side != "want" and super()._is_lendable()

    def _save(self, values, member):
        side = self.side or "offer"
        if isinstance(values, dict):
            side = values.get("side", side)
        if side == "want":
            values = {k: v for k, v in values.items() if k not in LENT_KEYS}
        return super()._save(values, member)

    def _settle_want(self, vals):
        res = super()._settle_want(vals)
        vals |= {"deposit_kind": "none", "deposit_amount": 0}
        return res
