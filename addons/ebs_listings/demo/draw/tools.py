# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tools of the workshop."""

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
    SAND,
    SILVER,
    STEEL,
    SUN,
    TEAL,
    WHITE,
    WOOD,
    oval,
)


def drill(c):
    c.shadow(390, 524, 200)
    c.fill("M 330 300 L 440 300 L 470 460 L 350 460 Z", GREEN)
    c.fill("M 330 300 L 372 300 L 392 460 L 350 460 Z", LEAF)
    c.box(310, 446, 500, 520, DARK, r=16)
    c.box(310, 446, 500, 470, STEEL, r=12)
    c.fill("M 318 300 C 300 352 318 372 342 360 L 336 300 Z", INK)
    c.box(220, 168, 520, 320, GREEN, r=44)
    c.box(220, 168, 520, 226, LEAF, r=29)
    c.box(452, 176, 486, 312, SUN)
    c.fill("M 520 190 L 582 208 L 582 280 L 520 298 Z", DARK)
    c.box(582, 216, 612, 272, STEEL, r=6)
    c.line("M 612 244 L 716 244", STEEL, 12)
    c.fill("M 712 236 L 742 244 L 712 252 Z", STEEL)
    for y in (212, 236, 260):
        c.line([(256, y), (316, y)], INK, 8)


def ladder(c):
    c.shadow(400, 536, 230)
    c.line("M 470 80 L 590 528", BARK, 20)
    for y in (190, 290, 390):
        x = 470 + (y - 80) * 0.268
        c.line([(x, y), (x - 66, y)], BARK, 10)
    c.line("M 372 70 L 236 530", WOOD, 26)
    c.line("M 452 70 L 470 530", WOOD, 26)
    for step in range(5):
        y = 150 + step * 82
        left = 372 - (y - 70) * 0.296
        right = 452 + (y - 70) * 0.04
        c.line([(left, y), (right, y)], SAND, 24)
    c.box(338, 52, 504, 88, OCHRE, r=10)
    c.line("M 296 420 L 552 420", DARK, 5)


def sander(c):
    c.shadow(400, 524, 230)
    c.box(190, 440, 610, 486, DARK, r=14)
    c.box(176, 482, 624, 516, OCHRE, r=8)
    c.box(250, 320, 560, 446, BLUE, r=44)
    c.box(250, 320, 560, 372, TEAL, r=26)
    c.fill("M 270 340 C 190 180 330 150 440 170 C 560 180 600 240 560 350 Z", BLUE)
    c.fill("M 320 330 C 270 230 370 206 440 216 C 510 226 530 270 510 330 Z", NAVY)
    c.dot(234, 404, 54, INK)
    c.dot(234, 404, 34, DARK)
    c.line("M 560 300 C 650 300 640 160 720 150", INK, 12)
    for x in (400, 430, 460, 490):
        c.line([(x, 392), (x, 420)], WHITE, 8)


def jigsaw(c):
    c.shadow(400, 530, 240)
    c.box(180, 420, 620, 448, STEEL, r=8)
    c.box(140, 452, 660, 510, WOOD)
    c.box(140, 452, 660, 466, SAND)
    c.fill("M 500 448 L 526 448 L 520 524 L 506 516 Z", SILVER)
    for y in range(456, 516, 14):
        c.fill([(526, y), (534, y + 8), (525, y + 12)], SILVER)
    c.fill("M 470 240 L 560 260 L 560 410 L 480 420 Z", DARK)
    c.fill("M 210 330 L 520 210 L 540 420 L 250 420 Z", CORAL)
    c.fill("M 200 330 C 150 170 300 120 430 140 C 540 150 560 220 540 300 Z", CORAL)
    c.fill("M 280 292 C 250 206 330 188 410 198 C 476 206 480 240 456 276 Z", INK)
    c.fill("M 250 360 L 520 300 L 530 340 L 256 400 Z", BRICK)
    c.line("M 204 320 C 120 340 130 430 70 440", INK, 12)


def saw(c):
    c.shadow(400, 470, 290)
    teeth = [(170 + i * 22, 430 + (18 if i % 2 else 0)) for i in range(19)]
    c.fill([(150, 400), *teeth, (590, 430), (600, 240)], SILVER)
    c.fill([(150, 400), (170, 420), (600, 290), (600, 240)], WHITE)
    c.fill("M 560 210 C 640 170 720 220 716 320 C 714 420 650 470 572 450 Z", WOOD)
    c.fill("M 606 270 C 640 240 672 270 668 322 C 666 372 640 396 610 386 Z", BARK)
    for x, y in ((586, 250), (588, 420)):
        c.dot(x, y, 8, SUN)


def toolbox(c):
    c.shadow(400, 526, 270)
    c.line("M 250 250 L 250 160 L 550 160 L 550 250", DARK, 22)
    c.line("M 340 260 L 320 110", WOOD, 20)
    c.box(276, 76, 366, 118, STEEL, r=8)
    c.line("M 470 260 L 500 100", STEEL, 18)
    c.ring(505, 80, 24, STEEL, 16, first=-20, last=220)
    c.line("M 410 260 L 410 190", CORAL, 26)
    c.box(150, 240, 650, 520, BRICK, r=18)
    c.box(150, 240, 650, 330, CORAL, r=18)
    c.box(150, 316, 650, 332, DARK)
    for x in (250, 510):
        c.box(x, 300, x + 44, 356, SUN, r=6)
    c.box(330, 400, 470, 460, CREAM, r=8)


def stripper(c):
    """A steam wallpaper stripper."""
    c.shadow(350, 530, 220)
    c.box(170, 320, 430, 520, OCHRE, r=34)
    c.box(170, 320, 430, 386, SUN, r=30)
    c.box(260, 286, 340, 330, DARK, r=10)
    c.line("M 210 330 C 210 250 390 250 390 330", DARK, 18)
    c.box(210, 430, 390, 480, BRICK, r=8)
    c.line("M 424 440 C 540 470 500 320 560 300 C 600 286 590 250 584 220", INK, 14)
    c.box(500, 80, 700, 222, SILVER, r=14)
    c.box(522, 102, 678, 200, STEEL, r=8)
    c.box(556, 210, 612, 290, DARK, r=14)
    for x in (520, 590, 660):
        c.line(f"M {x} 62 C {x - 20} 44 {x + 20} 34 {x} 12", WHITE, 9)


def roller(c):
    """A paint roller with its tray and pot."""
    c.shadow(400, 530, 280)
    c.box(470, 330, 690, 522, SILVER, r=12)
    c.box(470, 330, 690, 380, WHITE, r=12)
    c.box(470, 400, 690, 470, CORAL)
    c.dot(580, 334, 110, STEEL, 22)
    c.dot(580, 334, 94, CORAL, 15)
    c.line("M 476 350 C 480 220 680 220 684 350", STEEL, 7)
    c.box(120, 120, 440, 220, SUN, r=30)
    c.box(120, 120, 440, 156, CREAM, r=18)
    c.line("M 440 170 L 486 170 L 486 272 L 290 272 L 290 330", STEEL, 14)
    c.box(262, 320, 318, 500, BRICK, r=22)


def level(c):
    """A long spirit level and a folding rule."""
    c.shadow(400, 500, 300, 16)
    with c.moved(400, 380, -6):
        c.box(-320, -50, 320, 50, SUN, r=10)
        c.box(-320, -50, 320, -26, CREAM, r=10)
        c.box(-80, -34, 80, 34, GREEN, r=30)
        c.box(-70, -22, 70, 22, "#c7e08c", r=22)
        c.dot(8, -2, 22, WHITE, 15)
        c.line("M -32 -30 L -32 30", INK, 5)
        c.line("M 42 -30 L 42 30", INK, 5)
        for x in (-240, 240):
            c.dot(x, 0, 32, GREEN)
            c.dot(x, 0, 20, "#c7e08c")
    c.line("M 150 240 L 330 130 L 480 250 L 640 120", WOOD, 32)
    for x, y in ((150, 240), (330, 130), (480, 250), (640, 120)):
        c.dot(x, y, 10, STEEL)


def washer(c):
    """A pressure washer."""
    c.shadow(400, 532, 240)
    c.line("M 330 120 L 330 420", DARK, 16)
    c.line("M 480 120 L 480 420", DARK, 16)
    c.line("M 330 120 L 480 120", DARK, 22)
    c.box(300, 220, 510, 500, SUN, r=36)
    c.box(300, 220, 510, 300, CREAM, r=36)
    c.box(330, 330, 480, 440, DARK, r=18)
    c.dot(405, 385, 32, STEEL)
    for x in (310, 500):
        c.dot(x, 484, 46, INK)
        c.dot(x, 484, 18, SILVER)
    c.line("M 500 340 C 620 380 640 480 560 500 C 660 520 700 400 680 300", INK, 13)
    c.line("M 680 300 L 660 220", DARK, 26)
    c.line("M 660 220 L 560 80", STEEL, 12)
    for turn in (-12, 0, 12):
        with c.moved(560, 80, turn - 36):
            c.line("M 0 -14 L 0 -64", WHITE, 6)


def trestles(c):
    c.shadow(400, 528, 290)
    for x in (220, 560):
        c.line([(x - 70, 520), (x - 22, 240)], BARK, 18)
        c.line([(x + 70, 520), (x + 22, 240)], BARK, 18)
        c.line([(x - 48, 400), (x + 48, 400)], WOOD, 14)
        c.box(x - 70, 222, x + 70, 256, WOOD, r=6)
    c.box(90, 180, 710, 224, SAND, r=4)
    c.box(90, 206, 710, 224, WOOD, r=4)
    c.fill(oval(300, 166, 46, 14), DARK)
    c.box(470, 130, 560, 180, CORAL, r=6)


def trolley(c):
    """A hand truck with boxes."""
    c.shadow(420, 534, 220)
    with c.moved(330, 500, 12):
        c.box(34, -150, 260, -24, SAND)
        c.box(34, -150, 260, -130, WOOD)
        c.box(50, -290, 240, -150, WOOD)
        c.box(50, -290, 240, -270, BARK)
        c.box(130, -150, 160, -24, WOOD)
        c.box(64, -390, 190, -290, SAND)
        c.line("M 20 0 L 20 -430 C 20 -470 -30 -470 -40 -450", CORAL, 20)
        for y in (-340, -220, -100):
            c.line([(6, y), (34, y)], BRICK, 12)
        c.line("M 10 -8 L 280 -8", DARK, 18)
    c.dot(322, 486, 44, INK)
    c.dot(322, 486, 18, SILVER)


PICTURES = {
    "drill": drill,
    "ladder": ladder,
    "sander": sander,
    "jigsaw": jigsaw,
    "saw": saw,
    "toolbox": toolbox,
    "stripper": stripper,
    "roller": roller,
    "level": level,
    "washer": washer,
    "trestles": trestles,
    "trolley": trolley,
}
