# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import ListingsCase

HERE = (50.63, 3.06)
NEAR = "50.63,3.06"
# Some 111 metres.
STEP = 0.001


@tagged("ebs_listings")
class TestSearchNear(ListingsCase):
    """Near and far: by the blurred spot of a listing, and by nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")

    def put(self, name, north, east=0, **values):
        """Offer something so many steps away."""
        zone = self.env["ebs.zone"].create(
            {
                "company_id": self.company.id,
                "name": f"Zone of {name}",
                "latitude": HERE[0] + north * STEP,
                "longitude": HERE[1] + east * STEP,
            }
        )
        return self.make_listing(self.owner, name=name, zone_id=zone.id, **values)

    def find(self, **filters):
        search = self.env["ebs.listing"].with_user(self.visitor)
        return search._search_catalogue(self.company, filters, limit=100)[0]

    def names(self, **filters):
        return self.find(**filters).mapped("name")

    def test_the_nearest_come_first_in_all_directions_and_the_placeless_last(self):
        nowhere = self.make_listing(self.owner, name="Nowhere")
        self.assertFalse(nowhere.latitude or nowhere.longitude)
        expected = []
        for number, (north, east) in enumerate(
            ((1, 0), (0, -3), (-4, 0), (0, 9), (15, 15), (-90, 90), (500, -300))
        ):
            expected.append(self.put(f"Thing {number}", north, east).name)
        found = self.find(near=NEAR)
        self.assertEqual(found.mapped("name"), [*expected, "Nowhere"])
        metres = list(found._get_distances(*HERE).values())
        self.assertEqual(metres, sorted(metres))
        self.assertEqual(len(metres), len(expected))

    def test_within_is_a_circle_and_not_its_box(self):
        self.put("North", 17.9)
        self.put("Corner", 16, 25)
        self.put("Far", 18.1)
        self.assertEqual(self.names(near=NEAR, within="2"), ["North"])
        self.assertEqual(
            set(self.names(near=NEAR, within="5")), {"North", "Corner", "Far"}
        )

    def test_many_at_one_door_have_an_order_that_pages_keep(self):
        things = [self.put(f"Thing {number}", 1) for number in range(7)]
        search = self.env["ebs.listing"].with_user(self.visitor)
        pages = [
            search._search_catalogue(
                self.company, {"near": NEAR}, limit=3, offset=offset
            )
            for offset in (0, 3, 6)
        ]
        found = [listing.id for page, _total, _meant in pages for listing in page]
        self.assertEqual(found, sorted((one.id for one in things), reverse=True))
        self.assertEqual({total for _page, total, _meant in pages}, {7})

    def test_a_zone_with_a_distance_is_the_middle_of_a_circle(self):
        here = self.put("Here", 0)
        self.put("Neighbour", 8)
        self.put("Far", 80)
        zone = str(here.zone_id.id)
        self.assertEqual(self.names(zone=zone), ["Here"])
        self.assertEqual(
            self.names(zone=zone, within="1", sort="nearest"), ["Here", "Neighbour"]
        )
        self.assertEqual(self.names(zone=zone, within="3"), ["Here"])

    def test_places_that_make_no_sense_are_none(self):
        self.put("Here", 0)
        for near in ("NaN,NaN", "inf,0", "91,0", "0,181", "x", "1", "1,2,3", ","):
            with self.subTest(near=near):
                self.assertEqual(self.names(near=near, within="1"), ["Here"])
        for within in ("0", "-1", "3", "1e3", "NaN", "inf", "x", "9" * 99):
            with self.subTest(within=within):
                self.assertEqual(self.names(near=NEAR, within=within), ["Here"])

    def test_a_box_shows_what_lies_in_it(self):
        self.put("Here", 0)
        self.put("There", 50, 50)
        self.make_listing(self.owner, name="Nowhere")
        self.assertEqual(self.names(box="50.62,3.05,50.64,3.07"), ["Here"])
        self.assertEqual(set(self.names(box="-90,-180,90,180")), {"Here", "There"})

    def test_at_the_ends_of_the_earth_it_is_no_error(self):
        self.put("Here", 0)
        for near in ("89.999,0", "-90,0", "90,180", "0,-180", "0,180", "84.99,-179.9"):
            for within in ("", "50"):
                with self.subTest(near=near, within=within):
                    self.assertEqual(
                        self.names(near=near, within=within), [] if within else ["Here"]
                    )

    def test_what_is_hidden_has_no_distance_and_no_number(self):
        circle = self.make_circle("Secret", "invitation")
        self.put("Hidden", 1, visibility="circles", circle_ids=circle.ids)
        shown = self.put("Shown", 2)
        member = self.make_member("Max")
        listings = self.by(member, self.env["ebs.listing"])
        given = listings.get_catalogue({"near": NEAR})
        self.assertEqual(given["total"], 1)
        (one,) = given["listings"]
        self.assertEqual((one["id"], one["title"]), (shown.id, "Shown"))
        self.assertAlmostEqual(one["distance"], 222, delta=2)
        counts = listings._count_choices(self.company, {"near": NEAR, "within": "1"})
        self.assertEqual(sum(counts["zone"].values()), 1)
