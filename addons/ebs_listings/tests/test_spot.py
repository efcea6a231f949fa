# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.spots import get_distance
from odoo.addons.ebs_base.tests.test_spot import is_refused
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ListingsCase

DOOR = (50.62345, 3.05678)


@tagged("ebs_listings")
class TestListingSpot(ListingsCase):
    """A listing is shown near its owner's door, never at it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga", zone_id=cls.zone.id)
        cls.asker = cls.make_member("Anna", zone_id=cls.zone.id)
        cls.set_spot(cls.owner, "50.62345,3.05678")
        cls.listing = cls.make_listing(cls.owner)

    @classmethod
    def set_spot(cls, member, text):
        cls.by(member, member).action_update_profile({"spot": text})

    @staticmethod
    def shown(listing):
        return listing.latitude, listing.longitude

    def test_it_is_shown_150_to_300_metres_from_the_door(self):
        metres = get_distance(DOOR, self.shown(self.listing))
        self.assertTrue(150 < metres < 300, metres)

    def test_all_of_one_door_is_shown_at_one_spot(self):
        more = [self.make_listing(self.owner, name=f"Book {n}") for n in range(19)]
        neighbour = self.make_member("Nina", zone_id=self.zone.id)
        self.set_spot(neighbour, "50.62346,3.05677")
        more.append(self.make_listing(neighbour))
        spots = {self.shown(listing) for listing in (self.listing, *more)}
        self.assertEqual(len(spots), 1)

    def test_asking_again_and_renaming_move_nothing(self):
        spot = self.shown(self.listing)
        acting = self.by(self.owner, self.listing)
        for turn in range(10):
            acting.action_save({"name": f"Title {turn}", "description": "Other"})
            self.set_spot(self.owner, "")
            self.set_spot(self.owner, "50.62345,3.05678")
            self.assertEqual(self.shown(self.listing), spot)
            with self.env.cr.savepoint(flush=False):
                self.owner.private_ids.spot_moves = 0
        self.by(self.owner, self.owner).action_update_profile({"name": "Olympe"})
        self.listing.invalidate_recordset()
        self.assertEqual(self.shown(self.listing), spot)

    def test_it_follows_its_owner_and_the_zone(self):
        before = self.shown(self.listing)
        self.set_spot(self.owner, "50.64,3.08")
        after = self.shown(self.listing)
        self.assertNotEqual(before, after)
        self.assertTrue(150 < get_distance((50.64, 3.08), after) < 300)
        self.set_spot(self.owner, "")
        self.assertEqual(self.shown(self.listing), (50.6241, 3.0497))
        self.zone.latitude = 50.63
        self.assertEqual(self.shown(self.listing), (50.63, 3.0497))

    def test_a_zone_of_its_own_says_that_it_is_somewhere_else(self):
        seaside = self.env["ebs.zone"].create(
            {
                "company_id": self.company.id,
                "name": "Seaside",
                "latitude": 51,
                "longitude": 2.4,
            }
        )
        self.by(self.owner, self.listing).action_save({"zone_id": seaside.id})
        self.assertEqual(self.shown(self.listing), (51, 2.4))
        self.by(self.owner, self.owner).action_update_profile({"zone_id": seaside.id})
        self.assertTrue(150 < get_distance(DOOR, self.shown(self.listing)) < 300)

    def test_without_spot_and_zone_it_is_nowhere(self):
        stray = self.make_listing(self.make_member("Stray"))
        self.assertEqual(self.shown(stray), (0, 0))

    def test_another_platform_of_the_database_shows_the_door_at_the_same_spot(self):
        elsewhere = self.make_member("Olga Two", company=self.other_company)
        self.set_spot(elsewhere, "50.62345,3.05678")
        self.assertEqual(
            self.shown(self.make_listing(elsewhere)), self.shown(self.listing)
        )

    def test_the_secret_is_long_and_the_administrators_alone(self):
        parameters = self.env["ir.config_parameter"]
        self.assertEqual(len(parameters.get_param("ebs.spot_secret")), 64)
        for user in (self.asker.user_id, self.manager, self.visitor):
            with self.assertRaises(AccessError):
                parameters.with_user(user).search_read([], ["value"])

    def test_no_road_from_a_listing_leads_to_the_door(self):
        for user in (self.asker.user_id, self.stranger, self.visitor):
            listings = self.env["ebs.listing"].with_user(user)
            for path in ("member_id.private_ids.latitude", "member_id.private_ids"):
                with self.subTest(user=user.login, path=path):
                    for ask, *args in (
                        (listings.search, [(path, "!=", False)]),
                        (listings.search, [], 0, None, path),
                        (listings._read_group, [], [path]),
                        (listings.read_group, [], [], [path]),
                        (listings.search_read, [], [path]),
                    ):
                        self.assertTrue(is_refused(ask, *args))
            [row] = self.listing.with_user(user).read()
            self.assertNotIn(DOOR[0], row.values())

    def test_nobody_writes_it(self):
        for user in (self.owner.user_id, self.asker.user_id, self.visitor):
            listing = self.listing.with_user(user)
            with self.assertRaises(AccessError):
                listing.write({"latitude": 1.0})
