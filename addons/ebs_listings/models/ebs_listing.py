# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_amount, to_int, to_text
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

STAFF = "ebs_base.group_ebs_staff"
MODERATOR = "ebs_base.group_ebs_moderator"
NAME_LENGTH = 100
DESCRIPTION_LENGTH = 4000
REASON_LENGTH = 1000
MAX_PHOTOS = 8
# Closed is for good.
OPEN_STATES = ("draft", "pending", "published", "paused", "rejected")
# A change of one of these is looked at anew where moderators look first.
REVIEWED = ("name", "description", "category_id")


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
    circle_ids = fields.Many2many("ebs.circle", string="Circles", check_company=True)
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

    def _compute_exchange_count(self):
        counts = dict(
            self.env["ebs.exchange"]._read_group(
                [("listing_id", "in", self.ids)], ["listing_id"], ["__count"]
            )
        )
        for listing in self:
            listing.exchange_count = counts.get(listing, 0)

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
                within = Domain("id", "in", circle_ids) & Domain("active", "=", True)
                seen |= Domain("visibility", "=", "circles") & Domain(
                    "circle_ids", "any", within
                )
        if user.has_group("ebs_base.group_ebs_desk"):
            seen |= limited & Domain("company_id", "in", user.company_ids.ids)
        domain = Domain("state", "=", "published") & seen
        if mine:
            domain |= Domain("member_id", "in", mine.ids)
        if user.has_group(MODERATOR):
            domain |= Domain("company_id", "in", user.company_ids.ids)
        return domain

    @api.depends_context("uid")
    @api.depends("name", "is_visible")
    def _compute_display_name(self):
        """Name it only to those who see it: other records refer to it as well."""
        is_staff = self.env.user.has_group(STAFF)
        for listing in self:
            shown = is_staff or listing.is_visible
            listing.display_name = listing.name if shown else self.env._("Listing")

    # === WHAT A MEMBER DOES === #

    @api.model
    def action_create(self, values, as_member_id=None):
        """Begin a listing, as a draft that its owner alone sees, and return it."""
        company = None if as_member_id else self.env.company
        member = self.env["ebs.member"]._acting(company, as_member_id)
        return self.sudo().browse()._save(values, member).sudo(False)

    def action_save(self, values):
        """Change one's own listing; where moderators look first, they look again."""
        listing_sudo = self._check_acting()
        if listing_sudo.state == "closed":
            raise UserError(
                self.env._("This listing is closed: please publish a new one.")
            )
        listing_sudo._save(values, listing_sudo.member_id)

    def action_publish(self):
        """Show a complete draft to those it is for, or to a moderator first."""
        listing_sudo = self._check_acting()
        listing_sudo._check_complete()
        if listing_sudo.state in ("published", "pending"):
            return
        first = listing_sudo.company_id.ebs_moderation == "before"
        if first or listing_sudo.state == "rejected":
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

    def _check_complete(self):
        """Refuse to show what lacks a title, a category, a way or its readers."""
        _ = self.env._
        if not self.name:
            raise UserError(_("Please give it a title."))
        if not self.category_id:
            raise UserError(_("Please choose a category."))
        if not self.way_ids:
            raise UserError(_("Please choose at least one way: a gift, a loan…"))
        if self.visibility == "circles" and not self.circle_ids:
            raise UserError(_("Please choose at least one circle that may see it."))

    def _close_given(self):
        """Close what is gone for good, and tell those who still wait for it."""
        for listing in self:
            listing._set_state(OPEN_STATES, "closed")
            waiting = self.env["ebs.exchange"].search(
                [("listing_id", "=", listing.id), ("state", "=", "requested")]
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

    # === READING WHAT A MEMBER SENT === #

    def _save(self, values, member):
        """Create (when empty) or change a listing from raw values; return it."""
        readers = self._get_value_readers()
        vals = {}
        for key, value in self._check_keys(values, readers).items():
            vals.update(readers[key](value, member))
        self._settle_readers(vals)
        if not self:
            if not vals.get("name"):
                raise UserError(self.env._("Please give it a title."))
            return self.with_context(mail_create_nolog=True).create(
                {
                    "company_id": member.company_id.id,
                    "member_id": member.id,
                    "zone_id": member.zone_id.id,
                    **vals,
                }
            )
        looked_at = self.state in ("published", "paused")
        again = looked_at and self._needs_review(vals)
        self.write(vals)
        if looked_at:
            self._check_complete()
        if again:
            self._set_state(("published", "paused"), "pending")
        return self

    @api.model
    def _get_value_readers(self):
        """Return what a member may send: {key: what makes it field values}.

        A reader gets the raw value and the persona, and raises a sentence.
        """
        return {
            "name": self._read_name,
            "description": self._read_description,
            "category_id": self._read_category,
            "ways": self._read_ways,
            "zone_id": self._read_zone,
            "price": self._read_price,
            "visibility": self._read_visibility,
            "circle_ids": self._read_circles,
            "photos": self._read_photos,
        }

    def _read_name(self, value, member):
        name = " ".join(to_text(value, NAME_LENGTH).split())
        if not name:
            raise UserError(self.env._("Please give it a title."))
        return {"name": name}

    def _read_description(self, value, member):
        return {"description": to_text(value, DESCRIPTION_LENGTH)}

    def _read_category(self, value, member):
        refusal = self.env._("Please choose a category from the list.")
        return {
            "category_id": self._read_choice("ebs.category", value, member, refusal)
        }

    def _read_zone(self, value, member):
        refusal = self.env._("Please choose a zone from the list.")
        return {"zone_id": self._read_choice("ebs.zone", value, member, refusal)}

    def _read_choice(self, model, value, member, refusal):
        """Return the id of a record of the persona's platform, or nothing."""
        if not value:
            return False
        chosen = self.env[model].search(
            [
                ("id", "=", to_int(value) or 0),
                ("company_id", "=", member.company_id.id),
            ]
        )
        if not chosen:
            raise UserError(refusal)
        return chosen.id

    def _read_ways(self, value, member):
        codes = value or []
        if not isinstance(codes, list | tuple) or not all(
            isinstance(code, str) for code in codes
        ):
            raise UserError(self.env._("Please choose the ways from the list."))
        ways = self.env["ebs.way"].search([]).filtered(lambda way: way.code in codes)
        if set(codes) - set(ways.mapped("code")):
            raise UserError(self.env._("Please choose the ways from the list."))
        return {"way_ids": [Command.set(ways.ids)]}

    def _read_price(self, value, member):
        price = to_amount(value or 0)
        if price is None:
            raise UserError(self.env._("Please type the price as a number."))
        return {"price": price}

    def _read_visibility(self, value, member):
        if not isinstance(value, str) or value not in dict(
            self._fields["visibility"].selection
        ):
            raise UserError(self.env._("Please choose who may see it."))
        return {"visibility": value}

    def _read_circles(self, value, member):
        ids = value or []
        mine = self.env["ebs.circle.member"]._get_circle_ids(member)
        if not isinstance(ids, list | tuple) or not {to_int(one) for one in ids} <= {
            *mine
        }:
            raise UserError(
                self.env._("Please choose circles that you are a member of.")
            )
        return {"circle_ids": [Command.set([to_int(one) for one in ids])]}

    def _read_photos(self, value, member):
        photos = value or []
        if not isinstance(photos, list | tuple):
            raise UserError(self.env._("Please choose the photos again."))
        if len(photos) + len(self.photo_ids) > MAX_PHOTOS:
            raise UserError(
                self.env._("Please keep to %(count)s photos.", count=MAX_PHOTOS)
            )
        last = max(self.photo_ids.mapped("sequence"), default=0)
        return {
            "photo_ids": [
                Command.create(
                    {
                        "sequence": last + rank,
                        "image_1920": self.env["ebs.photo"]._decode_photo(photo),
                    }
                )
                for rank, photo in enumerate(photos, 1)
            ]
        }

    def _settle_readers(self, vals):
        """Make visibility and circles agree: circles are named for circles only."""
        visibility = vals.get("visibility", self.visibility or "everyone")
        if visibility != "circles":
            if self.circle_ids or "circle_ids" in vals:
                vals["circle_ids"] = [Command.clear()]
            return
        if "circle_ids" in vals:
            chosen = vals["circle_ids"][0][2]
        else:
            chosen = self.circle_ids.ids
        if not chosen:
            raise UserError(
                self.env._("Please choose at least one circle that may see it.")
            )

    def _needs_review(self, vals):
        """Whether a change of these values is one that moderators see first."""
        if self.company_id.ebs_moderation != "before":
            return False
        changed = any(
            name in vals
            and (vals[name] or False)
            != (self._fields[name].convert_to_write(self[name], self) or False)
            for name in REVIEWED
        )
        return changed or bool(vals.get("photo_ids"))
