# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsBooking(models.Model):
    """A hold keeps a copy for the next in line; what is freed goes to them."""

    _inherit = "ebs.booking"

    waiting_id = fields.Many2one(
        "ebs.waiting",
        "Kept for",
        index="btree_not_null",
        check_company=True,
        ondelete="cascade",
    )

    _hold_has_waiting = models.Constraint(
        "CHECK ((kind = 'hold') = (waiting_id IS NOT NULL))",
        "A copy is held for somebody who waits.",
    )

    def unlink(self):
        """Offer what a loan leaves to those who wait."""
        self.check_access("unlink")
        freed = self.filtered(lambda one: one.kind == "loan").copy_id.listing_id
        res = super().unlink()
        (freed | freed.in_kit_ids.listing_id)._serve_waiting()
        return res

    def _end(self, moment):
        freed = self.copy_id.listing_id
        res = super()._end(moment)
        (freed | freed.in_kit_ids.listing_id)._serve_waiting()
        return res
