# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Making a circle, and all that its organisers do for it on one page."""

import base64

from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.fields import Domain
from odoo.http import request

from .circle_pages import MAX_MANAGED, TEXT_KEYS, UNLISTED, EbsCirclePages

# One picture of ten megabytes, and the words.
MAX_CONTENT = 11 * 1024 * 1024
MAX_GUESSES = 8
LINK_DAYS = (7, 14, 30, 90)
MEMBER_ACTS = (
    "accept",
    "refuse",
    "remove",
    "make_organiser",
    "step_down",
    "hand_over",
)
# Acts that end something, and come with a word to whom it concerns.
WITH_REASON = ("refuse", "remove")
MAX_ID = 2**31 - 1


class EbsManagePages(EbsCirclePages):
    """What the page of a circle's organisers shows; not itself a controller."""

    def _read_circle_form(self):
        """What the form says of a circle, as the actions take it."""
        form = request.httprequest.form
        values = {key: form[key] for key in TEXT_KEYS if key in form}
        if "join_mode" in form:
            secret = form["join_mode"] == UNLISTED
            values["join_mode"] = "invitation" if secret else form["join_mode"]
            values["is_listed"] = not secret
        picture = request.httprequest.files.get("image")
        content = picture.read() if picture and picture.filename else b""
        if content:
            values["image"] = base64.b64encode(content).decode()
        return values

    def _get_circle_values(self, circle, typed=None):
        """What the form of a circle shows: what was typed, else what it says now."""
        typed = typed or {}
        values = {
            key: typed.get(key, circle[key] if circle else "") or ""
            for key in TEXT_KEYS
        }
        door = self._get_door(circle) if circle else "open"
        if "join_mode" in typed:
            door = typed["join_mode"] if typed.get("is_listed", True) else UNLISTED
        return {**values, "door": door}

    def _render_manage(
        self, circle, act=None, error=None, typed=None, kw=None, status=200
    ):
        """Render the organisers' page; ``act`` is what was just tried there."""
        kw = kw or {}
        url = self._circle_url(circle)
        invite = str(kw.get("invite") or "")
        memberships = request.env["ebs.circle.member"].search(
            [("circle_id", "=", circle.id), ("state", "in", ("applied", "invited"))],
            order="id",
        )
        # Proven visible by the search; a persona may be out of sight.
        waiting_sudo = memberships.filtered(lambda one: one.state == "applied").sudo()
        invited_sudo = memberships.filtered(lambda one: one.state == "invited").sudo()
        links, mailed = self._get_invitations(circle)
        return self._render(
            "ebs_website.circle_manage",
            {
                "circle": circle,
                "card": self._get_circle_card(circle),
                "url": url,
                "additional_title": circle.name,
                "waiting": [
                    {"id": one.id, "name": one.member_id.name, "answer": one.answer}
                    for one in waiting_sudo
                ],
                "invited": invited_sudo.member_id.mapped("name"),
                "people": self._get_people(circle, MAX_MANAGED),
                "links": links,
                "mailed": mailed,
                "days": LINK_DAYS,
                "invite": invite,
                "guesses": self._get_guesses(circle, invite),
                "values": self._get_circle_values(
                    circle, typed if act == "edit" else None
                ),
                "done": kw.get("done"),
                "act": act,
                "typed": typed or {},
                "error": error,
            },
            status=status,
        )

    def _get_invitations(self, circle):
        """The links that may be handed on, and the invitations sent by mail."""
        company = circle.company_id
        invitations = request.env["ebs.circle.invitation"].search(
            [("circle_id", "=", circle.id), ("state", "=", "open")], order="id desc"
        )
        links, mailed = [], []
        # As superuser: proven visible above; who invited may be out of sight.
        for one_sudo in invitations.sudo():
            row = {
                "id": one_sudo.id,
                "by": one_sudo.member_id.name,
                "until": self._say_day_of(company, one_sudo.expires_at),
                "over": not one_sudo.is_good,
                "used": one_sudo.use_count,
            }
            if not one_sudo.is_link:
                mailed.append(row)
            elif one_sudo.is_good:
                links.append({**row, "url": one_sudo._get_url()})
        return links, mailed

    def _get_guesses(self, circle, words):
        """The members whose name the organiser typed, without those already in."""
        words = words.replace("\0", "").strip()[:60]
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


class EbsCircleManage(EbsManagePages, http.Controller):
    """Make a circle, and look after it."""

    @http.route(
        "/circles/new",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def circle_new(self, **kw):
        """The form, or what is missing before one may make a circle."""
        self._company()
        return self._render_new()

    @http.route(
        "/circles/new",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def circle_new_post(self, **post):
        """Make the circle; what is refused stays in the form."""
        self._company()
        values = self._read_circle_form()
        # Named here: the user's own companies may not be those of this site.
        member_id = to_int(post.get("as_member_id")) or self._persona().id
        circle, error = self._try(
            request.env["ebs.circle"].action_create, values, as_member_id=member_id
        )
        if error:
            return self._render_new(values, error=error, status=422)
        return request.redirect(f"{self._circle_url(circle)}/manage?done=new#invite")

    def _render_new(self, typed=None, error=None, status=200):
        return self._render(
            "ebs_website.circle_new",
            {
                "gate": self._gate("/circles/new"),
                "values": self._get_circle_values(None, typed),
                "acting": self._acting_choices(),
                "error": error,
            },
            status=status,
        )

    @http.route(
        "/circles/<slug>/manage",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def circle_manage(self, slug, **kw):
        """What waits, who is in it, how others come in; for its organisers alone."""
        return self._render_manage(self._find_organised(slug), kw=kw)

    @http.route(
        "/circles/<slug>/edit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def circle_edit(self, slug, **post):
        """Change what the circle says of itself."""
        circle = self._find_organised(slug)
        values = self._read_circle_form()
        _done, error = self._try(circle.action_update, values)
        if error:
            return self._render_manage(
                circle, act="edit", error=error, typed=values, status=422
            )
        return self._lead_on(circle, done="edit")

    @http.route(
        "/circles/<slug>/members/<int:membership_id>"
        f"/<any({', '.join(MEMBER_ACTS)}):act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def circle_member_act(self, slug, membership_id, act, **post):
        """Answer an applicant, or change what a member is in the circle."""
        circle = self._find_organised(slug)
        membership = self._find_in_circle("ebs.circle.member", circle, membership_id)
        reason = (post.get("reason") or "",) if act in WITH_REASON else ()
        _done, error = self._try(getattr(membership, f"action_{act}"), *reason)
        if error:
            return self._render_manage(circle, error=error, status=422)
        anchor = "#waiting" if act in ("accept", "refuse") else "#people"
        return self._lead_on(circle, anchor=anchor, done=act)

    @http.route(
        "/circles/<slug>/links/<int:invitation_id>/revoke",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def circle_link_revoke(self, slug, invitation_id, **post):
        """Make a link or an invitation by mail useless from now on."""
        circle = self._find_organised(slug)
        invitation = self._find_in_circle(
            "ebs.circle.invitation", circle, invitation_id
        )
        _done, error = self._try(invitation.action_revoke)
        if error:
            return self._render_manage(circle, error=error, status=422)
        return self._lead_on(circle, anchor="#links", done="revoke")

    def _find_in_circle(self, model, circle, record_id):
        """A record of this circle that the visitor may see, else the 404."""
        record = request.env[model].search(
            [
                ("id", "=", record_id if record_id <= MAX_ID else 0),
                ("circle_id", "=", circle.id),
            ],
            limit=1,
        )
        if not record:
            raise self._not_found()
        return record
