# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""My exchanges, and the page of each: where it stands, what to do, the talk."""

from datetime import timedelta

from odoo import http
from odoo.addons.portal.controllers.portal import pager
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import format_amount, format_date

from ..const import PAGE_SIZE
from ..say import say_moment, say_period
from .common import EbsController
from .my import ENDED

MAX_ID = 2**31 - 1
ACTS = (
    "accept",
    "decline",
    "cancel",
    "done",
    "hand_over",
    "return",
    "return_deposit",
    "leave_out",
    "announce_keep",
    "keep_deposit",
    "ask_guarantor",
    "extend",
    "accept_extension",
    "decline_extension",
    "close_lost",
)
# Acts that end something: asked twice, and with a word for the other one.
ENDING_ACTS = ("decline", "cancel")
# Never the main thing to do: unfolded by who wants it.
FOLDED_ACTS = (*ENDING_ACTS, "decline_extension", "extend", "close_lost")


class EbsExchanges(EbsController, http.Controller):
    """The agreements of a member, on both sides."""

    @http.route(
        "/my/exchanges",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def my_exchanges(self, ended="", page="1", **kw):
        """What I am asked for and what I asked for; what is over by one click."""
        company = self._company()
        mine = request.env["ebs.member"]._get_mine()
        domain = (
            Domain("company_id", "=", company.id)
            & (Domain("owner_id", "in", mine.ids) | Domain("asker_id", "in", mine.ids))
            & Domain("state", "in" if ended else "not in", ENDED)
        )
        exchanges = request.env["ebs.exchange"]
        total = exchanges.search_count(domain)
        pages = pager(
            "/my/exchanges",
            total,
            page=int(page) if str(page).isdecimal() and len(str(page)) < 6 else 1,
            step=PAGE_SIZE,
            url_args={"ended": "1"} if ended else None,
        )
        found = exchanges.search(
            domain,
            limit=PAGE_SIZE,
            offset=pages["offset"],
            order="opened_at desc, id desc",
        )
        rows = [self._get_row(company, exchange) for exchange in found]
        waiting = [] if ended else self._get_waiting_rows(company, mine)
        return self._render(
            "ebs_website.my_exchanges",
            {
                "groups": [
                    (side, [row for row in rows if row["side"] == side])
                    for side in ("owner", "asker")
                ],
                "waiting": waiting,
                "ended": bool(ended),
                "pager": pages,
            },
        )

    @http.route(
        "/my/exchanges/<int:exchange_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def exchange(self, exchange_id, **kw):
        """One exchange, for its two parties; for all others the one 404."""
        return self._render_exchange(self._find_exchange(exchange_id))

    @http.route(
        f"/my/exchanges/<int:exchange_id>/<any({', '.join(ACTS)}):act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def exchange_act(self, exchange_id, act, **post):
        """Do one thing in an exchange; a refusal is a sentence on its page."""
        exchange = self._find_exchange(exchange_id)
        arguments = []
        if act in ENDING_ACTS:
            arguments = [post.get("reason") or ""]
        elif act == "extend":
            arguments = [post.get("new_last") or ""]
        elif act == "close_lost":
            arguments = [post.get("decision") or "give_back"]
            arguments += [post.get("reason") or "", post.get("amount") or None]
        elif act == "hand_over":
            arguments = [bool(post.get("deposit_received"))]
        elif act == "leave_out":
            arguments = [post.get("copy_id")]
        elif act == "announce_keep":
            arguments = [post.get("amount"), post.get("reason")]
        elif act == "ask_guarantor":
            arguments = [post.get("member_id")]
        _done, error = self._try(getattr(exchange, f"action_{act}"), *arguments)
        if error:
            return self._render_exchange(
                exchange, error=error, act=act, typed=arguments[:1], status=422
            )
        return request.redirect(f"/my/exchanges/{exchange.id}")

    # --------------------------------------------------------------------------
    # Reading
    # --------------------------------------------------------------------------

    def _find_exchange(self, exchange_id):
        """The exchange, when the visitor is a party of it on this platform."""
        company = self._company()
        exchange = request.env["ebs.exchange"].search(
            [
                ("id", "=", exchange_id if exchange_id <= MAX_ID else 0),
                ("company_id", "=", company.id),
                ("is_party", "=", True),
            ],
            limit=1,
        )
        if not exchange:
            raise self._not_found()
        return exchange

    def _get_row(self, company, exchange):
        """What a line of the list shows."""
        side = exchange._get_my_side()
        return {
            "side": side,
            "url": f"/my/exchanges/{exchange.id}",
            "title": exchange.title,
            "image": self._get_image_url(exchange, "image_128"),
            "picture": self._get_drawing_url(exchange),
            "other": self._get_other_name(exchange, side),
            "unread": exchange.unread_count,
            "way": exchange.way_id.name,
            "days": self._get_days(company, exchange),
            "state": self._get_state_words(exchange),
            "icon": self._get_state_icon(exchange),
            "next": None if exchange.state in ENDED else exchange._get_next_step(),
        }

    def _get_waiting_rows(self, company, mine):
        """The lines that I am in, with my place."""
        places = request.env["ebs.waiting"].search(
            [
                ("company_id", "=", company.id),
                ("member_id", "in", mine.ids),
                ("state", "in", ("waiting", "held")),
            ]
        )
        # As superuser: their listings may be out of sight meanwhile.
        return [
            {
                "waiting": place_sudo,
                "url": self._listing_url(place_sudo.listing_id),
                "picture": self._picture_url(place_sudo.listing_id.category_id),
                "kept_until": place_sudo.state == "held"
                and say_moment(request.env, company, place_sudo.held_until),
            }
            for place_sudo in places.sudo()
        ]

    def _get_other_name(self, exchange, side):
        return exchange.asker_name if side == "owner" else exchange.owner_name

    def _get_state_words(self, exchange):
        selection = exchange._fields["state"]._description_selection(request.env)
        return dict(selection)[exchange.state]

    def _get_state_icon(self, exchange):
        return {
            "inquiry": "fa-comments-o",
            "requested": "fa-hourglass-half",
            "accepted": "fa-handshake-o",
            "ongoing": "fa-exchange",
            "returned": "fa-undo",
            "lost": "fa-question-circle-o",
            "done": "fa-check-circle",
        }.get(exchange.state, "fa-times-circle-o")

    def _get_days(self, company, exchange):
        if not exchange.day_start:
            return None
        if exchange.loan_step != "day":
            # As superuser: the platform's clock, of one's own loan.
            return exchange.sudo()._format_days(request.env)
        return say_period(request.env, company, exchange.day_start, exchange.day_end)

    def _get_image_url(self, exchange, field):
        """The photo as agreed: only the parties may load it, nobody keeps it."""
        if not exchange.with_context(bin_size=True).image_512:
            return None
        return f"/web/image/ebs.exchange/{exchange.id}/image_512"

    def _get_drawing_url(self, exchange):
        # As superuser: the listing may be out of sight, its kind is no secret.
        return self._picture_url(exchange.sudo().listing_id.category_id)

    # --------------------------------------------------------------------------
    # The page of one exchange
    # --------------------------------------------------------------------------

    def _render_exchange(self, exchange, error=None, act=None, typed=(), status=200):
        company = self._company()
        side = exchange._get_my_side()
        actions = exchange._get_actions()
        mine = [code for code in actions if code in ACTS]
        main = next((code for code in mine if code not in FOLDED_ACTS), None)
        return self._render(
            "ebs_website.exchange",
            {
                "exchange": exchange,
                "side": side,
                "other": self._get_other_name(exchange, side),
                "next_step": exchange._get_next_step(),
                "steps": self._get_steps(company, exchange),
                "main": main,
                "others": [
                    code
                    for code in mine
                    if code in FOLDED_ACTS
                    # What is asked to last longer may come back all the same.
                    or (main == "accept_extension" and code == "return")
                ],
                "actions": actions,
                "words": self._get_action_words(exchange),
                "left_out": self._get_parts_to_leave(exchange, side),
                "ending": ENDING_ACTS,
                "extension": self._get_extension(exchange),
                "deal": self._get_deal(company, exchange),
                "deposit_words": self._get_deposit_words(exchange),
                "image": self._get_image_url(exchange, "image_512"),
                "picture": self._get_drawing_url(exchange),
                "listing_url": self._get_listing_url(exchange),
                "state_icon": self._get_state_icon(exchange),
                "additional_title": exchange.title,
                "act": act,
                "typed": typed[0] if typed else "",
                # What a refused form said, for its second time.
                "form": request.params if act else {},
                "error": error,
                **self._get_extra(company, exchange, act, main),
            },
            status=status,
        )

    def _get_parts_to_leave(self, exchange, side):
        """The parts of a kit that are out of service, for its owner: (id, name)."""
        copies_sudo = exchange._get_unserved_copies()
        if side != "owner" or exchange.state != "accepted":
            return []
        if exchange.copy_quantity <= len(copies_sudo):
            return []
        return [(copy_sudo.id, copy_sudo._get_names()) for copy_sudo in copies_sudo]

    def _get_extra(self, company, exchange, act, main):
        """Hook: what further parts of the page show."""
        return {}

    def _get_action_words(self, exchange):
        """What each button says that it does."""
        return {
            "accept": request.env._("Accept"),
            "decline": request.env._("Decline"),
            "cancel": {
                "inquiry": request.env._("I do not need it any more"),
                "requested": request.env._("Withdraw my request"),
            }.get(exchange.state, request.env._("Cancel the exchange")),
            "done": request.env._("It is done"),
            "hand_over": request.env._("I handed it over"),
            "return": request.env._("It came back"),
            "return_deposit": request.env._("All is in order")
            if exchange.deposit_kind == "guarantor"
            else request.env._("I gave the deposit back"),
            "announce_keep": request.env._("Keep a part of the deposit"),
            "keep_deposit": request.env._("Keep it as announced"),
            "ask_guarantor": request.env._("Ask to answer for it"),
            "extend": request.env._("Keep it longer"),
            "accept_extension": request.env._("Accept the new day"),
            "decline_extension": request.env._("Stay with the day agreed"),
            "close_lost": request.env._("It will not come back"),
        }

    def _get_extension(self, exchange):
        """The days until which it may be kept, and who says yes."""
        if "extend" not in exchange._get_actions():
            return None
        # As superuser: one's own loan, whose listing may be out of sight.
        loan_sudo = exchange.sudo()
        longest = loan_sudo.listing_id._get_longest_days()
        return {
            "first": (loan_sudo.day_end + timedelta(days=1)).isoformat(),
            "last": (loan_sudo.day_start + timedelta(days=longest - 1)).isoformat(),
            "is_alone": loan_sudo._is_extended_alone(
                loan_sudo.day_end + timedelta(days=1)
            ),
        }

    def _get_steps(self, company, exchange):
        """The line of steps, with days short enough for a phone."""
        steps = []
        for step in exchange._get_steps():
            day = step["date"] and company._ebs_local(step["date"]).date()
            if day:
                day = format_date(request.env, day, date_format="d MMM")
            steps.append({**step, "date": day})
        return steps

    def _get_deal(self, company, exchange):
        """What was agreed, as (icon, word, value)."""
        return [
            (icon, word, value)
            for icon, word, value in (
                ("fa-exchange", request.env._("Way"), exchange.way_id.name),
                (
                    "fa-calendar-o",
                    request.env._("Days"),
                    self._get_days(company, exchange),
                ),
                ("fa-cubes", request.env._("With it"), exchange.kit_text),
                (
                    "fa-shield",
                    request.env._("Deposit"),
                    self._get_deposit_words(exchange),
                ),
                ("fa-tag", request.env._("Price"), self._get_price_words(exchange)),
                ("fa-map-marker", request.env._("Place"), exchange.place),
            )
            if value
        ]

    def _get_price_words(self, exchange):
        if exchange.way_id.code not in ("sell", "rent") or not exchange.price:
            return None
        return format_amount(request.env, exchange.price, exchange.currency_id)

    def _get_deposit_words(self, exchange):
        """What secures the exchange, as it was shown when asking."""
        if exchange.deposit_kind == "none":
            return None
        amount = format_amount(
            request.env, exchange.deposit_amount, exchange.currency_id
        )
        words = {
            "cheque": request.env._("%(amount)s, by cheque", amount=amount),
            "cash": request.env._("%(amount)s, in cash", amount=amount),
            "guarantor": request.env._(
                "somebody answers for up to %(amount)s", amount=amount
            ),
        }.get(exchange.deposit_kind, amount)
        if exchange.deposit_id.state == "held" and exchange.deposit_id.holder:
            return request.env._("%(deposit)s (received)", deposit=words)
        if exchange.deposit_id.state == "returned":
            return request.env._("%(deposit)s (given back)", deposit=words)
        return words

    def _get_listing_url(self, exchange):
        """The listing's page, as long as the visitor may see it."""
        listing = request.env["ebs.listing"].search(
            [("id", "=", exchange.listing_id.id)], limit=1
        )
        return self._listing_url(listing) if listing else None
