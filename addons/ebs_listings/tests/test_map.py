# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.spots import read_box
from odoo.tests import tagged

from ..models.ebs_listing_map import MAX_GROUPS, WHOLE_EARTH
from .common import ListingsCase

TOWN = (50.5, 2.9, 50.8, 3.3)


@tagged("ebs_listings")
class TestMap(ListingsCase):
    """A map gets few points or groups, of what its reader may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga", zone_id=cls.zone.id)
        cls.asker = cls.make_member("Anna")

    def spread(self, count, **values):
        """As many published listings, spread over the town."""
        listings = self.env["ebs.listing"].union(
            *(
                self.make_listing(self.owner, name=f"Thing {number}", **values)
                for number in range(count)
            )
        )
        self.env.flush_all()
        for rank, listing in enumerate(listings):
            listing.write(
                {
                    "latitude": 50.5 + 0.3 * (rank % 17 + 0.5) / 17,
                    "longitude": 2.9 + 0.4 * (rank % 23 + 0.5) / 23,
                }
            )
        return listings

    def get_map(self, user, filters=None, box=TOWN, zoom=12):
        listings = self.env["ebs.listing"].with_user(user)
        return listings._get_map(self.company, filters or {}, box, zoom)

    def test_a_box_is_four_numbers_in_order(self):
        self.assertEqual(read_box("50.5,2.9,50.8,3.3"), TOWN)
        self.assertEqual(read_box("-1,-2,1,2"), (-1, -2, 1, 2))
        for text in (
            None,
            "",
            "1,2,3",
            "50.8,2.9,50.5,3.3",
            "50.5,3.3,50.8,2.9",
            "0,0,91,1",
            "nan,0,1,1",
            "1,1,1,1",
            "a,b,c,d",
            "1,2,3,4,5",
            "9" * 500,
        ):
            with self.subTest(text=text):
                self.assertIsNone(read_box(text))

    def test_few_listings_come_one_by_one(self):
        some = self.spread(3)
        groups, listings = self.get_map(self.visitor)
        self.assertEqual(listings.sudo(), some.sorted("id", reverse=True))
        self.assertEqual(sum(group["count"] for group in groups), 3)

    def test_many_come_as_groups_that_count_them_all(self):
        self.spread(120)
        for zoom in (0, 8, 12, 19, 400, -3):
            groups, listings = self.get_map(self.visitor, zoom=zoom)
            with self.subTest(zoom=zoom):
                self.assertFalse(listings)
                self.assertLessEqual(len(groups), MAX_GROUPS)
                self.assertEqual(sum(group["count"] for group in groups), 120)
                for group in groups:
                    south, west, north, east = group["box"]
                    latitude, longitude = group["spot"]
                    self.assertTrue(south - 1e-6 <= latitude <= north + 1e-6)
                    self.assertTrue(west - 1e-6 <= longitude <= east + 1e-6)

    def test_the_squares_of_a_box_are_never_more_than_may_come_back(self):
        width = self.env["ebs.listing"]._get_square_width
        for box in (TOWN, WHOLE_EARTH, (0, 0, 1e-6, 180), (50, 3, 50.0001, 3.0001)):
            for zoom in (0, 5, 19):
                side = width(box, zoom)
                self.assertLessEqual(
                    (box[3] - box[1]) / side * (box[2] - box[0]) / side, MAX_GROUPS
                )

    def test_what_lies_beside_the_box_is_not_on_it(self):
        self.spread(3)
        self.assertEqual(self.get_map(self.visitor, box=(40, 0, 41, 1))[0], [])

    def test_what_is_nowhere_is_on_no_map(self):
        self.make_listing(self.asker)
        self.assertEqual(self.get_map(self.visitor, box=WHOLE_EARTH)[0], [])

    def test_filters_hold_on_the_map(self):
        self.spread(2, category_id=self.books.id)
        self.spread(1, category_id=self.mowers.id)
        _groups, listings = self.get_map(
            self.visitor, {"category": str(self.books.id), "box": "0,0,1,1"}
        )
        self.assertEqual(len(listings), 2)

    def test_what_one_may_not_see_leaves_no_trace(self):
        self.spread(2)
        [hidden] = self.spread(1, visibility="members")
        for user, count in ((self.visitor, 2), (self.asker.user_id, 3)):
            groups, listings = self.get_map(user)
            self.assertEqual(sum(group["count"] for group in groups), count)
            self.assertEqual(hidden in listings.sudo(), count == 3)
        self.spread(60, visibility="members")
        groups, listings = self.get_map(self.visitor)
        self.assertEqual((sum(g["count"] for g in groups), len(listings)), (2, 2))

    def test_it_takes_two_statements_at_most(self):
        self.spread(60)
        self.get_map(self.visitor)
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            self.get_map(self.visitor)
