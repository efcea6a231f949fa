# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_website.controllers.listing import EbsListing
from odoo.http import request


class CardListing(EbsListing):
    """The deposit by card, before one asks."""

    def _get_deposit_words(self, listing_sudo):
        if listing_sudo.deposit_kind != "card":
            return super()._get_deposit_words(listing_sudo)
        return request.env._(
            "Deposit: %(amount)s held on your card, nothing is taken; let go when it "
            "is back",
            amount=self._format_deposit(listing_sudo),
        )
