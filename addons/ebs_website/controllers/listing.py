# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request
from odoo.tools import format_amount

from .asking import AskBox
from .calendar import EbsCalendarController
from .found import FoundController
from .place import EbsPlaceDrawing

# A share of less than this says nothing about somebody.
MIN_ASKED = 3
ASK_KEYS = ("way", "message")
SITEMAP_BATCH = 5000


def _sitemap(env, rule, qs):
    """The listings that everyone may see, a batch of them at a time."""
    company = env["website"].get_current_website()._ebs_company()
    if not company:
        return
    # The map is made as the public: whoever asks may work for other companies.
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    last_id = 0
    while True:
        listings = env["ebs.listing"].search_fetch(
            [
                ("company_id", "=", company.id),
                ("state", "=", "published"),
                ("visibility", "=", "everyone"),
                ("id", ">", last_id),
            ],
            ["name"],
            limit=SITEMAP_BATCH,
            order="id",
        )
        for listing in listings:
            slug = env["ir.http"]._slug((listing.id, listing.name))
            if not qs or qs.lower() in slug:
                yield {"loc": f"/listings/{slug}"}
        if len(listings) < SITEMAP_BATCH:
            return
        last_id = listings[-1].id
        listings.invalidate_recordset(flush=False)


class EbsListing(
    AskBox, EbsPlaceDrawing, EbsCalendarController, FoundController, http.Controller
):
    """The page of one listing, and asking for it."""

    @http.route(
        "/listings/<slug>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=_sitemap,
    )
    def listing(self, slug, month=None, day=None, **kw):
        """One listing that the visitor may see; else that it is gone, or the 404."""
        listing = self._seek_listing(slug)
        if not listing:
            return self._render_gone(slug)
        return self._render_listing(listing, month=month, day=day)

    @http.route(
        "/listings/<slug>/ask",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_ask(self, slug, **post):
        """Ask for the thing; on refusal the same page with the sentence and input."""
        listing = self._find_listing(slug)
        if request.env.user._is_public():
            return request.redirect_query(
                "/web/login", {"redirect": self._listing_url(listing)}
            )
        values = {key: post[key] for key in ASK_KEYS if post.get(key)}
        values |= self._read_period_form(listing, post)
        exchange, error = self._try(
            listing.action_ask, values, as_member_id=to_int(post.get("as_member_id"))
        )
        if error:
            day = str(post.get("date_start") or "")[:10]
            return self._render_listing(
                listing, month=day[:7], day=day, error=error, asked=post, status=422
            )
        return request.redirect(f"/my/exchanges/{exchange.id}")

    @http.route(
        "/listings/<slug>/inquire",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_inquire(self, slug, **post):
        """Ask a question about the thing; on refusal the same page with both."""
        listing = self._find_listing(slug)
        if request.env.user._is_public():
            return request.redirect_query(
                "/web/login", {"redirect": self._listing_url(listing)}
            )
        exchange, error = self._try(
            listing.action_inquire,
            post.get("question"),
            as_member_id=to_int(post.get("as_member_id")),
        )
        if error:
            return self._render_listing(listing, error=error, asked=post, status=422)
        return request.redirect(f"/my/exchanges/{exchange.id}#ebs_talk")

    @http.route(
        "/listings/<slug>/wait",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_wait(self, slug, **post):
        """Join the line of who waits; on refusal the same page with the sentence."""
        listing = self._find_listing(slug)
        if request.env.user._is_public():
            return request.redirect_query(
                "/web/login", {"redirect": self._listing_url(listing)}
            )
        _place, error = self._try(
            listing.action_wait, as_member_id=to_int(post.get("as_member_id"))
        )
        if error:
            return self._render_listing(listing, error=error, status=422)
        return request.redirect(f"{self._listing_url(listing)}#line")

    def _find_listing(self, slug):
        """The listing of the address as the visitor may see it on this site."""
        listing = self._seek_listing(slug)
        if not listing:
            raise self._not_found()
        return listing

    def _seek_listing(self, slug):
        company = self._company()
        return request.env["ebs.listing"].search(
            [("id", "=", self._slug_id(slug) or 0), ("company_id", "=", company.id)],
            limit=1,
        )

    def _render_gone(self, slug):
        """Say that what everyone could see is gone; all else never was."""
        listings = request.env["ebs.listing"]
        gone_sudo = listings._get_gone(self._company(), self._slug_id(slug) or 0)
        if not gone_sudo:
            raise self._not_found()
        alike = self._cards(listings._search_alike(gone_sudo))
        values = {"alike": alike, "ebs_head": {"noindex": True}}
        return self._render("ebs_website.gone", values, status=410)

    @http.route(
        "/listings/<slug>/closed",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_close_days(self, slug, **post):
        """Close some days of one's own listing."""
        listing = self._find_listing(slug)
        first, last = post.get("closed_start"), post.get("closed_end")
        return self._after_closed(
            listing, *self._try(listing.action_set_closed, first, last)
        )

    @http.route(
        "/listings/<slug>/closed/<int:period_id>/open",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def listing_open_days(self, slug, period_id, **post):
        """Open again what one had closed."""
        listing = self._find_listing(slug)
        return self._after_closed(
            listing, *self._try(listing.action_unset_closed, period_id)
        )

    def _after_closed(self, listing, _done, error):
        if error:
            return self._render_listing(listing, error=error, status=422)
        return request.redirect(f"{self._listing_url(listing)}#closed")

    def _render_listing(
        self, listing, month=None, day=None, error=None, asked=None, status=200
    ):
        # As superuser: proven visible by the search; its owner may be out of sight.
        listing_sudo = listing.sudo()
        url = self._listing_url(listing)
        mine = listing_sudo.member_id in request.env["ebs.member"]._get_mine()
        lendable = listing._is_lendable()
        gate = None if mine else self._gate(url)
        may_ask = not mine and not gate
        card, *alike = self._cards(listing + listing._search_alike(listing_sudo))
        photos = [
            {
                "large": self._photo_url(photo_sudo, "image_1024"),
                "small": self._photo_url(photo_sudo, "image_256"),
            }
            for photo_sudo in listing_sudo.photo_ids
        ]
        head = self._get_listing_head(listing_sudo, card, photos)
        return self._render(
            "ebs_website.listing",
            {
                "listing": listing,
                "card": card,
                "alike": alike,
                "url": url,
                "ebs_head": head,
                "website_meta_description": head.get("description"),
                "additional_title": listing.name,
                "photos": photos,
                "owner": self._get_owner(listing_sudo.member_id),
                "place": self._get_place_drawing(listing_sudo),
                "facts": self._get_facts(listing_sudo, lendable),
                "month": self._get_month(listing, month, day) if lendable else None,
                "closed": listing_sudo._get_closed_words() if mine else [],
                "kit_words": listing._get_kit_words() if lendable else None,
                "mine": mine,
                "answers": self._get_answers(listing_sudo) if mine else [],
                "state_words": mine and self._get_state_words(listing_sudo),
                "gate": gate,
                "refusal": self._get_refusal(listing_sudo) if may_ask else None,
                "line": self._get_line_box(listing_sudo)
                if may_ask and lendable
                else None,
                "acting": self._acting_choices(),
                "ask": self._get_ask(listing_sudo, asked or {}),
                "error": error,
            },
            status=status,
        )

    def _get_answers(self, listing_sudo):
        """Who answered what I look for, as (conversation, name)."""
        if listing_sudo.side != "want":
            return []
        return [(one.id, one.asker_name) for one in listing_sudo._get_answers()]

    def _get_owner(self, member_sudo):
        """The persona that offers, as everybody may see it."""
        kinds = dict(member_sudo._fields["kind"]._description_selection(request.env))
        return {
            "name": member_sudo.name,
            "kind": kinds[member_sudo.kind] if member_sudo.kind != "person" else None,
            "bio": member_sudo.bio,
            "image": request.website.image_url(member_sudo, "image_128")
            if member_sudo.image_128
            else None,
            "figures": self._get_figures(member_sudo),
        }

    def _get_figures(self, member_sudo):
        """What the persona has done so far, in sentences; nothing before the first."""
        done, asked = member_sudo.done_count, member_sudo.answer_count
        figures = []
        if done == 1:
            figures.append(request.env._("One exchange done"))
        elif done:
            figures.append(request.env._("%(count)s exchanges done", count=done))
        if asked >= MIN_ASKED:
            figures.append(
                request.env._(
                    "answers %(rate)s %% of requests", rate=member_sudo.answer_rate
                )
            )
        return figures

    def _get_facts(self, listing_sudo, lendable):
        """What it asks of me, before the button: (icon, sentence)."""
        facts = []
        if lendable:
            facts.append(("fa-shield", self._get_deposit_words(listing_sudo)))
            if listing_sudo.deposit_kind != "none":
                facts.append(
                    (
                        "fa-bell-o",
                        request.env._(
                            "None of it is kept without a reason, told %(days)s days "
                            "before",
                            days=listing_sudo.company_id.ebs_keep_notice_days,
                        ),
                    )
                )
            if listing_sudo._is_condition_required():
                facts.append(
                    (
                        "fa-check-square-o",
                        request.env._(
                            "Its condition is written down at hand-over and return"
                        ),
                    )
                )
            facts += self._get_calendar_facts(listing_sudo)
            facts.append(self._get_agreement_fact(listing_sudo))
        if listing_sudo.visibility == "members":
            facts.append(("fa-users", request.env._("Only members see this listing")))
        elif listing_sudo.visibility == "circles":
            facts.append(("fa-users", self._get_circle_words(listing_sudo)))
        return facts

    def _get_circle_words(self, listing_sudo):
        """By which circles the visitor sees it; the others have no name here."""
        mine = request.env["ebs.member"]._get_mine()
        shared = [
            name
            for circle_id, name in self._circle_choices(listing_sudo.company_id, mine)
            if circle_id in listing_sudo.circle_ids.ids
        ]
        if not shared:
            return request.env._("Only some circles see this listing")
        return request.env._(
            "Only your circles see this listing: %(names)s", names=", ".join(shared)
        )

    def _get_deposit_words(self, listing_sudo):
        amount = self._format_deposit(listing_sudo)
        if listing_sudo.deposit_kind == "cheque":
            return request.env._(
                "Deposit: a cheque of %(amount)s, given back after", amount=amount
            )
        if listing_sudo.deposit_kind == "cash":
            return request.env._(
                "Deposit: %(amount)s in cash, given back after", amount=amount
            )
        if listing_sudo.deposit_kind == "guarantor":
            return request.env._(
                "Deposit: somebody from one of your circles answers for up to "
                "%(amount)s",
                amount=amount,
            )
        return request.env._("No deposit")

    def _format_deposit(self, listing_sudo):
        return format_amount(
            request.env,
            listing_sudo.deposit_amount,
            listing_sudo.currency_id,
            trailing_zeroes=False,
        )

    def _get_state_words(self, listing_sudo):
        """Where my own listing stands, and what I can do about it."""
        words = {
            "draft": request.env._("Draft: you alone see it."),
            "pending": request.env._("Waiting for a moderator: you alone see it."),
            "published": request.env._("Published."),
            "paused": request.env._("Paused: nobody else sees it."),
            "closed": request.env._("Closed: nobody else sees it."),
            "rejected": request.env._("Not accepted by the moderators."),
        }[listing_sudo.state]
        if listing_sudo.state == "rejected" and listing_sudo.reject_reason:
            words = f"{words} {listing_sudo.reject_reason}"
        if listing_sudo.state == "paused" and self._is_unseen(listing_sudo):
            words = request.env._(
                "No circle is left to see it: choose who may, then show it again."
            )
        return words

    def _get_ask(self, listing_sudo, asked):
        """What the ask box offers, and what the visitor typed in it already."""
        today = listing_sudo.company_id._ebs_today()
        ways = listing_sudo.way_ids
        booking = ways.filtered(lambda way: way.commitment == "booking")
        chosen = asked.get("way") or (booking or ways)[:1].code
        return {
            "ways": [
                {
                    "code": way.code,
                    "name": way.name,
                    "checked": way.code == chosen,
                    "booking": way.commitment == "booking",
                }
                for way in ways
            ],
            "today": today.isoformat(),
            "date_start": asked.get("date_start", ""),
            "date_end": asked.get("date_end", ""),
            "half_start": asked.get("half_start", "00:00"),
            "half_end": asked.get("half_end", "24:00"),
            "question": asked.get("question", ""),
            "message": asked.get("message")
            or request.env._(
                "Hello %(name)s, I am interested. When could we meet?",
                name=listing_sudo.member_id.name,
            ),
        }
