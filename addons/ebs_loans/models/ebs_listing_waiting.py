# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import models
from odoo.addons.ebs_base import clock
from odoo.exceptions import UserError
from odoo.fields import Domain

from .ebs_waiting import OPEN_STATES


class EbsListing(models.Model):
    """The line of those who wait for a thing that is out."""

    _inherit = "ebs.listing"

    # === WHAT A MEMBER DOES === #

    def action_wait(self, as_member_id=None):
        """Join the line, and return the place in it."""
        self._check_readable()
        listing_sudo = self.sudo()
        member = self.env["ebs.member"]._acting(listing_sudo.company_id, as_member_id)
        listing_sudo._check_may_ask(member)
        listing_sudo._take_turn(member)
        if place := listing_sudo._get_waiting(member):
            return place.sudo(False)
        if refusal := listing_sudo._get_wait_refusal(member):
            raise UserError(refusal)
        place = listing_sudo.env["ebs.waiting"].create(
            {
                "listing_id": self.id,
                "member_id": member.id,
                "title": listing_sudo.name,
                "joined_at": clock.now(),
            }
        )
        return place.sudo(False)

    # === BUSINESS METHODS === #

    def _get_wait_refusal(self, member):
        """Return why one cannot wait for it now, or None."""
        self.ensure_one()
        listing = self.sudo()
        if not listing._is_lendable():
            return self.env._("One waits for things that are lent: ask for this one.")
        if (
            self.env["ebs.exchange"]
            .sudo()
            .search_count(
                [
                    ("listing_id", "=", listing.id),
                    ("asker_id", "=", member.id),
                    ("state", "=", "ongoing"),
                ],
                limit=1,
            )
        ):
            return self.env._("You have it already.")
        now = clock.now()
        soon = now + timedelta(hours=1)
        if not listing._get_line() and listing._can_lend(now, soon):
            return self.env._("It is there today: ask for it, there is no line.")
        return None

    def _get_line(self, states=OPEN_STATES):
        """Return those who wait for these listings, the first in line first."""
        return (
            self.env["ebs.waiting"]
            .sudo()
            .search([("listing_id", "in", self.ids), ("state", "in", states)])
        )

    def _get_waiting(self, member):
        """Return a member's own place in the line, if any."""
        return self._get_line().filtered(lambda one: one.member_id == member)

    def _get_waiting_count(self):
        """How many wait: a number, and nobody's name."""
        return (
            self.env["ebs.waiting"]
            .sudo()
            .search_count(
                [("listing_id", "in", self.ids), ("state", "in", OPEN_STATES)]
            )
        )

    def _serve_waiting(self):
        """Keep what is free for the first in line who may borrow it."""
        for listing in self.sudo():
            for waiting in listing._get_line(("waiting",)):
                member = waiting.member_id
                if not listing._is_meant_for(member):
                    waiting._set_state(("waiting",), "gone")
                elif not listing._get_ask_refusal(member) and not waiting._hold():
                    break

    def _is_meant_for(self, member):
        """Whether this member could still ask for it."""
        return (
            self.state == "published"
            and not member._get_refusal()
            and self._is_open_to(member)
        )

    # === ASKING === #

    def _prepare_exchange(self, way, asker, values):
        """What is kept for the asker is free for the asker, and for nobody else."""
        if way.commitment == "booking":
            self._pass_on_holds()
            self._get_waiting(asker)._lift()
        return super()._prepare_exchange(way, asker, values)

    def _pass_on_holds(self):
        """End here and now what was kept long enough: no cron needs to come first."""
        waiting = self.env["ebs.waiting"].sudo()
        domain = Domain("listing_id", "=", self.id) & waiting._get_lapsed_domain()
        waiting.search(domain)._pass_on()
