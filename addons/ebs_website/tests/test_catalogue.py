# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import quote

from odoo.tests import tagged

from .pages_common import WebsiteCase

# A server adds five of its own to each page: twenty in all.
MAX_QUERIES = 20


@tagged("post_install", "-at_install")
class TestCatalogue(WebsiteCase):
    """Searching among what one may see."""

    def _get_titles(self, page):
        return [title.text_content() for title in page.cssselect(".o_ebs_card_title")]

    def test_words_and_filters_narrow_the_cards_and_each_can_be_taken_off(self):
        self.make_loan(name="Cordless drill", zone_id=self.zone.id)
        self.make_loan(name="Tent")
        page = self.get(f"/listings?q=drill&zone={self.zone.id}&way=lend")
        self.assertEqual(self._get_titles(page), ["Cordless drill"])
        self.assertEqual(self.text_of(page, "h2[role=status]"), "One listing")
        chips = page.cssselect("a.o_ebs_chip")
        self.assertEqual(len(chips), 3)
        self.assertTrue(all("nofollow" in chip.get("rel") for chip in chips))
        self.assertEqual(
            chips[0].get("href"), f"/listings?way=lend&zone={self.zone.id}"
        )

    def test_an_empty_catalogue_invites(self):
        page = self.get("/listings")
        self.assertEqual(self.text_of(page, ".o_ebs_empty a"), "Publish")
        page = self.get("/listings?q=unicorn")
        self.assertEqual(self.text_of(page, "h2[role=status]"), "Nothing found")

    def test_garbage_in_the_address_is_never_a_fault(self):
        self.make_loan()
        for query in (
            "page=1e9",
            "q=" + "x" * 10_000,
            "q=%00&zone=%00",
            "q=%25_%5C",
            "zone=abc&category=-1&way=nothing",
            "zone=99999999999999999999&category=1.5",
            "q=a&q=b&zone=1&zone=2",
            "zone[]=1",
            quote("q=%FF%FE", safe="=%"),
        ):
            with self.subTest(query=query[:40]):
                self.get(f"/listings?{query}")

    def test_a_page_after_the_last_shows_the_last(self):
        for number in range(21):
            self.make_listing(self.owner, name=f"Thing {number}")
        page = self.get("/listings/page/99999999999999999999")
        self.assertEqual(len(self._get_titles(page)), 1)
        previous = page.cssselect(".o_ebs_pager a")[0]
        self.assertEqual(previous.get("href"), "/listings")
        self.assertIn("nofollow", previous.get("rel"))

    def test_what_is_for_some_leaves_no_trace_for_others(self):
        self.make_loan(name="Secret tent", visibility="members")
        page = self.get("/listings?q=secret")
        self.assertEqual(self._get_titles(page), [])
        self.assertNotIn("Secret tent", self.page.text)
        self.log_in(self.asker)
        page = self.get("/listings?q=secret")
        self.assertEqual(self._get_titles(page), ["Secret tent"])

    def test_another_platform_is_not_shown(self):
        foreigner = self.make_member("Fanny", company=self.other_company)
        self.make_listing(foreigner, name="Foreign tent")
        page = self.get("/listings")
        self.assertEqual(self._get_titles(page), [])

    def test_what_is_free_bears_no_price_and_a_sale_does(self):
        sell = self.env["ebs.way"].search([("code", "=", "sell")])
        self.make_listing(self.owner, name="Gift", way_ids=self.give.ids, price=12)
        self.make_listing(self.owner, name="Sale", way_ids=sell.ids, price=12)
        page = self.get("/listings")
        words = {
            card.cssselect(".o_ebs_card_title")[0].text: card.text_content()
            for card in page.cssselect(".o_ebs_card")
        }
        self.assertNotIn("12", words["Gift"])
        self.assertIn("12", words["Sale"])

    def test_photos_are_lazy_and_keep_their_place(self):
        for number in range(6):
            self.add_photo(self.make_listing(self.owner, name=f"Thing {number}"))
        page = self.get("/listings")
        photos = page.cssselect(".o_ebs_card img")
        self.assertEqual(len(photos), 6)
        for photo in photos:
            self.assertTrue(photo.get("width") and photo.get("height"))
        self.assertEqual(photos[-1].get("loading"), "lazy")
        self.assertEqual(self.url_open(photos[0].get("src")).status_code, 200)

    def test_a_photo_for_members_is_served_to_no_visitor_nor_kept_by_proxies(self):
        photo = self.add_photo(self.make_loan(visibility="members"))
        self.log_in(self.asker)
        page = self.get("/listings")
        url = page.cssselect(".o_ebs_card img")[0].get("src")
        self.assertNotIn("unique", url)
        self.assertEqual(self.url_open(url).status_code, 200)
        self.authenticate(None, None)
        refused = self.url_open(f"/web/image/ebs.photo/{photo.id}/image_512")
        self.assertNotEqual(refused.headers["Content-Type"], "image/jpeg")

    def test_twenty_cards_cost_a_visitor_few_queries_and_as_many_as_ten(self):
        def count(url):
            self.url_open(url)
            self.env.cr.flush()
            before = self.env.cr.sql_log_count
            self.url_open(url)
            return self.env.cr.sql_log_count - before

        for number in range(10):
            self.add_photo(self.make_loan(name=f"Thing {number}", zone_id=self.zone.id))
        ten = count("/listings")
        for number in range(15):
            self.add_photo(self.make_loan(name=f"More {number}", zone_id=self.zone.id))
        twenty = count("/listings")
        # The number of pages is counted as soon as there is a second one.
        self.assertLessEqual(twenty, ten + 1)
        self.assertLessEqual(twenty, MAX_QUERIES)
