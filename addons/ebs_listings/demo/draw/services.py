# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Services: what is offered is time."""

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
    SAND,
    SILVER,
    SKY,
    STEEL,
    SUN,
    TEAL,
    WHITE,
    WOOD,
)


def hands(c):
    """Two hands that meet."""
    with c.moved(400, 320):
        c.box(-330, -70, -170, 70, TEAL, r=14)
        c.box(170, -70, 330, 70, CORAL, r=14)
        c.fill(
            "M -180 -56 L -60 -80 C 0 -100 80 -60 120 0 L 80 60 "
            "C 20 90 -60 90 -110 60 L -180 56 Z",
            "#e0ab82",
        )
        c.fill(
            "M 180 -56 L 60 -84 C 0 -100 -60 -40 -40 -10 C -10 10 20 -10 40 -30 "
            "L 130 50 L 180 56 Z",
            "#b97f5a",
        )
        for x, y in ((20, 66), (58, 54), (92, 34)):
            c.line([(x, y), (x - 26, y - 26)], "#b97f5a", 30)
    for x, y in ((400, 130), (330, 150), (470, 150)):
        c.line([(x, y), (400 + (x - 400) * 1.3, y - 60)], SUN, 14)


def lessons(c):
    """A slate with sums, an apple, pencils."""
    c.shadow(400, 526, 290)
    c.box(120, 110, 620, 460, BARK, r=14)
    c.box(146, 136, 594, 434, GREEN)
    c.line("M 200 220 L 240 220", CREAM, 10)
    c.line("M 220 200 L 220 240", CREAM, 10)
    c.ring(310, 220, 28, CREAM, 9)
    c.line("M 380 210 L 430 210", CREAM, 9)
    c.line("M 380 232 L 430 232", CREAM, 9)
    c.line("M 200 330 C 260 270 300 400 360 330 C 420 270 460 390 530 320", CREAM, 9)
    c.dot(620, 460, 62, CORAL)
    c.dot(596, 440, 14, ROSE)
    c.line("M 622 400 L 634 366", BARK, 9)
    c.fill("M 634 384 C 660 350 690 360 694 366 C 680 390 656 394 634 384 Z", LEAF)
    c.box(200, 452, 420, 476, SUN, r=4)
    c.fill([(420, 452), (456, 464), (420, 476)], SAND)


def talk(c):
    """Two speech bubbles."""
    c.box(110, 120, 470, 340, CORAL, r=60)
    c.fill("M 180 330 L 170 420 L 270 334 Z", CORAL)
    c.box(330, 260, 690, 470, TEAL, r=60)
    c.fill("M 560 460 L 640 540 L 630 450 Z", TEAL)
    for x in (210, 290, 370):
        c.dot(x, 230, 22, CREAM)
    c.line("M 420 340 L 600 340", CREAM, 15)
    c.line("M 420 390 L 540 390", CREAM, 15)


def dog(c):
    c.shadow(400, 526, 240)
    c.line("M 580 330 C 640 310 660 250 640 210", WOOD, 26)
    for x in (300, 360, 520, 570):
        c.line([(x, 400), (x, 510)], BARK if x in (360, 520) else WOOD, 36)
    c.box(270, 270, 600, 420, WOOD, r=70)
    c.box(180, 150, 360, 310, WOOD, r=60)
    c.box(130, 220, 260, 300, SAND, r=36)
    c.dot(138, 244, 22, INK, 17)
    c.dot(240, 212, 13, INK)
    c.fill("M 320 150 C 380 150 400 260 360 290 C 320 280 310 200 320 150 Z", BARK)
    c.line("M 270 312 L 350 300", CORAL, 20)
    c.line("M 350 310 C 480 330 560 120 740 90", CORAL, 8)


def cat(c):
    c.shadow(400, 528, 190)
    c.line("M 500 480 C 640 490 640 350 580 330", DARK, 32)
    c.fill("M 290 520 C 270 400 320 330 400 330 C 480 330 530 400 510 520 Z", STEEL)
    c.fill("M 350 520 C 340 440 370 400 400 400 C 430 400 460 440 450 520 Z", CREAM)
    c.fill([(290, 250), (290, 110), (370, 170)], STEEL)
    c.fill([(510, 250), (510, 110), (430, 170)], STEEL)
    c.dot(400, 250, 122, STEEL, 104)
    c.dot(355, 240, 18, SUN)
    c.dot(445, 240, 18, SUN)
    c.dot(355, 240, 8, INK, 15)
    c.dot(445, 240, 8, INK, 15)
    c.fill([(386, 276), (414, 276), (400, 294)], ROSE)
    for side in (-1, 1):
        for y in (280, 300):
            c.line([(400 + side * 50, y), (400 + side * 150, y + (y - 290))], WHITE, 5)


def needle(c):
    """Mending: thread, needle and a patch."""
    c.shadow(400, 530, 260)
    for x, colour in ((230, CORAL), (570, TEAL)):
        c.box(x - 74, 250, x + 74, 280, WOOD, r=8)
        c.box(x - 56, 276, x + 56, 490, colour)
        for y in range(290, 490, 26):
            c.line([(x - 54, y), (x + 54, y + 12)], CREAM, 4)
        c.box(x - 74, 488, x + 74, 520, WOOD, r=8)
    c.line("M 286 320 C 360 220 420 420 470 200", CORAL, 6)
    c.line("M 400 480 L 480 100", SILVER, 11)
    c.dot(476, 120, 7, DARK, 16)


def bike_repair(c):
    """A wheel and a wrench."""
    c.shadow(400, 534, 220)
    c.ring(340, 300, 200, INK, 26)
    c.ring(340, 300, 172, STEEL, 8)
    for turn in range(0, 180, 20):
        with c.moved(340, 300, turn):
            c.line([(-170, 0), (170, 0)], STEEL, 4)
    c.dot(340, 300, 30, CORAL)
    with c.moved(570, 330, 28):
        c.line("M 0 -100 L 0 180", SUN, 40)
        c.ring(0, -140, 50, SUN, 34, first=-50, last=230)
        c.dot(0, 170, 12, DARK)


def moving(c):
    """A van."""
    c.shadow(400, 520, 310)
    c.box(70, 160, 520, 460, CREAM, r=18)
    c.box(70, 390, 520, 460, CORAL, r=6)
    c.fill(
        "M 520 230 L 620 230 C 660 240 690 320 700 350 L 740 370 L 740 460 L 520 460 Z",
        CORAL,
    )
    c.fill("M 550 262 L 610 262 C 636 270 654 320 660 350 L 550 350 Z", SKY)
    c.box(200, 230, 380, 340, SAND, r=6)
    c.box(276, 230, 304, 340, WOOD)
    for x in (190, 600):
        c.dot(x, 462, 62, INK)
        c.dot(x, 462, 28, SILVER)
    c.box(716, 396, 740, 424, SUN, r=6)


def cake(c):
    """Cooking for others."""
    c.shadow(400, 526, 260)
    c.dot(400, 506, 270, WHITE, 32)
    c.dot(400, 500, 220, SILVER, 20)
    c.box(220, 300, 580, 490, SAND, r=20)
    c.box(220, 380, 580, 410, CORAL)
    c.fill(
        "M 220 330 C 220 270 250 260 400 260 C 550 260 580 270 580 330 "
        "C 570 370 540 360 520 330 C 500 380 470 380 450 330 "
        "C 430 370 400 370 380 330 C 350 390 320 380 300 330 "
        "C 280 370 230 370 220 330 Z",
        WHITE,
    )
    for x in (290, 400, 510):
        c.line([(x, 260), (x, 180)], TEAL, 14)
        c.fill(
            f"M {x} 110 C {x + 22} 140 {x + 16} 166 {x} 168 "
            f"C {x - 16} 166 {x - 22} 140 {x} 110 Z",
            SUN,
        )


def letter(c):
    """Help with papers."""
    c.shadow(400, 524, 270)
    c.box(230, 90, 560, 440, WHITE, r=10)
    for y, end in ((160, 500), (210, 520), (260, 460), (310, 510)):
        c.line([(280, y), (end, y)], STEEL, 10)
    c.fill("M 140 260 L 400 420 L 660 260 L 660 510 L 140 510 Z", SUN)
    c.fill("M 140 510 L 370 390 L 430 390 L 660 510 Z", OCHRE)
    with c.moved(610, 230, 38):
        c.box(-18, -150, 18, 90, BLUE, r=6)
        c.fill([(-18, 90), (18, 90), (0, 134)], SAND)
        c.box(-18, -170, 18, -140, CORAL, r=8)


def key(c):
    """A house to look after, and its key."""
    c.shadow(340, 526, 230)
    c.box(150, 290, 530, 516, CREAM)
    c.fill("M 110 300 L 340 110 L 570 300 Z", BRICK)
    c.box(300, 380, 386, 516, GREEN, r=6)
    for x in (190, 420):
        c.box(x, 340, x + 74, 420, SKY, r=4)
        c.box(x - 6, 420, x + 80, 436, CORAL, r=4)
    with c.moved(640, 330, 20):
        c.ring(0, -60, 52, SUN, 26)
        c.line("M 0 -6 L 0 150", SUN, 26)
        c.line("M 6 96 L 50 96", SUN, 22)
        c.line("M 6 144 L 40 144", SUN, 22)


PICTURES = {
    "hands": hands,
    "lessons": lessons,
    "talk": talk,
    "dog": dog,
    "cat": cat,
    "needle": needle,
    "bike_repair": bike_repair,
    "moving": moving,
    "cake": cake,
    "letter": letter,
    "key": key,
}
