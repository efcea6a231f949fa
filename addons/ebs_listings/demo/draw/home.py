# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Home, electronics, feasts, clothes and transport."""

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
    oval,
)


def sewing_machine(c):
    c.shadow(400, 520, 270)
    c.box(150, 440, 650, 510, SAND, r=18)
    c.box(480, 210, 620, 450, TEAL, r=18)
    c.box(170, 170, 620, 280, TEAL, r=40)
    c.box(170, 170, 620, 206, SAGE, r=18)
    c.box(180, 270, 260, 350, TEAL, r=14)
    c.line("M 220 350 L 220 430", SILVER, 8)
    c.box(196, 410, 244, 424, STEEL, r=4)
    c.dot(640, 240, 44, DARK)
    c.dot(640, 240, 20, SILVER)
    c.box(410, 110, 450, 170, CORAL, r=8)
    c.dot(550, 330, 26, CREAM)
    c.fill("M 150 440 L 400 440 C 380 470 250 480 150 520 Z", CORAL)
    c.line("M 420 120 C 340 90 240 120 220 190", CORAL, 4)


def steam_cleaner(c):
    c.shadow(390, 530, 250)
    c.fill(
        "M 160 430 C 160 320 260 270 360 280 C 460 280 500 340 500 430 L 490 500 "
        "L 170 500 Z",
        BLUE,
    )
    c.fill("M 200 380 C 220 320 290 300 360 304 C 420 306 450 330 466 380 Z", SKY)
    c.box(300, 254, 370, 290, DARK, r=10)
    for x in (230, 430):
        c.dot(x, 494, 38, INK)
    c.line("M 496 440 C 580 440 520 250 600 180", INK, 14)
    c.line("M 600 180 L 660 420", STEEL, 18)
    c.box(588, 150, 640, 210, DARK, r=14)
    c.fill("M 600 420 L 700 420 L 740 500 L 580 500 Z", DARK)
    for x in (600, 660, 720):
        c.line(f"M {x} 510 C {x - 14} 524 {x + 14} 536 {x} 552", WHITE, 8)


def vacuum(c):
    """A carpet cleaner."""
    c.shadow(380, 532, 230)
    c.line("M 470 90 L 400 380", DARK, 18)
    c.line("M 440 80 L 510 100", INK, 24)
    c.fill("M 350 240 L 470 260 L 450 420 L 320 420 Z", PLUM)
    c.fill("M 352 270 L 420 280 L 404 380 L 336 376 Z", "#cdb4c4")
    c.fill("M 230 420 L 480 420 L 500 510 L 190 510 Z", PLUM)
    c.fill("M 230 420 L 480 420 L 484 446 L 222 446 Z", ROSE)
    c.dot(460, 490, 40, INK)
    c.dot(460, 490, 16, SILVER)
    c.box(120, 500, 640, 526, CORAL, r=8)
    for x in range(130, 640, 24):
        c.line([(x, 524), (x, 542)], SUN, 6)


def chairs(c):
    """Folding chairs and a table."""
    c.shadow(400, 532, 320)
    c.line("M 310 270 L 400 524", BARK, 16)
    c.line("M 490 270 L 400 524", BARK, 16)
    c.box(200, 238, 600, 276, WOOD, r=10)
    c.box(200, 238, 600, 254, SAND, r=8)
    for x, side in ((150, 1), (650, -1)):
        with c.moved(x, 0, flip=side < 0):
            c.line("M -50 170 L 40 524", CORAL, 16)
            c.line("M 60 380 L -60 524", BRICK, 16)
            c.box(-70, 180, -6, 260, SUN, r=8)
            c.box(-10, 370, 90, 396, SUN, r=8)


def armchair(c):
    c.shadow(400, 530, 270)
    for x in (230, 570):
        c.line([(x, 470), (x, 522)], BARK, 22)
    c.box(230, 120, 570, 400, GREEN, r=70)
    c.box(270, 160, 530, 380, LEAF, r=50)
    c.box(220, 340, 580, 470, SAGE, r=30)
    c.box(150, 270, 260, 490, GREEN, r=46)
    c.box(540, 270, 650, 490, GREEN, r=46)
    c.box(240, 420, 560, 490, GREEN, r=10)
    with c.moved(440, 290, 16):
        c.box(-70, -60, 70, 60, SUN, r=22)


def fan(c):
    c.shadow(400, 532, 170)
    c.line("M 400 280 L 400 500", STEEL, 20)
    c.box(290, 490, 510, 528, DARK, r=18)
    for turn in (0, 120, 240):
        with c.moved(400, 230, turn):
            c.fill("M 0 0 C -90 -40 -90 -140 0 -150 C 50 -140 50 -60 0 0 Z", SKY)
    c.ring(400, 230, 176, TEAL, 13)
    for turn in range(0, 180, 30):
        with c.moved(400, 230, turn):
            c.line([(-170, 0), (170, 0)], TEAL, 4)
    c.dot(400, 230, 34, CORAL)


def boxes(c):
    """Cardboard boxes for a move."""
    c.shadow(400, 530, 280)
    for x, y, w, h in (
        (150, 330, 240, 190),
        (410, 370, 230, 150),
        (240, 170, 220, 160),
    ):
        c.box(x, y, x + w, y + h, SAND)
        c.box(x, y, x + w, y + 34, WOOD)
        c.box(x + w / 2 - 22, y, x + w / 2 + 22, y + h, "#eed9b8")
        c.line([(x + 22, y + h - 24), (x + 70, y + h - 24)], BARK, 7)
    c.fill("M 410 370 L 360 320 L 560 320 L 640 370 Z", "#eed9b8")
    c.dot(560, 330, 40, LEAF)
    c.line("M 500 340 L 480 260", CORAL, 18)


def lamp(c):
    c.shadow(400, 530, 180)
    c.line("M 400 250 L 400 500", OCHRE, 18)
    c.box(310, 496, 490, 524, OCHRE, r=14)
    c.fill("M 320 90 L 480 90 L 570 270 L 230 270 Z", CORAL)
    c.fill("M 320 90 L 380 90 L 330 270 L 230 270 Z", ROSE)
    c.fill("M 230 270 L 570 270 L 660 480 L 140 480 Z", WHITE, 0.4)
    c.dot(400, 276, 40, SUN, 16)


def projector(c):
    c.shadow(420, 528, 240)
    c.fill("M 250 400 L 60 130 L 60 560 L 250 470 Z", WHITE, 0.5)
    c.box(240, 340, 650, 500, WHITE, r=30)
    c.box(240, 340, 650, 400, CREAM, r=28)
    c.dot(310, 430, 62, DARK)
    c.dot(310, 430, 44, NAVY)
    c.dot(300, 420, 16, SKY)
    for x in range(450, 620, 28):
        c.line([(x, 430), (x, 470)], STEEL, 9)
    c.box(520, 320, 600, 344, DARK, r=8)
    for x in (300, 590):
        c.box(x - 20, 498, x + 20, 522, DARK, r=6)


def speaker(c):
    """A loudspeaker on its stand and a microphone."""
    c.shadow(400, 534, 250)
    c.line("M 330 360 L 330 500", DARK, 16)
    c.line("M 250 526 L 330 440 L 410 526", DARK, 14)
    c.box(220, 80, 440, 390, INK, r=24)
    c.dot(330, 290, 76, DARK)
    c.dot(330, 290, 54, STEEL)
    c.dot(330, 290, 24, INK)
    c.dot(330, 150, 42, DARK)
    c.dot(330, 150, 24, SILVER)
    with c.moved(560, 300, 24):
        c.fill("M -30 0 L 30 0 L 18 200 L -18 200 Z", DARK)
        c.dot(0, -40, 60, SILVER)
        c.line("M -56 -30 L 56 -30", STEEL, 9)
        c.box(-34, 0, 34, 26, CORAL, r=6)


def camera(c):
    c.shadow(400, 510, 260)
    c.box(320, 130, 480, 220, DARK, r=18)
    c.box(150, 190, 650, 500, DARK, r=36)
    c.box(150, 270, 650, 430, BRICK)
    c.dot(400, 350, 130, INK)
    c.dot(400, 350, 100, STEEL)
    c.dot(400, 350, 78, NAVY)
    c.dot(370, 320, 26, SKY)
    c.box(200, 164, 270, 194, CORAL, r=10)
    c.dot(590, 230, 20, SUN)


def microscope(c):
    c.shadow(400, 530, 210)
    c.box(240, 480, 570, 522, DARK, r=18)
    c.ring(390, 320, 150, TEAL, 36, first=-60, last=90)
    c.box(250, 390, 430, 416, DARK, r=8)
    c.box(290, 376, 390, 390, SKY)
    with c.moved(350, 210, -22):
        c.box(-44, -80, 44, 90, TEAL, r=12)
        c.box(-28, -140, 28, -80, INK, r=8)
        c.box(-30, 90, 30, 130, STEEL, r=6)
        c.box(-18, 130, 18, 164, SILVER, r=4)
    c.dot(520, 400, 30, SUN)


def telescope(c):
    c.shadow(400, 532, 200)
    c.line("M 400 330 L 290 524", WOOD, 16)
    c.line("M 400 330 L 510 524", WOOD, 16)
    c.line("M 400 330 L 400 530", BARK, 16)
    with c.moved(400, 290, -32):
        c.box(-130, -40, 200, 40, NAVY, r=8)
        c.box(190, -56, 270, 56, BLUE, r=8)
        c.box(-190, -26, -130, 26, SUN, r=6)
        c.box(-230, -16, -190, 16, INK, r=6)
    c.dot(400, 330, 26, DARK)
    for x, y, r in ((140, 110, 8), (240, 70, 6), (700, 330, 7), (110, 220, 5)):
        c.dot(x, y, r, SUN)


def laptop(c):
    c.shadow(400, 500, 300, 16)
    c.box(190, 120, 610, 430, DARK, r=20)
    c.box(210, 140, 590, 410, SKY, r=8)
    c.fill("M 110 430 L 690 430 L 730 484 L 70 484 Z", STEEL)
    c.box(340, 430, 460, 448, SILVER, r=8)
    with c.moved(400, 276, 45):
        c.line("M 0 -40 L 0 100", WHITE, 34)
        c.ring(0, -76, 42, WHITE, 28, first=-40, last=220)


def bunting(c):
    """Bunting and lights."""
    for y, dip in ((110, 90), (300, 100)):
        c.line(f"M 30 {y} C 250 {y + dip} 550 {y + dip} 770 {y}", DARK, 6)
        for i in range(9):
            x = 70 + i * 82
            t = (x - 30) / 740
            top = y + dip * 3 * t * (1 - t)
            colour = (CORAL, SUN, TEAL, ROSE)[i % 4]
            if y == 110:
                c.fill([(x - 32, top), (x + 32, top), (x, top + 84)], colour)
            else:
                c.box(x - 8, top, x + 8, top + 24, DARK, r=4)
                c.dot(x, top + 42, 22, SUN, 26)
    c.shadow(400, 536, 150, 14)
    for x, y, colour in ((350, 470, CORAL), (450, 480, TEAL)):
        c.dot(x, y, 48, colour, 58)


def marquee(c):
    c.shadow(400, 530, 320)
    for x in (110, 290, 510, 690):
        c.line([(x, 250), (x, 524)], STEEL, 12)
    c.fill("M 400 70 L 740 240 L 60 240 Z", WHITE)
    c.fill("M 400 70 L 740 240 L 510 240 Z", SILVER)
    c.fill("M 400 70 L 290 240 L 60 240 Z", CREAM)
    for i in range(8):
        c.fill(oval(102 + i * 85, 240, 42, 44, 0, 180), (CORAL, WHITE)[i % 2])
    c.box(230, 400, 570, 424, WOOD, r=6)
    c.line("M 270 424 L 250 524", BARK, 10)
    c.line("M 530 424 L 550 524", BARK, 10)


def costume(c):
    """A wizard's hat, a mask and a cape."""
    c.shadow(400, 520, 270)
    c.fill("M 400 60 L 560 400 L 240 400 Z", PLUM)
    c.fill("M 400 60 L 440 146 L 330 400 L 240 400 Z", "#94638a")
    c.dot(400, 410, 250, PLUM, 50)
    c.fill("M 250 380 L 550 380 L 560 406 C 480 430 320 430 240 406 Z", SUN)
    for x, y, r in ((380, 220, 12), (440, 300, 16), (330, 330, 10)):
        for turn in (0, 45):
            with c.moved(x, y, turn):
                c.box(-r, -r, r, r, SUN)
    c.fill(
        "M 500 470 C 540 440 600 440 620 460 C 650 440 700 440 740 470 "
        "C 730 530 660 540 620 500 C 580 540 510 530 500 470 Z",
        CORAL,
    )
    for x in (565, 675):
        c.dot(x, 484, 22, INK, 14)


def glasses(c):
    """Glasses, plates and jugs for a feast."""
    c.shadow(400, 524, 290)
    for x, level in ((200, 0.7), (320, 0.5), (440, 0.8)):
        with c.moved(x, 0):
            c.fill(
                "M -50 200 L 50 200 C 50 320 30 350 0 356 C -30 350 -50 320 -50 200 Z",
                WHITE,
            )
            c.fill(
                "M -46 260 L 46 260 C 44 320 28 344 0 348 C -28 344 -44 320 -46 260 Z",
                BRICK if level > 0.6 else SUN,
            )
            c.line("M 0 352 L 0 500", SILVER, 10)
            c.dot(0, 508, 46, SILVER, 12)
    for y in range(508, 400, -26):
        c.dot(610, y, 110, WHITE, 20)
        c.dot(610, y - 4, 74, CREAM, 11)


def popcorn(c):
    c.shadow(400, 532, 190)
    c.box(250, 80, 550, 120, BRICK, r=10)
    c.box(260, 120, 540, 360, "#dfeaf0", r=4)
    c.box(360, 150, 440, 200, STEEL, r=12)
    for i in range(34):
        c.dot(280 + (i * 53) % 244, 350 - (i * 29) % 80, 18, (WHITE, SUN, CREAM)[i % 3])
    for x in (256, 528):
        c.box(x, 110, x + 18, 370, CORAL)
    c.box(240, 360, 560, 440, CORAL, r=10)
    c.line("M 300 400 L 500 400", CREAM, 22)
    c.line("M 290 440 L 290 500", DARK, 14)
    c.line("M 510 440 L 510 500", DARK, 14)
    for x in (290, 510):
        c.dot(x, 498, 32, INK)
        c.dot(x, 498, 12, SUN)


def coat(c):
    c.line("M 400 110 C 400 70 440 70 430 96 L 400 120", STEEL, 8)
    c.line("M 270 170 L 400 118 L 530 170", WOOD, 14)
    c.fill(
        "M 290 160 L 510 160 L 620 440 L 560 470 L 516 330 L 530 530 L 270 530 "
        "L 284 330 L 240 470 L 180 440 Z",
        CORAL,
    )
    c.fill(
        "M 400 200 L 400 530 L 530 530 L 516 330 L 560 470 L 620 440 L 510 160 Z",
        BRICK,
    )
    c.fill("M 330 150 L 470 150 L 400 270 Z", CREAM)
    for y in (310, 380, 450):
        c.dot(384, y, 11, INK)
    for x in (312, 444):
        c.line([(x, 420), (x + 44, 420)], INK, 8)


def dress(c):
    c.line("M 400 80 C 400 44 440 50 430 72 L 400 92", STEEL, 8)
    c.line("M 320 120 L 400 92 L 480 120", WOOD, 12)
    c.line("M 340 130 L 350 190", TEAL, 18)
    c.line("M 460 130 L 450 190", TEAL, 18)
    c.fill(
        "M 330 170 C 380 210 420 210 470 170 L 470 300 L 570 520 "
        "C 480 550 320 550 230 520 L 330 300 Z",
        TEAL,
    )
    c.fill("M 330 290 L 470 290 L 472 316 L 328 316 Z", SUN)
    for x, y in (
        (320, 420),
        (400, 390),
        (470, 440),
        (350, 490),
        (430, 500),
        (520, 500),
        (280, 500),
    ):
        c.dot(x, y, 13, CREAM)


def suitcase(c):
    c.shadow(400, 530, 210)
    c.line("M 330 180 L 330 70 L 470 70 L 470 180", DARK, 16)
    c.box(230, 160, 570, 500, SUN, r=34)
    for x in (290, 360, 430, 500):
        c.line([(x, 190), (x, 470)], OCHRE, 10)
    for x in (270, 530):
        c.dot(x, 508, 22, INK)
    with c.moved(540, 240, 18):
        c.line("M 0 0 L 30 30", BRICK, 6)
        c.box(10, 30, 90, 150, CORAL, r=12)
        c.box(26, 60, 74, 110, CREAM, r=6)


def car_trailer(c):
    c.shadow(380, 526, 300)
    c.line("M 600 430 L 760 430", DARK, 16)
    c.line("M 700 430 L 700 510", STEEL, 12)
    c.box(90, 260, 610, 430, STEEL, r=10)
    for x in range(130, 600, 80):
        c.line([(x, 276), (x, 416)], SILVER, 14)
    c.box(80, 412, 620, 446, DARK, r=8)
    c.dot(340, 450, 74, INK)
    c.dot(340, 450, 36, SILVER)
    c.fill("M 120 260 C 160 150 250 190 300 170 C 380 150 440 190 560 260 Z", LEAF)
    c.box(90, 380, 120, 412, CORAL, r=4)


def car(c):
    c.shadow(400, 520, 310)
    c.fill(
        "M 60 440 C 60 350 110 330 190 320 L 290 210 C 310 190 330 184 370 184 "
        "L 520 184 C 570 184 590 210 640 320 C 710 330 740 360 740 440 L 730 470 "
        "L 70 470 Z",
        TEAL,
    )
    c.fill("M 240 320 L 318 228 C 326 220 336 218 350 218 L 400 218 L 400 320 Z", SKY)
    c.fill("M 424 218 L 510 218 C 540 220 556 240 596 320 L 424 320 Z", SKY)
    c.box(70, 370, 120, 404, SUN, r=10)
    c.box(700, 370, 738, 404, CORAL, r=10)
    c.line("M 430 360 L 470 360", GREEN, 10)
    for x in (220, 590):
        c.dot(x, 464, 66, INK)
        c.dot(x, 464, 30, SILVER)
    c.box(330, 140, 560, 176, BARK, r=14)


def roof_box(c):
    c.shadow(400, 500, 300)
    c.fill(
        "M 60 390 C 60 290 160 240 330 230 L 640 240 C 720 250 740 300 740 390 Z",
        DARK,
    )
    c.fill(
        "M 90 340 C 120 280 200 262 330 254 L 630 264 C 680 270 704 294 712 340 Z",
        STEEL,
    )
    c.box(50, 376, 750, 410, INK, r=14)
    for x in (220, 560):
        c.line([(x, 410), (x, 470)], SILVER, 18)
        c.line([(x - 60, 478), (x + 60, 478)], SILVER, 22)
    c.box(370, 360, 430, 392, SUN, r=8)


PICTURES = {
    "sewing_machine": sewing_machine,
    "steam_cleaner": steam_cleaner,
    "vacuum": vacuum,
    "chairs": chairs,
    "armchair": armchair,
    "fan": fan,
    "boxes": boxes,
    "lamp": lamp,
    "projector": projector,
    "speaker": speaker,
    "camera": camera,
    "microscope": microscope,
    "telescope": telescope,
    "laptop": laptop,
    "bunting": bunting,
    "marquee": marquee,
    "costume": costume,
    "glasses": glasses,
    "popcorn": popcorn,
    "coat": coat,
    "dress": dress,
    "suitcase": suitcase,
    "car_trailer": car_trailer,
    "car": car,
    "roof_box": roof_box,
}
