# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.addons.ebs_base import clock


class EbsCopy(models.Model):
    """One physical unit of a listing: what is lent, one loan at a time."""

    _name = "ebs.copy"
    _inherit = "ebs.base.mixin"
    _description = "Copy"
    _order = "listing_id, number"
    _rec_name = "number"
    _check_company_auto = True

    listing_id = fields.Many2one(
        "ebs.listing",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="listing_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    number = fields.Integer(required=True)
    active = fields.Boolean(default=True)
    booking_ids = fields.One2many("ebs.booking", "copy_id", "Bookings")

    coming_booking_ids = fields.Many2many(
        "ebs.booking", string="Taken", compute="_compute_coming_booking_ids"
    )

    _number_unique = models.Constraint(
        "UNIQUE (listing_id, number)",
        "Two copies of one listing cannot have the same number.",
    )

    @api.depends("number")
    def _compute_display_name(self):
        for copy in self:
            copy.display_name = self.env._("Copy %s", copy.number)

    @api.depends("booking_ids.date_end", "booking_ids.returned_at")
    def _compute_coming_booking_ids(self):
        now = clock.now()
        for copy in self:
            copy.coming_booking_ids = copy.booking_ids.filtered(
                lambda one: (
                    not one.returned_at and (one._is_out() or one.date_end > now)
                )
            )
