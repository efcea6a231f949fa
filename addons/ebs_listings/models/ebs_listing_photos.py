# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base.utils import say_file_name, to_int
from odoo.exceptions import UserError

from .ebs_listing_input import MAX_PHOTOS


class EbsListing(models.Model):
    """The photos of a listing: added one by one, put in order, taken away."""

    _inherit = "ebs.listing"

    # === WHAT A MEMBER DOES === #

    def action_add_photos(self, photos):
        """Add photos to one's own listing, and return a sentence for each refused.

        A photo is a dict of its `name` and its `data` in base64. One that is refused
        does not keep the others out.
        """
        listing_sudo = self._check_changing()
        if not isinstance(photos, list | tuple):
            raise UserError(self.env._("Please choose the photos again."))
        refusals = []
        for photo in photos[: MAX_PHOTOS * 2]:
            photo = self._check_keys(photo, ("name", "data"))
            try:
                listing_sudo._add_photo(photo.get("data"))
            except UserError as error:
                name = say_file_name(photo.get("name"))
                reason = str(error.args[0])
                if name:
                    reason = self.env._(
                        "“%(name)s”: %(reason)s", name=name, reason=reason
                    )
                refusals.append(reason)
        return refusals

    def action_order_photos(self, photo_ids):
        """Put the photos of one's own listing in this order; the first one leads."""
        listing_sudo = self._check_changing()
        if not isinstance(photo_ids, list | tuple):
            raise UserError(self.env._("Please choose the photos again."))
        ranks = {to_int(one): rank for rank, one in enumerate(photo_ids[:100], 1)}
        for photo in listing_sudo.photo_ids:
            # One that was not named comes last.
            rank = ranks.get(photo.id, MAX_PHOTOS + 1)
            if photo.sequence != rank:
                photo.sequence = rank

    # === BUSINESS METHODS === #

    def _add_photo(self, data):
        """Add one photo, the last one in order; moderators may look at it anew."""
        vals = self._read_photos([data], self.member_id)
        again = self.state in ("published", "paused") and self._needs_review(vals)
        self.write(vals)
        if again:
            self._set_state(("published", "paused"), "pending")
