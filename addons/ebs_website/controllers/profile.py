# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The profile of a persona: what others see, and what stays private."""

import base64

from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request

from .common import EbsController

# One photo of ten megabytes, and the words.
MAX_CONTENT = 11 * 1024 * 1024
TEXT_KEYS = ("name", "bio", "phone", "default_visibility")


class EbsProfile(EbsController, http.Controller):
    """Own profile, and that of the organisations one acts for."""

    @http.route(
        "/my/profile",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def profile(self, member="", saved="", **kw):
        """The form, with what others see of it beside."""
        return self._render_profile(self._find_mine(member), saved=saved == "1")

    @http.route(
        "/my/profile",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_CONTENT,
    )
    def profile_post(self, member="", **post):
        """Save the profile; what is refused stays in the form."""
        persona_sudo = self._find_mine(member)
        typed = {key: post[key] for key in TEXT_KEYS if isinstance(post.get(key), str)}
        if "zone_id" in post:
            typed["zone_id"] = to_int(post["zone_id"]) or False
        if isinstance(post.get("spot"), str):
            typed["spot"] = "" if post.get("spot_away") else post["spot"]
        values = dict(typed)
        photo = request.httprequest.files.get("image")
        content = photo.read() if photo and photo.filename else b""
        if content:
            values["image"] = base64.b64encode(content).decode()
        as_visitor = persona_sudo.sudo(False)
        _done, error = self._try(as_visitor.action_update_profile, values)
        if error:
            return self._render_profile(
                persona_sudo, typed=typed, error=error, status=422
            )
        return request.redirect(f"/my/profile?member={persona_sudo.id}&saved=1")

    def _find_mine(self, member):
        """The persona asked for among those the visitor acts for, own one first."""
        company = self._company()
        mine = request.env["ebs.member"]._get_mine()
        mine = mine.filtered(lambda one: one.company_id == company)
        if member:
            wanted = to_int(member)
            mine = mine.filtered(lambda one: one.id == wanted)
        if not mine:
            raise self._not_found()
        return mine[0]

    def _render_profile(
        self, persona_sudo, typed=None, error=None, saved=False, status=200
    ):
        company = self._company()
        private_sudo = persona_sudo.private_ids
        values = {
            "name": persona_sudo.name,
            "bio": persona_sudo.bio or "",
            "zone_id": persona_sudo.zone_id.id,
            "phone": private_sudo.phone or "",
            "default_visibility": private_sudo.default_visibility,
            "spot": self._spot(private_sudo) or "",
            **(typed or {}),
        }
        kinds = persona_sudo._fields["kind"]._description_selection(request.env)
        others = (
            request.env["ebs.member"]
            ._get_mine()
            .filtered(lambda one: one.company_id == company and one != persona_sudo)
        )
        image = persona_sudo.with_context(bin_size=True).image_128
        return self._render(
            "ebs_website.profile",
            {
                "values": values,
                "member": persona_sudo,
                "kind": dict(kinds)[persona_sudo.kind],
                "image": image and f"/web/image/ebs.member/{persona_sudo.id}/image_512",
                "private": private_sudo,
                "saved_spot": bool(private_sudo._get_spot()),
                "is_own": persona_sudo.user_id == request.env.user,
                "zones": request.env["ebs.zone"].search_fetch(
                    [("company_id", "=", company.id)], ["name"]
                ),
                "others": [(one.id, one.name) for one in others],
                "saved": saved,
                "error": error,
            },
            status=status,
        )
