# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The page of an invitation: who holds the link sees the circle and may join."""

from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request
from odoo.tools.image import image_data_uri

from .circle_pages import EbsCirclePages


class EbsCircleJoin(EbsCirclePages, http.Controller):
    """Come into a circle by a link."""

    @http.route(
        "/circles/join/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def circle_invitation(self, token, **kw):
        """One button: scanners of mails open links, and must join nothing."""
        return self._render_invitation(token)

    @http.route(
        "/circles/join/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def circle_invitation_post(self, token, **post):
        """Join the circle of the link, and land on its page."""
        self._company()
        if request.env.user._is_public():
            return request.redirect_query(
                "/web/login", {"redirect": f"/circles/join/{token}"}
            )
        circle, error = self._try(
            request.env["ebs.circle.invitation"].action_accept,
            token,
            as_member_id=to_int(post.get("as_member_id")) or self._persona().id,
        )
        if error:
            return self._render_invitation(token, error=error)
        return request.redirect(self._circle_url(circle))

    def _render_invitation(self, token, error=None):
        company = self._company()
        # As superuser inside: whoever holds the token may see the circle's name.
        invitation_sudo = request.env["ebs.circle.invitation"]._read_token(token)
        circle_sudo = invitation_sudo.circle_id
        if circle_sudo.company_id != company:
            values = {"broken": True, "additional_title": None}
        else:
            values = {
                "broken": False,
                "error": error,
                **self._get_invitation_values(token, invitation_sudo, circle_sudo),
            }
        response = self._render(
            "ebs_website.circle_join_page",
            values,
            status=422 if values["broken"] or error else 200,
        )
        # The address holds the token: it stays between the guest and us.
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    def _get_invitation_values(self, token, invitation_sudo, circle_sudo):
        """What the guest sees of the circle, and who may join."""
        address = f"/circles/join/{token}"
        mine = request.env["ebs.member"]._get_mine()
        inside = mine.filtered(
            lambda member: (
                member.company_id == circle_sudo.company_id
                and circle_sudo.id
                in request.env["ebs.circle.member"]._get_circle_ids(member)
            )
        )
        outside = [
            (member_id, name)
            for member_id, name in self._acting_choices()
            if member_id not in inside.ids
        ]
        picture = circle_sudo.image_256
        return {
            "address": address,
            "host": invitation_sudo.member_id.name,
            "name": circle_sudo.name,
            "description": circle_sudo.description,
            "charter": circle_sudo.charter,
            "count": self._get_people_words(circle_sudo.member_count),
            # In the page itself: at its own address members alone may load it.
            "image": image_data_uri(picture) if picture else None,
            "circle_url": inside and self._circle_url(circle_sudo),
            "acting": outside,
            "gate": self._gate(address),
        }
