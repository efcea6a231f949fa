# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.fields import Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

OPEN_STATES = ("waiting", "held")


class EbsWaiting(models.Model):
    """A member's place in the line for one listing.

    When a copy comes back it is kept for the first in line for some hours; who
    does not ask meanwhile leaves the line, and the next one is told.
    """

    _name = "ebs.waiting"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _description = "Place in a Waiting List"
    _order = "joined_at, id"
    _rec_name = "listing_id"
    _check_company_auto = True

    listing_id = fields.Many2one(
        "ebs.listing",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="listing_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    member_id = fields.Many2one(
        "ebs.member",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    title = fields.Char(required=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("held", "Kept for this Member"),
            ("served", "Served"),
            ("gone", "Left"),
        ],
        required=True,
        default="waiting",
    )
    joined_at = fields.Datetime("In Line Since", required=True)
    held_until = fields.Datetime("Kept Until")
    # The request of the member for whom it is kept, until it is answered.
    exchange_id = fields.Many2one(
        "ebs.exchange", index="btree_not_null", check_company=True, ondelete="set null"
    )
    booking_ids = fields.One2many("ebs.booking", "waiting_id", "Holds")
    place = fields.Integer("Place in Line", compute="_compute_place", compute_sudo=True)

    _one_open = models.UniqueIndex(
        "(listing_id, member_id) WHERE state IN ('waiting', 'held')",
        "This member is in the line already.",
    )
    _held_until_said = models.Constraint(
        "CHECK (state != 'held' OR held_until IS NOT NULL)",
        "What is kept for somebody is kept until a moment.",
    )
    _line_idx = models.Index(
        "(listing_id, joined_at, id) WHERE state IN ('waiting', 'held')"
    )
    _held_idx = models.Index("(held_until, id) WHERE state = 'held'")

    @api.depends("state", "joined_at", "listing_id")
    def _compute_place(self):
        """Count from one; zero for who is not in the line any more."""
        line = self.listing_id._get_line() if self else self
        places = {}
        for listing_line in line.grouped("listing_id").values():
            places |= {one.id: rank for rank, one in enumerate(listing_line, 1)}
        for waiting in self:
            waiting.place = places.get(waiting._origin.id, 0)

    # === WHAT A MEMBER DOES === #

    def action_leave(self):
        """Leave the line; what was kept goes to the next."""
        self._check_readable()
        waiting_sudo = self.sudo()
        self.env["ebs.member"]._acting(
            waiting_sudo.company_id, waiting_sudo.member_id.id
        )
        waiting_sudo._leave()

    # === BUSINESS METHODS === #

    def _set_state(self, allowed_from, to, values=None):
        moved = super()._set_state(allowed_from, to, values)
        self.invalidate_model(["place"])  # those behind move up
        return moved

    def _leave(self):
        for waiting in self:
            waiting._set_state(OPEN_STATES, "gone")
            waiting._lift()
            waiting.listing_id._serve_waiting()

    def _wait_again(self):
        """Go back to the same place in line: what was kept is not there any more."""
        self._set_state(
            ("held",), "waiting", {"held_until": False, "exchange_id": False}
        )
        self._lift()
        self.listing_id._serve_waiting()

    def _lift(self):
        """Free what is kept, for its own member or for the next; say if it was."""
        holds = self.booking_ids
        holds.unlink()
        return bool(holds)

    def _hold(self):
        """Keep a copy from now on, if one is free for as long as that."""
        self.ensure_one()
        now = clock.now()
        until = now + timedelta(hours=self.company_id.ebs_hold_hours)
        if not self._book(now, until):
            return False
        self._set_state(("waiting",), "held", {"held_until": until})
        self.member_id._notify(
            "ebs_loans.mail_hold",
            _lt("It is back, and kept for you: “%(title)s”", title=self.title),
            {"waiting": self, "title": self.title},
        )
        return True

    def _book(self, start, end):
        """Take what a loan of it takes, if all of it is free; tell whether it was."""
        needs = self.listing_id._get_needs()
        try_booking = self.env["ebs.exchange"]._try_booking
        bookings = self.env["ebs.booking"]
        for listing in sorted(needs, key=lambda one: one.id):
            missing = needs[listing]
            for copy in listing._get_free_copies(start, end):
                values = {
                    "copy_id": copy.id,
                    "kind": "hold",
                    "waiting_id": self.id,
                    "date_start": start,
                    "date_end": end,
                }
                if missing and (held := try_booking(bookings.create, values)):
                    bookings |= held
                    missing -= 1
            if missing:
                bookings.unlink()
                return False
        return True

    def _pass_on(self):
        """End what was kept long enough, and tell who did not ask."""
        for waiting in self:
            waiting._leave()
            waiting.member_id._notify(
                "ebs_loans.mail_hold_over",
                _lt("It goes to the next one: “%(title)s”", title=waiting.title),
                {"waiting": waiting, "title": waiting.title},
            )

    # === CRON === #

    @api.model
    def _get_lapsed_domain(self):
        return Domain("state", "=", "held") & Domain("held_until", "<=", clock.now())

    @api.model
    def _cron_serve(self, batch_size=200):
        """Pass on what was kept long enough, then serve who can be; one commit each."""
        cron = self.env["ir.cron"]
        lapsed = self.search(
            self._get_lapsed_domain(), limit=batch_size, order="held_until, id"
        )
        waiting = self.search([("state", "=", "waiting")], limit=batch_size)
        listing_ids = waiting.listing_id.ids
        cron._commit_progress(remaining=len(lapsed) + len(listing_ids))
        for waiting_id in lapsed.ids:
            one = self.browse(waiting_id).try_lock_for_update()
            one.filtered_domain(self._get_lapsed_domain())._pass_on()
            if not cron._commit_progress(1):
                return
        for listing_id in listing_ids:
            listing = self.env["ebs.listing"].browse(listing_id)
            listing.with_company(listing.company_id)._serve_waiting()
            if not cron._commit_progress(1):
                return
