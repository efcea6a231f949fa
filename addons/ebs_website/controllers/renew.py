# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request

from .publish_form import PublishForm


class EbsRenew(PublishForm, http.Controller):
    """Say that a listing still holds, or that what one looked for was found."""

    @http.route(
        "/my/listings/<int:listing_id>/renew",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def listing_renew(self, listing_id, **kw):
        """One button: opening the link of a mail changes nothing."""
        return self._render_renew(self._find_mine(listing_id))

    @http.route(
        "/my/listings/<int:listing_id>/renew",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_renew_post(self, listing_id, **post):
        """Show it for another while."""
        listing = self._find_mine(listing_id)
        _done, error = self._try(listing.action_renew)
        if error:
            return self._render_renew(listing, error=error, status=422)
        return request.redirect(self._listing_url(listing))

    @http.route(
        "/my/listings/<int:listing_id>/found",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_found(self, listing_id, **post):
        """Close what one looked for; who helped is thanked, the others are told."""
        listing = self._find_mine(listing_id)
        _done, error = self._try(listing.action_found, to_int(post.get("exchange_id")))
        if error:
            return self._render_renew(listing, error=error, status=422)
        return request.redirect("/my/listings")

    def _render_renew(self, listing, error=None, status=200):
        """Where the listing stands, and the one button."""
        company = self._company()
        return self._render(
            "ebs_website.renew",
            {
                "listing": listing,
                "card": self._cards(listing)[0],
                "may_renew": listing.is_expired or listing.state == "published",
                "days": company.sudo().ebs_expiry_days,
                "error": error,
            },
            status=status,
        )
