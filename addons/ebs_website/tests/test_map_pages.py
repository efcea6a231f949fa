# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import WebCase

DOOR = "50.623450,3.056780"
TOWN = "50.5,2.9,50.8,3.3"


@tagged("post_install", "-at_install", "ebs_website")
class TestMapPages(WebCase):
    """The map says what the list says, and asks nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_english()
        cls.owner.zone_id = cls.zone
        cls.owner.private_ids.write({"latitude": 50.62345, "longitude": 3.05678})
        cls.drill.zone_id = cls.zone
        cls.books_found = cls.make_listing(cls.owner, name="Comics")
        cls.secret = cls.make_listing(
            cls.owner, name="Secret ladder", visibility="members"
        )

    def get_map(self, query=""):
        response = self.get(f"/listings/map.json{query}")
        self.assertEqual(response.status_code, 200)
        return response.json()

    def titles(self, query=""):
        return {point["title"] for point in self.get_map(query)["points"]}

    def test_the_map_has_what_the_visitor_sees(self):
        self.assertEqual(self.titles(f"?box={TOWN}"), {"Drill", "Comics"})
        self.log_in(self.borrower)
        self.assertIn("Secret ladder", self.titles(f"?box={TOWN}"))

    def test_points_are_blurred_and_of_one_door_at_one_spot(self):
        points = self.get_map(f"?box={TOWN}")["points"]
        self.assertEqual(len({tuple(point["spot"]) for point in points}), 1)
        self.assertNotIn("50.6234", self.get(f"/listings/map.json?box={TOWN}").text)

    def test_filters_narrow_the_map(self):
        self.assertEqual(self.titles(f"?box={TOWN}&q=Comics"), {"Comics"})
        self.assertEqual(self.titles(f"?box={TOWN}&way=lend"), {"Drill"})
        self.assertEqual(self.titles("?box=40,1,41,2"), set())

    def test_without_a_box_it_says_where_to_begin(self):
        found = self.get_map()
        self.assertEqual(found["box"][0], self.drill.latitude)
        south, west, north, east = self.get_map("?q=nothingofthekind")["box"]
        self.assertTrue(south < 50.6241 < north and west < 3.0497 < east)

    def test_nonsense_in_the_address_is_ignored(self):
        for query in (
            "?box=a,b,c,d",
            "?box=99,0,1,1",
            "?box=1,2,3",
            f"?box={TOWN}&zoom=99999999999999",
            f"?box={TOWN}&zoom=-5",
            f"?box={TOWN}&zoom=x&circle=1&category=x&from=no",
            "?box=" + "9" * 3000,
            "?box[]=1&zoom[]=2",
        ):
            with self.subTest(query=query[:40]):
                self.assertIn("groups", self.get_map(query))

    def test_it_may_be_kept_by_one_browser_and_no_proxy(self):
        response = self.get(f"/listings/map.json?box={TOWN}")
        self.assertEqual(response.headers["Cache-Control"], "private, max-age=60")
        self.assertEqual(response.headers["Vary"], "Cookie")

    def test_the_ground_names_zones_and_tiles(self):
        ground = self.get("/map/ground.json").json()
        self.assertEqual(ground["tiles"], "/tiles/{z}/{x}/{y}.png")
        self.assertEqual([zone["name"] for zone in ground["zones"]], ["Wazemmes"])
        self.company.ebs_tile_url = False
        self.assertIsNone(self.get("/map/ground.json").json()["tiles"])

    def test_a_site_that_is_no_platform_has_no_map(self):
        self.company.is_ebs_platform = False
        for path in ("/listings/map.json", "/map/ground.json"):
            self.assertEqual(self.get(path).status_code, 404)

    def test_the_list_comes_without_the_library_of_the_map(self):
        page = self.get("/listings").text
        self.assertIn("o_ebs_map_switch", page)
        self.assertNotIn("leaflet", page)
        bundle = self.get("/web/bundle/ebs_website.assets_map").json()
        [script] = [one["src"] for one in bundle if one["type"] == "script"]
        self.assertIn("tileLayer", self.get(script).text)

    def test_a_listing_shows_about_where_it_is(self):
        page = self.get(f"/listings/x-{self.drill.id}")
        if page.is_redirect:
            page = self.get(page.headers["Location"])
        [circle] = self.parse(page).cssselect(".o_ebs_place_about")
        self.assertGreater(int(circle.get("r")), 10)
        self.assertIn("around Wazemmes", self.words(page, ".o_ebs_place"))
        self.assertNotIn("50.6234", page.text)

    # === THE SPOT OF A MEMBER === #

    def save_profile(self, **values):
        return self.post(
            "/my/profile",
            name="Olga",
            zone_id=self.zone.id,
            default_visibility="everyone",
            **values,
        )

    def spot(self):
        private = self.owner.private_ids
        private.invalidate_recordset()
        return private._get_spot()

    def test_a_member_sets_the_spot_keeps_it_and_takes_it_away(self):
        self.log_in(self.owner)
        self.assertIn(DOOR, self.get("/my/profile").text)
        self.save_profile(spot="50.63,3.06")
        self.assertEqual(self.spot(), (50.63, 3.06))
        # A form without the field leaves it as it was.
        self.save_profile()
        self.assertEqual(self.spot(), (50.63, 3.06))
        self.save_profile(spot="50.63,3.06", spot_away="1")
        self.assertIsNone(self.spot())
        self.assertNotIn("Your spot is kept", self.get("/my/profile").text)

    def test_a_spot_that_makes_no_sense_is_refused_in_a_sentence(self):
        self.log_in(self.owner)
        response = self.save_profile(spot="1 OR 1=1")
        self.assertEqual(response.status_code, 422)
        self.assertIn("choose the spot again", self.alert(response))
        self.assertEqual(self.spot(), (50.62345, 3.05678))

    # === TILES === #

    def test_tiles_of_another_server_need_the_operators_word(self):
        elsewhere = "https://tiles.example.com/{z}/{x}/{y}.png"
        with self.assertRaisesRegex(ValidationError, "every visitor"):
            self.company.ebs_tile_url = elsewhere
        self.company.write({"ebs_tile_url": elsewhere, "ebs_tiles_elsewhere": True})
        with self.assertRaisesRegex(ValidationError, "every visitor"):
            self.company.ebs_tiles_elsewhere = False
        self.company.write({"ebs_tile_url": False, "ebs_tiles_elsewhere": False})

    def test_an_address_that_is_none_is_refused(self):
        self.company.ebs_tiles_elsewhere = True
        for url in (
            "/tiles/{z}/{x}.png",
            "//tiles.example.com/{z}/{x}/{y}.png",
            "http://tiles.example.com/{z}/{x}/{y}.png",
            "javascript:alert('{z}{x}{y}')",
            "data:image/png,{z}{x}{y}",
            '/{z}/{x}/{y}"><script>',
            "https://a@tiles.example.com/{z}/{x}/{y}.png",
            "/\\tiles.example.com/{z}/{x}/{y}.png",
        ):
            with (
                self.subTest(url=url),
                self.assertRaisesRegex(ValidationError, "{z}"),
                self.env.cr.savepoint(),
            ):
                self.company.ebs_tile_url = url
