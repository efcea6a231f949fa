# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import LoansCase


@tagged("ebs_loans")
class TestPlaceSpot(LoansCase):
    """What is fetched at a pick-up point is shown there."""

    def test_it_is_shown_at_its_place_and_follows_it(self):
        place = self.env["ebs.place"].create(
            {
                "company_id": self.company.id,
                "name": "Library",
                "latitude": 50.63,
                "longitude": 3.06,
            }
        )
        self.owner.zone_id = self.zone
        self.owner.private_ids.write({"latitude": 50.62345, "longitude": 3.05678})
        before = self.drill.latitude
        self.drill.place_id = place
        self.assertEqual((self.drill.latitude, self.drill.longitude), (50.63, 3.06))
        place.latitude = 50.64
        self.assertEqual(self.drill.latitude, 50.64)
        self.drill.place_id = False
        self.assertEqual(self.drill.latitude, before)

    def test_a_place_without_a_spot_hides_nothing_and_shows_nothing(self):
        self.owner.zone_id = self.zone
        self.drill.place_id = self.env["ebs.place"].create(
            {"company_id": self.company.id, "name": "Town hall"}
        )
        self.drill.zone_id = self.zone
        self.assertEqual(self.drill.latitude, self.zone.latitude)
