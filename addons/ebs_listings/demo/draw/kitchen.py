# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Kitchen and table."""

from odoo.addons.ebs_base.demo.canvas import (
    BARK,
    BRICK,
    CORAL,
    CREAM,
    DARK,
    GREEN,
    INK,
    LEAF,
    OCHRE,
    PLUM,
    ROSE,
    SAGE,
    SAND,
    SILVER,
    STEEL,
    SUN,
    TEAL,
    WHITE,
    WOOD,
    oval,
)


def steam(c, *columns, y=170):
    """Lines of steam above a warm thing."""
    for x in columns:
        c.line(
            f"M {x} {y} C {x - 30} {y - 40} {x + 30} {y - 70} {x} {y - 110}",
            WHITE,
            10,
        )


def raclette(c):
    c.shadow(400, 520, 290)
    c.box(150, 400, 650, 500, DARK, r=24)
    c.box(170, 420, 630, 470, BRICK, r=12)
    for x in (230, 340, 450, 560):
        c.box(x - 42, 430, x + 42, 462, INK, r=8)
        c.box(x - 34, 424, x + 34, 446, SUN, r=8)
        c.line([(x, 462), (x, 512)], WOOD, 16)
    for x in (190, 610):
        c.box(x - 14, 260, x + 14, 410, STEEL)
    c.box(140, 230, 660, 276, INK, r=20)
    for x, colour in ((230, ROSE), (320, CORAL), (520, ROSE)):
        c.dot(x, 226, 42, colour, 14)
    c.fill("M 380 226 L 470 226 L 470 130 C 440 110 400 120 380 150 Z", SUN)
    c.fill("M 380 226 L 400 226 L 400 136 L 380 150 Z", OCHRE)
    steam(c, 240, 560, y=190)


def waffle_iron(c):
    c.shadow(400, 522, 250)
    c.dot(400, 470, 240, DARK, 48)
    c.dot(400, 446, 226, INK, 44)
    c.dot(400, 434, 186, OCHRE, 40)
    with c.clipped(oval(400, 432, 180, 36)):
        c.dot(400, 432, 180, SUN, 36)
        for x in range(220, 600, 44):
            c.line([(x, 390), (x - 30, 474)], OCHRE, 8)
        for y in (410, 430, 450):
            c.line([(200, y), (600, y)], OCHRE, 6)
    with c.moved(400, 210):
        c.dot(0, 0, 226, CORAL, 150)
        c.dot(0, 0, 190, INK, 120)
        with c.clipped(oval(0, 0, 176, 108)):
            c.dot(0, 0, 176, DARK, 108)
            for x in range(-170, 190, 48):
                c.line([(x, -120), (x, 120)], STEEL, 8)
            for y in range(-100, 120, 40):
                c.line([(-180, y), (180, y)], STEEL, 8)
    c.box(370, 340, 430, 430, DARK, r=8)
    c.box(600, 440, 740, 476, WOOD, r=18)


def mixer(c):
    c.shadow(400, 524, 240)
    c.box(200, 470, 600, 520, CORAL, r=20)
    c.box(480, 200, 590, 490, CORAL, r=24)
    c.fill(
        "M 190 210 C 190 110 290 100 380 104 L 540 110 C 610 120 610 260 560 270 "
        "L 250 280 C 200 276 190 250 190 210 Z",
        CORAL,
    )
    c.fill(
        "M 196 190 C 210 110 290 100 380 104 L 540 110 C 590 116 602 160 600 186 Z",
        ROSE,
    )
    c.dot(530, 220, 20, CREAM)
    c.box(262, 276, 310, 330, STEEL, r=6)
    c.ring(286, 370, 30, SILVER, 7, ry=52)
    c.line("M 286 320 L 286 422", SILVER, 7)
    c.fill(
        "M 180 340 L 410 340 C 410 440 370 480 340 480 L 250 480 "
        "C 210 480 180 430 180 340 Z",
        SILVER,
    )
    c.fill(
        "M 180 340 L 240 340 C 240 430 260 470 280 480 L 250 480 "
        "C 210 480 180 430 180 340 Z",
        WHITE,
    )


def jars(c):
    """A preserving pan with its jars."""
    c.shadow(400, 526, 290)
    c.box(120, 230, 450, 516, STEEL, r=24)
    c.box(120, 230, 200, 516, SILVER, r=24)
    c.dot(285, 232, 176, DARK, 30)
    c.dot(285, 222, 170, SILVER, 26)
    c.line("M 250 190 L 320 190", INK, 22)
    for x in (104, 466):
        c.box(x - 26, 300, x + 26, 330, INK, r=10)
    for x, y, colour in ((530, 516, CORAL), (640, 516, SUN), (586, 360, PLUM)):
        c.box(x - 48, y - 120, x + 48, y, WHITE, r=16)
        c.box(x - 40, y - 92, x + 40, y - 8, colour, r=12)
        c.box(x - 44, y - 142, x + 44, y - 112, GREEN, r=8)
        c.box(x - 30, y - 70, x + 30, y - 34, CREAM, r=4)


def fondue(c):
    c.shadow(400, 526, 230)
    c.line("M 290 400 L 250 520", DARK, 14)
    c.line("M 510 400 L 550 520", DARK, 14)
    c.line("M 270 460 L 530 460", DARK, 12)
    c.box(356, 440, 444, 490, STEEL, r=8)
    c.fill("M 400 372 C 440 410 430 440 400 444 C 370 440 360 410 400 372 Z", SUN)
    c.fill(
        "M 220 260 L 580 260 C 580 360 520 400 400 400 C 280 400 220 360 220 260 Z",
        BRICK,
    )
    c.fill(
        "M 220 260 L 290 260 C 290 350 330 396 400 400 C 280 400 220 360 220 260 Z",
        CORAL,
    )
    c.dot(400, 260, 184, BRICK, 40)
    c.dot(400, 260, 164, SUN, 30)
    c.line("M 570 320 L 690 290", BRICK, 30)
    for x, turn in ((330, -26), (400, 4), (470, 30)):
        with c.moved(x, 250, turn):
            c.line("M 0 0 L 0 -170", STEEL, 8)
            c.line("M 0 -130 L 0 -180", GREEN, 18)
            c.box(-22, -26, 22, 12, SAND, r=6)


def crepes(c):
    c.shadow(400, 520, 270)
    c.box(190, 440, 610, 506, CORAL, r=24)
    c.dot(400, 440, 260, INK, 56)
    c.dot(400, 430, 256, DARK, 50)
    c.dot(400, 424, 200, SUN, 38)
    for x, y, r in ((330, 420, 26), (440, 410, 20), (480, 436, 30), (380, 444, 18)):
        c.dot(x, y, r, OCHRE, r * 0.4)
    c.dot(470, 480, 14, CREAM)
    with c.moved(560, 300, 30):
        c.line("M 0 -170 L 0 90", WOOD, 16)
        c.line("M -80 96 L 80 96", SAND, 18)
    steam(c, 280, 360, 440, y=350)


def juicer(c):
    """An apple press."""
    c.shadow(400, 532, 220)
    c.line("M 400 60 L 400 300", STEEL, 22)
    c.line("M 260 70 L 540 70", BARK, 24)
    c.box(270, 170, 530, 214, BARK, r=8)
    for x in range(262, 520, 46):
        c.box(x, 210, x + 38, 430, WOOD, r=6)
    for y in (250, 380):
        c.box(252, y, 548, y + 20, DARK, r=6)
    c.box(220, 428, 580, 470, BARK, r=12)
    c.line("M 270 470 L 250 526", BARK, 20)
    c.line("M 530 470 L 550 526", BARK, 20)
    c.line("M 400 470 L 400 492", SUN, 10)
    c.fill("M 356 486 L 444 486 L 434 530 L 366 530 Z", WHITE)
    c.fill("M 360 502 L 440 502 L 434 530 L 366 530 Z", SUN)
    for x, y in ((150, 488), (640, 484)):
        c.dot(x, y, 42, CORAL)
        c.line([(x, y - 34), (x + 12, y - 60)], BARK, 8)
        c.dot(x - 14, y - 14, 10, ROSE)


def kettle(c):
    """A very large cooking pot with its ladle."""
    c.shadow(400, 528, 270)
    c.line("M 560 200 L 640 70", STEEL, 16)
    c.box(180, 220, 620, 516, TEAL, r=44)
    c.box(180, 220, 270, 516, SAGE, r=40)
    c.dot(400, 226, 226, GREEN, 46)
    c.dot(400, 226, 200, OCHRE, 34)
    for x, y, colour in (
        (300, 222, CORAL),
        (380, 240, LEAF),
        (460, 216, SUN),
        (520, 232, CORAL),
    ):
        c.dot(x, y, 22, colour, 11)
    for x in (160, 640):
        c.ring(x, 320, 34, DARK, 18)
    steam(c, 300, 400, 490, y=160)


def bread(c):
    """A bread machine and a loaf."""
    c.shadow(400, 524, 290)
    c.box(130, 220, 440, 516, CREAM, r=36)
    c.box(130, 220, 440, 290, WHITE, r=34)
    c.box(170, 236, 330, 280, DARK, r=12)
    c.box(350, 320, 414, 480, DARK, r=12)
    c.box(360, 332, 404, 370, LEAF, r=4)
    for y in (400, 430, 460):
        c.dot(382, y, 8, CORAL)
    c.fill(
        "M 470 510 L 690 510 C 716 420 716 370 670 350 C 620 320 540 320 490 350 "
        "C 446 370 446 420 470 510 Z",
        WOOD,
    )
    c.fill(
        "M 490 500 L 670 500 C 690 430 690 390 654 374 C 610 350 550 350 506 374 "
        "C 470 390 470 430 490 500 Z",
        SAND,
    )
    for x in (530, 580, 630):
        c.line([(x, 400), (x - 14, 440)], WOOD, 8)


PICTURES = {
    "raclette": raclette,
    "waffle_iron": waffle_iron,
    "mixer": mixer,
    "jars": jars,
    "fondue": fondue,
    "crepes": crepes,
    "juicer": juicer,
    "kettle": kettle,
    "bread": bread,
}
