# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

STAFF = "ebs_base.group_ebs_staff"


class EbsMember(models.Model):
    """What a member offers and has agreed on, for staff; out of sight with them."""

    _inherit = "ebs.member"

    listing_ids = fields.One2many("ebs.listing", "member_id", string="Listings")
    listing_count = fields.Integer(compute="_compute_listing_count", groups=STAFF)
    exchange_count = fields.Integer(compute="_compute_exchange_count", groups=STAFF)

    def _compute_listing_count(self):
        counts = dict(
            self.env["ebs.listing"]._read_group(
                [("member_id", "in", self.ids)], ["member_id"], ["__count"]
            )
        )
        for member in self:
            member.listing_count = counts.get(member, 0)

    def _compute_exchange_count(self):
        exchanges = self.env["ebs.exchange"]
        counts = dict.fromkeys(self, 0)
        for side in ("owner_id", "asker_id"):
            for member, count in exchanges._read_group(
                [(side, "in", self.ids)], [side], ["__count"]
            ):
                counts[member] += count
        for member in self:
            member.exchange_count = counts[member]

    def _set_state(self, allowed_from, to, values=None):
        """Take what a member offers out of sight when the member may not act."""
        moved = super()._set_state(allowed_from, to, values)
        if to in ("suspended", "left"):
            published = moved.sudo().listing_ids.filtered_domain(
                Domain("state", "=", "published")
            )
            published._set_state(("published",), "paused")
        return moved
