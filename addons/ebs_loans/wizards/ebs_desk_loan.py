# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

from odoo import api, fields, models


class EbsDeskLoan(models.TransientModel):
    """Asks the desk who borrows what and when, for a member who is not online."""

    _name = "ebs.desk.loan"
    _description = "Lend at the Desk"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    member_id = fields.Many2one(
        "ebs.member",
        required=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'approved')]",
    )
    listing_id = fields.Many2one(
        "ebs.listing",
        "Thing",
        required=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'published'),"
        " ('way_ids.commitment', '=', 'booking')]",
    )
    loan_step = fields.Selection(related="listing_id.loan_step")
    day_start = fields.Date(
        "From", default=lambda self: self.env.company._ebs_today(), required=True
    )
    day_end = fields.Date(
        "Until", default=lambda self: self.env.company._ebs_today(), required=True
    )
    hour_start = fields.Float("From (hour)", default=9)
    hour_end = fields.Float("Until (hour)", default=18)
    half_start = fields.Selection(
        [("0", "Morning"), ("12", "Afternoon")],
        "From (half day)",
        default="0",
        required=True,
    )
    half_end = fields.Selection(
        [("12", "Morning"), ("24", "Afternoon")],
        "Until (half day)",
        default="24",
        required=True,
    )
    refusal = fields.Char(compute="_compute_refusal")

    @api.depends("member_id", "listing_id")
    def _compute_refusal(self):
        """Say why not before the click, as the member would read it."""
        for wizard in self:
            listing, member = wizard.listing_id, wizard.member_id
            wizard.refusal = (
                listing and member and listing._get_ask_refusal(member)
            ) or False

    def action_confirm(self):
        """Ask in the member's name, and open the loan."""
        way = self.listing_id.way_ids.filtered(lambda one: one.commitment == "booking")
        exchange = self.listing_id.action_ask_for(
            self.member_id.id,
            {
                "way": way[:1].code,
                "date_start": self._get_moment(
                    self.day_start, self.hour_start, self.half_start
                ),
                "date_end": self._get_moment(
                    self.day_end, self.hour_end, self.half_end
                ),
            },
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "ebs.exchange",
            "res_id": exchange.id,
            "views": [[False, "form"]],
        }

    def _get_moment(self, day, hour, half):
        """A day or a moment as `action_ask` takes it."""
        if self.loan_step == "day":
            return day.isoformat()
        hours = int(half) if self.loan_step == "half_day" else hour
        moment = datetime.combine(day, time()) + timedelta(minutes=round(hours * 60))
        return moment.isoformat(timespec="minutes")
