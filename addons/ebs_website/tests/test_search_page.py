# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import parse_qs, urlsplit

from odoo.tests import tagged

from .circles_common import CirclePagesCase

# A server adds five of its own to each page: twenty in all, and 28 for a member.
MAX_QUERIES = 20
MAX_MEMBER_QUERIES = 28
HERE = "50.637,3.063"


@tagged("post_install", "-at_install")
class TestSearchPage(CirclePagesCase):
    """The page of the search: its address says it all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zone.write({"latitude": 50.637, "longitude": 3.063})

    def make_spot(self, latitude, longitude, **values):
        listing = self.make_loan(**values)
        listing.sudo().write({"latitude": latitude, "longitude": longitude})
        return listing

    def chips(self, page):
        return {
            chip.cssselect("span + span")[0].text: parse_qs(
                urlsplit(chip.get("href")).query
            )
            for chip in page.cssselect("a.o_ebs_chip")
        }

    # === FILTERS === #

    def test_each_filter_in_use_is_a_chip_that_takes_it_off_alone(self):
        circle = self.make_circle("Lenders", "open")
        self.add_to_circle(circle, self.asker)
        self.log_in(self.asker)
        day = self.company._ebs_today().isoformat()
        address = (
            f"/listings?q=drill&category={self.garden.id}&kind=goods&side=offer&way=lend"
            f"&zone={self.zone.id}&within=5&photo=1&org=1&circle={circle.id}"
            f"&from={day}&to={day}&sort=nearest"
        )
        chips = self.chips(self.get(address))
        asked = parse_qs(urlsplit(address).query)
        gone = {
            "drill": {"q"},
            "Garden": {"category"},
            "Things": {"kind"},
            "On offer": {"side"},
            "Loan": {"way"},
            f"Within 5 km of {self.zone.name}": {"zone", "within", "sort"},
            "With a photo": {"photo"},
            "From organisations": {"org"},
            "Lenders": {"circle"},
        }
        for words, names in gone.items():
            left = chips.pop(words)
            self.assertEqual(
                {name: value for name, value in asked.items() if name not in names},
                {name: value for name, value in left.items() if name not in names},
                words,
            )
            self.assertFalse((names - {"sort"}) & set(left), words)
        ((words, left),) = chips.items()
        self.assertIn("Free", words)
        self.assertNotIn("from", left)

    def test_what_makes_no_sense_is_no_filter(self):
        self.make_loan()
        for query in (
            "kind=cars&side=left&way=steal&sort=best",
            "within=5",
            "near=91,0&within=5",
            "near=nan,inf",
            "near=1e5,2",
            "near=1,2,3&box=1,2,3",
            "photo=yes&org=2",
            "category=999999&zone=abc&circle=1",
        ):
            page = self.get(f"/listings?{query}")
            self.assertEqual(self.chips(page), {}, query)
            self.assertEqual(self.text_of(page, "h2[aria-live]"), "One listing")
            self.assertFalse(page.cssselect("meta[name=robots]"), query)

    def test_there_is_one_place_and_a_zone_that_is_chosen_wins(self):
        page = self.get("/listings?near=50.63712,3.0634&within=5")
        (label,) = self.chips(page)
        self.assertEqual(label, "Within 5 km of me")
        hidden = page.cssselect("input[name=near]")[0]
        self.assertEqual(hidden.get("value"), HERE)
        page = self.get(f"/listings?near={HERE}&zone={self.zone.id}")
        self.assertEqual(list(self.chips(page)), [self.zone.name])
        page = self.get(f"/listings?near={HERE}&zone=all&within=5")
        self.assertEqual(self.chips(page), {})

    def test_a_card_says_how_far_when_the_visitor_said_where(self):
        self.make_spot(50.6457, 3.063, name="Tent")
        page = self.get(f"/listings?near={HERE}")
        self.assertIn("950 m away", self.text_of(page, ".o_ebs_card_place"))
        page = self.get("/listings")
        self.assertNotIn("away", self.text_of(page, ".o_ebs_card_place"))

    def test_near_asks_the_device_only_when_somebody_presses_the_button(self):
        page = self.get("/listings")
        button = page.cssselect("button.o_ebs_near")[0]
        self.assertEqual(button.get("type"), "button")
        self.assertIn("d-none", button.get("class"))

    def test_orders_are_offered_where_they_say_something(self):
        for name in ("Drill one", "Drill two"):
            self.make_loan(name=name)
        orders = ".o_ebs_orders"
        self.assertFalse(self.get("/listings").cssselect(orders))
        page = self.get(f"/listings?q=drill&near={HERE}")
        chosen = page.cssselect(f"{orders} strong")
        self.assertEqual([one.text for one in chosen], ["Closest to my words"])
        links = {link.text: link for link in page.cssselect(f"{orders} a")}
        self.assertEqual(set(links), {"Nearest", "Newest"})
        self.assertIn("sort=newest", links["Newest"].get("href"))
        self.assertEqual(links["Newest"].get("rel"), "nofollow")
        page = self.get(f"/listings?q=drill&near={HERE}&sort=newest")
        self.assertEqual(page.cssselect(f"{orders} strong")[0].text, "Newest")
        self.assertEqual(
            page.cssselect("form.o_ebs_filters input[name=sort]")[0].get("value"),
            "newest",
        )

    def test_a_want_is_said_to_be_one(self):
        self.make_listing(self.owner, name="Ladder", side="want")
        self.make_listing(self.owner, name="Stool")
        cards = self.get("/listings").cssselect(".o_ebs_card")
        wanted = {
            card.cssselect(".o_ebs_card_title")[0].text: bool(
                card.cssselect(".o_ebs_wanted")
            )
            for card in cards
        }
        self.assertEqual(wanted, {"Ladder": True, "Stool": False})
        page = self.get("/listings?side=want")
        self.assertEqual(self.titles(page), ["Ladder"])

    def test_the_page_says_what_it_looked_for_when_it_was_misspelt(self):
        self.make_loan(name="Perceuse à percussion")
        page = self.get("/listings?q=perseuse")
        self.assertEqual(self.titles(page), ["Perceuse à percussion"])
        said = self.text_of(page, "p.o_ebs_info")
        self.assertTrue(said.startswith("Nothing for “perseuse”: here is “perceuse"))
        page = self.get("/listings?q=perceuse")
        self.assertFalse(page.cssselect("p.o_ebs_info"))

    # === COUNTS === #

    def test_counts_are_of_what_the_visitor_sees(self):
        circle = self.make_circle("Lenders", "open")
        self.add_to_circle(circle, self.asker)
        self.make_loan(category_id=self.garden.id)
        self.share(circle, "Saw", category_id=self.garden.id)
        for member, number in ((None, 1), (self.asker, 2)):
            if member:
                self.log_in(member)
            for query in ("", f"?circle={circle.id}"):
                url = f"/listings/counts{query}"
                answer = self.url_open(url)
                self.assertEqual(answer.status_code, 200)
                self.assertIn("no-store", answer.headers["Cache-Control"])
                counts = answer.json()
                expected = 1 if query and member else number
                self.assertEqual(
                    counts["category"].get(str(self.garden.id)), expected, url
                )
                self.assertEqual(counts["way"].get("lend"), expected, url)

    def test_the_form_names_the_counts_of_its_own_search(self):
        form = self.get("/listings?way=lend&q=a%26b").cssselect("form[data-counts]")[0]
        self.assertEqual(form.get("data-counts"), "/listings/counts?q=a%26b&way=lend")
        circle = self.make_circle("Lenders", "open", organiser=self.asker)
        self.share(circle, "Saw", self.asker)
        self.log_in(self.asker)
        form = self.get(self.url(circle)).cssselect("form[data-counts]")[0]
        self.assertEqual(
            form.get("data-counts"), f"/listings/counts?circle={circle.id}"
        )

    def test_garbage_gets_counts_as_no_filter(self):
        for query in ("q=%00", "near=x", "circle=1&zone[]=2", "q=" + "x" * 5000):
            answer = self.url_open(f"/listings/counts?{query}")
            self.assertEqual(answer.status_code, 200, query)

    # === COST === #

    def test_a_page_costs_as_many_queries_for_twenty_cards_as_for_ten(self):
        circle = self.make_circle("Lenders", "open")
        self.add_to_circle(circle, self.asker)
        address = f"/listings?near={HERE}&within=50&way=lend"

        def fill(count):
            for number in range(count):
                listing = self.make_spot(
                    50.64, 3.06, name=f"Thing {number}", zone_id=self.zone.id
                )
                self.add_photo(listing)

        def count_all():
            self.authenticate(None, None)
            visitor = [self.count_queries(url) for url in ("/listings", address)]
            self.log_in(self.asker)
            member = [self.count_queries(url) for url in ("/listings", address)]
            return visitor, member

        fill(10)
        ten = count_all()
        fill(15)
        twenty = count_all()
        for few, many, most in zip(
            ten, twenty, (MAX_QUERIES, MAX_MEMBER_QUERIES), strict=True
        ):
            for fewer, more in zip(few, many, strict=True):
                # The number of pages is counted as soon as there is a second one.
                self.assertLessEqual(more, fewer + 1, (ten, twenty))
                self.assertLessEqual(more, most, (ten, twenty))

    def test_my_space_costs_few_queries_whatever_one_has(self):
        def fill(number):
            circle = self.make_circle(f"Lenders {number}", "open")
            self.add_to_circle(circle, self.asker)
            self.make_loan(self.asker, name=f"Thing {number}")

        fill(1)
        self.log_in(self.asker)
        few = self.count_queries("/my")
        for number in range(2, 9):
            fill(number)
        many = self.count_queries("/my")
        self.assertLessEqual(many, few + 1)
        self.assertLessEqual(many, MAX_MEMBER_QUERIES)
