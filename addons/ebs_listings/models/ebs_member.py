# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

STAFF = "ebs_base.group_ebs_staff"


class EbsMember(models.Model):
    """What a member offers and has agreed on, for staff; out of sight with them."""

    _inherit = "ebs.member"

    listing_ids = fields.One2many("ebs.listing", "member_id", string="Listings")
    listing_count = fields.Integer(compute="_compute_listing_count", groups=STAFF)
    exchange_count = fields.Integer(compute="_compute_exchange_count", groups=STAFF)

    # === WHAT ANYBODY MAY KNOW === #
    # Totals alone: they count what took place inside circles too.
    done_count = fields.Integer(
        string="Exchanges Done", compute="_compute_totals", compute_sudo=True
    )
    answer_count = fields.Integer(
        string="Requests Received", compute="_compute_totals", compute_sudo=True
    )
    answer_rate = fields.Integer(
        string="Requests Answered (%)", compute="_compute_totals", compute_sudo=True
    )

    def _compute_totals(self):
        """Count what each member has done for others: one query for all.

        A request counts as received once it was answered or left to expire.
        """
        done = dict.fromkeys(self.ids, 0)
        answered, missed = dict(done), dict(done)
        groups = self.env["ebs.exchange"]._read_group(
            [("owner_id", "in", self.ids), ("requested_at", "!=", False)],
            ["owner_id", "state"],
            ["__count"],
        )
        for owner, state, count in groups:
            if state == "expired":
                missed[owner.id] += count
            elif state not in ("requested", "cancelled"):
                answered[owner.id] += count
            if state == "done":
                done[owner.id] += count
        for member in self:
            received = answered.get(member.id, 0) + missed.get(member.id, 0)
            member.done_count = done.get(member.id, 0)
            member.answer_count = received
            member.answer_rate = received and 100 * answered[member.id] // received

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
            self.env["ebs.exchange"].sudo()._withdraw_closed(
                Domain("asker_id", "in", moved.ids)
            )
        return moved

    # === WHAT A MEMBER DOES === #

    def _get_private_readers(self):
        return {
            **super()._get_private_readers(),
            "default_visibility": self._read_default_visibility,
            "wants_alerts": lambda value: {"wants_alerts": value is True},
        }

    def _read_default_visibility(self, value):
        choices = dict(self.private_ids._fields["default_visibility"].selection)
        if not isinstance(value, str) or value not in choices:
            raise UserError(self.env._("Please choose who may see it."))
        return {"default_visibility": value}
