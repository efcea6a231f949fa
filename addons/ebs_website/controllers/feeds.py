# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Loans in people's own calendars, and their calendars' busy times in ours."""

from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request
from odoo.tools import format_date

from .common import EbsController

HEADERS = [
    ("Content-Type", "text/calendar; charset=utf-8"),
    ("Content-Disposition", 'inline; filename="loans.ics"'),
    ("Cache-Control", "private, no-store"),
    ("X-Content-Type-Options", "nosniff"),
]
MOVES = ("make", "stop")
OUTSIDE_MOVES = ("set", "clear")


class EbsFeeds(EbsController, http.Controller):
    """The secret addresses that calendars read, and the pages that give them."""

    @http.route(
        "/feeds/<string:token>.ics",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def feed(self, token, **kw):
        """The loans that a secret opens; for all others the one 404."""
        content = request.env["ebs.feed"]._get_calendar(self._company(), token)
        if content is None:
            raise self._not_found()
        return request.make_response(content, HEADERS)

    # --------------------------------------------------------------------------
    # My loans
    # --------------------------------------------------------------------------

    @http.route(
        "/my/calendars",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def my_calendars(self, **kw):
        """How to read my loans in my own calendar."""
        return self._render_mine()

    @http.route(
        f"/my/calendars/<any({', '.join(MOVES)}):move>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def my_calendars_move(self, move, **post):
        """Make the address of the loans of one of my personas, or stop it."""
        wanted = to_int(post.get("member_id"))
        member = self._get_personas().filtered(lambda one: one.id == wanted)
        if not member:
            raise self._not_found()
        feeds = request.env["ebs.feed"]
        if move == "stop":
            mine = [("member_id", "=", member.id), ("listing_id", "=", False)]
            return self._stop(feeds.search(mine), "/my/calendars", self._render_mine)
        token, error = self._try(feeds.action_make, as_member_id=member.id)
        return self._render_mine(
            told=(member.id, token), error=error, status=422 if error else 200
        )

    def _get_personas(self):
        """The personas that the visitor acts for here; none, and there is no page."""
        company = self._company()
        mine = request.env["ebs.member"]._get_mine()
        mine = mine.filtered(lambda one: one.company_id == company)
        if not mine:
            raise self._not_found()
        return mine

    def _render_mine(self, told=(None, None), error=None, status=200):
        personas = self._get_personas()
        feeds = request.env["ebs.feed"].search(
            [("member_id", "in", personas.ids), ("listing_id", "=", False)]
        )
        rows = [
            {
                "member_id": member_sudo.id,
                "name": member_sudo.name if len(personas) > 1 else None,
                "action": "/my/calendars",
                **self._get_feed_words(
                    # Those of the visitor, whose member is one of the personas.
                    feeds.filtered(lambda one, to=member_sudo: one.member_id == to),
                    told[1] if told[0] == member_sudo.id else None,
                ),
            }
            for member_sudo in personas
        ]
        return self._render_secret(
            "ebs_website.my_calendars", {"rows": rows, "error": error}, status
        )

    # --------------------------------------------------------------------------
    # One of my listings
    # --------------------------------------------------------------------------

    @http.route(
        "/my/listings/<int:listing_id>/calendars",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def listing_calendars(self, listing_id, **kw):
        """The calendars of one of my listings: of its loans, and when I am busy."""
        return self._render_listing(self._find_own_listing(listing_id))

    @http.route(
        f"/my/listings/<int:listing_id>/calendars/<any({', '.join(MOVES)}):move>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_calendars_move(self, listing_id, move, **post):
        """Make the address of the loans of one of my listings, or stop it."""
        listing = self._find_own_listing(listing_id)
        feeds = request.env["ebs.feed"]
        if move == "stop":
            return self._stop(
                feeds.search([("listing_id", "=", listing.id)]),
                self._calendars_url(listing),
                lambda **kwargs: self._render_listing(listing, **kwargs),
            )
        token, error = self._try(feeds.action_make, listing.id)
        return self._render_listing(
            listing, token=token, error=error, status=422 if error else 200
        )

    @http.route(
        "/my/listings/<int:listing_id>/calendars/outside/"
        f"<any({', '.join(OUTSIDE_MOVES)}):move>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_outside(self, listing_id, move, **post):
        """Give the calendar that says when I am busy, or take it away."""
        listing = self._find_own_listing(listing_id)
        typed = post.get("url") or ""
        if move == "set":
            _done, error = self._try(listing.action_set_outside_calendar, typed)
        else:
            _done, error = self._try(listing.action_clear_outside_calendar)
        if error:
            return self._render_listing(listing, typed=typed, error=error, status=422)
        return request.redirect(f"{self._calendars_url(listing)}#outside")

    def _find_own_listing(self, listing_id):
        """One of my listings that can be lent."""
        company = self._company()
        mine = request.env["ebs.member"]._get_mine()
        listing = request.env["ebs.listing"].search(
            [
                ("id", "=", listing_id if listing_id < 2**31 else 0),
                ("company_id", "=", company.id),
                ("member_id", "in", mine.ids),
                ("way_ids.commitment", "=", "booking"),
            ],
            limit=1,
        )
        if not listing:
            raise self._not_found()
        return listing

    def _render_listing(self, listing, token=None, typed="", error=None, status=200):
        feed = request.env["ebs.feed"].search([("listing_id", "=", listing.id)])
        outside = request.env["ebs.outside.calendar"].search(
            [("listing_id", "=", listing.id), ("host", "!=", False)]
        )
        url = self._calendars_url(listing)
        return self._render_secret(
            "ebs_website.listing_calendars",
            {
                "listing": listing,
                "listing_url": self._listing_url(listing),
                "url": url,
                "row": {
                    "name": None,
                    "action": url,
                    **self._get_feed_words(feed, token),
                },
                "outside": outside,
                "outside_sentence": outside and outside._get_sentence(),
                "typed": typed,
                "error": error,
            },
            status,
        )

    # --------------------------------------------------------------------------
    # Both
    # --------------------------------------------------------------------------

    def _calendars_url(self, listing):
        return f"/my/listings/{listing.id}/calendars"

    def _stop(self, feed, url, render):
        """Stop an address, if it is there still."""
        if feed:
            _done, error = self._try(feed.action_stop)
            if error:
                return render(error=error, status=422)
        return request.redirect(url)

    def _get_feed_words(self, feed, token):
        """Since when there is an address, and the address itself when it is new."""
        if not feed:
            return {"since": None, "url": None}
        company = self._company()
        made_on = company._ebs_local(feed.made_at).date()
        url = f"{company.get_base_url()}/feeds/{token}.ics" if token else None
        return {
            "since": format_date(request.env, made_on, date_format="d MMMM y"),
            "url": url,
        }

    def _render_secret(self, template, values, status):
        """Render a page that may tell a secret: nobody keeps it."""
        response = self._render(template, values, status=status)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
