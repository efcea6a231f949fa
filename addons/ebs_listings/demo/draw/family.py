# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Children, games, books and music."""

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
    PLUM,
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
)


def pram(c):
    c.shadow(400, 530, 250)
    c.line("M 560 300 L 690 170", DARK, 16)
    c.line("M 670 160 L 720 200", INK, 22)
    c.line("M 260 420 L 300 340", STEEL, 12)
    c.line("M 540 420 L 500 340", STEEL, 12)
    c.fill(
        "M 160 250 L 620 250 C 620 370 540 410 440 410 L 330 410 "
        "C 230 410 160 360 160 250 Z",
        TEAL,
    )
    c.fill("M 160 250 C 160 100 300 80 400 90 L 390 250 Z", GREEN)
    c.line("M 270 110 L 390 250", TEAL, 8)
    c.line("M 180 170 L 390 250", TEAL, 8)
    c.box(150, 238, 630, 268, SUN, r=14)
    for x in (260, 540):
        c.ring(x, 460, 56, INK, 16)
        c.dot(x, 460, 16, STEEL)


def cot(c):
    c.shadow(400, 530, 270)
    c.box(180, 330, 620, 440, WHITE, r=14)
    c.fill("M 360 330 L 620 330 L 620 440 L 360 440 Z", SKY)
    c.box(200, 300, 320, 346, CREAM, r=20)
    for x in range(190, 620, 46):
        c.line([(x, 210), (x, 450)], SAND, 12)
    c.line("M 150 200 L 650 200", WOOD, 22)
    c.line("M 150 460 L 650 460", WOOD, 26)
    for x in (150, 650):
        c.line([(x, 150), (x, 520)], BARK, 26)
        c.dot(x, 140, 20, SUN)


def high_chair(c):
    c.shadow(400, 534, 210)
    c.line("M 320 300 L 240 524", WOOD, 20)
    c.line("M 480 300 L 560 524", WOOD, 20)
    c.line("M 280 430 L 520 430", BARK, 16)
    c.box(300, 80, 500, 310, CORAL, r=44)
    c.box(330, 110, 470, 250, ROSE, r=30)
    c.box(280, 300, 520, 346, BRICK, r=20)
    c.box(220, 236, 580, 276, SAND, r=18)
    c.dot(360, 228, 46, WHITE, 13)
    c.line("M 440 228 L 500 216", SUN, 8)


def car_seat(c):
    c.shadow(400, 530, 220)
    c.fill(
        "M 280 130 C 300 60 500 60 520 130 L 540 350 L 600 440 L 590 520 "
        "L 220 520 L 200 430 L 262 350 Z",
        DARK,
    )
    c.fill(
        "M 310 140 C 330 96 470 96 490 140 L 504 370 L 560 450 L 540 490 "
        "L 270 490 L 240 446 L 298 370 Z",
        BLUE,
    )
    c.fill("M 250 120 L 318 110 L 316 230 L 262 240 Z", INK)
    c.fill("M 550 120 L 482 110 L 484 230 L 538 240 Z", INK)
    c.line("M 350 200 L 386 390", CORAL, 18)
    c.line("M 450 200 L 414 390", CORAL, 18)
    c.line("M 400 400 L 400 480", CORAL, 18)
    c.box(376, 374, 424, 420, SUN, r=10)


def blocks(c):
    c.shadow(400, 524, 280)
    for x, y, colour, back in (
        (180, 360, CORAL, BRICK),
        (340, 360, SUN, OCHRE),
        (500, 360, TEAL, GREEN),
        (260, 204, SKY, BLUE),
    ):
        c.box(x, y, x + 150, y + 150, colour, r=16)
        c.box(x + 24, y + 24, x + 126, y + 126, back, r=10)
    c.fill("M 420 350 L 560 350 L 490 220 Z", LEAF)
    c.dot(255, 435, 34, CREAM)
    c.fill([(375, 474), (415, 396), (455, 474)], CREAM)
    c.box(546, 406, 604, 464, CREAM)
    c.ring(335, 279, 28, CREAM, 12)


def board_game(c):
    c.shadow(400, 520, 300)
    c.fill("M 210 220 L 590 220 L 710 500 L 90 500 Z", GREEN)
    c.fill("M 232 240 L 568 240 L 664 480 L 136 480 Z", CREAM)
    rows = ((240, 232, 568), (300, 208, 592), (372, 179, 621), (480, 136, 664))
    for row in range(3):
        (y0, a0, b0), (y1, a1, b1) = rows[row], rows[row + 1]
        for i in range(6):
            if (i + row) % 2:
                t0, t1 = i / 6, (i + 1) / 6
                c.fill(
                    [
                        (a0 + (b0 - a0) * t0, y0),
                        (a0 + (b0 - a0) * t1, y0),
                        (a1 + (b1 - a1) * t1, y1),
                        (a1 + (b1 - a1) * t0, y1),
                    ],
                    SAGE,
                )
    for x, y, colour in ((270, 330, CORAL), (420, 290, SUN), (540, 400, BLUE)):
        c.fill([(x - 36, y + 60), (x, y - 30), (x + 36, y + 60)], colour)
        c.dot(x, y - 36, 28, colour)
    with c.moved(350, 440, 14):
        c.box(-36, -36, 36, 36, WHITE, r=10)
        for x, y in ((-16, -16), (16, 16), (0, 0)):
            c.dot(x, y, 7, INK)


def molkky(c):
    """Wooden pins of a garden game."""
    c.shadow(400, 510, 300)
    pins = (
        (190, 0),
        (290, -50),
        (390, -80),
        (500, -50),
        (600, 0),
        (340, 30),
        (450, 30),
    )
    for x, y in pins:
        c.fill(
            [
                (x - 40, 510 + y),
                (x - 40, 330 + y),
                (x + 40, 290 + y),
                (x + 40, 510 + y),
            ],
            WOOD,
        )
        c.fill(
            [
                (x - 40, 510 + y),
                (x - 40, 330 + y),
                (x - 14, 317 + y),
                (x - 14, 510 + y),
            ],
            SAND,
        )
        c.dot(x + 6, 370 + y, 16, CREAM)
    with c.moved(250, 150, -18):
        c.box(-150, -32, 110, 32, BARK, r=12)
        c.dot(110, 0, 14, SAND, 30)


def puzzle(c):
    c.shadow(400, 520, 260)
    for x, y, colour in ((200, 150, CORAL), (400, 150, SUN), (200, 340, TEAL)):
        c.box(x, y, x + 186, y + 176, colour, r=8)
    c.dot(392, 238, 32, CORAL)
    c.dot(294, 332, 32, CORAL)
    c.dot(492, 332, 32, SUN)
    with c.moved(520, 440, 14):
        c.box(-80, -80, 106, 96, PLUM, r=8)
        c.dot(-84, 8, 32, PLUM)
        c.dot(14, -78, 30, "#e9d9cf")


def console(c):
    c.shadow(400, 500, 280)
    c.fill(
        "M 170 470 C 110 470 110 330 190 260 C 230 226 300 240 330 250 L 470 250 "
        "C 500 240 570 226 610 260 C 690 330 690 470 630 470 "
        "C 580 470 560 400 510 390 L 290 390 C 240 400 220 470 170 470 Z",
        DARK,
    )
    c.line("M 230 320 L 310 320", SILVER, 24)
    c.line("M 270 280 L 270 360", SILVER, 24)
    for x, y, colour in (
        (530, 284, SUN),
        (530, 356, LEAF),
        (494, 320, SKY),
        (566, 320, CORAL),
    ):
        c.dot(x, y, 19, colour)
    c.box(360, 306, 440, 330, STEEL, r=12)
    c.line("M 400 250 C 400 160 520 180 520 90", INK, 11)


def books(c):
    c.shadow(400, 520, 270)
    for y, x0, x1, colour in (
        (440, 160, 620, CORAL),
        (366, 200, 650, TEAL),
        (292, 170, 590, SUN),
    ):
        c.box(x0, y, x1, y + 72, colour, r=10)
        c.box(x0 + 34, y + 12, x1, y + 60, CREAM)
        c.line([(x0 + 60, y + 36), (x1 - 20, y + 36)], SAND, 4)
    with c.moved(400, 200):
        c.fill(
            "M 0 84 C -60 40 -130 40 -200 66 L -200 -70 C -130 -96 -60 -90 0 -50 Z",
            WHITE,
        )
        c.fill("M 0 84 C 60 40 130 40 200 66 L 200 -70 C 130 -96 60 -90 0 -50 Z", CREAM)
        c.line("M 0 84 L 0 -50", SAND, 6)
        for y in (-40, -10, 20):
            c.line(f"M -170 {y} C -120 {y - 16} -70 {y - 10} -30 {y + 10}", STEEL, 6)
            c.line(f"M 170 {y} C 120 {y - 16} 70 {y - 10} 30 {y + 10}", STEEL, 6)


def comics(c):
    c.shadow(400, 524, 260)
    for x, turn, colour in ((300, -12, BLUE), (400, -2, SUN), (500, 9, CORAL)):
        with c.moved(x, 320, turn):
            c.box(-130, -190, 130, 190, colour, r=8)
            c.box(-112, -110, 112, 160, CREAM, r=6)
            c.line("M -90 -150 L 90 -150", WHITE, 22)
    with c.moved(500, 320, 9):
        c.dot(-10, -10, 78, SUN, 64)
        c.fill([(20, 40), (60, 110), (-30, 50)], SUN)
        c.line("M -10 -50 L -10 6", INK, 16)
        c.dot(-10, 32, 10, INK)


def guitar(c):
    c.shadow(400, 530, 200)
    with c.moved(400, 330, 22, 0.84):
        c.box(-20, -270, 20, 20, BARK)
        c.fill("M -34 -320 L 34 -320 L 26 -240 L -26 -240 Z", INK)
        for y in (-306, -282, -258):
            c.line([(-44, y), (44, y)], SUN, 9)
        c.dot(0, 30, 92, OCHRE)
        c.dot(0, 134, 126, OCHRE, 106)
        c.dot(0, 30, 78, SUN)
        c.dot(0, 134, 110, SUN, 90)
        c.dot(0, 60, 38, INK)
        c.box(-50, 158, 50, 178, BARK, r=6)
        for x in (-12, -4, 4, 12):
            c.line([(x, -250), (x, 166)], CREAM, 2.5)


def djembe(c):
    c.shadow(400, 534, 170)
    c.fill(
        "M 240 160 C 260 330 350 350 360 390 L 310 524 L 490 524 L 440 390 "
        "C 450 350 540 330 560 160 Z",
        WOOD,
    )
    c.fill(
        "M 240 160 C 260 330 350 350 360 390 L 310 524 L 370 524 L 390 390 "
        "C 370 340 320 330 310 160 Z",
        BARK,
    )
    for i in range(8):
        c.line(
            [(256 + i * 40, 190), (274 + i * 36, 268), (292 + i * 36, 190)], CREAM, 5
        )
    c.box(240, 150, 560, 188, BRICK, r=12)
    c.dot(400, 152, 164, SAND, 44)
    c.dot(400, 148, 146, CREAM, 34)


def keyboard(c):
    c.shadow(400, 534, 280)
    c.line("M 250 380 L 540 530", DARK, 16)
    c.line("M 550 380 L 260 530", DARK, 16)
    c.box(80, 230, 720, 390, INK, r=18)
    c.box(100, 246, 700, 290, DARK, r=8)
    for x in (130, 170, 210):
        c.dot(x, 268, 10, CORAL)
    c.box(340, 254, 460, 282, LEAF, r=4)
    for i in range(14):
        c.box(104 + i * 42.6, 300, 142 + i * 42.6, 382, WHITE, r=4)
        if i % 7 not in (2, 6):
            c.box(132 + i * 42.6, 300, 156 + i * 42.6, 346, INK)


def accordion(c):
    c.shadow(400, 520, 280)
    c.box(120, 170, 270, 500, BRICK, r=20)
    c.box(530, 170, 680, 500, BRICK, r=20)
    for i in range(9):
        c.fill(
            [
                (266 + i * 30, 190),
                (281 + i * 30, 170),
                (296 + i * 30, 190),
                (296 + i * 30, 480),
                (281 + i * 30, 500),
                (266 + i * 30, 480),
            ],
            CREAM if i % 2 else CORAL,
        )
    for y in range(200, 490, 36):
        c.box(140, y, 200, y + 28, WHITE, r=4)
        c.dot(630, y + 14, 11, CREAM)
        c.dot(590, y + 14, 11, CREAM)
        c.line([(212, y + 14), (252, y + 14)], SUN, 7)


PICTURES = {
    "pram": pram,
    "cot": cot,
    "high_chair": high_chair,
    "car_seat": car_seat,
    "blocks": blocks,
    "board_game": board_game,
    "molkky": molkky,
    "puzzle": puzzle,
    "console": console,
    "books": books,
    "comics": comics,
    "guitar": guitar,
    "djembe": djembe,
    "keyboard": keyboard,
    "accordion": accordion,
}
