# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

MODERATOR = "ebs_base.group_ebs_moderator"


class EbsListing(models.Model):
    """Who may see a listing: the one law, for whoever asks and however."""

    _inherit = "ebs.listing"

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("state", "visibility", "company_id", "member_id", "circle_ids")
    def _compute_is_visible(self):
        visible = self.filtered_domain(self._get_visible_domain())
        for listing in self:
            listing.is_visible = listing in visible

    def _search_is_visible(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_visible_domain()

    @api.model
    def _get_visible_domain(self):
        """Return what the user may see: the one law for search and compute.

        It is decided on the user, for all personas that the user may act for; the
        superuser's rights and the companies chosen do not matter.
        """
        user = self.env.user
        mine = self.env["ebs.member"]._get_mine()
        approved = mine.filtered(lambda member: member.state == "approved")
        limited = Domain("visibility", "=", "members")
        seen = Domain("visibility", "=", "everyone")
        if approved:
            seen |= limited & Domain("company_id", "in", approved.company_id.ids)
            circle_ids = self.env["ebs.circle.member"]._get_circle_ids(approved)
            if circle_ids:
                # Plain ids: a sub-query is taken for so dear that it is compiled.
                seen |= Domain("visibility", "=", "circles") & Domain(
                    "circle_ids", "in", circle_ids
                )
        if user.has_group("ebs_base.group_ebs_desk"):
            seen |= limited & Domain("company_id", "in", user.company_ids.ids)
        domain = Domain("state", "=", "published") & seen
        if mine:
            domain |= Domain("member_id", "in", mine.ids)
        if user.has_group(MODERATOR):
            domain |= self._get_moderated_domain()
        return domain

    @api.model
    def _get_moderated_domain(self):
        """Return what a moderator may see of the own platforms.

        What is for circles only is open where the moderator has opened a circle, and
        when it was sent to the moderators.
        """
        shown = Domain("visibility", "!=", "circles") | Domain("state", "=", "pending")
        if opened := self.env["ebs.circle.opening"]._get_circle_ids():
            shown |= Domain("circle_ids", "in", opened)
        return Domain("company_id", "in", self.env.user.company_ids.ids) & shown

    def _is_open_to(self, member):
        """Tell whether it is meant for a persona, who may not be the user.

        The same law as `_get_visible_domain`, for one persona and a published listing.
        """
        self.ensure_one()
        if self.visibility == "everyone":
            return True
        if member.state != "approved" or member.company_id != self.company_id:
            return False
        if self.visibility == "members":
            return True
        circles = self.circle_ids.filtered("active")
        mine = self.env["ebs.circle.member"]._get_circle_ids(member)
        return bool(set(circles.ids) & set(mine))

    @api.depends_context("uid")
    @api.depends("name", "is_visible")
    def _compute_display_name(self):
        """Name it only to those who see it: other records refer to it as well."""
        for listing in self:
            shown = listing.is_visible
            listing.display_name = listing.name if shown else self.env._("Listing")

    # === WHAT A MEMBER DOES === #

    def action_set_visibility(self, visibility, circle_ids=None):
        """Say who sees one or several of one's own listings, from now on."""
        if not self:
            raise UserError(self.env._("Please choose at least one listing."))
        values = {"visibility": visibility}
        if circle_ids is not None:
            values["circle_ids"] = circle_ids
        for listing in self:
            listing.action_save(values)

    # === BUSINESS METHODS === #

    def _pause_unseen(self):
        """Pause what is for circles and has none left: its owner alone sees it."""
        unseen = self.filtered(
            lambda listing: (
                listing.state == "published"
                and listing.visibility == "circles"
                and not listing.circle_ids
            )
        )
        unseen._set_state(("published",), "paused")
