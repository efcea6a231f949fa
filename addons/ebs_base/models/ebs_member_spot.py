# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..spots import get_square, read_spot

# Each move shows where one more spot would be blurred to: who could move all day
# would find a neighbour's door by trying all those around.
MAX_MOVES = 5
MOVES_DAYS = 7


class EbsMemberPrivate(models.Model):
    """Where a member keeps what is offered: the exact spot, for no other eyes."""

    _name = "ebs.member.private"
    _inherit = ["ebs.member.private", "ebs.spot.mixin"]

    spot_moves = fields.Integer(readonly=True, copy=False)
    spot_moves_since = fields.Date(readonly=True, copy=False)


class EbsMember(models.Model):
    """A member says where the things are, or takes it back."""

    _inherit = "ebs.member"

    def _get_private_readers(self):
        return {**super()._get_private_readers(), "spot": self._read_member_spot}

    def _read_member_spot(self, value):
        """Read "latitude,longitude", or nothing to be shown by the zone alone."""
        if not value:
            return {"latitude": 0, "longitude": 0}
        spot = read_spot(value)
        if not spot:
            raise UserError(self.env._("Please choose the spot again on the map."))
        private = self.private_ids
        known = private._get_spot()
        vals = {"latitude": spot[0], "longitude": spot[1]}
        if known and get_square(known) == get_square(spot):
            return vals
        today = self.company_id._ebs_today()
        since = private.spot_moves_since
        if not since or since + timedelta(days=MOVES_DAYS) <= today:
            return {**vals, "spot_moves": 1, "spot_moves_since": today}
        if private.spot_moves >= MAX_MOVES:
            raise UserError(
                self.env._(
                    "You have moved your spot %(count)s times this week: please try"
                    " again in a few days.",
                    count=MAX_MOVES,
                )
            )
        return {**vals, "spot_moves": private.spot_moves + 1}
