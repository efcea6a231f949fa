# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The photo of a sample listing: its thing, on a ground of its own."""

from functools import cache
from pathlib import Path

from odoo.addons.ebs_base.demo.canvas import Canvas
from odoo.addons.ebs_base.demo.portraits import encode
from PIL import Image, ImageOps

# Wall, floor and light of each ground.
GROUNDS = (
    ("#f8e6b8", "#efd596", "#fdf3d8"),
    ("#d5e3cf", "#bfd3b7", "#e9f1e5"),
    ("#cfe1e8", "#b5cfda", "#e6f0f4"),
    ("#f7d9c4", "#edc1a4", "#fcebdf"),
    ("#e2d6e6", "#d0bfd6", "#f1eaf3"),
    ("#f8ecd6", "#ead6b4", "#fffaf0"),
    ("#d9e6e0", "#b9d1c7", "#edf4f0"),
    ("#f3cfc6", "#e6b3a7", "#fae6e1"),
)
SIZE = (800, 600)


@cache
def _draw_ground(number):
    wall, floor, light = GROUNDS[number % len(GROUNDS)]
    c = Canvas(*SIZE, scale=1)
    c.box(0, 0, *SIZE, wall)
    scene = number // len(GROUNDS) % 3
    if scene == 0:
        c.dot(400, 300, 270, light)
    elif scene == 1:
        c.box(140, 40, 660, 600, light, r=250)
    c.box(0, 450 if scene else 490, *SIZE, floor)
    return c.finish()


@cache
def _open_thing(name):
    path = Path(__file__).parent / "pictures" / f"{name}.webp"
    return Image.open(path).convert("RGBA")


def take_photo(name, number):
    """Return the photo of a thing, in base64; the number picks ground and side."""
    photo = _draw_ground(number % 24).copy()
    thing = _open_thing(name)
    photo.alpha_composite(ImageOps.mirror(thing) if number % 5 in (1, 3) else thing)
    return encode(photo)
