# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base.utils import to_int
from odoo.exceptions import UserError
from odoo.fields import Domain

from .ebs_exchange import OPEN_STATES


class EbsListing(models.Model):
    """What somebody looks for: it is answered by a conversation, and by that alone."""

    _inherit = "ebs.listing"

    # === WHAT A MEMBER DOES === #

    def action_found(self, exchange_id=None):
        """Close what one looked for: it was found, maybe thanks to who answered.

        The others who had answered are told.
        """
        listing_sudo = self._check_acting()
        if listing_sudo.side != "want":
            raise UserError(self.env._("Only what somebody looks for can be found."))
        answers = listing_sudo._get_answers()
        helped = answers.filtered(lambda one: one.id == to_int(exchange_id))
        if exchange_id and not helped:
            raise UserError(
                self.env._("This answer is not there any more: choose another.")
            )
        listing_sudo._set_state(("published", "paused"), "closed")
        if helped:
            helped._finish_found()
        for exchange in answers - helped:
            exchange._end("declined", self.env._("It has been found."))
            exchange._tell_declined()

    # === BUSINESS METHODS === #

    def _get_answers(self):
        """Return the conversations that go on about it."""
        return self.env["ebs.exchange"].search(
            Domain("listing_id", "=", self.id) & Domain("state", "in", OPEN_STATES)
        )

    def _ask(self, asker, values):
        self._check_not_want()
        return super()._ask(asker, values)

    def _read_way(self, code):
        self._check_not_want()
        return super()._read_way(code)

    def _check_not_want(self):
        """Refuse to ask for what is not there."""
        if self.side == "want":
            raise UserError(
                self.env._(
                    "%s is looking for this, and does not offer it: write instead.",
                    self.member_id.name,
                )
            )

    # === READING WHAT A MEMBER SENT === #

    def _get_value_readers(self):
        return {**super()._get_value_readers(), "side": self._read_side}

    def _read_side(self, value, member):
        if not isinstance(value, str) or value not in dict(
            self._fields["side"].selection
        ):
            raise UserError(self.env._("Please say whether you offer it or want it."))
        if self and value != self.side and self.published_at:
            raise UserError(
                self.env._(
                    "It was published already: please publish another listing for that."
                )
            )
        return {"side": value}

    def _settle_readers(self, vals):
        res = super()._settle_readers(vals)
        if vals.get("side", self.side) == "want":
            self._settle_want(vals)
        return res

    def _settle_want(self, vals):
        """Leave out what only an offer has."""
        vals["price"] = 0
