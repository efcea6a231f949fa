# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from urllib.parse import quote, quote_plus

from odoo.tests import tagged
from odoo.tools.misc import limited_field_access_token

from .circles_common import NEVER, CirclePagesCase
from .pages_common import make_jpeg

SIZES = ("image_1920", "image_1024", "image_512", "image_256", "image_128")
JPEG = b"\xff\xd8"
PICTURE = base64.b64encode(make_jpeg())


@tagged("post_install", "-at_install")
class TestPictures(CirclePagesCase):
    """Pictures follow the rules by every address, and caches follow them too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_to_circle(cls.hidden_circle, cls.asker)
        cls.hidden_circle.image_1920 = PICTURE
        cls.open_circle.image_1920 = PICTURE
        cls.secret = cls.add_photo(cls.share(cls.hidden_circle, "Accordion"))
        cls.limited = cls.add_photo(cls.make_loan(visibility="members"))
        cls.open = cls.add_photo(cls.make_loan())
        paused = cls.make_loan()
        cls.paused = cls.add_photo(paused)
        paused.sudo()._set_state(("published",), "paused")
        cls.asked = (
            cls.secret.listing_id.sudo()
            .with_user(cls.asker.sudo().user_id)
            .action_inquire("Is it in tune?")
        )

    def get_addresses(self, record, fields):
        """Every way to name one picture."""
        model, number = record._name, record.id
        for field in fields:
            for root in ("/web/image", "/web/content"):
                yield f"{root}/{model}/{number}/{field}"
                yield f"{root}/{model}/{number}/{field}/photo.jpg"
                yield f"{root}?model={model}&id={number}&field={field}"
            yield f"/web/image/{model}/{number}/{field}/64x64"
            yield f"/web/image/{model}/{number}/{field}/64x64/photo.jpg"

    def get_file_addresses(self, record):
        """The addresses of the files behind a picture, of every size."""
        files = self.env["ir.attachment"].sudo()
        for number in files.search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("res_field", "in", SIZES),
            ]
        ).ids:
            yield f"/web/image/{number}"
            yield f"/web/image/{number}-abc123"
            yield f"/web/image/{number}/64x64"
            yield f"/web/content/{number}"
            yield f"/web/content?id={number}"

    def get_all_addresses(self, addresses):
        """Each of these, and with all that changes how it is kept."""
        for address in addresses:
            join = "&" if "?" in address else "?"
            for more in ("", "unique=abc", "download=1", "nocache=1"):
                yield f"{address}{join}{more}" if more else address

    def assert_forgotten(self, addresses):
        for address in self.get_all_addresses(addresses):
            response = self.url_open(address)
            self.assertEqual(response.status_code, 200, address)
            self.assertTrue(response.content.startswith(JPEG), address)
            self.assertEqual(
                response.headers["Cache-Control"], "private, no-store", address
            )

    def test_what_is_not_for_everyone_is_kept_by_no_cache(self):
        self.log_in(self.asker)
        for record in (self.secret, self.limited, self.hidden_circle):
            self.assert_forgotten(self.get_addresses(record, SIZES))
        self.assert_forgotten(self.get_addresses(self.asked, ("image_512",)))
        self.log_in(self.owner)
        self.assert_forgotten(self.get_addresses(self.paused, SIZES))

    def test_staff_who_name_the_file_keep_it_no_more_than_others(self):
        self.moderator.sudo().password = "moderator"
        self.authenticate(self.moderator.login, "moderator")
        self.assert_forgotten(self.get_file_addresses(self.limited))

    def test_what_everyone_may_see_is_kept_a_year_when_its_address_says_so(self):
        for record in (self.open, self.open_circle):
            address = f"/web/image/{record._name}/{record.id}/image_512?unique=abc"
            header = self.url_open(address).headers["Cache-Control"]
            self.assertIn("immutable", header)
            self.assertNotIn("no-store", header)

    def test_a_picture_that_was_shown_to_a_browser_is_asked_for_again(self):
        self.log_in(self.asker)
        address = f"/web/image/ebs.photo/{self.secret.id}/image_512"
        tag = self.url_open(address).headers.get("ETag", "")
        again = self.url_open(address, headers={"If-None-Match": tag})
        self.assertEqual(again.headers["Cache-Control"], "private, no-store")

    def test_a_hidden_picture_answers_as_one_that_never_was(self):
        records = (self.secret, self.limited, self.paused, self.hidden_circle)
        for member in (None, self.rival):
            self.authenticate(None, None)
            seen_by_all = ()
            if member:
                self.log_in(member)
                seen_by_all = (self.limited,)
            for record in (*records, self.asked):
                if record in seen_by_all:
                    continue
                for pattern in (
                    "/web/image/{model}/{number}/image_512",
                    "/web/image/{model}/{number}/image_512?unique=abc",
                    "/web/image/{model}/{number}/image_512/64x64?download=1",
                    "/web/content/{model}/{number}/image_512",
                ):
                    self.assert_same_picture(pattern, record)

    def assert_same_picture(self, pattern, record):
        answers, costs = [], []
        for number in (record.id, NEVER):
            address = pattern.format(model=record._name, number=number)
            response = self.url_open(address, allow_redirects=False)
            headers = {
                name: value
                for name, value in response.headers.items()
                if name not in ("Date", "Expires", "Set-Cookie")
            }
            content = response.content
            if "html" in headers["Content-Type"]:
                headers.pop("Content-Length", None)
                content = self.strip(response).replace(address, "ADDRESS")
                for coded in (quote(address, safe=""), quote_plus(address)):
                    content = content.replace(coded, "ADDRESS")
            answers.append((response.status_code, headers, content))
            costs.append(self.count_queries(address))
        self.assertTrue(answers[0] == answers[1], pattern)
        self.assertEqual(*costs, pattern)

    def test_the_file_behind_a_hidden_picture_answers_as_one_that_never_was(self):
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "ebs.photo"),
                    ("res_id", "=", self.secret.id),
                    ("res_field", "=", "image_512"),
                ]
            )
        )
        for member in (None, self.rival):
            self.authenticate(None, None)
            if member:
                self.log_in(member)
            for root in ("/web/image", "/web/content"):
                hidden = self.url_open(f"{root}/{attachment.id}")
                missing = self.url_open(f"{root}/{NEVER}")
                self.assertEqual(hidden.status_code, missing.status_code)
                self.assertEqual(
                    hidden.headers.get("Cache-Control"),
                    missing.headers.get("Cache-Control"),
                )
                if root == "/web/image":
                    self.assertEqual(hidden.content, missing.content)

    def test_a_token_for_a_picture_of_ours_opens_nothing(self):
        """Core signs such tokens for weeks: they would outlive a membership."""
        token = limited_field_access_token(
            self.secret.sudo(), "image_512", scope="binary"
        )
        response = self.url_open(
            f"/web/image/ebs.photo/{self.secret.id}/image_512?access_token={token}"
        )
        self.assertFalse(response.content.startswith(JPEG))

    def test_leaving_ends_it_at_once(self):
        self.log_in(self.asker)
        address = f"/web/image/ebs.photo/{self.secret.id}/image_512"
        self.assertTrue(self.url_open(address).content.startswith(JPEG))
        self.post(self.url(self.hidden_circle) + "/leave")
        self.assertFalse(self.url_open(address).content.startswith(JPEG))
        # What was agreed on stays with the two parties, photo included.
        address = f"/web/image/ebs.exchange/{self.asked.id}/image_512"
        self.assertTrue(self.url_open(address).content.startswith(JPEG))

    def test_garbage_in_the_address_of_a_picture_is_no_fault(self):
        for address in (
            "/web/image/ebs.photo/99999999999999999999/image_512",
            "/web/image/ebs.base.mixin/1/image_512",
            "/web/image/ebs.photo/0/image_512",
            "/web/image?model=ebs.photo&id=1&field=nothing",
            "/web/content/ebs.member.private/1/email",
        ):
            self.assertLess(self.url_open(address).status_code, 500, address)
