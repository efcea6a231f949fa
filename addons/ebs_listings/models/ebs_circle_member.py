# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Command, Domain


class EbsCircleMember(models.Model):
    """What was shared by a membership ends with it."""

    _inherit = "ebs.circle.member"

    def _end(self, to, values=None):
        """Take back what was offered and asked for through the circle.

        A listing that no circle sees any more is its owner's alone, never public.
        """
        ended = super()._end(to, values)
        for circle, memberships in ended.grouped("circle_id").items():
            members = memberships.member_id
            listings = self.env["ebs.listing"].search(
                Domain("member_id", "in", members.ids)
                & Domain("circle_ids", "in", circle.ids)
            )
            listings.circle_ids = [Command.unlink(circle.id)]
            listings._pause_unseen()
            self.env["ebs.exchange"]._withdraw_closed(
                Domain("listing_id", "in", listings.ids)
                | Domain("asker_id", "in", members.ids)
            )
        return ended
