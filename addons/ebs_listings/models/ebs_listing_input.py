# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.addons.ebs_base.utils import to_amount, to_int, to_text
from odoo.exceptions import UserError
from odoo.fields import Command

from .ebs_listing import DESCRIPTION_LENGTH, NAME_LENGTH, UNTITLED

MAX_PHOTOS = 8
# A change of one of these is looked at anew where moderators look first.
REVIEWED = ("name", "description", "category_id")


class EbsListing(models.Model):
    """What a member says of a listing, read from raw values."""

    _inherit = "ebs.listing"

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
        was_for_circles = self.visibility == "circles"
        again = looked_at and self._needs_review(vals)
        self.write(vals)
        # What leaves its circles is seen by others for the first time.
        again |= looked_at and was_for_circles and self._is_moderated_first()
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
        if name != UNTITLED and not any(one.isalnum() for one in name):
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
        ways = self.env["ebs.way"].search_fetch([], ["code"])
        ways = ways.filtered(lambda way: way.code in codes)
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
        if not self._is_moderated_first():
            return False
        if vals.get("visibility") == "circles":
            return False
        changed = any(
            name in vals
            and (vals[name] or False)
            != (self._fields[name].convert_to_write(self[name], self) or False)
            for name in REVIEWED
        )
        return changed or bool(vals.get("photo_ids"))
