# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from .ebs_exchange import MESSAGE_LENGTH, OPEN_STATES

_lt = LazyTranslate(__name__)


class EbsListing(models.Model):
    """How an exchange begins: by a question, or by asking for the thing."""

    _inherit = "ebs.listing"

    # === WHAT A MEMBER DOES === #

    def action_inquire(self, message, as_member_id=None):
        """Ask a question about it, and return the exchange where it is answered.

        There is one conversation: it goes on in the exchange that is open already.
        """
        self._check_readable()
        listing_sudo = self.sudo()
        asker = self.env["ebs.member"]._acting(listing_sudo.company_id, as_member_id)
        listing_sudo._check_may_ask(asker)
        body = to_text(message, MESSAGE_LENGTH)
        if not body:
            raise UserError(self.env._("Please write something first."))
        listing_sudo._take_turn(asker)
        exchange = listing_sudo._get_open_exchange(asker)
        if not exchange:
            no_way = self.env["ebs.way"]
            exchange = listing_sudo.env["ebs.exchange"].create(
                listing_sudo._prepare_exchange(no_way, asker, {})
            )
        exchange._write_message(asker, body)
        exchange._tell(
            "owner",
            "ebs_listings.mail_inquiry",
            _lt(
                "%(name)s has a question about “%(title)s”",
                name=asker.name,
                title=exchange.title,
            ),
            {"message": body},
        )
        return exchange.sudo(False)

    def action_ask(self, values, as_member_id=None):
        """Ask for it in one of its ways, and return the exchange.

        Whoever had a question before goes on in the same conversation.
        """
        self._check_readable()
        listing_sudo = self.sudo()
        asker = self.env["ebs.member"]._acting(listing_sudo.company_id, as_member_id)
        return listing_sudo._ask(asker, values).sudo(False)

    # === BUSINESS METHODS === #

    def _ask(self, asker, values):
        """Ask for that member, from raw values, and return the exchange."""
        self._check_may_ask(asker)
        values = self._check_keys(values, self._get_ask_keys())
        way = self._read_way(values.get("way"))
        message = to_text(values.get("message"), MESSAGE_LENGTH)
        vals = self._prepare_exchange(way, asker, values)
        self._take_turn(asker)
        self._check_not_asked(way, asker, vals)
        exchange = self._get_open_exchange(asker, ("inquiry",))
        if not exchange:
            exchange = self.env["ebs.exchange"].create(vals)
        exchange._request({**vals, "opened_at": exchange.opened_at})
        if message:
            exchange._write_message(asker, message)
        exchange._receive_request(message)
        return exchange

    def _get_ask_keys(self):
        """Return what somebody who asks may send."""
        return ("way", "message")

    def _check_may_ask(self, asker):
        """Refuse one's own things, what is not on offer, and what others are shown.

        A person who acts for several members cannot ask one for another's thing.
        """
        if self.member_id in self.env["ebs.member"]._get_mine():
            raise UserError(
                self.env._("This is your own listing: others may ask for it.")
            )
        if self.state != "published":
            raise UserError(self.env._("This is not on offer any more."))
        if not self._is_open_to(asker):
            raise UserError(
                self.env._(
                    "This is for some circles only, and %s is in none of them.",
                    asker.name,
                )
            )

    def _read_way(self, code):
        """Return the way that was asked for, if the listing accepts it."""
        way = self.way_ids.filtered(lambda one: one.code == code)
        if not way:
            raise UserError(self.env._("Please choose one of the ways on offer."))
        if way.commitment == "promise" and self._get_open_promise():
            raise UserError(self.env._("This is already promised to somebody."))
        return way

    def _get_open_promise(self):
        """Return the promise that takes the thing for good, if there is one."""
        return self.env["ebs.promise"].search(
            [("listing_id", "=", self.id), ("state", "!=", "cancelled")], limit=1
        )

    def _prepare_exchange(self, way, asker, values):
        """Return the values of the exchange: what both keep whatever changes later."""
        return {
            "company_id": self.company_id.id,
            "listing_id": self.id,
            "way_id": way.id,
            "owner_id": self.member_id.id,
            "asker_id": asker.id,
            "title": self.name,
            "owner_name": self.member_id.name,
            "asker_name": asker.name,
            "place": self.zone_id.name,
            "is_private": self.visibility == "circles",
            "price": self.price if way.code in self._get_priced_ways() else 0,
            "image_512": self.main_photo_id.image_512,
            "opened_at": clock.now(),
        }

    def _get_priced_ways(self):
        """Return the codes of the ways for which money is given."""
        return ("sell",)

    def _take_turn(self, asker):
        """Make two clicks at once follow each other.

        Both write the asker's row, so the later one is played again after the
        earlier one and finds its exchange.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE ebs_member SET id = id WHERE id = %s", asker.id)
        )

    def _get_open_exchange(self, asker, states=OPEN_STATES):
        """Return the asker's newest open exchange about this listing, if any."""
        return self.env["ebs.exchange"].search(
            Domain("listing_id", "=", self.id)
            & Domain("asker_id", "=", asker.id)
            & Domain("state", "in", states),
            limit=1,
        )

    def _check_not_asked(self, way, asker, vals):
        """Refuse to ask twice for the same."""
        if self.env["ebs.exchange"].search_count(
            self._get_asked_domain(way, asker, vals), limit=1
        ):
            raise UserError(
                self.env._("You have already asked for this: go on in your exchanges.")
            )

    def _get_asked_domain(self, way, asker, vals):
        """Return the open exchanges that stand in the way of this one."""
        return (
            Domain("listing_id", "=", self.id)
            & Domain("way_id", "=", way.id)
            & Domain("asker_id", "=", asker.id)
            & Domain("state", "in", ("requested", "accepted"))
        )
