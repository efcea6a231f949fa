# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Spots on the earth: pairs of degrees (WGS 84), read, measured and blurred."""

import hashlib
import hmac
import math
import re

METRES_PER_DEGREE = 111_195
# A door and what a phone takes for it lie in one square of this side, in degrees.
SQUARE = 0.0005
# The blurred spot lies so many metres from the middle of the door's square, whose
# corners are at most 39.4 m away: from the door it is between 150 and 300 m.
NEAREST, FARTHEST = 190, 260
_NUMBER = r"\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)\s*"
_SPOT = re.compile(f"{_NUMBER},{_NUMBER}")


def read_spot(text):
    """Return (latitude, longitude) of "48.11,-1.68", or None for anything else."""
    match = isinstance(text, str) and len(text) < 60 and _SPOT.fullmatch(text)
    if not match:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    if not (-85 <= latitude <= 85 and -180 <= longitude <= 180):
        return None
    return (latitude, longitude) if latitude or longitude else None


def read_box(text):
    """Return (south, west, north, east) of "50.5,3,50.7,3.2", or None."""
    parts = text.split(",") if isinstance(text, str) and len(text) < 120 else []
    if len(parts) != 4 or not all(map(re.compile(_NUMBER).fullmatch, parts)):
        return None
    south, west, north, east = map(float, parts)
    if not (-90 <= south < north <= 90 and -180 <= west < east <= 180):
        return None
    return south, west, north, east


def get_distance(one, other):
    """Return the metres between two spots, as the crow flies."""
    lat1, lng1, lat2, lng2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    )
    return 2 * math.asin(math.sqrt(half)) * math.degrees(METRES_PER_DEGREE)


def get_square(spot):
    """Return which square of the earth a spot lies in."""
    return tuple(math.floor(degrees / SQUARE) for degrees in spot)


def blur(spot, secret):
    """Return the spot that is shown instead of an exact one.

    The way and the distance follow from the square of the spot and from a secret
    alone: whoever asks, as often as one likes, gets the same answer, all that is
    at one door is shown at one spot, and nobody without the secret finds the way
    back.
    """
    square = get_square(spot)
    digest = hmac.new(secret.encode(), repr(square).encode(), hashlib.sha256).digest()
    share, turn = (
        int.from_bytes(digest[start : start + 8], "big") / 2**64 for start in (0, 8)
    )
    # As many spots near as far, by the square metre.
    metres = math.sqrt(NEAREST**2 + share * (FARTHEST**2 - NEAREST**2))
    angle = 2 * math.pi * turn
    latitude, longitude = ((index + 0.5) * SQUARE for index in square)
    degrees = metres / METRES_PER_DEGREE
    return (
        round(latitude + degrees * math.cos(angle), 6),
        round(
            longitude + degrees * math.sin(angle) / math.cos(math.radians(latitude)),
            6,
        ),
    )
