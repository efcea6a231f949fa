# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.fields import Domain
from odoo.http import request

from ..const import PAGE_SIZE
from .common import EbsController

MAX_PEOPLE = 60
MAX_GUESSES = 8


def _sitemap(env, rule, qs):
    """The circles that everyone may see."""
    company = env["website"].get_current_website()._ebs_company()
    if not company:
        return
    if not qs or qs.lower() in "/circles":
        yield {"loc": "/circles"}
    for circle in env["ebs.circle"].search_fetch(
        [("company_id", "=", company.id)], ["name"]
    ):
        slug = env["ir.http"]._slug((circle.id, circle.name))
        if not qs or qs.lower() in slug:
            yield {"loc": f"/circles/{slug}"}


class EbsCircles(EbsController, http.Controller):
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
            [("company_id", "=", company.id)], limit=200
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
    def circle(self, slug, invite="", **kw):
        """One circle that the visitor may see; else the one 404."""
        return self._render_circle(self._find_circle(slug), invite=invite)

    @http.route(
        "/circles/<slug>/<any(join, leave, invite):act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def circle_act(self, slug, act, **post):
        """Join or leave a circle, or invite somebody to it."""
        circle = self._find_circle(slug)
        member_id = to_int(post.get("as_member_id"))
        if act == "join":
            call, args = circle.action_join, (post.get("answer") or "", member_id)
        elif act == "leave":
            call, args = circle.action_leave, (member_id,)
        else:
            call, args = circle.action_invite, (to_int(post.get("member_id")),)
        _done, error = self._try(call, *args)
        if error:
            return self._render_circle(
                circle, error=error, answer=post.get("answer"), status=422
            )
        # Who leaves a hidden circle does not see it any more.
        seen = circle.search_count([("id", "=", circle.id)], limit=1)
        # As superuser, for its name alone: seen above.
        return request.redirect(self._circle_url(circle.sudo()) if seen else "/circles")

    @http.route(
        "/circles/<slug>/members/<int:membership_id>/<any(accept, refuse):act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def circle_answer(self, slug, membership_id, act, **post):
        """Answer somebody who asked to join, as an organiser."""
        circle = self._find_circle(slug)
        membership = request.env["ebs.circle.member"].search(
            [
                ("id", "=", membership_id if membership_id < 2**31 else 0),
                ("circle_id", "=", circle.id),
            ],
            limit=1,
        )
        if not membership:
            raise self._not_found()
        if act == "accept":
            _done, error = self._try(membership.action_accept)
        else:
            _done, error = self._try(membership.action_refuse, post.get("reason") or "")
        if error:
            return self._render_circle(circle, error=error, status=422)
        return request.redirect(self._circle_url(circle))

    def _find_circle(self, slug):
        """The circle of the address as the visitor may see it on this site."""
        company = self._company()
        circle = request.env["ebs.circle"].search(
            [("id", "=", self._slug_id(slug) or 0), ("company_id", "=", company.id)],
            limit=1,
        )
        if not circle:
            raise self._not_found()
        return circle

    def _circle_url(self, circle):
        slug = request.env["ir.http"]._slug((circle.id, circle.name or "-"))
        return f"/circles/{slug}"

    def _get_circle_card(self, circle, mine):
        """What the card of a circle shows."""
        return {
            "url": self._circle_url(circle),
            "name": circle.name,
            "description": circle.description,
            "image": self._get_circle_image(circle),
            "count": self._get_people_words(circle.member_count),
            "join": self._get_join_words(circle.join_mode),
            "mine": circle.id in mine,
        }

    def _get_circle_image(self, circle):
        if not circle.with_context(bin_size=True).image_128:
            return None
        return f"/web/image/ebs.circle/{circle.id}/image_512"

    def _get_people_words(self, count):
        return (
            request.env._("One member")
            if count == 1
            else request.env._("%(count)s members", count=count)
        )

    def _get_join_words(self, mode):
        return {
            "open": request.env._("Open to everyone"),
            "request": request.env._("On request"),
            "invitation": request.env._("By invitation"),
        }[mode]

    def _render_circle(self, circle, error=None, answer=None, invite="", status=200):
        env = request.env
        personas = (
            env["ebs.member"]
            ._get_mine()
            .filtered(lambda member: member.company_id == circle.company_id)
        )
        memberships = env["ebs.circle.member"].search(
            [("circle_id", "=", circle.id), ("member_id", "in", personas.ids)]
        )
        active = memberships.filtered(lambda one: one.state == "active")
        organiser = "organiser" in active.mapped("role")
        listings, _count = env["ebs.listing"]._search_catalogue(
            self._company(), {"circle": circle.id}, limit=PAGE_SIZE
        )
        url = self._circle_url(circle)
        return self._render(
            "ebs_website.circle",
            {
                "circle": circle,
                "card": self._get_circle_card(circle, set(active.circle_id.ids)),
                "url": url,
                "additional_title": circle.name,
                "cards": self._cards(listings),
                "people": self._get_people(circle, active),
                "waiting": self._get_waiting(circle) if organiser else [],
                "membership": self._get_membership(memberships),
                "organiser": organiser,
                "gate": self._gate(url),
                "answer": answer or "",
                "invite": invite,
                "guesses": self._get_guesses(circle, invite) if organiser else [],
                "error": error,
            },
            status=status,
        )

    def _get_membership(self, memberships):
        """The state that counts when the visitor acts for several personas."""
        states = set(memberships.mapped("state"))
        for state in ("active", "invited", "applied", "refused"):
            if state in states:
                return state
        return None

    def _get_people(self, circle, active):
        """The fellow members, for those who are in the circle."""
        if not active:
            return []
        memberships_sudo = (
            request.env["ebs.circle.member"]
            .search(
                [("circle_id", "=", circle.id), ("state", "=", "active")],
                limit=MAX_PEOPLE,
                order="role desc, joined_at, id",
            )
            .sudo()  # proven visible by the search; a persona may be out of sight
        )
        return [
            {"name": one.member_id.name, "organiser": one.role == "organiser"}
            for one in memberships_sudo
        ]

    def _get_waiting(self, circle):
        """Who asked to join, for the organisers."""
        waiting_sudo = (
            request.env["ebs.circle.member"]
            .search([("circle_id", "=", circle.id), ("state", "=", "applied")])
            .sudo()  # proven visible by the search; a persona may be out of sight
        )
        return [
            {"id": one.id, "name": one.member_id.name, "answer": one.answer}
            for one in waiting_sudo
        ]

    def _get_guesses(self, circle, words):
        """The members whose name the organiser typed, without those already in."""
        words = str(words or "").replace("\0", "").strip()[:60]
        if len(words) < 2:
            return []
        inside = request.env["ebs.circle.member"].search(
            [("circle_id", "=", circle.id), ("state", "in", ("active", "invited"))]
        )
        # As superuser, for ids alone: the memberships were found as the visitor.
        members = request.env["ebs.member"].search_fetch(
            Domain("company_id", "=", circle.company_id.id)
            & Domain("state", "=", "approved")
            & Domain("name", "ilike", words)
            & Domain("id", "not in", inside.sudo().member_id.ids),
            ["name"],
            limit=MAX_GUESSES,
        )
        return [{"id": member.id, "name": member.name} for member in members]
