# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the pages of a circle share: finding it, and what each of them shows."""

from odoo.http import request

from ..say import say_day, say_moment
from .search import EbsSearchController

# On the circle's page, and on that of its organisers.
MAX_PEOPLE = 60
MAX_MANAGED = 1000
MAX_NEWS = 30
# More news than this is folded.
FRESH_NEWS = 3
# What the form of a circle calls by invitation and not listed.
UNLISTED = "secret"
TEXT_KEYS = ("name", "description", "charter", "question")


class EbsCirclePages(EbsSearchController):
    """Base of the controllers of circles; not itself a controller."""

    # --------------------------------------------------------------------------
    # Finding
    # --------------------------------------------------------------------------

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

    def _find_organised(self, slug):
        """The circle of the address when the visitor organises it, else the 404."""
        company = self._company()
        circle_id = self._slug_id(slug)
        if circle_id not in self._get_organised_ids():
            raise self._not_found()
        circle = request.env["ebs.circle"].search(
            [("id", "=", circle_id), ("company_id", "=", company.id)], limit=1
        )
        if not circle:
            raise self._not_found()
        return circle

    def _get_organised_ids(self):
        """The circles that the visitor's approved personas organise."""
        personas = request.env["ebs.member"]._get_mine()
        return request.env["ebs.circle.member"]._get_circle_ids(
            personas.filtered(lambda member: member.state == "approved"),
            roles=("organiser",),
        )

    def _get_my_places(self, circle):
        """The memberships of the visitor's personas in a circle, in any state."""
        mine = request.env["ebs.member"]._get_mine()
        here = mine.filtered(lambda member: member.company_id == circle.company_id)
        return (
            request.env["ebs.circle.member"]
            .search([("circle_id", "=", circle.id), ("member_id", "in", here.ids)])
            .sudo()  # for the names of the personas, all the visitor's own
        )

    def _lead_on(self, circle, anchor="", done=""):
        """Go where somebody goes on after an act: as near as they still may be."""
        query = f"?done={done}" if done else ""
        if circle.id in self._get_organised_ids():
            return request.redirect(f"{self._circle_url(circle)}/manage{query}{anchor}")
        seen = request.env["ebs.circle"].search([("id", "=", circle.id)], limit=1)
        return request.redirect(self._circle_url(seen) if seen else "/circles")

    # --------------------------------------------------------------------------
    # Words
    # --------------------------------------------------------------------------

    def _get_circle_card(self, circle, mine=()):
        """What the card of a circle shows."""
        return {
            "url": self._circle_url(circle),
            "name": circle.name,
            "description": circle.description,
            "image": self._get_circle_image(circle),
            "count": self._get_people_words(circle.member_count),
            "join": self._get_door_words(circle),
            "mine": circle.id in mine,
        }

    def _get_circle_image(self, circle):
        """The address of its picture; kept by browsers when everyone may see it."""
        if not circle.with_context(bin_size=True).image_128:
            return None
        if circle.is_listed:
            return request.website.image_url(circle, "image_512")
        return f"/web/image/ebs.circle/{circle.id}/image_512"

    def _get_people_words(self, count):
        return (
            request.env._("One member")
            if count == 1
            else request.env._("%(count)s members", count=count)
        )

    def _get_door(self, circle):
        """How one gets in, as the form says it."""
        return circle.join_mode if circle.is_listed else UNLISTED

    def _get_door_words(self, circle):
        return {
            "open": request.env._("Open to everyone"),
            "request": request.env._("On request"),
            "invitation": request.env._("By invitation"),
            UNLISTED: request.env._("Secret"),
        }[self._get_door(circle)]

    # --------------------------------------------------------------------------
    # The page of a circle
    # --------------------------------------------------------------------------

    def _render_circle(self, circle, kw=None, error=None, typed=None, status=200):
        """Render what the visitor may see of a circle, content for those inside."""
        url = self._circle_url(circle)
        places_sudo = self._get_my_places(circle)
        active_sudo = places_sudo.filtered(
            lambda place: (
                place.state == "active" and place.member_id.state == "approved"
            )
        )
        inside = bool(active_sudo) or circle.id in circle._get_opened_ids()
        organised = active_sudo.filtered(lambda place: place.role == "organiser")
        gate = None if inside else self._gate(url)
        values = {
            "circle": circle,
            "card": self._get_circle_card(circle),
            "url": url,
            "additional_title": circle.name,
            "inside": inside,
            "places": [self._get_place(place_sudo) for place_sudo in active_sudo],
            "speaker_id": organised[:1].member_id.id,
            "waiting": self._get_waiting_words(circle) if organised else None,
            "news": self._get_news(circle) if inside else [],
            "fresh": FRESH_NEWS,
            "people": self._get_people(circle) if inside else [],
            "gate": gate,
            "typed": typed or {},
            "error": error,
            **self._get_door_values(circle, places_sudo),
        }
        if inside:
            values["search"] = self._search_listings(
                circle.company_id, kw or {}, url, circle, counted=bool(active_sudo)
            )
        return self._render("ebs_website.circle", values, status=status)

    def _get_place(self, place_sudo):
        """One place of the visitor in the circle, under which name."""
        return {
            "member_id": place_sudo.member_id.id,
            "name": place_sudo.member_id.name,
            "organiser": place_sudo.role == "organiser",
            "wants_news": place_sudo.wants_news,
        }

    def _get_door_values(self, circle, places_sudo):
        """Who among the visitor's personas may still join, and who waits."""
        by_state = places_sudo.grouped("state")
        nobody = places_sudo.browse()
        invited = by_state.get("invited", nobody).member_id
        applied = by_state.get("applied", nobody).member_id
        active = by_state.get("active", nobody).member_id
        refused = by_state.get("refused", nobody) | by_state.get("removed", nobody)
        mine = request.env["ebs.member"]._get_mine()
        outside = (
            mine.filtered(
                lambda member: (
                    member.company_id == circle.company_id
                    and member.state == "approved"
                )
            )
            - active
            - applied
            - refused.member_id
        )
        if circle.join_mode == "invitation":
            outside &= invited
        return {
            "outside": [(member.id, member.name) for member in outside],
            "invited": bool(invited),
            "applied": [member.name for member in applied],
            "refused": bool(refused),
            "personas": len(self._acting_choices()) or 1,
        }

    def _get_waiting_words(self, circle):
        """What waits for the organisers, in one sentence, or nothing."""
        count = request.env["ebs.circle.member"].search_count(
            [("circle_id", "=", circle.id), ("state", "=", "applied")]
        )
        if not count:
            return None
        if count == 1:
            return request.env._("One person asks to join this circle.")
        return request.env._("%(count)s people ask to join this circle.", count=count)

    def _get_news(self, circle):
        """The announcements, newest first."""
        announcements = request.env["ebs.announcement"].search_fetch(
            [("circle_id", "=", circle.id)],
            ["author_name", "body", "sent_at"],
            limit=MAX_NEWS,
            order="sent_at desc, id desc",
        )
        return [
            {
                "id": one.id,
                "author": one.author_name,
                "moment": say_moment(request.env, circle.company_id, one.sent_at),
                "body": one.body,
            }
            for one in announcements
        ]

    def _get_people(self, circle, limit=MAX_PEOPLE):
        """The fellow members as personas, organisers first."""
        memberships_sudo = (
            request.env["ebs.circle.member"]
            .search(
                [("circle_id", "=", circle.id), ("state", "=", "active")],
                limit=limit,
                order="role desc, joined_at, id",
            )
            .sudo()  # proven visible by the search; a persona may be out of sight
        )
        mine = request.env["ebs.member"]._get_mine()
        return [
            {
                "id": one.id,
                "name": one.member_id.name,
                "organiser": one.role == "organiser",
                "mine": one.member_id in mine,
            }
            for one in memberships_sudo
        ]

    def _say_day_of(self, company, moment):
        """The day of a moment, as people of the platform say it."""
        return say_day(request.env, company, company._ebs_local(moment).date())
