# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request

from .publish_form import PublishForm

# Eight photos of ten megabytes, and the words.
MAX_CONTENT = 90 * 1024 * 1024
MOVES = ("publish", "pause", "resume", "close")


class EbsPublish(PublishForm, http.Controller):
    """Publish a listing, change it, and take it through its life."""

    @http.route(
        "/publish",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def publish(self, **kw):
        """The form, or what is missing before one may publish."""
        company = self._company()
        gate = self._gate("/publish")
        if gate:
            return self._render("ebs_website.publish_gate", {"gate": gate})
        values = self._get_defaults(company, to_int(kw.get("circle")))
        if kw.get("side") == "want":
            values["side"] = "want"
        values |= self._get_like(company, to_int(kw.get("like")))
        return self._render_form(company, values)

    @http.route(
        "/publish",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def publish_post(self, **post):
        """Create the listing and publish it; what is refused is kept as a draft."""
        company = self._company()
        # Named here: the user's own companies may not be those of this site.
        member_id = to_int(post.get("as_member_id")) or self._persona().id
        values = self._read_form(member_id)
        listings = request.env["ebs.listing"]
        listing, error = self._try(
            listings.action_create, values, as_member_id=member_id
        )
        if error and self._is_worth_keeping(values):
            listing, refusal = self._try(
                listings.action_draft, values, as_member_id=member_id
            )
            error = refusal or error
        if not listing:
            return self._render_form(
                company, {**values, "member_id": member_id}, error=error, status=422
            )
        return self._finish(listing, values, [error] if error else [])

    @http.route(
        "/publish/category.json",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def publish_category(self, title=None, **kw):
        """The category that a title suggests, while it is typed."""
        category = request.env["ebs.listing"]._guess_category(self._company(), title)
        return request.make_json_response({"id": category.id or None})

    @http.route(
        "/my/listings/<int:listing_id>/edit",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def listing_edit(self, listing_id, **kw):
        """The form with what the listing says now."""
        listing = self._find_mine(listing_id)
        return self._render_form(
            self._company(), self._get_values(listing), listing=listing
        )

    @http.route(
        "/my/listings/<int:listing_id>/edit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def listing_edit_post(self, listing_id, **post):
        """Save; a draft is published unless it was asked to stay one.

        A draft keeps what makes sense of what is refused; what is published changes
        as a whole or not at all. The photos are kept in any case.
        """
        listing = self._find_mine(listing_id)
        values = self._read_form(listing.sudo().member_id.id)
        error = None
        if "photo_up" not in post:
            _done, error = self._try(listing.action_save, values)
        if listing.state == "draft" and (error or "photo_up" in post):
            self._try(listing.action_keep, values)
        return self._finish(listing, values, [error] if error else [])

    @http.route(
        f"/my/listings/<int:listing_id>/<any({', '.join(MOVES)}):move>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_move(self, listing_id, move, **post):
        """Publish, pause, resume or close one of my listings."""
        listing = self._find_mine(listing_id)
        _done, error = self._try(getattr(listing, f"action_{move}"))
        if error:
            return self._render_form(
                self._company(),
                self._get_values(listing),
                listing=listing,
                error=error,
                status=422,
            )
        return request.redirect(self._listing_url(listing))

    def _finish(self, listing, values, errors):
        """Take the photos, publish what is new, and show it; or ask for the rest."""
        form = request.httprequest.form
        errors = errors + self._receive_photos(listing)
        stays = "photo_up" in form
        if not errors and not stays and "draft" not in form:
            if listing.state in ("draft", "rejected"):
                _done, error = self._try(listing.action_publish)
                errors += [error] if error else []
        if not errors and not stays:
            return request.redirect(self._listing_url(listing))
        return self._render_form(
            self._company(),
            {**self._get_values(listing), **values},
            listing=listing,
            error=" ".join(errors) or None,
            status=422 if errors else 200,
        )

    def _is_worth_keeping(self, values):
        """Whether somebody has begun to say something."""
        files = request.httprequest.files.getlist("photos")
        return bool(
            str(values.get("name") or "").strip()
            or str(values.get("description") or "").strip()
            or any(file.filename for file in files)
        )

    def _get_like(self, company, listing_id):
        """The title and category of what somebody looks for, to offer the same."""
        if not listing_id:
            return {}
        listing = request.env["ebs.listing"].search(
            [("id", "=", listing_id), ("company_id", "=", company.id)], limit=1
        )
        if not listing:
            return {}
        return {"name": listing.name, "category_id": listing.category_id.id}
