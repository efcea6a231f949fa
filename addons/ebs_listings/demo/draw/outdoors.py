# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Camping, sport and bikes."""

from odoo.addons.ebs_base.demo.canvas import (
    BARK,
    BLUE,
    BRICK,
    CORAL,
    CREAM,
    DARK,
    GREEN,
    INK,
    LEAF,
    NAVY,
    OCHRE,
    ROSE,
    SAGE,
    SAND,
    SILVER,
    SKY,
    STEEL,
    SUN,
    TEAL,
    WHITE,
    WOOD,
    oval,
)


def wheel(c, x, y, r, colour=INK):
    c.ring(x, y, r, colour, 14)
    for turn in range(0, 180, 30):
        with c.moved(x, y, turn):
            c.line([(-r, 0), (r, 0)], STEEL, 3)
    c.dot(x, y, 14, STEEL)


def tent(c):
    c.shadow(400, 520, 320)
    c.fill("M 400 120 L 720 510 L 560 510 Z", BRICK)
    c.fill("M 400 120 L 80 510 L 560 510 Z", CORAL)
    c.fill("M 330 200 L 200 510 L 440 510 Z", INK)
    c.fill("M 330 200 L 200 510 L 120 510 Z", SUN)
    c.fill("M 330 200 L 440 510 L 520 510 Z", SUN)
    c.line("M 400 120 L 384 96", DARK, 10)
    for x0, x1 in ((80, 44), (720, 756)):
        c.line([(x0, 500), (x1, 524)], DARK, 7)


def sleeping_bag(c):
    c.shadow(400, 520, 270)
    c.fill(
        "M 150 470 C 130 340 180 300 260 300 L 600 300 C 660 300 680 360 680 410 "
        "C 680 470 650 510 600 510 L 230 510 C 180 510 156 500 150 470 Z",
        TEAL,
    )
    for x in (330, 420, 510, 600):
        c.line(f"M {x} 304 C {x + 30} 360 {x + 30} 450 {x} 506", GREEN, 7)
    c.dot(220, 405, 90, SUN, 104)
    c.dot(220, 412, 66, OCHRE, 78)
    c.dot(390, 220, 120, SAND, 70)
    c.dot(440, 220, 120, SAND, 70)
    c.ring(290, 220, 40, WOOD, 8, ry=66)
    c.ring(290, 220, 16, WOOD, 7, ry=30)
    for x in (380, 470):
        c.line(f"M {x} 152 C {x + 20} 190 {x + 20} 250 {x} 288", BARK, 10)


def cool_box(c):
    c.shadow(400, 526, 250)
    c.line("M 220 260 L 220 120 L 580 120 L 580 260", NAVY, 22)
    c.box(180, 270, 620, 516, BLUE, r=28)
    c.box(160, 210, 640, 300, WHITE, r=26)
    c.box(160, 270, 640, 300, SILVER, r=14)
    c.box(366, 262, 434, 330, SUN, r=10)
    with c.moved(400, 420):
        for turn in (0, 60, 120):
            with c.moved(0, 0, turn):
                c.line("M -62 0 L 62 0", WHITE, 9)
                for side in (-1, 1):
                    c.line(
                        [(side * 58, -16), (side * 40, 0), (side * 58, 16)], WHITE, 8
                    )


def backpack(c):
    c.shadow(400, 528, 210)
    c.box(250, 90, 550, 160, SUN, r=34)
    for x in (300, 500):
        c.line([(x, 90), (x, 160)], BRICK, 12)
    c.box(190, 320, 260, 490, BRICK, r=24)
    c.box(540, 320, 610, 490, BRICK, r=24)
    c.box(240, 160, 560, 520, CORAL, r=60)
    c.fill(
        "M 240 260 C 240 120 560 120 560 260 L 560 300 C 500 340 300 340 240 300 Z",
        BRICK,
    )
    c.box(290, 370, 510, 490, BRICK, r=24)
    c.line("M 310 410 L 490 410", SUN, 8)
    for x in (320, 480):
        c.line([(x, 290), (x, 356)], INK, 14)
        c.box(x - 14, 330, x + 14, 356, SILVER, r=4)


def stove(c):
    """A camping stove with its pan and a lantern."""
    c.shadow(400, 524, 290)
    c.box(240, 410, 360, 520, BLUE, r=30)
    c.box(240, 410, 360, 446, SKY, r=18)
    c.line("M 300 410 L 300 350", STEEL, 20)
    c.line("M 200 336 L 400 336", DARK, 12)
    for x in (250, 300, 350):
        c.fill(
            f"M {x} 296 C {x + 18} 316 {x + 14} 332 {x} 334 "
            f"C {x - 14} 332 {x - 18} 316 {x} 296 Z",
            SUN,
        )
    c.box(190, 210, 410, 300, SILVER, r=18)
    c.box(180, 200, 420, 226, STEEL, r=10)
    c.line("M 410 250 L 490 240", DARK, 16)
    c.box(560, 480, 690, 520, GREEN, r=12)
    c.box(576, 340, 674, 484, "#f8e6b8", r=30)
    c.dot(625, 410, 26, SUN, 40)
    c.box(560, 310, 690, 346, GREEN, r=14)
    c.ring(625, 306, 44, DARK, 10, first=180, last=360)


def canoe(c):
    c.fill(
        "M 40 470 C 160 450 200 490 320 470 C 440 450 480 490 600 470 "
        "C 660 460 720 474 760 470 L 760 560 L 40 560 Z",
        SKY,
    )
    c.line("M 260 120 L 520 360", WOOD, 14)
    with c.moved(240, 100, -48):
        c.fill("M 0 -70 C 30 -60 34 30 12 66 L -12 66 C -34 30 -30 -60 0 -70 Z", SUN)
    c.fill(
        "M 70 300 C 120 370 680 370 730 300 C 740 430 650 480 400 480 "
        "C 150 480 60 430 70 300 Z",
        CORAL,
    )
    c.fill(
        "M 70 300 C 120 370 680 370 730 300 C 734 330 732 350 726 370 "
        "C 660 410 140 410 74 370 C 68 350 66 330 70 300 Z",
        BRICK,
    )
    for x in (270, 510):
        c.box(x, 344, x + 70, 366, SAND, r=6)
    c.line("M 60 500 C 160 480 240 520 340 500", WHITE, 7)
    c.line("M 420 524 C 520 504 600 544 700 520", WHITE, 7)


def skis(c):
    c.shadow(400, 534, 220)
    for x, turn, colour in ((310, -7, CORAL), (400, 5, CORAL)):
        with c.moved(x, 300, turn):
            c.box(-24, -220, 24, 230, colour, r=24)
            c.box(-24, -120, 24, -60, SUN)
            c.box(-24, 120, 24, 150, SUN)
            c.box(-30, -20, 30, 70, DARK, r=8)
    for x, turn in ((500, -4), (570, 6)):
        with c.moved(x, 310, turn):
            c.line("M 0 -190 L 0 214", STEEL, 9)
            c.line("M 0 -200 L 0 -140", INK, 20)
            c.dot(0, 180, 30, INK, 10)


def racket(c):
    c.shadow(400, 524, 240)
    with c.moved(350, 300, -26):
        c.line("M -34 80 L 0 150 L 34 80", CORAL, 14)
        c.line("M 0 140 L 0 240", INK, 30)
        with c.clipped(oval(0, -50, 100, 140)):
            for x in range(-100, 110, 24):
                c.line([(x, -200), (x, 100)], WHITE, 4)
            for y in range(-190, 100, 24):
                c.line([(-110, y), (110, y)], WHITE, 4)
        c.ring(0, -50, 104, CORAL, 18, ry=144)
    c.dot(590, 450, 62, "#cfd84e")
    c.ring(540, 440, 60, WHITE, 7, first=-50, last=60)
    c.ring(650, 456, 60, WHITE, 7, first=140, last=240)


def petanque(c):
    c.shadow(400, 500, 290, 26)
    for x, y, r in ((240, 410, 92), (440, 350, 84), (560, 430, 80)):
        c.dot(x, y, r, STEEL)
        with c.clipped(oval(x, y, r)):
            c.dot(x - r * 0.25, y - r * 0.25, r * 0.9, SILVER)
            for way in (-0.4, 0, 0.4):
                c.ring(x, y + r * way, r, DARK, 4, ry=r * 0.3)
    c.dot(380, 476, 30, CORAL)
    c.dot(372, 466, 9, ROSE)


def skates(c):
    c.shadow(400, 530, 250)
    c.fill(
        "M 250 110 L 400 110 L 410 290 C 470 320 570 320 590 400 L 590 430 L 250 430 Z",
        TEAL,
    )
    c.fill("M 250 110 L 310 110 L 310 430 L 250 430 Z", GREEN)
    c.box(238, 92, 412, 150, SUN, r=18)
    for y in (190, 230, 270):
        c.line([(320, y), (404, y + 8)], WHITE, 9)
    c.box(240, 424, 600, 466, INK, r=10)
    for x in (280, 370, 470, 560):
        c.dot(x, 488, 38, CORAL)
        c.dot(x, 488, 14, CREAM)


def bike(c):
    c.shadow(400, 524, 300, 18)
    wheel(c, 210, 400, 116)
    wheel(c, 590, 400, 116)
    c.line("M 210 400 L 310 250 L 530 240 L 390 410 Z", CORAL, 17)
    c.line("M 210 400 L 390 410", CORAL, 15)
    c.line("M 290 200 L 390 410", CORAL, 15)
    c.line("M 590 400 L 520 190", CORAL, 15)
    c.line("M 520 190 C 540 160 580 160 590 190", DARK, 14)
    c.line("M 250 196 L 330 196", INK, 24)
    c.dot(390, 410, 30, DARK)
    c.line("M 390 410 L 420 470", DARK, 10)
    c.line("M 402 474 L 440 470", INK, 12)


def cargo_bike(c):
    c.shadow(400, 530, 320, 18)
    wheel(c, 640, 420, 96)
    wheel(c, 120, 446, 70)
    c.line("M 640 420 L 520 440 L 460 250", TEAL, 17)
    c.line("M 640 420 L 560 260 L 500 400", TEAL, 15)
    c.line("M 520 440 L 120 446", TEAL, 18)
    c.line("M 460 250 L 430 180 L 480 160", DARK, 14)
    c.line("M 548 236 L 612 230", INK, 24)
    c.dot(520, 440, 28, DARK)
    c.fill("M 130 230 L 430 230 L 400 430 L 190 430 Z", WOOD)
    c.fill("M 130 230 L 430 230 L 424 270 L 140 270 Z", SAND)
    c.dot(220, 190, 46, LEAF)
    c.dot(290, 180, 54, SAGE)
    c.box(320, 160, 390, 230, CORAL, r=8)


def bike_trailer(c):
    c.shadow(400, 524, 270)
    c.line("M 560 440 L 740 440 L 760 400", DARK, 14)
    c.fill("M 150 440 L 190 250 C 210 190 420 160 520 240 L 600 440 Z", SUN)
    c.fill("M 240 400 L 262 270 C 280 230 400 216 470 270 L 530 400 Z", SKY)
    c.box(150, 420, 604, 466, CORAL, r=16)
    c.line("M 190 250 L 170 130", STEEL, 8)
    c.fill("M 170 120 L 250 144 L 174 174 Z", CORAL)
    wheel(c, 320, 440, 84)


def helmet(c):
    """A bike pump, a helmet and a lock."""
    c.shadow(400, 520, 280)
    c.fill("M 130 420 C 110 230 280 160 390 190 C 500 220 540 330 530 420 Z", CORAL)
    c.fill("M 130 420 C 120 300 180 230 240 206 L 214 420 Z", BRICK)
    for x, turn in ((280, 6), (370, 0), (460, -8)):
        with c.moved(x, 300, turn):
            c.fill("M -16 -70 C 10 -90 30 -60 28 0 L 20 90 L -20 90 Z", INK)
    c.box(110, 410, 550, 446, DARK, r=16)
    c.line("M 200 446 C 220 520 300 530 330 510", INK, 10)
    c.line("M 640 200 L 640 480", STEEL, 26)
    c.line("M 640 150 L 640 210", DARK, 10)
    c.line("M 590 140 L 690 140", INK, 24)
    c.box(590, 480, 690, 516, DARK, r=10)


PICTURES = {
    "tent": tent,
    "sleeping_bag": sleeping_bag,
    "cool_box": cool_box,
    "backpack": backpack,
    "stove": stove,
    "canoe": canoe,
    "skis": skis,
    "racket": racket,
    "petanque": petanque,
    "skates": skates,
    "bike": bike,
    "cargo_bike": cargo_bike,
    "bike_trailer": bike_trailer,
    "helmet": helmet,
}
