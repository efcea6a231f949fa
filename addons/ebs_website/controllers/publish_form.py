# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from babel.dates import get_day_names
from odoo.addons.ebs_base.utils import MAX_IMAGE_BYTES, to_int
from odoo.addons.ebs_listings.models.ebs_listing import UNTITLED
from odoo.http import request
from odoo.tools import get_lang
from odoo.tools.misc import babel_locale_parse

from .common import EbsController

# Text fields that the form sends as they were typed.
TEXT_KEYS = (
    *("side", "name", "description", "price", "visibility", "deposit_kind"),
    *("agreement", "value"),
    *("loan_step", "loan_min", "loan_max", "loan_notice", "loan_horizon"),
    "loan_buffer",
)
ID_KEYS = ("category_id", "zone_id", "place_id")
NUMBER_KEYS = ("deposit_amount", "copy_count")
# Before the number of the listing that comes with a kit.
PART = "part_"
MAX_PHOTOS = 8
# Opening hours: two periods a day.
PERIODS = (0, 1)


class PublishForm(EbsController):
    """The form of a listing: what it sends, and what it shows."""

    def _find_mine(self, listing_id):
        """One of the listings of the personas that the visitor acts for."""
        company = self._company()
        mine = request.env["ebs.member"]._get_mine()
        listing = request.env["ebs.listing"].search(
            [
                ("id", "=", listing_id if listing_id < 2**31 else 0),
                ("company_id", "=", company.id),
                ("member_id", "in", mine.ids),
            ],
            limit=1,
        )
        if not listing:
            raise self._not_found()
        return listing

    def _read_form(self, member_id):
        """What the form says, for the action: texts, ids and lists.

        Who acts for several gets the circles of each, in boxes of their own.
        """
        form = request.httprequest.form
        values = {key: form[key] for key in TEXT_KEYS if key in form}
        values |= {key: to_int(form[key]) for key in ID_KEYS if key in form}
        values |= {key: form[key] for key in NUMBER_KEYS if form.get(key)}
        values["ways"] = form.getlist("ways")
        parts = [key for key in form if key.startswith(PART)]
        if parts:
            values["parts"] = [
                {"listing_id": key[len(PART) :], "quantity": form[key] or 0}
                for key in parts
            ]
        if "loan_step" in form:
            # A box that is not ticked is not sent.
            values["same_day_turnover"] = "same_day_turnover" in form
            values["hours"] = self._read_hours_form(form)
        boxes = form.getlist("circle_ids") + form.getlist(f"circle_ids_{member_id}")
        circle_ids = [to_int(value) for value in boxes]
        if circle_ids or values.get("visibility") == "circles":
            values["circle_ids"] = [circle_id for circle_id in circle_ids if circle_id]
        return values

    def _read_hours_form(self, form):
        """The opening hours as the action takes them: periods by day, Monday 0."""
        hours = {}
        for day in map(str, range(7)):
            periods = [
                [form.get(f"hours_{day}_{n}_{end}", "") for end in ("from", "to")]
                for n in PERIODS
            ]
            periods = [period for period in periods if any(period)]
            if periods:
                hours[day] = periods
        return hours

    def _receive_photos(self, listing):
        """Take away, put in order and add photos; return what was refused, and why."""
        form = request.httprequest.form
        for value in form.getlist("remove_photo"):
            # One that is gone already is what was asked for.
            self._try(listing.action_remove_photo, to_int(value))
        order = [to_int(value) for value in form.getlist("photo_order")]
        moved = to_int(form.get("photo_up"))
        if moved in order[1:]:
            rank = order.index(moved)
            order[rank - 1], order[rank] = order[rank], order[rank - 1]
        if order:
            self._try(listing.action_order_photos, order)
        refusals = []
        for file in request.httprequest.files.getlist("photos")[: MAX_PHOTOS * 2]:
            if not file.filename:
                continue
            # One after the other: never more than one of them in memory.
            data = base64.b64encode(file.read(MAX_IMAGE_BYTES + 1024)).decode()
            photo = {"name": file.filename, "data": data}
            refused, error = self._try(listing.action_add_photos, [photo])
            refusals += [error] if error else refused
        return refusals

    def _get_defaults(self, company, circle_id=None):
        """A new form: without deposit, in my own zone, for those it is mostly for.

        From the page of a circle it is for that circle.
        """
        mine = request.env["ebs.member"]._get_mine()
        circles = self._circle_choices(company, mine)
        circle_ids = [one for one, _name in circles]
        persona = self._persona()
        visibility = persona.private_ids.default_visibility
        if circle_id in circle_ids:
            visibility, circle_ids = "circles", [circle_id]
            inside = mine.filtered(
                lambda member: circle_id in dict(self._circle_choices(company, member))
            )
            persona = persona & inside or inside[:1]
        elif visibility == "circles" and not circles:
            # Rather too few than too many.
            visibility = "members"
        return {
            "side": "offer",
            "ways": [],
            "member_id": persona.id,
            "zone_id": persona.zone_id.id,
            "visibility": visibility,
            "deposit_kind": "none",
            "agreement": "owner",
            "copy_count": 1,
            "circle_ids": circle_ids,
            "loan_step": "day",
            "hours": {},
        }

    def _get_values(self, listing):
        """What the listing says now, as the form sends it."""
        return {
            "side": listing.side,
            "name": "" if listing.name == UNTITLED else listing.name,
            "description": listing.description or "",
            "price": listing.price or "",
            "visibility": listing.visibility,
            "deposit_kind": listing.deposit_kind,
            "deposit_amount": listing.deposit_amount or "",
            "copy_count": self._get_copy_count(listing),
            "parts": [
                {"listing_id": line.part_id.id, "quantity": line.quantity}
                # As superuser: one's own kit, whose parts are one's own as well.
                for line in listing.sudo().kit_ids
            ],
            "agreement": listing.agreement,
            "value": listing.value or "",
            "loan_step": listing.loan_step,
            "loan_min": listing.loan_min if listing.loan_min > 1 else "",
            "loan_max": listing.loan_max or "",
            "loan_notice": listing.loan_notice or "",
            "loan_horizon": listing.loan_horizon or "",
            "loan_buffer": listing.loan_buffer or "",
            "same_day_turnover": listing.same_day_turnover,
            "place_id": listing.place_id.id,
            "hours": listing._get_own_hours(),
            "category_id": listing.category_id.id,
            "zone_id": listing.zone_id.id,
            "ways": listing.way_ids.mapped("code"),
            # As superuser: one's own listing, whose circles nobody else reads.
            "circle_ids": listing.sudo().circle_ids.ids,
        }

    def _get_copy_count(self, listing):
        """How many there are: none when all are damaged, or of a kit of parts."""
        # As superuser: one's own listing, whose parts are one's own as well.
        listing_sudo = listing.sudo()
        if listing_sudo.all_copy_ids or listing_sudo.kit_ids:
            return listing_sudo.copy_count
        return 1

    def _get_weekdays(self):
        """The names of the days of the week, Monday first."""
        locale = babel_locale_parse(get_lang(request.env).code)
        return [get_day_names("wide", locale=locale)[day] for day in range(7)]

    def _render_form(self, company, values, listing=None, error=None, status=200):
        env = request.env
        here = [("company_id", "=", company.id)]
        proposed = None
        if not values.get("category_id"):
            # What is not chosen is proposed, for the next time the form is sent.
            proposed = env["ebs.listing"]._guess_category(company, values.get("name"))
            values = {**values, "category_id": proposed.id}
        ways = env["ebs.way"].search_fetch([], ["code", "name"])
        zones = env["ebs.zone"].search_fetch(here, ["name"])
        photos = [
            {"id": photo.id, "url": self._photo_url(photo, "image_256")}
            # As superuser: one's own listing.
            for photo in (listing.sudo().photo_ids if listing else ())
        ]
        return self._render(
            "ebs_website.publish",
            {
                "values": values,
                "listing": listing,
                "photos": photos,
                "proposed": proposed,
                "preview": self._get_preview(values, listing, photos, ways, zones),
                "moderated": company.ebs_moderation == "before",
                "side_fixed": bool(listing and listing.published_at),
                "ways": ways,
                "categories": self._category_choices(company),
                "acting": [] if listing else self._acting_choices(),
                "parts": self._get_parts(values, listing),
                "zones": zones,
                "places": env["ebs.place"].search_fetch(here, ["name"]),
                "weekdays": self._get_weekdays(),
                "readers": self._get_reader_groups(
                    company, listing.sudo().member_id if listing else None
                ),
                "currency": company.currency_id.symbol,
                "error": error,
            },
            status=status,
        )

    def _get_preview(self, values, listing, photos, ways, zones):
        """The card as others will see it, of what the form says now."""
        mine = request.env["ebs.member"]._get_mine()
        member_id = listing.sudo().member_id.id if listing else values.get("member_id")
        category = request.env["ebs.category"].search(
            [
                ("id", "=", values.get("category_id") or 0),
                ("company_id", "=", self._company().id),
            ]
        )
        zone = zones.filtered(lambda one: one.id == values.get("zone_id"))
        chosen = ways.filtered(lambda way: way.code in values["ways"])
        return {
            "url": None,
            "title": values.get("name") or request.env._("Your title"),
            "wanted": request.env._("Wanted"),
            "image": photos[0]["url"] if photos else None,
            "picture": self._picture_url(category),
            "ways": ", ".join(chosen.mapped("name")),
            "price": None,
            "zone": zone.name or "",
            "spot": None,
            "distance": None,
            "owner": mine.filtered(lambda one: one.id == member_id)[:1].name,
        }

    def _get_parts(self, values, listing):
        """My other things to lend, and how many of each come with this one."""
        env = request.env
        if listing:
            member = listing.sudo().member_id
        else:
            member = env["ebs.member"].browse(values.get("member_id") or [])
        said = {
            to_int(part["listing_id"]): part["quantity"]
            for part in values.get("parts", ())
        }
        choices = (listing or env["ebs.listing"])._get_part_choices(member)
        return [
            {"id": part.id, "name": part.name, "quantity": said.get(part.id) or ""}
            for part in choices
        ]
