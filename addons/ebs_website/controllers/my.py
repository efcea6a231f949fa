# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A member's own space: what waits for them, their listings, the terms."""

from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.fields import Domain
from odoo.http import request

from ..say import say_moment
from .common import EbsController

# What the space shows at once: more than that is a list, not a first screen.
MAX_TASKS = 12
MAX_LISTINGS = 200
# The order in which somebody wants to see their own listings.
LISTING_STATES = ("rejected", "draft", "pending", "published", "paused", "closed")
ENDED = ("done", "declined", "cancelled", "expired")


class EbsSpace(EbsController, CustomerPortal):
    """A member's own pages; on other sites core's first page stays what it is."""

    def _home_readonly(self, rule, args):
        return request.httprequest.method in ("GET", "HEAD")

    @http.route(methods=["GET"], readonly=_home_readonly)
    def home(self, **kw):
        """What there is to do, as sentences, then four doors."""
        if not request.website._ebs_company():
            return super().home(**kw)
        return self._render_home(sent=kw.get("sent") == "1")

    @http.route(
        "/my/confirmation",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def send_confirmation(self, **post):
        """Send the mail with the confirmation link once more."""
        persona = self._persona()
        if not persona:
            raise self._not_found()
        as_visitor = persona.sudo(False)
        _done, error = self._try(as_visitor.action_send_confirmation)
        if error:
            return self._render_home(error=error)
        return request.redirect("/my?sent=1")

    @http.route(
        "/my/listings",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def my_listings(self, **kw):
        """All my listings, what waits for me first."""
        return self._render_my_listings(changed=kw.get("changed") == "1")

    @http.route(
        "/my/listings/visibility",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def my_listings_visibility(self, **post):
        """Say at once who sees those of my listings that were ticked."""
        company = self._company()
        form = request.httprequest.form
        ids = [to_int(value) for value in form.getlist("listing_ids")]
        listings = self._find_my_listings(company).filtered(lambda one: one.id in ids)
        visibility = post.get("visibility") or ""

        def owner_id(listing):
            # As superuser: the persona is one of the visitor's own.
            return listing.sudo().member_id.id

        def change():
            if not listings:
                listings.action_set_visibility(visibility)
            # Who acts for several gets the circles of each, in boxes of their own.
            for member_id, theirs in listings.grouped(owner_id).items():
                boxes = form.getlist("circle_ids")
                boxes += form.getlist(f"circle_ids_{member_id}")
                circle_ids = [to_int(value) for value in boxes]
                theirs.action_set_visibility(
                    visibility, circle_ids if visibility == "circles" else None
                )

        _done, error = self._try(change)
        if error:
            return self._render_my_listings(error=error, ticked=ids, status=422)
        return request.redirect("/my/listings?changed=1")

    # --------------------------------------------------------------------------
    # My listings
    # --------------------------------------------------------------------------

    def _find_my_listings(self, company):
        """The listings of the personas that the visitor acts for here."""
        return request.env["ebs.listing"].search(
            [
                ("company_id", "=", company.id),
                ("member_id", "in", self._get_my_ids(company)),
            ],
            limit=MAX_LISTINGS,
        )

    def _render_my_listings(self, error=None, ticked=(), changed=False, status=200):
        company = self._company()
        listings = self._find_my_listings(company)
        several = len(listings.sudo().member_id) > 1
        groups = []
        cards = self._cards(listings)
        for state in LISTING_STATES:
            rows = [
                {
                    **card,
                    "listing": listing,
                    "owner": card["owner"] if several else None,
                    "readers": self._get_readers_words(listing.sudo()),
                    "unseen": self._is_unseen(listing.sudo()),
                    "ticked": listing.id in ticked,
                }
                for card, listing in zip(cards, listings, strict=True)
                if listing.state == state
            ]
            if rows:
                groups.append((state, rows))
        return self._render(
            "ebs_website.my_listings",
            {
                "groups": groups,
                "readers": self._get_reader_groups(company),
                "chosen": request.params.get("visibility") if error else None,
                "changed": changed,
                "error": error,
            },
            status=status,
        )

    def _get_readers_words(self, listing_sudo):
        """Who sees one of my listings, in a few words."""
        if listing_sudo.visibility == "circles":
            return ", ".join(listing_sudo.circle_ids.mapped("name"))
        if listing_sudo.visibility == "members":
            return request.env._("Members")
        return request.env._("Everyone")

    # --------------------------------------------------------------------------
    # First page
    # --------------------------------------------------------------------------

    def _render_home(self, error=None, sent=False):
        company = self._company()
        persona = self._persona()
        return self._render(
            "ebs_website.my_home",
            {
                "tasks": self._get_tasks(company),
                "gate": self._get_standing(persona),
                "sent": sent and not error,
                "error": error,
            },
            status=422 if error else 200,
        )

    def _get_standing(self, persona):
        """What keeps this member from acting: one word for the page, or None."""
        if not persona:
            return "stranger"
        if not persona.private_ids.email_confirmed_at and (
            persona.user_id == request.env.user
        ):
            return "confirm"
        return None if persona.state == "approved" else persona.state

    def _get_tasks(self, company):
        """What waits for the visitor, as (sentence, address, button)."""
        mine = self._get_my_ids(company)
        if not mine:
            return []
        tasks = [
            *self._get_dispute_tasks(company),
            *self._get_hold_tasks(company, mine),
            *self._get_exchange_tasks(company),
            *self._get_circle_tasks(company, mine),
            *self._get_listing_tasks(company, mine),
        ]
        return tasks[:MAX_TASKS]

    def _get_dispute_tasks(self, company):
        """The cases in which the visitor was not heard yet."""
        disputes = request.env["ebs.dispute"].search(
            Domain("company_id", "=", company.id)
            & Domain("exchange_id.is_party", "=", True)
            & Domain("state", "in", ("open", "taken")),
            limit=MAX_TASKS,
            order="deadline, id",
        )
        for dispute in disputes:
            # As superuser: who has written, be it in private.
            if dispute._get_my_side() in dispute.sudo()._get_unheard_sides():
                yield {
                    "title": dispute.title,
                    "sentence": request.env._(
                        "A mediator was asked for: say how you see it."
                    ),
                    "url": f"/my/exchanges/{dispute.exchange_id.id}/dispute",
                    "button": request.env._("Answer"),
                }

    def _get_exchange_tasks(self, company):
        exchanges = request.env["ebs.exchange"].search(
            Domain("company_id", "=", company.id)
            & Domain("is_party", "=", True)
            & Domain("state", "not in", ENDED),
            limit=100,
            order="opened_at, id",
        )
        words = self._get_task_words()
        for exchange in exchanges:
            act = next(
                (code for code in exchange._get_actions() if code in words), None
            )
            waits = exchange._get_my_side() == "asker" and exchange.state in (
                "accepted",
                "ongoing",
            )
            if exchange.state == "inquiry":
                waits = exchange._is_my_turn()
            if act or waits:
                yield {
                    "title": exchange.title,
                    "sentence": exchange._get_next_step(),
                    "url": f"/my/exchanges/{exchange.id}",
                    "button": words.get(act) or request.env._("See"),
                }

    def _get_hold_tasks(self, company, mine):
        """What is back, and kept for me for some hours."""
        held = request.env["ebs.waiting"].search(
            [
                ("company_id", "=", company.id),
                ("member_id", "in", mine),
                ("state", "=", "held"),
                ("exchange_id", "=", False),
            ]
        )
        for waiting in held:
            # As superuser: its listing is one that this member waits for.
            listing_sudo = waiting.sudo().listing_id
            yield {
                "title": waiting.title,
                "sentence": request.env._(
                    "It is back, and kept for you until %(moment)s.",
                    moment=say_moment(request.env, company, waiting.held_until),
                ),
                "url": f"{self._listing_url(listing_sudo)}#ask",
                "button": request.env._("Ask for it"),
            }

    def _get_task_words(self):
        """The acts that somebody waits for, with the words of their button."""
        return {
            "accept": request.env._("Answer"),
            "accept_extension": request.env._("Answer"),
            "hand_over": request.env._("Hand over"),
            "return": request.env._("Note the return"),
            "return_deposit": request.env._("Give back the deposit"),
            "done": request.env._("It is done"),
            "ask_guarantor": request.env._("Name somebody"),
        }

    def _get_circle_tasks(self, company, mine):
        """Invitations to answer, and applications where I am an organiser."""
        memberships = request.env["ebs.circle.member"].search(
            [("company_id", "=", company.id), ("member_id", "in", mine)]
        )
        slug = request.env["ir.http"]._slug
        for membership in memberships.filtered(lambda one: one.state == "invited"):
            circle_sudo = membership.circle_id.sudo()  # an invited member sees it
            yield {
                "title": circle_sudo.name,
                "sentence": request.env._("You are invited to this circle."),
                "url": f"/circles/{slug((circle_sudo.id, circle_sudo.name))}",
                "button": request.env._("See the circle"),
            }
        organised = memberships.filtered(
            lambda one: one.state == "active" and one.role == "organiser"
        ).circle_id
        waiting = request.env["ebs.circle.member"]._read_group(
            [("circle_id", "in", organised.ids), ("state", "=", "applied")],
            ["circle_id"],
            ["__count"],
        )
        for circle, count in waiting:
            yield {
                "title": circle.name,
                "sentence": (
                    request.env._("One person asks to join this circle.")
                    if count == 1
                    else request.env._(
                        "%(count)s people ask to join this circle.", count=count
                    )
                ),
                "url": f"/circles/{slug((circle.id, circle.name))}/manage#waiting",
                "button": request.env._("Answer"),
            }

    def _get_listing_tasks(self, company, mine):
        """What I began to publish, and what came back from the moderators."""
        listings = request.env["ebs.listing"].search(
            [
                ("company_id", "=", company.id),
                ("member_id", "in", mine),
                ("state", "in", ("draft", "rejected")),
            ],
            limit=MAX_TASKS,
        )
        for listing in listings:
            yield {
                "title": listing.name,
                "sentence": (
                    request.env._("Nobody sees this listing yet: it is a draft.")
                    if listing.state == "draft"
                    else request.env._("The moderators ask you to change this listing.")
                ),
                "url": f"/my/listings/{listing.id}/edit",
                "button": request.env._("Go on"),
            }

    def _get_my_ids(self, company):
        """The personas that the visitor acts for on this platform."""
        mine = request.env["ebs.member"]._get_mine()
        return mine.filtered(lambda one: one.company_id == company).ids


class EbsTerms(EbsController, http.Controller):
    """The legal texts of a platform."""

    @http.route(
        "/terms",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=True,
    )
    def terms(self, **kw):
        """The terms of this platform as they are in force."""
        # As superuser: a legal text that everybody may read.
        terms_sudo = request.env["ebs.terms"].sudo()._get_current(self._company())
        if not terms_sudo:
            raise self._not_found()
        return self._render("ebs_website.terms", {"terms": terms_sudo})
