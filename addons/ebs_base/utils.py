# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turn what a stranger sent into a plain value, or into a clear sentence."""

import base64
import binascii
import io
import math
import re

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

UNREADABLE = _lt("This picture cannot be read: please send a JPEG, PNG or WebP.")
TOO_LARGE = _lt(
    "This picture is too large: please send one of less than 50 million points."
)
TOO_HEAVY = _lt("This picture is too heavy: please send less than 10 MB.")

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
        with Image.open(io.BytesIO(data), formats=IMAGE_FORMATS) as picture:
            if picture.width * picture.height > MAX_IMAGE_PIXELS:
                raise _refuse(TOO_LARGE)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _refuse(UNREADABLE) from error
    return base64.b64encode(_encode_image(upright))


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
    """Write the points of a picture anew, and nothing else of it."""
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    picture.thumbnail((MAX_IMAGE_SIDE, MAX_IMAGE_SIDE))
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    buffer = io.BytesIO()
    if has_alpha:
        clean.save(buffer, "PNG", optimize=True)
    else:
        clean.save(buffer, "JPEG", quality=85, optimize=True)
    return buffer.getvalue()
