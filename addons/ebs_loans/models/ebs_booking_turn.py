# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

PERIOD = {"copy_id", "date_start", "date_end"}


class EbsBooking(models.Model):
    """Those who book the same thing in the same instant do so one after the other."""

    _inherit = "ebs.booking"

    @api.model_create_multi
    def create(self, vals_list):
        """Wait for whoever books the same thing now, then take the copies."""
        copies = self.env["ebs.copy"].browse(
            vals["copy_id"] for vals in vals_list if vals.get("copy_id")
        )
        copies._line_up()
        bookings = super().create(vals_list)
        copies._touch()
        return bookings

    def write(self, vals):
        """Do the same where more is taken; what comes back is free at once."""
        more = PERIOD & vals.keys() and "returned_at" not in vals
        copies = self.copy_id | self.env["ebs.copy"].browse(vals.get("copy_id"))
        if more:
            copies._line_up()
        res = super().write(vals)
        if more:
            self.flush_recordset()
            copies._touch()
        return res
