# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
import math

from odoo.exceptions import UserError
from odoo.tests import BaseCase
from PIL import Image

from .. import utils
from ..utils import to_amount, to_date, to_image, to_int, to_text

GARBAGE = (None, False, True, [], {}, (), b"1", object(), "", " ", "\0", "é", "1e9")


def make_picture(size=(8, 6), image_format="PNG", mode="RGB", **options):
    """Return a small picture in base64."""
    buffer = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(
        buffer, image_format, **options
    )
    return base64.b64encode(buffer.getvalue()).decode()


def open_picture(value):
    return Image.open(io.BytesIO(base64.b64decode(value)))


class TestUtils(BaseCase):
    def test_a_number_is_read_and_garbage_is_none(self):
        self.assertEqual([to_int(v) for v in (7, "7", " -7 ", "+7")], [7, 7, -7, 7])
        for value in (*GARBAGE, "7.0", "7a", 7.0, math.nan, "9" * 400, 2**31, -(2**40)):
            self.assertIsNone(to_int(value), repr(value))
        self.assertIsNone(to_int("٧"), "digits of other scripts are not ours")

    def test_text_is_cleaned_and_cut_never(self):
        self.assertEqual(to_text("  a\0b\r\nc \x1b\ud800", 10), "ab\nc")
        self.assertEqual(to_text(None, 5), "")
        self.assertEqual(to_text(False, 5), "")
        self.assertEqual(to_text("abcde", 5), "abcde")
        with self.assertRaisesRegex(UserError, "too long"):
            to_text("abcdef", 5)
        for value in (5, [], {}, b"x", True):
            with self.assertRaises(UserError):
                to_text(value, 50)

    def test_a_date_is_read_and_garbage_is_none(self):
        self.assertEqual(to_date("2026-11-27").isoformat(), "2026-11-27")
        for value in (*GARBAGE, "2026-02-30", "27/11/2026", "2026-1-1", 20261127):
            self.assertIsNone(to_date(value), repr(value))
        self.assertIsNone(to_date("0000-00-00"))

    def test_an_amount_is_finite_and_not_negative(self):
        read = [to_amount(v) for v in (0, 5, "5", "5,50", "1 200.5", 1e6)]
        self.assertEqual(read, [0, 5, 5, 5.5, 1200.5, 1e6])
        bad = (-1, "-1", math.inf, math.nan, "inf", "nan", 1e6 + 1, "9" * 40, 10**400)
        for value in (*GARBAGE, *bad):
            self.assertIsNone(to_amount(value), repr(value))

    def test_no_picture_is_no_picture(self):
        for value in (None, False, "", b""):
            self.assertIs(to_image(value), False)

    def test_pictures_of_the_three_kinds_are_taken_by_their_content(self):
        for image_format in ("JPEG", "PNG", "WEBP"):
            picture = open_picture(to_image(make_picture(image_format=image_format)))
            self.assertEqual(picture.size, (8, 6))
            self.assertIn(picture.format, ("JPEG", "PNG"))

    def test_other_files_are_refused_in_a_sentence(self):
        svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
        gif = make_picture(image_format="GIF")
        cut = base64.b64encode(base64.b64decode(make_picture())[:40]).decode()
        for value in (svg, gif, cut, "not base64!", "é", 5, ["x"], {"a": 1}, b"\xff"):
            with self.assertRaises(UserError, msg=repr(value)):
                to_image(value)

    def test_a_picture_is_turned_stripped_and_made_small(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # held upright
        exif[0x010F] = "A camera"
        exif.get_ifd(0x8825)[1] = "N"  # where it was taken
        value = make_picture((3000, 1500), "JPEG", exif=exif, comment=b"My house")
        picture = open_picture(to_image(value))
        self.assertEqual(picture.size, (960, 1920))
        self.assertFalse(dict(picture.getexif()))
        self.assertNotIn("comment", picture.info)

    def test_a_transparent_picture_stays_so(self):
        picture = open_picture(to_image(make_picture(mode="RGBA")))
        self.assertEqual(picture.mode, "RGBA")

    def test_a_picture_of_too_many_points_is_not_even_decoded(self):
        self.patch(utils, "MAX_IMAGE_PIXELS", 40)
        with self.assertRaisesRegex(UserError, "too large"):
            to_image(make_picture())

    def test_too_heavy_a_picture_is_not_even_read(self):
        self.patch(utils, "MAX_IMAGE_BYTES", 30)
        with self.assertRaisesRegex(UserError, "too heavy"):
            to_image(make_picture())
