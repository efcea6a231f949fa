# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
import random
import struct
import zlib

from odoo.exceptions import UserError
from odoo.tests import tagged
from PIL import Image

from .common import ListingsCase, make_image


def open_image(encoded):
    return Image.open(io.BytesIO(base64.b64decode(encoded)))


def make_bomb(width, height):
    """A PNG of a few bytes that says it has many points."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000, 9)
    return base64.b64encode(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


@tagged("ebs_listings", "ebs_security")
class TestPhoto(ListingsCase):
    """What members upload is decoded, or refused in a sentence; never kept as is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.listing = cls.make_listing(cls.owner)

    def send(self, *photos):
        self.by(self.owner, self.listing).action_save({"photos": list(photos)})
        return self.listing.photo_ids[-1]

    def refused(self):
        return self.assertRaises(UserError)

    def test_the_three_formats_are_taken(self):
        for picture_format in ("JPEG", "PNG", "WEBP"):
            photo = self.send(make_image(picture_format=picture_format).decode())
            self.assertEqual(open_image(photo.image_1920).size, (40, 30))
        self.assertEqual(len(self.listing.photo_ids), 3)

    def test_other_formats_are_refused(self):
        for picture_format in ("GIF", "BMP", "TIFF", "ICO"):
            with self.subTest(format=picture_format), self.refused():
                self.send(make_image((32, 32), picture_format=picture_format))

    def test_what_is_no_picture_is_refused(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        page = b"<html><script>alert(1)</script></html>"
        for name, content in (
            ("svg", svg),
            ("svg with a declaration", b'<?xml version="1.0"?>' + svg),
            ("page", page),
            ("text", b"hello"),
            ("zip", b"PK\x03\x04" + b"\0" * 100),
            ("pdf", b"%PDF-1.7 ..."),
            ("head of a jpeg", b"\xff\xd8\xff\xe0"),
            ("head of a webp", b"RIFF\x10\0\0\0WEBPVP8 "),
            ("head of a png and an svg", b"\x89PNG\r\n\x1a\n" + svg),
        ):
            with self.subTest(content=name), self.refused():
                self.send(base64.b64encode(content).decode())
        self.assertFalse(self.listing.photo_ids)

    def test_what_is_no_upload_is_refused(self):
        for value in (None, 5, [], {}, "", "é", "not base64!", "A", b"\x00", True):
            with self.subTest(value=value), self.refused():
                self.send(value)

    def test_a_bomb_is_refused_by_its_header(self):
        for size in ((10_000, 5_001), (30_000, 30_000), (2**31 - 1, 2**31 - 1)):
            with self.subTest(size=size), self.refused():
                self.send(make_bomb(*size))

    def test_ten_megabytes_are_the_limit(self):
        heavy = base64.b64encode(b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024))
        with self.assertRaisesRegex(UserError, "10 MB"):
            self.send(heavy.decode())

    def test_broken_files_never_raise_anything_but_a_sentence(self):
        """Decoders fail in many ways: whatever they raise becomes a sentence."""
        seed = random.Random(20261123)
        decode = self.env["ebs.photo"]._decode_photo
        for picture_format in ("JPEG", "PNG", "WEBP"):
            good = base64.b64decode(make_image((60, 40), picture_format=picture_format))
            for _turn in range(150):
                bad = bytearray(good)
                for _hit in range(seed.randint(1, 8)):
                    bad[seed.randrange(len(bad))] = seed.randrange(256)
                if seed.random() < 0.3:
                    bad = bad[: seed.randrange(len(bad))]
                try:
                    decode(base64.b64encode(bytes(bad)))
                except UserError as error:
                    self.assertTrue(str(error))

    def test_a_photo_held_sideways_is_turned_and_tells_no_place(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        exif[0x010F] = "Camera of Olga"
        exif.get_ifd(0x8825)[2] = (50.0, 37.0, 0.0)
        photo = self.send(make_image((80, 40), exif=exif.tobytes()))
        for name in ("image_1920", "image_512"):
            picture = open_image(photo[name])
            self.assertEqual(picture.size, (40, 80))
            self.assertFalse(picture.getexif())
        self.assertNotIn(b"Camera", base64.b64decode(photo.image_1920))

    def test_a_file_hidden_behind_a_picture_is_left_behind(self):
        content = base64.b64decode(make_image()) + b"<script>alert(1)</script>"
        photo = self.send(base64.b64encode(content))
        self.assertNotIn(b"script", base64.b64decode(photo.image_1920))

    def test_a_large_photo_is_made_smaller(self):
        photo = self.send(make_image((4000, 1000)))
        self.assertEqual(open_image(photo.image_1920).size, (1920, 480))

    def test_eight_photos_are_the_limit(self):
        self.send(*[make_image()] * 8)
        with self.assertRaisesRegex(UserError, "8 photos"):
            self.send(make_image())
        self.assertEqual(len(self.listing.photo_ids), 8)

    def test_photos_keep_the_order_in_which_they_came(self):
        first = self.send(make_image())
        self.send(make_image(colour="blue"), make_image(colour="green"))
        self.assertEqual(self.listing.main_photo_id, first)
        photos = self.listing.photo_ids
        self.assertEqual(photos.sorted("id"), photos)
        self.by(self.owner, self.listing).action_remove_photo(first.id)
        self.assertEqual(self.listing.main_photo_id, photos[1])

    def test_only_the_photos_of_this_listing_are_removed(self):
        other = self.make_photo(self.make_listing(self.make_member("Nils")))
        for value in (other.id, 0, None, "abc", [], 10**20):
            with self.subTest(value=value), self.refused():
                self.by(self.owner, self.listing).action_remove_photo(value)
        self.assertTrue(other.exists())

    def test_photos_are_served_by_the_rules_alone(self):
        """`website` serves fields of published records to all: not ours."""
        photo = self.make_photo(self.listing)
        exchange = self.ask(self.make_member("Nils"), self.listing)
        for record in (photo, self.listing, exchange):
            for field in ("image_1920", "image_512", "name", None):
                self.assertFalse(record._can_return_content(field))
                self.assertFalse(record.sudo()._can_return_content(field, "token"))
