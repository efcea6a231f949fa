# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_int, to_text
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate

from .ebs_exchange import WAITING_STATES

_lt = LazyTranslate(__name__)

STAFF = "ebs_base.group_ebs_staff"
MODERATOR = "ebs_base.group_ebs_moderator"
NAME_LENGTH = 100
# The title of a draft that has none yet: nobody can publish it.
UNTITLED = "…"
DESCRIPTION_LENGTH = 4000
REASON_LENGTH = 1000
# Closed is for good.
OPEN_STATES = ("draft", "pending", "published", "paused", "rejected")


class EbsListing(models.Model):
    """What a member offers, in one or several ways, to those who may see it."""

    _name = "ebs.listing"
    _description = "Listing"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin", "ebs.log.mixin"]
    _order = "published_at desc, id desc"
    _check_company_auto = True

    # === WHAT === #
    company_id = fields.Many2one(
        "res.company",
        string="Platform",
        required=True,
        index=True,
        readonly=True,
    )
    member_id = fields.Many2one(
        "ebs.member",
        string="Offered by",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
    )
    name = fields.Char(string="Title", required=True, index="trigram", tracking=True)
    description = fields.Text(index="trigram")
    side = fields.Selection(
        [("offer", "Offer"), ("want", "Want")], required=True, default="offer"
    )
    category_id = fields.Many2one(
        "ebs.category",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    way_ids = fields.Many2many("ebs.way", string="Ways")
    zone_id = fields.Many2one(
        "ebs.zone", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    price = fields.Monetary(help="Zero when it was not said.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    photo_ids = fields.One2many("ebs.photo", "listing_id", string="Photos")
    main_photo_id = fields.Many2one(
        "ebs.photo", compute="_compute_main_photo_id", compute_sudo=True
    )
    image_128 = fields.Image(
        string="Picture", compute="_compute_image_128", compute_sudo=True
    )

    exchange_count = fields.Integer(compute="_compute_exchange_count", groups=STAFF)

    # === WHO SEES IT === #
    visibility = fields.Selection(
        [
            ("everyone", "Everyone"),
            ("members", "Members"),
            ("circles", "Some Circles"),
        ],
        string="Seen by",
        required=True,
        default="everyone",
    )
    # Whoever sees it by one of its circles learns of none of the others.
    circle_ids = fields.Many2many(
        "ebs.circle", string="Circles", check_company=True, groups=STAFF
    )
    is_visible = fields.Boolean(
        compute="_compute_is_visible", search="_search_is_visible", compute_sudo=True
    )

    # === LIFE === #
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "Waiting for a Moderator"),
            ("published", "Published"),
            ("paused", "Paused"),
            ("closed", "Closed"),
            ("rejected", "Not Accepted"),
        ],
        required=True,
        default="draft",
        index=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    reject_reason = fields.Text(readonly=True, copy=False)

    _catalogue_idx = models.Index(
        "(company_id, published_at DESC, id DESC) WHERE state = 'published'"
    )
    _name_short = models.Constraint(
        f"CHECK (char_length(name) <= {NAME_LENGTH})",
        f"A title is at most {NAME_LENGTH} characters long.",
    )
    _description_short = models.Constraint(
        f"CHECK (char_length(description) <= {DESCRIPTION_LENGTH})",
        f"A description is at most {DESCRIPTION_LENGTH} characters long.",
    )
    _price_positive = models.Constraint(
        "CHECK (price >= 0)", "A price cannot be less than zero."
    )

    # === COMPUTE AND SEARCH === #

    @api.depends("photo_ids.sequence")
    def _compute_main_photo_id(self):
        for listing in self:
            listing.main_photo_id = listing.photo_ids[:1]

    @api.depends("photo_ids.sequence", "photo_ids.image_128")
    def _compute_image_128(self):
        for listing in self:
            listing.image_128 = listing.photo_ids[:1].image_128

    def _compute_exchange_count(self):
        counts = dict(
            self.env["ebs.exchange"]._read_group(
                [("listing_id", "in", self.ids)], ["listing_id"], ["__count"]
            )
        )
        for listing in self:
            listing.exchange_count = counts.get(listing, 0)

    # === WHAT A MEMBER DOES === #

    @api.model
    def action_create(self, values, as_member_id=None):
        """Begin a listing, as a draft that its owner alone sees, and return it."""
        company = None if as_member_id else self.env.company
        member = self.env["ebs.member"]._acting(company, as_member_id)
        return self.sudo().browse()._save(values, member).sudo(False)

    def action_save(self, values):
        """Change one's own listing; where moderators look first, they look again."""
        listing_sudo = self._check_changing()
        listing_sudo._save(values, listing_sudo.member_id)

    def action_publish(self):
        """Show a complete draft to those it is for, or to a moderator first."""
        listing_sudo = self._check_acting()
        listing_sudo._check_complete()
        if listing_sudo.state in ("published", "pending"):
            return
        if listing_sudo._is_moderated_first() or listing_sudo.state == "rejected":
            listing_sudo._set_state(("draft", "rejected"), "pending")
        else:
            listing_sudo._publish(("draft",))

    def action_pause(self):
        """Take it out of sight for a while."""
        self._check_acting()._set_state(("published",), "paused")

    def action_resume(self):
        """Show again what was paused."""
        listing_sudo = self._check_acting()
        listing_sudo._check_complete()
        listing_sudo._set_state(("paused",), "published")

    def action_close(self):
        """Take it out of sight for good."""
        self._check_acting()._set_state(OPEN_STATES, "closed")

    def action_remove_photo(self, photo_id):
        """Take one photo away from one's own listing."""
        listing_sudo = self._check_acting()
        photo_id = to_int(photo_id)
        photo = listing_sudo.photo_ids.filtered(lambda one: one.id == photo_id)
        if not photo:
            raise UserError(self.env._("This photo is not there any more."))
        photo.unlink()

    def _check_changing(self):
        """Return, with all rights, one's own listing if it may still be changed."""
        listing_sudo = self._check_acting()
        if listing_sudo.state == "closed":
            raise UserError(
                self.env._("This listing is closed: please publish a new one.")
            )
        return listing_sudo

    def _check_acting(self):
        """Return, with all rights, the listing of a persona that may act now."""
        self._check_readable()
        listing_sudo = self.sudo()
        self.env["ebs.member"]._acting(
            listing_sudo.company_id, listing_sudo.member_id.id
        )
        return listing_sudo

    # === WHAT STAFF DO === #

    def action_approve(self):
        """Let through what waits for a moderator, and tell who offers it."""
        for listing_sudo in self._check_moderator():
            if listing_sudo.state == "published":
                continue
            if listing_sudo.member_id.state != "approved":
                raise UserError(
                    self.env._(
                        "%s is not an approved member: decide on that first.",
                        listing_sudo.member_id.name,
                    )
                )
            listing_sudo._publish(("pending", "rejected"))
            listing_sudo._tell_owner(
                "ebs_listings.mail_listing_approved", _lt("Your listing is published")
            )

    def action_reject(self, reason):
        """Take out of sight what breaks the rules, and tell its owner why."""
        listings_sudo = self._check_moderator()
        reason = to_text(reason, REASON_LENGTH)
        if not reason:
            raise UserError(self.env._("Please tell the member what to change."))
        for listing_sudo in listings_sudo._set_state(
            ("pending", "published", "paused"), "rejected", {"reject_reason": reason}
        ):
            listing_sudo._tell_owner(
                "ebs_listings.mail_listing_rejected",
                _lt("Your listing needs a change"),
                {"reason": reason},
            )

    def _check_moderator(self):
        """Return, with all rights, the listings of a moderator's own platforms."""
        user = self.env.user
        if user.id != SUPERUSER_ID and not user.has_group(MODERATOR):
            raise AccessError(
                self.env._("Only a moderator of the platform may do this.")
            )
        for listing in self:
            listing._check_readable()
        listings_sudo = self.sudo()
        if user.id != SUPERUSER_ID and listings_sudo.company_id - user.company_ids:
            raise AccessError(
                self.env._("Only a moderator of the platform may do this.")
            )
        return listings_sudo

    # === BUSINESS METHODS === #

    def _publish(self, allowed_from):
        """Show to those it is for; it takes its place among the newest once."""
        for listing in self:
            listing._set_state(
                allowed_from,
                "published",
                {
                    "published_at": listing.published_at or clock.now(),
                    "reject_reason": False,
                },
            )

    def _is_moderated_first(self):
        """Whether moderators look at it before others see it.

        What is for circles only is their members' business.
        """
        return (
            self.company_id.ebs_moderation == "before" and self.visibility != "circles"
        )

    def _check_complete(self):
        """Refuse to show what lacks a title, a category, a way or its readers."""
        if not self.name:
            raise UserError(self.env._("Please give it a title."))
        if not self.category_id:
            raise UserError(self.env._("Please choose a category."))
        if not self.way_ids:
            raise UserError(
                self.env._("Please choose at least one way: a gift, a loan…")
            )
        if self.visibility == "circles" and not self.circle_ids:
            raise UserError(
                self.env._("Please choose at least one circle that may see it.")
            )

    def _close_given(self):
        """Close what is gone for good, and tell those who still wait for it."""
        for listing in self:
            listing._set_state(OPEN_STATES, "closed")
            waiting = self.env["ebs.exchange"].search(
                [
                    ("listing_id", "=", listing.id),
                    ("state", "in", WAITING_STATES),
                ]
            )
            for exchange in waiting:
                exchange._end("declined", self.env._("It has gone to somebody else."))
                exchange._tell_declined()

    def _tell_owner(self, template_xmlid, subject, values=None):
        self.ensure_one()
        self.member_id._notify(
            template_xmlid,
            subject,
            {"title": self.name, "listing_id": self.id, **(values or {})},
        )
