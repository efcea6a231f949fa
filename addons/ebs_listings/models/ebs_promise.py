# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class EbsPromise(models.Model):
    """One thing promised for good to one member.

    The index below is the only referee of two promises of one thing: whatever is
    checked before, in Python, only serves to say it in a sentence.
    """

    _name = "ebs.promise"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _description = "Promise"
    _order = "id desc"
    _rec_name = "exchange_id"
    _check_company_auto = True

    exchange_id = fields.Many2one(
        "ebs.exchange",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="exchange_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    listing_id = fields.Many2one(
        "ebs.listing",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
    )

    _promised_once = models.UniqueIndex(
        "(listing_id) WHERE state IN ('open', 'done')",
        "This is already promised to somebody else.",
    )
