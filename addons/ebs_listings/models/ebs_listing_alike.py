# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

from .ebs_listing_catalogue import CARD_FIELDS


class EbsListing(models.Model):
    """Listings that may do as well as another one."""

    _inherit = "ebs.listing"

    @api.model
    def _search_alike(self, listing_sudo, limit=4):
        """Return published listings like one, among those that the user may see.

        Of its category first, then of those beside it; the newest first.
        """
        category_sudo = listing_sudo.category_id
        domain = (
            Domain("company_id", "=", listing_sudo.company_id.id)
            & Domain("state", "=", "published")
            & Domain("side", "=", listing_sudo.side)
            & Domain("id", "!=", listing_sudo.id)
        )
        order = "published_at desc, id desc"
        same = Domain("category_id", "=", category_sudo.id)
        alike = self.search_fetch(domain & same, CARD_FIELDS, limit=limit, order=order)
        missing = limit - len(alike)
        if missing and category_sudo.parent_id:
            beside = Domain("category_id", "child_of", category_sudo.parent_id.id)
            alike += self.search_fetch(
                domain & beside & ~same, CARD_FIELDS, limit=missing, order=order
            )
        return alike
