# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every EBS page shares: the site's platform, one 404, errors as sentences."""

from urllib.parse import urlencode

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import request
from odoo.tools import format_amount

from ..say import say_distance

PICTURES = "/ebs_listings/static/img/category"


class EbsController:
    """Base of the platform's controllers: read, call one method, render.

    Not itself a controller: Odoo melts all controllers of one base into one class,
    where methods of the same name would hide each other, and would register core's
    routes twice for those that extend core. So name both bases:
    ``class Catalogue(EbsController, http.Controller)`` for pages of our own,
    ``class Home(EbsController, Website)`` to override core's.
    """

    def _company(self):
        """The platform of this site; on any other site the page does not exist."""
        company = request.website._ebs_company()
        if not company:
            raise self._not_found()
        return company

    def _not_found(self):
        """The one answer for what is missing, foreign or hidden: raise it."""
        return request.not_found()

    def _persona(self):
        """The visitor's first persona on this platform, own one first, any state."""
        if request.env.user._is_public():
            return request.env["ebs.member"]
        return self._here(request.env["ebs.member"]._get_mine())[:1]

    def _here(self, personas):
        """Those of these personas that are of this platform."""
        company = self._company()
        return personas.filtered(lambda member: member.company_id == company)

    def _render(self, template, values=None, status=200):
        """Render one page with what the layout needs."""
        values = {
            "company": self._company(),
            "error": None,
            **(values or {}),
        }
        if "persona" not in values:
            values["persona"] = self._persona()
        return request.render(template, values, status=status)

    def _try(self, call, *args, **kwargs):
        """Call an action; answer (result, None), or (None, sentence) when it refuses.

        What the action wrote before it refused is undone, so that the same page can
        be shown again with the visitor's input.
        """
        try:
            with request.env.cr.savepoint():
                return call(*args, **kwargs), None
        except (UserError, AccessError, MissingError, ValidationError) as error:
            return None, str(error.args[0]) if error.args else str(error)

    def _gate(self, back):
        """What stands between the visitor and acting here: None, or what to do.

        A dict of the sentence and of the buttons (address, words), main one first;
        ``back`` is the page to come back to.
        """
        query = urlencode({"redirect": back})
        if request.env.user._is_public():
            sign_up = (f"/web/signup?{query}", request.env._("Create my account"))
            log_in = (f"/web/login?{query}", request.env._("I have an account"))
            sentence = request.env._("You need an account: it takes one minute.")
            return {"sentence": sentence, "buttons": [sign_up, log_in]}
        __, sentence = self._try(request.env["ebs.member"]._acting, self._company())
        if sentence:
            return {
                "sentence": sentence,
                "buttons": [("/my", request.env._("Go to my space"))],
            }
        return None

    def _acting_choices(self):
        """Who the visitor may act for, as (id, name): empty when there is no choice."""
        company = self._company()
        choices = [
            (member.id, member.name)
            for member in request.env["ebs.member"]._get_mine()
            if member.company_id == company and member.state == "approved"
        ]
        return choices if len(choices) > 1 else []

    def _category_choices(self, company):
        """The tree as a flat list of (id, name), each branch under its root."""
        categories = request.env["ebs.category"].search_fetch(
            # The icon too: the cards of the same page show it.
            [("company_id", "=", company.id)],
            ["name", "parent_id", "icon"],
        )
        children = categories.grouped("parent_id")
        flat = []

        def walk(parent, depth):
            for category in children.get(parent, ()):
                flat.append((category.id, "\u2003" * depth + category.name))
                walk(category, depth + 1)

        walk(categories.browse(), 0)
        return flat

    def _circle_choices(self, company, members):
        """The circles that these personas are in, as (id, name)."""
        approved = members.filtered(
            lambda member: member.company_id == company and member.state == "approved"
        )
        ids = request.env["ebs.circle.member"]._get_circle_ids(approved)
        # As superuser: who is in a circle sees it, and asking the rule once more
        # would cost every page of the catalogue some queries.
        circles_sudo = request.env["ebs.circle"].sudo()
        found_sudo = circles_sudo.search_fetch([("id", "in", ids)], ["name"])
        return [(circle_sudo.id, circle_sudo.name) for circle_sudo in found_sudo]

    def _get_reader_groups(self, company, personas=None):
        """The circles that a listing may be for, by persona of the visitor.

        One group but for delegates, none for who is in no circle.
        """
        if personas is None:
            personas = (
                request.env["ebs.member"]
                ._get_mine()
                .filtered(
                    lambda one: one.company_id == company and one.state == "approved"
                )
            )
        groups = [
            {
                "member_id": persona.id,
                "name": persona.name,
                "circles": self._circle_choices(company, persona),
            }
            for persona in personas
        ]
        return [group for group in groups if group["circles"]]

    def _is_unseen(self, listing_sudo):
        """Whether it is for circles of which none is left."""
        return listing_sudo.visibility == "circles" and not listing_sudo.circle_ids

    def _slug_id(self, slug):
        """The id at the end of an address such as `perceuse-bosch-12`, or None."""
        record_id = request.env["ir.http"]._unslug(slug)[1]
        return record_id if record_id and 0 < record_id < 2**31 else None

    def _listing_url(self, listing):
        """The address of a listing's page."""
        slug = request.env["ir.http"]._slug((listing.id, listing.name or "-"))
        return f"/listings/{slug}"

    def _circle_url(self, circle):
        """The address of a circle's page."""
        slug = request.env["ir.http"]._slug((circle.id, circle.name or "-"))
        return f"/circles/{slug}"

    def _cards(self, listings, near=None):
        """What the cards of listings show, as plain dicts: few queries, then none.

        The listings come from a search made as the visitor; ``near`` is where the
        visitor said to be, as (latitude, longitude).
        """
        cards = []
        distances = listings._get_distances(*near) if near else {}
        # As superuser: proven visible above; owner and zone may be out of sight.
        for listing_sudo in listings.sudo():
            codes = listing_sudo.way_ids.mapped("code")
            priced = set(listing_sudo._get_priced_ways()).intersection(codes)
            metres = distances.get(listing_sudo)
            cards.append(
                {
                    "url": self._listing_url(listing_sudo),
                    "title": listing_sudo.name,
                    "wanted": request.env._("Wanted")
                    if listing_sudo.side == "want"
                    else None,
                    "image": self._photo_url(listing_sudo.main_photo_id, "image_512"),
                    "picture": self._picture_url(listing_sudo.category_id),
                    "ways": ", ".join(listing_sudo.way_ids.mapped("name")),
                    "price": self._price(listing_sudo) if priced else None,
                    "zone": listing_sudo.zone_id.name,
                    "spot": self._spot(listing_sudo),
                    "distance": None
                    if metres is None
                    else say_distance(request.env, metres),
                    "owner": listing_sudo.member_id.name,
                    "limited": listing_sudo.visibility != "everyone",
                }
            )
        return cards

    def _spot(self, listing):
        """The blurred spot as the map reads it, or nothing."""
        if not (listing.latitude or listing.longitude):
            return None
        return f"{listing.latitude:.6f},{listing.longitude:.6f}"

    def _price(self, listing):
        """The price as people write it, or nothing when it was not said."""
        if not listing.price:
            return None
        # The currency of the platform, read already: a listing's own costs a query.
        currency = self._company().currency_id
        return format_amount(
            request.env, listing.price, currency, trailing_zeroes=False
        )

    def _picture_url(self, category):
        """The drawn picture that stands where there is no photo."""
        return f"{PICTURES}/{category.icon or 'other'}.svg"

    def _photo_url(self, photo_sudo, field):
        """The address of a photo that the visitor may see, or nothing.

        Only what everyone may see gets an address that browsers and proxies keep.
        """
        if not photo_sudo:
            return None
        listing_sudo = photo_sudo.listing_id
        if listing_sudo.visibility == "everyone" and listing_sudo.state == "published":
            return request.website.image_url(photo_sudo, field)
        return f"/web/image/ebs.photo/{photo_sudo.id}/{field}"
