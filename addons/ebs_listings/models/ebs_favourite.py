# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsFavourite(models.Model):
    """A listing that a member keeps for later, and tells nobody about.

    While the listing is out of the member's sight, so is this row.
    """

    _name = "ebs.favourite"
    _description = "Favourite"
    _inherit = ["ebs.base.mixin"]
    _order = "id desc"
    _rec_name = "listing_id"
    _check_company_auto = True

    member_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="cascade",
    )
    listing_id = fields.Many2one(
        "ebs.listing",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="member_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )

    _once = models.UniqueIndex(
        "(member_id, listing_id)", "This listing is among the favourites already."
    )
