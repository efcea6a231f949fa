# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..clock import clock_at, now
from ..spots import blur, get_distance, read_spot
from .common import EbsCase

DOOR = (50.62345, 3.05678)


def is_refused(ask, *args):
    """Tell whether a question is not answered at all."""
    try:
        ask(*args)
    except (AccessError, UserError, ValueError):
        return True
    return False


@tagged("ebs_base")
class TestSpot(EbsCase):
    """A spot is read, blurred, and known to the member and to staff alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga = cls.make_member("Olga", zone_id=cls.zone.id)
        cls.anna = cls.make_member("Anna", zone_id=cls.zone.id)
        cls.set_spot(cls.olga, "50.62345,3.05678")

    @classmethod
    def set_spot(cls, member, text):
        cls.as_user(member).action_update_profile({"spot": text})

    def test_a_spot_is_two_numbers_on_the_earth_and_nothing_else(self):
        self.assertEqual(read_spot("50.62345,3.05678"), DOOR)
        self.assertEqual(read_spot(" -12.5 , +170 "), (-12.5, 170))
        for text in (
            None,
            7,
            "",
            "50",
            "50,3,1",
            "nan,nan",
            "inf,0",
            "1e9,1",
            "91,0",
            "0,181",
            "0,0",
            "50;3",
            "٥٠,٣",
            "5" * 100 + ",3",
            "' OR 1=1",
            [50, 3],
        ):
            with self.subTest(text=text):
                self.assertIsNone(read_spot(text))

    def test_a_blurred_spot_is_150_to_300_metres_away_all_over_the_earth(self):
        chance = random.Random(5)
        for _turn in range(3000):
            spot = (chance.uniform(-80, 80), chance.uniform(-179, 179))
            metres = get_distance(spot, blur(spot, "secret"))
            self.assertGreater(metres, 150)
            self.assertLess(metres, 300)

    def test_blurred_spots_lie_on_all_sides(self):
        chance = random.Random(5)
        sides = set()
        for _turn in range(200):
            spot = (chance.uniform(50, 51), chance.uniform(3, 4))
            shown = blur(spot, "secret")
            sides.add((shown[0] > spot[0], shown[1] > spot[1]))
        self.assertEqual(len(sides), 4)

    def test_one_door_has_one_blurred_spot_and_another_secret_another(self):
        shown = {blur(DOOR, "secret") for _turn in range(50)}
        self.assertEqual(len(shown), 1)
        self.assertEqual(shown, {blur((50.62347, 3.05676), "secret")})
        self.assertNotEqual(shown, {blur(DOOR, "another")})

    def test_a_member_sets_the_spot_and_takes_it_away(self):
        private = self.olga.private_ids
        self.assertEqual(private._get_spot(), DOOR)
        self.set_spot(self.olga, "")
        self.assertIsNone(private._get_spot())

    def test_nonsense_is_refused_and_changes_nothing(self):
        for text in ("here", "200,3", {"a": 1}, 5, "0,0"):
            with (
                self.subTest(text=text),
                self.assertRaisesRegex(UserError, "choose the spot again"),
            ):
                self.set_spot(self.olga, text)
        self.assertEqual(self.olga.private_ids._get_spot(), DOOR)

    def test_nobody_else_sets_it(self):
        for user in (self.anna.user_id, self.stranger, self.visitor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.olga.with_user(user).action_update_profile({"spot": "50,3"})

    def test_nobody_else_reads_it_by_any_road(self):
        private = self.olga.private_ids
        for user in (self.anna.user_id, self.stranger, self.visitor):
            with self.subTest(user=user.login):
                privates = self.env["ebs.member.private"].with_user(user)
                with self.assertRaises(AccessError):
                    private.with_user(user).read(["latitude"])
                for ask in (
                    lambda model: model.search([("latitude", ">", 0)]).ids,
                    lambda model: model.search([], order="latitude").ids,
                    lambda model: model._read_group([], ["latitude"]),
                ):
                    try:
                        found = ask(privates)
                    except AccessError:
                        continue
                    self.assertNotIn(private.id, found)
                    self.assertNotIn(DOOR[:1], found)
                members = self.env["ebs.member"].with_user(user)
                for ask in (
                    lambda model: model.search([("private_ids.latitude", ">", 0)]),
                    lambda model: model.search(
                        [("private_ids", "any", [("latitude", ">", 0)])]
                    ),
                    lambda model: model.search([], order="private_ids.latitude"),
                    lambda model: model.read_group([], [], ["private_ids.latitude"]),
                    lambda model: model._read_group([], ["private_ids"]),
                    lambda model: model.search_read([], ["private_ids"]),
                ):
                    self.assertTrue(is_refused(ask, members))

    def test_the_member_and_the_team_read_it(self):
        private = self.olga.private_ids
        for user in (self.olga.user_id, self.moderator, self.desk):
            self.assertEqual(private.with_user(user)._get_spot(), DOOR)

    def test_who_moves_all_the_time_must_wait(self):
        for turn in range(5):
            self.set_spot(self.anna, f"50.6{turn},3.05")
        # About the same door is no move, taking it away neither.
        self.set_spot(self.anna, "50.6400001,3.05")
        self.set_spot(self.anna, "")
        with self.assertRaisesRegex(UserError, "5 times this week"):
            self.set_spot(self.anna, "50.7,3.05")
        self.assertIsNone(self.anna.private_ids._get_spot())
        with clock_at(now() + timedelta(days=7)):
            self.set_spot(self.anna, "50.7,3.05")
        self.assertEqual(self.anna.private_ids._get_spot(), (50.7, 3.05))
