# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from lxml import etree
from odoo.tests import tagged

from .circles_common import NEVER, CirclePagesCase

LD = "script[type='application/ld+json']"
NASTY = '</script><script>alert(1)</script> & "quotes" \u2028'


@tagged("post_install", "-at_install")
class TestFound(CirclePagesCase):
    """What machines are told: what everyone may see, and nothing else."""

    def head(self, page, css, name):
        found = page.cssselect(css)
        self.assertEqual(len(found), 1, css)
        return found[0].get(name)

    def data(self, page):
        found = page.cssselect(LD)
        return json.loads(found[0].text) if found else None

    def close(self, listing):
        listing.with_user(self.owner.sudo().user_id).action_close()

    # === ADDRESSES === #

    def test_a_listing_has_one_address_however_it_is_written(self):
        listing = self.make_loan(name="Perceuse à percussion")
        for slug in (f"x-{listing.id}", f"perceuse-a-percussion-{listing.id}?month=1"):
            page = self.get(f"/listings/{slug}")
            address = self.head(page, "link[rel=canonical]", "href")
            self.assertTrue(
                address.endswith(f"/listings/perceuse-a-percussion-{listing.id}")
            )

    def test_a_search_is_no_page_of_its_own_for_search_engines(self):
        for query in ("", "?way=lend", "?q=drill&near=1,2"):
            page = self.get(f"/listings{query}")
            address = self.head(page, "link[rel=canonical]", "href")
            self.assertTrue(address.endswith("/listings"), address)
            robots = [one.get("content") for one in page.cssselect("meta[name=robots]")]
            self.assertEqual(robots, ["noindex"] if query else [])

    # === STRUCTURED DATA === #

    def test_what_everyone_sees_is_said_in_words_of_schema_org(self):
        listing = self.make_loan(name="Drill", description=NASTY, zone_id=self.zone.id)
        self.add_photo(listing)
        page = self.get(self.url_of(listing))
        data = self.data(page)
        self.assertEqual((data["@type"], data["name"]), ("Product", "Drill"))
        self.assertEqual(data["description"], listing.description)
        self.assertEqual(data["offers"]["price"], "0.00")
        self.assertIn("LeaseOut", data["offers"]["businessFunction"])
        self.assertEqual(self.url_open(data["image"][0]).status_code, 200)
        self.assertNotIn("alert(1)</script>", self.page.text)
        told = json.dumps(data)
        self.assertNotIn(self.owner.name, told)
        self.assertNotIn("latitude", told)

    def test_a_service_a_sale_and_a_want_are_what_they_are(self):
        service = self.make_listing(self.owner, way="service", name="Sewing")
        data = self.data(self.get(self.url_of(service)))
        self.assertEqual(data["@type"], "Service")
        self.assertNotIn("price", data["offers"])
        sale = self.make_listing(self.owner, way="sell", name="Bike", price=40)
        data = self.data(self.get(self.url_of(sale)))
        self.assertEqual(data["offers"]["price"], "40.00")
        self.assertEqual(data["offers"]["priceCurrency"], self.company.currency_id.name)
        want = self.make_listing(self.owner, name="Ladder", side="want")
        data = self.data(self.get(self.url_of(want)))
        self.assertEqual(data["@type"], "Demand")
        self.assertEqual(data["itemOffered"]["name"], "Ladder")

    def test_what_is_shared_shows_its_photo(self):
        listing = self.make_loan(name=NASTY[:60], description="Two batteries")
        self.add_photo(listing)
        page = self.get(self.url_of(listing))
        title = self.head(page, "meta[property='og:title']", "content")
        self.assertEqual(title, listing.name)
        self.assertEqual(
            self.head(page, "meta[property='og:description']", "content"),
            "Two batteries",
        )
        image = self.head(page, "meta[property='og:image']", "content")
        self.assertTrue(image.startswith("http"))
        self.assertEqual(self.url_open(image).headers["Content-Type"], "image/jpeg")

    def test_what_some_see_tells_machines_nothing(self):
        draft = self.make_draft(self.owner, name="Draft")
        members = self.make_loan(visibility="members")
        self.add_photo(members)
        self.log_in(self.owner)
        for listing in (draft, members):
            page = self.get(self.url_of(listing))
            self.assertFalse(page.cssselect(f"{LD}, meta[property^='og:']"))
            self.assertEqual(self.head(page, "meta[name=robots]", "content"), "noindex")

    # === THE MAP OF THE SITE === #

    def test_the_map_of_the_site_names_what_everyone_sees_and_forgets_the_rest(self):
        circle = self.make_circle("Lenders", "open")
        shown = self.make_loan(name="Shown tent")
        self.share(circle, "Shared tent")
        self.make_loan(name="Members tent", visibility="members")
        self.make_draft(self.owner, name="Draft tent")
        maps = self.env["ir.attachment"].search([("url", "=like", "/sitemap%")])
        maps.unlink()
        self.log_in(self.owner)
        text = self.url_open("/sitemap.xml").text
        self.assertIn("/listings/shown-tent-", text)
        for word in ("shared-tent", "members-tent", "draft-tent"):
            self.assertNotIn(word, text)
        self.assertEqual(self.url_open("/sitemap.xml").text, text)
        # Pages are served by transactions of their own, later than the test's.
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = now() WHERE url LIKE '/sitemap%%'"
        )
        self.env["ir.attachment"].invalidate_model()
        shown.with_user(self.owner.sudo().user_id).action_pause()
        self.assertNotIn("shown-tent", self.url_open("/sitemap.xml").text)

    # === FEEDS === #

    def feed(self, query=""):
        answer = self.url_open(f"/listings/feed.xml{query}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("application/rss+xml", answer.headers["Content-Type"])
        self.answer = answer
        return etree.fromstring(answer.content)

    def test_a_search_has_a_feed_of_its_own(self):
        page = self.get("/listings?way=give&sort=newest")
        address = self.head(page, "link[type='application/rss+xml']", "href")
        self.assertEqual(address, "/listings/feed.xml?way=give")
        self.make_loan(name="Lent")
        self.make_listing(self.owner, name="Given <b>&amp;</b>", description="\x0b Hi")
        feed = self.feed("?way=give")
        self.assertEqual(
            [item.text for item in feed.iterfind(".//item/title")],
            ["Given <b>&amp;</b>"],
        )
        self.assertIn("Gift", feed.findtext("channel/title"))
        link = feed.findtext(".//item/link")
        self.assertEqual(self.url_open(link).status_code, 200)
        self.assertTrue(feed.findtext(".//item/pubDate").endswith("GMT"))

    def test_a_feed_is_for_everybody_whoever_reads_it(self):
        circle = self.make_circle("Lenders", "open", organiser=self.asker)
        self.share(circle, "Shared tent", self.asker)
        self.make_loan(name="Members tent", visibility="members")
        self.make_loan(name="Shown tent")
        self.log_in(self.asker)
        for query in ("", f"?circle={circle.id}", "?q=tent"):
            feed = self.feed(query)
            titles = [item.text for item in feed.iterfind(".//item/title")]
            self.assertEqual(titles, ["Shown tent"], query)
            self.assertNotIn("Lenders", self.answer.text)

    def test_garbage_gets_a_feed_as_no_filter(self):
        for query in (
            "q=%00%0B",
            "near=x&box=y",
            "zone[]=1",
            "q=" + "%F0%9F%92%A9" * 99,
        ):
            self.feed(f"?{query}")

    # === GONE === #

    def test_what_closed_in_public_is_gone_and_shows_what_is_alike(self):
        listing = self.make_loan(name="Secret word")
        self.make_loan(name="Other drill")
        self.make_loan(name="Hidden drill", visibility="members")
        self.close(listing)
        page = self.get(self.url_of(listing), status=410)
        self.assertEqual(self.titles(page), ["Other drill"])
        self.assertEqual(self.head(page, "meta[name=robots]", "content"), "noindex")
        self.assertNotIn("Secret word", self.page.text)
        self.assertNotIn(self.owner.name, self.text_of(page, ".o_ebs_empty"))
        self.log_in(self.owner)
        self.get(self.url_of(listing))

    def test_all_else_that_is_hidden_never_was(self):
        circle = self.make_circle("Lenders", "open")
        hidden = [
            self.make_loan(visibility="members"),
            self.make_loan(visibility="circles", circle_ids=circle.ids),
            self.make_loan(),
            self.make_draft(self.owner),
            self.make_listing(
                self.make_member("Fanny", company=self.other_company), name="Abroad"
            ),
        ]
        hidden[2].with_user(self.owner.sudo().user_id).action_pause()
        for listing in hidden[:4]:
            self.close(listing)
        hidden[4].sudo()._set_state(("published",), "closed")
        for listing in hidden:
            self.assert_same_404(f"/listings/x-{listing.id}")
        self.get(f"/listings/x-{NEVER}", status=404)

    def test_nobody_asks_for_what_is_gone(self):
        listing = self.make_loan()
        self.close(listing)
        self.log_in(self.asker)
        answer = self.post(f"{self.url_of(listing)}/ask", {"way": "lend"})
        self.assertEqual(answer.status_code, 404)

    # === ALIKE === #

    def test_a_page_ends_with_what_is_alike_and_visible(self):
        listing = self.make_loan(name="Drill")
        self.make_loan(name="Other drill")
        self.make_loan(name="Hidden drill", visibility="members")
        page = self.get(self.url_of(listing))
        titles = page.cssselect(".o_ebs_alike .o_ebs_card_title")
        self.assertEqual([title.text for title in titles], ["Other drill"])
