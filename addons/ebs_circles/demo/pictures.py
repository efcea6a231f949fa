# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The drawn pictures of the sample circles."""

from odoo.addons.ebs_base.demo import canvas as k


def retrouvailles(c):
    """A bed of vegetables."""
    c.box(0, 0, 800, 600, "#cfe1e8")
    c.dot(640, 130, 70, k.SUN)
    c.dot(200, 420, 380, k.SAGE, 150)
    c.box(0, 400, 800, 600, k.BARK)
    for x in range(70, 800, 130):
        for turn in (-34, 0, 34):
            with c.moved(x, 420, turn):
                c.fill("M 0 0 C -30 -30 -26 -80 0 -110 C 26 -80 30 -30 0 0 Z", k.LEAF)
        c.fill([(x - 34, 420), (x + 34, 420), (x, 530)], k.CORAL)


def fives(c):
    """A row of brick houses."""
    c.box(0, 0, 800, 600, "#f8e6b8")
    for i, x in enumerate(range(20, 780, 190)):
        top = 190 + (i % 2) * 50
        c.box(x, top, x + 180, 520, (k.BRICK, k.CORAL, k.OCHRE, k.BRICK)[i])
        c.fill([(x - 8, top), (x + 90, top - 110), (x + 188, top)], k.DARK)
        for y in (top + 40, top + 150):
            for side in (26, 110):
                c.box(x + side, y, x + side + 46, y + 70, k.WHITE, r=4)
                c.box(x + side + 6, y + 6, x + side + 40, y + 64, k.SKY, r=4)
        c.box(x + 66, 430, x + 116, 520, k.GREEN, r=4)
    c.box(0, 520, 800, 600, k.STEEL)


def roue_libre(c):
    """Two wheels on a road between fields."""
    c.box(0, 0, 800, 600, "#d5e3cf")
    c.dot(620, 140, 60, k.SUN)
    c.dot(250, 520, 460, k.SAGE, 170)
    c.box(0, 480, 800, 600, k.DARK)
    for x in range(20, 800, 120):
        c.box(x, 534, x + 60, 544, k.CREAM)
    for x in (270, 540):
        c.ring(x, 400, 100, k.INK, 16)
        for turn in range(0, 180, 30):
            with c.moved(x, 400, turn):
                c.line([(-96, 0), (96, 0)], k.STEEL, 3)
    c.line("M 270 400 L 350 270 L 500 270 L 410 410 Z", k.CORAL, 16)
    c.line("M 540 400 L 490 220 L 560 210", k.CORAL, 14)
    c.line("M 310 240 L 380 240", k.INK, 22)


def famille(c):
    """A tree with the family's faces."""
    c.box(0, 0, 800, 600, "#f7d9c4")
    c.line("M 400 560 L 400 260", k.BARK, 44)
    c.line("M 400 380 L 250 260", k.BARK, 26)
    c.line("M 400 360 L 560 240", k.BARK, 26)
    for x, y, r in ((240, 220, 140), (400, 160, 150), (560, 210, 140)):
        c.dot(x, y, r, k.LEAF)
    skins = ("#f3cfae", "#e0ab82", "#f0c3a0", "#f3cfae", "#e0ab82")
    heads = ((240, 230), (400, 130), (560, 220), (330, 270), (480, 280))
    for (x, y), skin in zip(heads, skins, strict=True):
        c.dot(x, y - 12, 42, k.BARK)
        c.dot(x, y, 38, skin)
        for side in (-12, 12):
            c.dot(x + side, y, 4, k.INK)
        c.line([(x - 10, y + 16), (x, y + 20), (x + 10, y + 16)], k.BRICK, 4)


PICTURES = {
    "retrouvailles": retrouvailles,
    "fives": fives,
    "roue_libre": roue_libre,
    "famille": famille,
}


def draw(key):
    """Return the picture of a circle."""
    c = k.Canvas(scale=2)
    PICTURES[key](c)
    return c.finish()
