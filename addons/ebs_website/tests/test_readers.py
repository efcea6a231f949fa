# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .circles_common import CirclePagesCase


@tagged("post_install", "-at_install")
class TestReaders(CirclePagesCase):
    """Choosing, listing by listing, who sees it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_to_circle(cls.open_circle, cls.owner)
        cls.add_to_circle(cls.hidden_circle, cls.owner)

    def get_values(self, **values):
        return {
            "name": "Raclette",
            "ways": ["lend"],
            "category_id": str(self.garden.id),
            "copy_count": "1",
            **values,
        }

    def find(self):
        return self.env["ebs.listing"].search([("name", "=", "Raclette")])

    def chosen(self, page, name="visibility"):
        return [
            field.get("value")
            for field in page.cssselect(f"[name={name}]")
            if field.get("checked")
        ]

    # === PUBLISHING === #

    def test_the_form_begins_with_what_the_member_chose_in_the_profile(self):
        self.log_in(self.owner)
        self.assertEqual(self.chosen(self.get("/publish")), ["everyone"])
        profile = {"name": self.owner.name, "default_visibility": "circles"}
        self.assertEqual(self.post("/my/profile", profile).status_code, 303)
        page = self.get("/my/profile")
        self.assertEqual(self.chosen(page, "default_visibility"), ["circles"])
        page = self.get("/publish")
        self.assertEqual(self.chosen(page), ["circles"])
        self.assertEqual(len(self.chosen(page, "circle_ids")), 2)

    def test_somebody_in_no_circle_begins_with_members_rather_than_everyone(self):
        self.asker.private_ids.default_visibility = "circles"
        self.log_in(self.asker)
        self.assertEqual(self.chosen(self.get("/publish")), ["members"])

    def test_from_a_circle_it_is_for_that_circle(self):
        self.log_in(self.owner)
        page = self.get(f"/publish?circle={self.hidden_circle.id}")
        self.assertEqual(self.chosen(page), ["circles"])
        self.assertEqual(self.chosen(page, "circle_ids"), [str(self.hidden_circle.id)])
        page = self.get(f"/publish?circle={self.request_circle.id}")
        self.assertEqual(self.chosen(page), ["everyone"])

    def test_what_is_for_a_circle_is_for_it_alone(self):
        self.log_in(self.owner)
        response = self.post(
            "/publish",
            self.get_values(visibility="circles", circle_ids=str(self.open_circle.id)),
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.find().circle_ids, self.open_circle)
        self.log_in(self.organiser)
        page = self.get(self.url_of(self.find()))
        self.assertIn("Club of Walkers", self.text_of(page, "#ask"))
        self.log_in(self.asker)
        self.get(self.url_of(self.find()), status=404)

    def test_circles_without_a_box_ticked_are_refused_in_a_sentence(self):
        self.log_in(self.owner)
        response = self.post("/publish", self.get_values(visibility="circles"))
        self.assertEqual(response.status_code, 422)
        self.assertIn("at least one circle", response.text)
        self.assertIn("Raclette", response.text)

    def test_a_circle_of_others_cannot_be_chosen(self):
        self.log_in(self.owner)
        response = self.post(
            "/publish",
            self.get_values(
                visibility="circles", circle_ids=str(self.request_circle.id)
            ),
        )
        self.assertEqual(response.status_code, 422)
        self.assertNotIn("Rue des Postes", response.text)

    def test_whoever_sees_it_by_one_circle_learns_of_no_other(self):
        listing = self.share(self.open_circle, "Tent", self.owner)
        listing.circle_ids |= self.hidden_circle
        self.add_to_circle(self.open_circle, self.asker)
        self.log_in(self.asker)
        self.get(self.url_of(listing))
        self.assertIn("Club of Walkers", self.page.text)
        self.assertNotIn("Dubois", self.page.text)

    def test_a_delegate_chooses_among_the_circles_of_the_one_acted_for(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.owner.sudo().user_id)
        self.add_to_circle(self.request_circle, club)
        self.log_in(self.owner)
        page = self.get("/publish")
        boxes = page.cssselect(f"[name=circle_ids_{club.id}]")
        self.assertEqual(
            [box.get("value") for box in boxes], [str(self.request_circle.id)]
        )
        self.post(
            "/publish",
            self.get_values(
                visibility="circles",
                as_member_id=str(club.id),
                **{
                    f"circle_ids_{self.owner.id}": str(self.open_circle.id),
                    f"circle_ids_{club.id}": str(self.request_circle.id),
                },
            ),
        )
        self.assertEqual(self.find().member_id, club)
        self.assertEqual(self.find().circle_ids, self.request_circle)
        page = self.get(f"/publish?circle={self.request_circle.id}")
        chosen = page.cssselect("#ebs_as option[selected]")
        self.assertEqual([option.text for option in chosen], ["Club"])

    # === LATER === #

    def test_the_form_of_a_listing_says_who_sees_it_now(self):
        listing = self.share(self.hidden_circle, "Tent", self.owner)
        self.log_in(self.owner)
        page = self.get(f"/my/listings/{listing.id}/edit")
        self.assertEqual(self.chosen(page), ["circles"])
        self.assertEqual(self.chosen(page, "circle_ids"), [str(self.hidden_circle.id)])

    def test_several_are_changed_at_once_from_my_listings(self):
        listings = [self.make_loan(name=f"Thing {number}") for number in range(3)]
        self.log_in(self.owner)
        page = self.get("/my/listings")
        self.assertIn("Everyone", self.text_of(page, ".o_ebs_row"))
        response = self.post(
            "/my/listings/visibility",
            {
                "listing_ids": [str(listing.id) for listing in listings[:2]],
                "visibility": "circles",
                "circle_ids": str(self.open_circle.id),
            },
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(
            [listing.visibility for listing in listings],
            ["circles", "circles", "everyone"],
        )
        self.assertEqual(listings[0].circle_ids, self.open_circle)
        page = self.get("/my/listings?changed=1")
        self.assertIn("Club of Walkers", self.text_of(page, ".o_ebs_rows"))
        self.post(
            "/my/listings/visibility",
            {"listing_ids": str(listings[0].id), "visibility": "members"},
        )
        self.assertEqual(listings[0].visibility, "members")
        self.assertFalse(listings[0].circle_ids)

    def test_a_refused_change_keeps_the_ticks_and_changes_nothing(self):
        listing = self.make_loan(name="Thing")
        self.log_in(self.owner)
        for values in (
            {"visibility": "circles"},
            {"visibility": "nobody"},
            {},
            {"visibility": "circles", "circle_ids": ["x", "-1"]},
        ):
            response = self.post(
                "/my/listings/visibility", {"listing_ids": str(listing.id), **values}
            )
            self.assertEqual(response.status_code, 422)
            box = self.tree(response).cssselect("[name=listing_ids]")[0]
            self.assertTrue(box.get("checked"))
        response = self.post("/my/listings/visibility", {"visibility": "members"})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(listing.visibility, "everyone")

    def test_nobody_changes_the_listings_of_others(self):
        listing = self.make_loan(name="Thing")
        self.log_in(self.asker)
        response = self.post(
            "/my/listings/visibility",
            {"listing_ids": str(listing.id), "visibility": "members"},
        )
        self.assertEqual(response.status_code, 422)
        self.assertEqual(listing.visibility, "everyone")

    def test_what_no_circle_sees_any_more_says_so_and_offers_to_choose(self):
        listing = self.share(self.open_circle, "Tent", self.owner)
        self.log_in(self.owner)
        self.post(self.url(self.open_circle) + "/leave")
        self.assertEqual(listing.state, "paused")
        page = self.get("/my/listings")
        self.assertIn("No circle is left", self.text_of(page, ".o_ebs_row"))
        link = page.cssselect(".o_ebs_row_text p a")[0].get("href")
        self.get(link)
        page = self.get(self.url_of(listing))
        self.assertIn("No circle is left", self.text_of(page, ".o_ebs_mine"))
        self.assertEqual(
            self.post(f"/my/listings/{listing.id}/resume").status_code, 422
        )

    # === TOTALS === #

    def test_a_persona_shows_what_it_has_done_circles_included(self):
        listing = self.share(self.hidden_circle, "Accordion", self.owner)
        listing.way_ids = self.give
        open_listing = self.make_loan(name="Drill")
        page = self.get(self.url_of(open_listing))
        self.assertNotIn("exchange", self.text_of(page, ".o_ebs_owner"))
        self.add_to_circle(self.hidden_circle, self.asker)
        exchange = listing.with_user(self.asker.sudo().user_id).action_ask(
            {"way": "give", "message": "Please"}
        )
        owned = exchange.with_user(self.owner.sudo().user_id)
        owned.action_accept()
        owned.action_done()
        page = self.get(self.url_of(open_listing))
        self.assertIn("One exchange done", self.text_of(page, ".o_ebs_owner"))
        self.assertNotIn("Accordion", self.page.text)
