# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class EbsListing(models.Model):
    """The copies of a thing: how many there are, and what is out of service."""

    _inherit = "ebs.listing"

    def _ensure_copy(self):
        """Give its first copy to each listing that can be lent or rented."""
        for listing in self.sudo():
            if listing._is_lendable() and not (listing.all_copy_ids or listing.kit_ids):
                listing._set_copy_count(1)

    def _set_copy_count(self, count):
        """Have ``count`` copies in service; those no longer needed are withdrawn.

        A copy that is out or promised stays: the sentence says how many do. What is
        damaged or lost is not counted.
        """
        self.ensure_one()
        listing = self.sudo()
        copies = listing.all_copy_ids.sorted("number")
        serving = copies.filtered(lambda copy: copy.state == "in_service")
        idle = copies.filtered(lambda copy: copy.state == "withdrawn")
        back = idle[: max(count - len(serving), 0)]
        back._put_back()
        serving |= back
        last = copies[-1:].number
        missing = max(count - len(serving), 0)
        self.env["ebs.copy"].sudo().create(
            [
                {"listing_id": listing.id, "number": last + n}
                for n in range(1, missing + 1)
            ]
        )
        surplus = max(len(serving) - count, 0)
        if not surplus:
            return
        busy = serving.filtered("coming_booking_ids")
        if surplus > len(serving - busy):
            raise UserError(
                self.env._(
                    "Copies lent or promised: %(count)s. "
                    "Keep at least that many until they are back.",
                    count=len(busy),
                )
            )
        (serving - busy).sorted("number")[-surplus:]._take_out("withdrawn")

    def _is_lender(self):
        """Whether the user lends it: a persona of its owner, or the desk."""
        self.ensure_one()
        mine = self.env["ebs.member"]._get_mine()
        return self.sudo().member_id in mine or self._is_staffed("desk")

    def _close_given(self):
        """What is gone for good is not lent any more, in a kit neither."""
        res = super()._close_given()
        self.sudo().copy_ids._take_out("withdrawn")
        return res

    # === WHAT IS NOT THERE === #

    def _get_why_missing(self):
        """Say that it, or a part of it, is out of service, or nothing."""
        needs = self._get_needs()
        missing = [
            listing
            for listing, quantity in needs.items()
            if len(listing.copy_ids) < quantity
        ]
        if not missing:
            return None
        if len(needs) == 1:
            return self.env._(
                "It is out of service at the moment: ask its owner when it is back."
            )
        return self.env._(
            "A part of it is out of service at the moment: ask its owner when it is "
            "back."
        )
