# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import os

from odoo.tests import tagged
from PIL import Image

from .pages_common import WebsiteCase, make_jpeg


@tagged("post_install", "-at_install")
class TestPublish(WebsiteCase):
    """Publishing from a phone, changing it, and taking it through its life."""

    def _get_values(self, **values):
        return {
            "name": "Raclette for eight",
            "ways": ["lend", "give"],
            "category_id": str(self.garden.id),
            "visibility": "everyone",
            "deposit_kind": "none",
            "copy_count": "1",
            **values,
        }

    def _find(self, name="Raclette for eight"):
        return self.env["ebs.listing"].search([("name", "=", name)])

    def test_visitors_are_led_to_an_account_and_back_here(self):
        page = self.get("/publish")
        button = page.cssselect("a.o_ebs_action")[0]
        self.assertIn("/web/signup?redirect=%2Fpublish", button.get("href"))

    def test_a_member_publishes_with_photos_in_one_form(self):
        self.log_in(self.owner)
        page = self.get("/publish")
        camera = page.cssselect("input[capture]")[0]
        self.assertEqual(camera.get("accept"), "image/*")
        for name in ("name", "category_id", "description", "price", "zone_id"):
            self.assertTrue(page.cssselect(f"form [name={name}]"), name)
        response = self.post(
            "/publish",
            self._get_values(),
            files=[
                ("photos", ("a.jpg", make_jpeg(), "image/jpeg")),
                ("photos", ("b.jpg", make_jpeg(), "image/jpeg")),
            ],
        )
        self.assertEqual(response.status_code, 303)
        listing = self._find()
        self.assertEqual(listing.state, "published")
        self.assertEqual(listing.member_id, self.owner)
        self.assertEqual(listing.company_id, self.company)
        self.assertEqual(len(listing.photo_ids), 2)
        self.assertEqual(set(listing.way_ids.mapped("code")), {"lend", "give"})
        self.assertEqual(listing.copy_count, 1)
        self.assertIn(self.url_of(listing), response.headers["Location"])

    def test_a_photo_of_six_megabytes_goes_through(self):
        noise = Image.frombytes("RGB", (1400, 1200), os.urandom(1400 * 1200 * 3))
        content = io.BytesIO()
        noise.save(content, "JPEG", quality=100, subsampling=0)
        content = content.getvalue()
        self.assertGreater(len(content), 5_500_000)
        self.log_in(self.owner)
        response = self.post(
            "/publish",
            self._get_values(),
            files=[("photos", ("big.jpg", content, "image/jpeg"))],
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self._find().photo_ids), 1)

    def test_what_is_refused_stays_in_the_form(self):
        self.log_in(self.owner)
        response = self.post(
            "/publish", self._get_values(name="  ", description="My own words")
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("My own words", response.text)
        self.assertIn('role="alert"', response.text)
        draft = self.env["ebs.listing"].search([("description", "=", "My own words")])
        self.assertEqual(draft.state, "draft", "kept on the site too")
        response = self.post(
            "/publish",
            self._get_values(),
            files=[("photos", ("a.svg", b"<svg/>", "image/svg+xml"))],
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("Raclette for eight", response.text)
        self.assertIn("“a.svg”", response.text)
        self.assertEqual(self._find().state, "draft")
        response = self.post("/publish", {"name": " ", "ways": ["give"]})
        self.assertEqual(response.status_code, 422)
        self.assertFalse(self.env["ebs.listing"].search([("name", "=", "…")]) - draft)

    def test_what_is_missing_to_publish_is_kept_as_a_draft_and_said(self):
        self.log_in(self.owner)
        response = self.post(
            "/publish",
            self._get_values(ways=[]),
            files=[("photos", ("a.jpg", make_jpeg(), "image/jpeg"))],
        )
        self.assertEqual(response.status_code, 422)
        listing = self._find()
        self.assertEqual(listing.state, "draft")
        self.assertEqual(len(listing.photo_ids), 1)
        self.assertIn(f"/my/listings/{listing.id}/edit", response.text)

    def test_garbage_in_the_form_is_a_sentence(self):
        self.log_in(self.owner)
        for values in (
            {},
            self._get_values(price="a lot"),
            self._get_values(category_id="999999999999"),
            self._get_values(ways=["nothing"]),
            self._get_values(visibility="nobody"),
            self._get_values(deposit_kind="gold"),
            self._get_values(copy_count="1e9"),
            self._get_values(circle_ids=["x", "-4"], visibility="circles"),
            self._get_values(name="x" * 5000),
            self._get_values(as_member_id="x" * 50),
        ):
            with self.subTest(values=str(values)[:50]):
                response = self.post("/publish", values)
                self.assertIn(response.status_code, (303, 422))

    def test_a_draft_is_kept_on_demand_and_published_later(self):
        self.log_in(self.owner)
        self.post("/publish", self._get_values(draft="1"))
        listing = self._find()
        self.assertEqual(listing.state, "draft")
        response = self.post(
            f"/my/listings/{listing.id}/edit", self._get_values(name="Raclette for six")
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(listing.state, "published")
        self.assertEqual(listing.name, "Raclette for six")

    def test_photos_are_taken_away_and_added_in_the_same_form(self):
        listing = self.make_loan(name="Raclette for eight")
        photo = self.add_photo(listing)
        self.log_in(self.owner)
        self.get(f"/my/listings/{listing.id}/edit")
        self.post(
            f"/my/listings/{listing.id}/edit",
            self._get_values(remove_photo=str(photo.id)),
            files=[("photos", ("a.jpg", make_jpeg(), "image/jpeg"))],
        )
        self.assertFalse(photo.exists())
        self.assertEqual(len(listing.photo_ids), 1)

    def test_pause_resume_and_close(self):
        listing = self.make_loan()
        self.log_in(self.owner)
        for move, state in (
            ("pause", "paused"),
            ("resume", "published"),
            ("close", "closed"),
        ):
            response = self.post(f"/my/listings/{listing.id}/{move}")
            self.assertEqual(response.status_code, 303)
            self.assertEqual(listing.state, state)
        response = self.post(f"/my/listings/{listing.id}/resume")
        self.assertEqual(response.status_code, 422)

    def test_nobody_else_edits_or_moves_it(self):
        listing = self.make_loan()
        self.log_in(self.asker)
        self.get(f"/my/listings/{listing.id}/edit", status=404)
        for move in ("edit", "pause", "close"):
            response = self.post(
                f"/my/listings/{listing.id}/{move}", self._get_values()
            )
            self.assertEqual(response.status_code, 404)
        response = self.post("/my/listings/99999999999999999999/close")
        self.assertEqual(response.status_code, 404)
        self.assertEqual(listing.state, "published")

    def test_a_delegate_says_for_whom(self):
        club = self.make_member("Club", kind="association")
        self.make_delegate(club, self.owner.sudo().user_id)
        self.log_in(self.owner)
        page = self.get("/publish")
        names = [option.text for option in page.cssselect("#ebs_as option")]
        self.assertEqual(names, [self.owner.name, "Club"])
        self.post("/publish", self._get_values(as_member_id=str(club.id)))
        self.assertEqual(self._find().member_id, club)
