# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request

from .circle_manage import EbsManagePages

MAX_CIRCLES = 200
# What each may do for themselves, and what organisers do.
OWN_ACTS = ("join", "leave", "news")
ORGANISER_ACTS = ("invite", "invite_email", "link", "announce", "close")
ACTS = OWN_ACTS + ORGANISER_ACTS


def _sitemap(env, rule, qs):
    """The circles that everyone may see."""
    company = env["website"].get_current_website()._ebs_company()
    if not company:
        return
    # The map is made as the public: whoever asks may work for other companies.
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    if not qs or qs.lower() in "/circles":
        yield {"loc": "/circles"}
    for circle in env["ebs.circle"].search_fetch(
        [("company_id", "=", company.id)], ["name"]
    ):
        slug = env["ir.http"]._slug((circle.id, circle.name))
        if not qs or qs.lower() in slug:
            yield {"loc": f"/circles/{slug}"}


class EbsCircles(EbsManagePages, http.Controller):
    """The circles of a platform, and the page of each."""

    @http.route(
        "/circles",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=_sitemap,
    )
    def circles(self, **kw):
        """The circles that the visitor may see, own ones first."""
        company = self._company()
        circles = request.env["ebs.circle"].search(
            [("company_id", "=", company.id)], limit=MAX_CIRCLES
        )
        mine = set(
            request.env["ebs.circle.member"]._get_circle_ids(
                request.env["ebs.member"]._get_mine()
            )
        )
        cards = [self._get_circle_card(circle, mine) for circle in circles]
        return self._render(
            "ebs_website.circles",
            {"cards": sorted(cards, key=lambda card: not card["mine"])},
        )

    @http.route(
        "/circles/<slug>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def circle(self, slug, **kw):
        """One circle that the visitor may see; else the one 404."""
        return self._render_circle(self._find_circle(slug), kw)

    @http.route(
        f"/circles/<slug>/<any({', '.join(ACTS)}):act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def circle_act(self, slug, act, **post):
        """Join, leave, ask for news; or, for its organisers, what they do."""
        if act in ORGANISER_ACTS:
            return self._act_as_organiser(self._find_organised(slug), act, post)
        circle = self._find_circle(slug)
        member_id = to_int(post.get("as_member_id"))
        if act == "join":
            call, args = circle.action_join, (post.get("answer") or "", member_id)
        elif act == "leave":
            call, args = circle.action_leave, (member_id,)
        else:
            wanted = bool(post.get("wanted"))
            call, args = circle.action_set_news, (wanted, member_id)
        _done, error = self._try(call, *args)
        if error:
            return self._render_circle(circle, error=error, typed=post, status=422)
        # Who leaves a secret circle does not see it any more.
        seen = request.env["ebs.circle"].search([("id", "=", circle.id)], limit=1)
        return request.redirect(self._circle_url(seen) if seen else "/circles")

    def _act_as_organiser(self, circle, act, post):
        """Do one thing for the circle; a refusal is a sentence on the same page."""
        call, args, anchor = {
            "invite": (
                circle.action_invite,
                (to_int(post.get("member_id")),),
                "#invite",
            ),
            "invite_email": (
                circle.action_invite_email,
                (post.get("email") or "", post.get("message") or ""),
                "#invite",
            ),
            "link": (
                circle.action_create_link,
                (to_int(post.get("days")) or 14,),
                "#links",
            ),
            "announce": (
                circle.action_announce,
                (post.get("body") or "", to_int(post.get("as_member_id"))),
                "#news",
            ),
            "close": (circle.action_close, (post.get("reason") or "",), ""),
        }[act]
        _done, error = self._try(call, *args)
        if error and act == "announce":
            return self._render_circle(circle, error=error, typed=post, status=422)
        if error:
            return self._render_manage(
                circle, act=act, error=error, typed=post, status=422
            )
        if act == "announce":
            return request.redirect(self._circle_url(circle) + anchor)
        return self._lead_on(circle, anchor=anchor, done=act)
