# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turn what a stranger sent into a plain value, or into a clear sentence."""

import base64
import binascii
import io
import math
import re
import struct
import unicodedata
import zlib

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate
from PIL import (
    Image,
    ImageOps,
    WebPImagePlugin,  # noqa: F401 Odoo keeps Pillow from loading it by itself
)

# Read by whoever asks by a page; anybody else gets the source.
_lt = LazyTranslate(__name__, default_lang="en_US")

MAX_ID = 2**31 - 1
MAX_AMOUNT = 1_000_000
MAX_IMAGE_BYTES = 10 * 1024 * 1024
MAX_IMAGE_PIXELS = 50_000_000
MAX_IMAGE_SIDE = 1920
IMAGE_FORMATS = ("JPEG", "PNG", "WEBP")
# What a picture may take in memory while it is made small.
MAX_IMAGE_MEMORY = 260 * 1024 * 1024
WEBP_POINT_BYTES = 20
# A JPEG that is drawn in layers has some ten of them; each costs a walk over all.
MAX_IMAGE_SCANS = 40

UNREADABLE = _lt("This picture cannot be read: please send a JPEG, PNG or WebP.")
TOO_HEAVY = _lt("This picture is too heavy: please send less than 10 MB.")
FILE_NAME_LENGTH = 40
# Whatever a decoder raises on a file that was made to break it.
_DECODING_ERRORS = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)

# Everything below space but tab and line ends, and the delete character.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _refuse(sentence):
    return UserError(str(sentence))


def to_int(value):
    """Return a whole number that PostgreSQL can hold, else None."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if isinstance(value, str):
        value = value.strip()
        if len(value) > 11 or not re.fullmatch(r"[+-]?[0-9]+", value):
            return None
        value = int(value)
    return value if -MAX_ID <= value <= MAX_ID else None


def to_text(value, max_len):
    """Return clean text of at most `max_len` characters, else raise UserError."""
    if value is None or value is False:
        return ""
    if not isinstance(value, str):
        raise _refuse(_lt("Please type text here."))
    text = _CONTROL.sub("", value).replace("\r\n", "\n").strip()
    if len(text) > max_len:
        sentence = _lt(
            "“%(start)s…” is too long: please keep to %(count)s characters.",
            start=text[:20],
            count=max_len,
        )
        raise _refuse(sentence)
    return text


def to_date(value):
    """Return the date written as YYYY-MM-DD, else None."""
    if not isinstance(value, str) or not re.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()
    ):
        return None
    try:
        return fields.Date.to_date(value.strip())
    except ValueError:
        return None


def to_amount(value):
    """Return a finite amount between 0 and a million, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        value = re.sub(r"\s", "", value).replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{0,9})?", value):
            return None
    try:
        amount = float(value)
    except OverflowError:
        return None
    return amount if math.isfinite(amount) and 0 <= amount <= MAX_AMOUNT else None


def to_image(value):
    """Return a picture, in base64, that is safe to show, or False for none.

    It is a JPEG, PNG or WebP by its content, turned as it was held, stripped
    of all that the camera wrote in it, and no larger than a page shows.
    """
    if not value:
        return False
    data = _decode_base64(value)
    try:
        _check_points(*_read_header(data))
        with Image.open(io.BytesIO(data), formats=IMAGE_FORMATS) as picture:
            _check_points(*picture.size, _get_point_bytes(picture, data))
            return base64.b64encode(_encode_image(picture))
    except Image.DecompressionBombError as error:
        raise _refuse(_say_too_large(MAX_IMAGE_PIXELS)) from error
    except MemoryError as error:
        raise _refuse(_say_too_large(MAX_IMAGE_PIXELS // 5)) from error
    except _DECODING_ERRORS as error:
        raise _refuse(UNREADABLE) from error


def say_file_name(name):
    """Return the name of a file as it may stand in a sentence: short, and plain."""
    text = name if isinstance(name, str) else ""
    # No mark that turns the direction of the text around it, nor any control.
    text = "".join(one for one in text if unicodedata.category(one)[0] != "C")
    text = " ".join(text.split())
    if len(text) > FILE_NAME_LENGTH:
        # Its end tells what it is.
        text = f"{text[: FILE_NAME_LENGTH - 10]}…{text[-9:]}"
    return text


def _say_too_large(limit):
    return _lt(
        "This picture is too large: please send one of less than %(count)s million "
        "points.",
        count=limit // 1_000_000,
    )


def _check_points(width, height, point_bytes=1):
    """Refuse, by its header alone, what would take too much room."""
    limit = min(MAX_IMAGE_PIXELS, MAX_IMAGE_MEMORY // point_bytes)
    if width * height > limit:
        raise _refuse(_say_too_large(limit))


def _get_point_bytes(picture, data):
    """Return how much room one point takes while the picture is made small."""
    if picture.format == "WEBP":
        return WEBP_POINT_BYTES
    if picture.format == "JPEG":
        if data.count(b"\xff\xda") > MAX_IMAGE_SCANS:
            raise _refuse(UNREADABLE)
        # One that is drawn in layers is kept whole; any other is read made small.
        layers = picture.info.get("progressive")
        return 3 * len(picture.getbands()) if layers else 4
    # With transparency it is there twice.
    return 4 if picture.mode in ("1", "L", "RGB") else 9


def _read_header(data):
    """Return width, height and room for a point, as a file says before it is opened.

    Nothing is decoded; what is not one of our three kinds has no points.
    """
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return (*struct.unpack(">II", data[16:24]), 1)
    if data[:2] == b"\xff\xd8":
        return (*_read_jpeg_size(data), 1)
    if data[8:12] == b"WEBP":
        # Its decoder takes room for all points as soon as it is opened.
        return (*_read_webp_size(data), WEBP_POINT_BYTES)
    return 0, 0, 1


def _read_jpeg_size(data):
    place = 2
    while place + 9 <= len(data):
        kind = data[place + 1]
        if data[place] != 0xFF or kind == 0xFF:
            place += 1
        elif 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        elif kind in (0x00, 0x01) or 0xD0 <= kind <= 0xD9:
            place += 2
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return 0, 0


def _read_webp_size(data):
    kind = data[12:16]
    if kind == b"VP8X":
        return (
            int.from_bytes(data[24:27], "little") + 1,
            int.from_bytes(data[27:30], "little") + 1,
        )
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _decode_base64(value):
    if isinstance(value, str):
        value = value.encode("ascii", "ignore")
    if not isinstance(value, bytes):
        raise _refuse(UNREADABLE)
    if len(value) > MAX_IMAGE_BYTES * 4 / 3 + 4:
        raise _refuse(TOO_HEAVY)
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise _refuse(UNREADABLE) from error


def _encode_image(picture):
    """Write the points of a picture anew, upright and small, and nothing else of it."""
    picture.draft(None, (MAX_IMAGE_SIDE, MAX_IMAGE_SIDE))
    if picture.mode not in ("L", "RGB", "RGBA", "LA", "CMYK"):
        seen_through = "transparency" in picture.info or picture.mode == "PA"
        exif = picture.getexif()
        picture = picture.convert("RGBA" if seen_through else "RGB")
        picture.info["exif"] = exif.tobytes()
    elif "transparency" in picture.info:
        picture = picture.convert("RGBA")
    picture.thumbnail((MAX_IMAGE_SIDE, MAX_IMAGE_SIDE))
    picture = ImageOps.exif_transpose(picture)
    has_alpha = picture.mode in ("RGBA", "LA")
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    buffer = io.BytesIO()
    if has_alpha:
        clean.save(buffer, "PNG", optimize=True)
    else:
        clean.save(buffer, "JPEG", quality=85, optimize=True)
    return buffer.getvalue()
