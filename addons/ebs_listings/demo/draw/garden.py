# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Garden and balcony."""

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
    OCHRE,
    ROSE,
    SAGE,
    SILVER,
    SKY,
    STEEL,
    SUN,
    TEAL,
    WHITE,
    WOOD,
    oval,
)


def leaf(c, x, y, turn, zoom=1, colour=LEAF):
    with c.moved(x, y, turn, zoom):
        c.fill("M 0 0 C -34 -30 -30 -84 0 -110 C 30 -84 34 -30 0 0 Z", colour)
        c.line("M 0 0 L 0 -80", GREEN, 4)


def mower(c):
    c.shadow(410, 530, 270)
    c.line("M 300 400 L 110 150", DARK, 16)
    c.line("M 80 160 L 150 116", INK, 22)
    c.line("M 150 200 C 230 220 260 300 320 330", INK, 7)
    c.fill("M 220 420 L 640 420 L 670 500 L 210 500 Z", DARK)
    c.fill("M 230 350 C 300 300 560 300 630 350 L 660 440 L 210 440 Z", CORAL)
    c.fill("M 230 350 C 300 300 560 300 630 350 L 638 374 L 222 374 Z", ROSE)
    c.box(360, 240, 540, 340, DARK, r=24)
    c.box(380, 220, 520, 262, STEEL, r=18)
    c.box(530, 270, 580, 310, SUN, r=8)
    for x, r in ((270, 56), (600, 46)):
        c.dot(x, 524 - r, r, INK)
        c.dot(x, 524 - r, r * 0.62, SUN)
        c.dot(x, 524 - r, r * 0.24, INK)


def hedge_trimmer(c):
    c.shadow(400, 500, 280, 18)
    with c.moved(400, 320, -14):
        c.fill("M -10 20 L 350 20 L 364 36 L 350 52 L -10 52 Z", SILVER)
        for x in range(10, 350, 36):
            c.fill([(x, 20), (x + 8, -8), (x + 18, 20)], STEEL)
            c.fill([(x, 52), (x + 8, 80), (x + 18, 52)], STEEL)
        c.ring(-30, 10, 96, DARK, 24, first=-110, last=70)
        c.fill(
            "M -300 -10 C -300 -60 -240 -70 -180 -60 L 0 -30 L 10 70 L -170 86 Z",
            SUN,
        )
        c.fill("M -300 -10 C -300 -60 -240 -70 -180 -60 L 0 -30 L 4 0 Z", CREAM)
        c.fill("M -300 -6 C -340 40 -320 110 -250 110 L -170 86 L -180 50 Z", DARK)
        c.fill("M -280 20 L -200 26 L -210 70 C -270 90 -296 60 -280 20 Z", "#f8e6b8")
        c.box(-140, 10, -40, 44, OCHRE, r=10)


def wheelbarrow(c):
    c.shadow(400, 532, 280)
    c.line("M 210 470 L 560 330 L 700 300", BARK, 16)
    c.line("M 470 370 L 500 520", DARK, 16)
    c.line("M 540 350 L 560 520", DARK, 16)
    c.line("M 650 308 L 720 296", CORAL, 26)
    c.fill("M 230 300 C 280 200 330 190 380 240 C 420 170 480 180 520 280 Z", LEAF)
    leaf(c, 330, 250, -20, 0.9, SAGE)
    leaf(c, 440, 250, 24, 0.9)
    c.fill("M 150 280 L 590 250 L 520 400 L 270 420 Z", GREEN)
    c.line("M 150 280 L 590 250", TEAL, 18)
    c.dot(200, 466, 62, INK)
    c.dot(200, 466, 34, STEEL)
    c.dot(200, 466, 10, INK)


def watering_can(c):
    c.shadow(400, 524, 230)
    c.ring(500, 330, 110, TEAL, 24, first=-80, last=90)
    c.fill("M 330 430 L 150 240 L 176 216 L 350 340 Z", TEAL)
    with c.moved(150, 218, -44):
        c.fill("M -50 -26 L 50 -26 L 20 26 L -20 26 Z", BLUE)
    c.fill("M 310 280 L 530 280 L 550 520 L 290 520 Z", TEAL)
    c.fill("M 310 280 L 380 280 L 370 520 L 290 520 Z", SAGE)
    c.dot(420, 280, 110, BLUE, 20)
    c.ring(420, 270, 84, TEAL, 20, first=180, last=360, ry=100)
    for x, y in ((90, 260), (60, 320), (110, 330), (84, 390)):
        c.fill(f"M {x} {y} C {x + 18} {y + 28} {x - 18} {y + 28} {x} {y} Z", SKY)


def spade(c):
    """A spade, a fork and a rake."""
    c.shadow(400, 532, 260)
    for x, turn in ((250, -8), (400, 0), (550, 8)):
        with c.moved(x, 300, turn):
            c.line("M 0 -210 L 0 110", WOOD, 22)
            c.line("M -36 -224 L 36 -224", BARK, 24)
            if x == 250:
                c.fill(
                    "M -60 90 L 60 90 C 64 170 40 210 0 232 C -40 210 -64 170 -60 90 Z",
                    STEEL,
                )
                c.fill("M 0 90 L 60 90 C 64 170 40 210 0 232 Z", SILVER)
            elif x == 400:
                c.line("M -54 110 L 54 110", DARK, 18)
                for tooth in (-54, -18, 18, 54):
                    c.line([(tooth, 110), (tooth, 226)], DARK, 13)
            else:
                c.line("M -90 150 L 90 150", GREEN, 20)
                for tooth in range(-90, 91, 30):
                    c.line([(tooth, 150), (tooth, 196)], GREEN, 9)
                c.line("M 0 100 L 0 150", DARK, 20)


def shredder(c):
    c.shadow(400, 534, 230)
    for x, turn in ((360, -30), (420, 4), (470, 30)):
        leaf(c, x, 130, turn, 1.0)
    c.fill("M 280 110 L 540 110 L 490 240 L 330 240 Z", DARK)
    c.box(310, 230, 510, 400, GREEN, r=18)
    c.box(310, 230, 510, 290, LEAF, r=18)
    c.box(470, 290, 640, 350, SUN, r=10)
    c.line("M 340 400 L 280 510", STEEL, 18)
    c.line("M 480 400 L 540 510", STEEL, 18)
    c.box(300, 440, 520, 520, WOOD, r=8)
    c.box(300, 440, 520, 462, BARK)
    c.dot(270, 490, 42, INK)
    c.dot(270, 490, 16, SILVER)
    for x in range(640, 720, 20):
        c.dot(x, 380 + (x - 640) * 1.4, 8, WOOD)


def cuttings(c):
    """Young plants in their pots."""
    c.shadow(400, 524, 280)
    for x, size in ((220, 0.9), (400, 1.2), (580, 0.9)):
        with c.moved(x, 518, 0, size):
            for turn in (-50, -18, 18, 50):
                leaf(c, 0, -150, turn, 1.05, SAGE if abs(turn) == 18 else LEAF)
            c.line("M 0 -110 L 0 -170", GREEN, 8)
            c.fill("M -70 -110 L 70 -110 L 52 0 L -52 0 Z", CORAL)
            c.box(-80, -134, 80, -98, BRICK, r=8)


def barbecue(c):
    c.shadow(400, 534, 210)
    for x in (300, 500):
        c.line([(400 + (x - 400) * 0.5, 380), (x, 528)], DARK, 14)
    c.line("M 326 470 L 474 470", STEEL, 10)
    c.dot(500, 506, 26, INK)
    c.fill(oval(400, 290, 190, 130, 0, 180), INK)
    c.box(196, 270, 604, 296, STEEL, r=12)
    for x in range(230, 590, 30):
        c.line([(x, 262), (x, 276)], SILVER, 5)
    for x in (270, 350, 430):
        c.fill(oval(x, 250, 40, 18), BRICK)
        c.fill(oval(x, 245, 34, 11), CORAL)
    c.line("M 480 256 L 570 236", SUN, 22)
    for x in (300, 400, 500):
        c.line(f"M {x} 200 C {x - 30} 160 {x + 30} 130 {x} 84", WHITE, 10)


def parasol(c):
    c.shadow(400, 534, 190)
    c.line("M 400 100 L 400 510", WOOD, 16)
    c.fill(oval(400, 300, 280, 220, 180, 360), CORAL)
    with c.clipped(oval(400, 300, 280, 220, 180, 360)):
        c.fill(oval(400, 300, 160, 220, 180, 360), CREAM)
        c.fill(oval(400, 300, 56, 220, 180, 360), CORAL)
    for i in range(5):
        c.dot(176 + i * 112, 300, 56, (CORAL, CREAM)[i % 2], 18)
    c.dot(400, 80, 14, SUN)
    c.box(320, 496, 480, 530, DARK, r=14)


def compost(c):
    c.shadow(400, 532, 240)
    for x, turn in ((320, -24), (400, 0), (480, 30)):
        leaf(c, x, 210, turn, 1.0)
    c.dot(280, 210, 40, BRICK)
    c.dot(520, 214, 34, SUN)
    for y in range(210, 520, 64):
        c.box(190, y, 610, y + 48, WOOD, r=6)
        c.box(190, y + 34, 610, y + 48, BARK, r=6)
    for x in (196, 560):
        c.box(x, 180, x + 44, 530, BARK, r=6)


PICTURES = {
    "mower": mower,
    "hedge_trimmer": hedge_trimmer,
    "wheelbarrow": wheelbarrow,
    "watering_can": watering_can,
    "spade": spade,
    "shredder": shredder,
    "cuttings": cuttings,
    "barbecue": barbecue,
    "parasol": parasol,
    "compost": compost,
}
