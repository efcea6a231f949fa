# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsAvailability(models.Model):
    """A closed period of one listing: nothing of it can be had meanwhile."""

    _name = "ebs.availability"
    _inherit = "ebs.base.mixin"
    _description = "Closed period"
    _order = "date_start, id"
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
    # Half-open, as bookings are.
    date_start = fields.Datetime("From", required=True)
    date_end = fields.Datetime("Until", required=True)
    is_outside = fields.Boolean("From an Outside Calendar")
    outside_uid = fields.Char("Identifier in the Outside Calendar")

    _period_forward = models.Constraint(
        "CHECK (date_end > date_start)", "A closed period ends after it starts."
    )
