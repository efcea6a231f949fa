# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How listings are found from outside: by search engines, feeds, shared links."""

import re
from datetime import UTC
from email.utils import format_datetime

from lxml import etree
from odoo import http
from odoo.addons.website.controllers.main import Website
from odoo.http import request
from odoo.tools.json import scriptsafe

from .common import EbsController

MAX_DESCRIPTION = 200
# What XML cannot say.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ATOM = "http://www.w3.org/2005/Atom"
RSS_HEADERS = [
    ("Content-Type", "application/rss+xml; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
]
# What is handed out for a time, in schema.org's words.
LEASED = {"lend", "rent"}
LEASE = "http://purl.org/goodrelations/v1#LeaseOut"
FREE = {"give", "lend"}


class FoundController(EbsController):
    """What pages tell machines, in their head: only what everyone may see."""

    def _get_catalogue_head(self, values):
        """The head of a page of the catalogue: one address, its feed.

        A search is no page of its own for search engines, whatever the filters.
        """
        site = request.website.name
        canonical = self._get_canonical("/listings")
        return {
            "canonical": canonical,
            "noindex": bool(values["filters"]),
            "feed": values["feed_url"],
            "social": {
                "og:type": "website",
                "og:site_name": site,
                "og:title": request.env._("Listings | %(site)s", site=site),
                "og:url": canonical,
            },
        }

    def _get_listing_head(self, listing_sudo, card, photos):
        """The head of a listing's page: what it is, when everyone sees it."""
        canonical = self._get_canonical(card["url"])
        if not self._is_public(listing_sudo):
            return {"canonical": canonical, "noindex": True}
        description = self._shorten(listing_sudo.description or card["ways"])
        pictures = [self._get_full(photo["large"]) for photo in photos]
        social = {
            "og:type": "article",
            "og:site_name": request.website.name,
            "og:title": listing_sudo.name,
            "og:description": description,
            "og:url": canonical,
        }
        if pictures:
            social["og:image"] = pictures[0]
            social["og:image:alt"] = listing_sudo.name
        return {
            "canonical": canonical,
            "description": description,
            "social": social,
            "card": "summary_large_image" if pictures else "summary",
            "data": scriptsafe.dumps(
                self._get_schema(listing_sudo, canonical, pictures),
                ensure_ascii=False,
            ),
        }

    def _is_public(self, listing_sudo):
        return listing_sudo.visibility == "everyone" and (
            listing_sudo.state == "published"
        )

    def _get_schema(self, listing_sudo, url, pictures):
        """The listing in schema.org's words; its owner is nobody's business there."""
        codes = listing_sudo.way_ids.mapped("code")
        service = codes == ["service"]
        thing = {
            "@type": "Service" if service else "Product",
            "name": listing_sudo.name,
            "category": listing_sudo.category_id.name,
            "url": url,
        }
        if listing_sudo.description:
            thing["description"] = listing_sudo.description
        if pictures:
            thing["image"] = pictures
        if listing_sudo.side == "want":
            terms = {"@type": "Demand", "itemOffered": thing}
            data = terms
        else:
            terms = {"@type": "Offer", "url": url}
            terms |= self._get_schema_price(listing_sudo, codes)
            data = thing | {"offers": terms}
            if not service:
                terms["availability"] = "https://schema.org/InStock"
        if set(codes) <= LEASED:
            terms["businessFunction"] = LEASE
        if listing_sudo.zone_id:
            terms["areaServed"] = {"@type": "Place", "name": listing_sudo.zone_id.name}
        return {"@context": "https://schema.org", **data}

    def _get_schema_price(self, listing_sudo, codes):
        """The price, where there is one to say: what is given or lent is free."""
        price = None
        if listing_sudo.price and set(listing_sudo._get_priced_ways()) & set(codes):
            price = listing_sudo.price
        elif set(codes) <= FREE:
            price = 0
        if price is None:
            return {}
        currency = self._company().currency_id.name
        return {"price": f"{price:.2f}", "priceCurrency": currency}

    def _get_canonical(self, path):
        """The one whole address of a page, in the language of the visitor."""
        return self._get_full(request.env["ir.http"]._url_for(path))

    def _get_full(self, path):
        return f"{request.website.get_base_url()}{path}"

    def _shorten(self, text):
        """The beginning of a text, on one line, cut between two words."""
        text = " ".join((text or "").split())
        if len(text) <= MAX_DESCRIPTION:
            return text
        begun = text[:MAX_DESCRIPTION]
        return f"{begun.rpartition(' ')[0] or begun}…"

    # --------------------------------------------------------------------------
    # Feeds
    # --------------------------------------------------------------------------

    def _get_feed_title(self, chips):
        """The name of the platform, and what was searched for."""
        parts = [request.website.name or "", *(chip["label"] for chip in chips)]
        return " · ".join(parts)

    def _render_feed(self, listings, title, path, feed_path):
        """Listings that everyone sees, as RSS."""
        rss = etree.Element("rss", version="2.0", nsmap={"atom": ATOM})
        channel = etree.SubElement(rss, "channel")
        self._add(channel, "title", title)
        self._add(channel, "link", self._get_full(path))
        self._add(channel, "description", title)
        self._add(channel, "language", request.lang.code.replace("_", "-").lower())
        etree.SubElement(
            channel,
            f"{{{ATOM}}}link",
            rel="self",
            type="application/rss+xml",
            href=self._get_full(feed_path),
        )
        cards = self._cards(listings)
        # As superuser: found by a search of the visitors' own.
        for listing_sudo, card in zip(listings.sudo(), cards, strict=True):
            item = etree.SubElement(channel, "item")
            self._add(item, "title", card["title"])
            self._add(item, "link", self._get_full(card["url"]))
            self._add(
                item, "guid", f"ebs-listing-{listing_sudo.id}", isPermaLink="false"
            )
            published = listing_sudo.published_at.replace(tzinfo=UTC)
            self._add(item, "pubDate", format_datetime(published, usegmt=True))
            facts = (card["wanted"], card["ways"], card["price"], card["zone"])
            said = " · ".join(fact for fact in facts if fact)
            text = self._shorten(listing_sudo.description)
            self._add(item, "description", f"{said}. {text}" if text else said)
        content = etree.tostring(rss, xml_declaration=True, encoding="utf-8")
        return request.make_response(content, RSS_HEADERS)

    def _add(self, parent, tag, text, **attributes):
        node = etree.SubElement(parent, tag, **attributes)
        node.text = NO_XML.sub("", text or "")


class EbsFoundSite(EbsController, Website):
    """The map of a platform's site."""

    @http.route(methods=["GET"])
    def sitemap_xml_index(self, **kwargs):
        """Never hand out a map that names what has left the public's sight."""
        if request.website._ebs_company():
            request.website._ebs_drop_stale_sitemap()
        return super().sitemap_xml_index(**kwargs)
