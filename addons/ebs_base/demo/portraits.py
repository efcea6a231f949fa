# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Drawn faces and signs of the sample members."""

import base64
import io

from . import canvas as k

GROUNDS = ("#d5e3cf", "#f7d9c4", "#cfe1e8", "#f8e6b8", "#e2d6e6", "#f8ecd6")
SKINS = ("#f3cfae", "#e0ab82", "#b97f5a", "#8d5b3e", "#f0c3a0")
HAIRS = ("#3b2a20", "#8a5a33", "#d9a441", "#6f6a66", "#b5482f", "#2b2626")
CLOTHES = (k.TEAL, k.CORAL, k.BLUE, k.SUN, k.PLUM, k.GREEN)


def draw_person(seed, look):
    """Return the picture of a face.

    A look is a letter for the hair (Long, Short, Bun, Curls, Foulard, None), a digit
    for the skin and one for the hair's colour; the seed picks the other colours.
    """
    style, skin, hair = look[0], SKINS[int(look[1])], HAIRS[int(look[2])]
    cloth = CLOTHES[(seed + 2) % 6]
    c = k.Canvas(256, 256, scale=2)
    c.box(0, 0, 256, 256, GROUNDS[seed % 6])
    if style == "L":
        c.box(68, 60, 188, 216, hair, r=58)
    elif style == "B":
        c.dot(128, 44, 26, hair)
    elif style == "F":
        c.box(66, 46, 190, 226, cloth, r=62)
    elif style == "C":
        for turn in range(-190, 20, 30):
            with c.moved(128, 108, turn):
                c.dot(58, 0, 28, hair)
    c.box(108, 160, 148, 216, skin, r=18)
    c.dot(128, 262, 92, CLOTHES[seed % 6], 62)
    c.dot(128, 120, 50, skin, 58)
    if style == "F":
        c.ring(128, 124, 58, cloth, 16, ry=66)
    elif style == "N" and seed % 2:
        c.fill("M 80 130 C 84 200 172 200 176 130 C 160 164 96 164 80 130 Z", hair)
    elif style != "N":
        c.fill("M 76 118 C 72 50 184 50 180 118 C 168 90 150 84 104 86 Z", hair)
    for x in (110, 146):
        c.dot(x, 122, 5, k.INK, 6)
        if seed % 3 == 0:
            c.ring(x, 122, 15, k.DARK, 4)
    c.line("M 110 146 C 118 158 138 158 146 146", k.BRICK, 5)
    return c.finish()


def draw_sign(seed):
    """Return the sign of an organisation: a house front with its own colours."""
    front, roof = CLOTHES[seed % 6], CLOTHES[(seed + 1 + seed % 3) % 6]
    c = k.Canvas(256, 256, scale=2)
    c.box(0, 0, 256, 256, GROUNDS[(seed + 3) % 6])
    c.box(48, 116, 208, 226, k.CREAM)
    for i in range(5):
        c.fill(k.oval(64 + i * 32, 116, 16, 18, 0, 180), (front, k.WHITE)[i % 2])
    c.box(44, 84, 212, 118, front, r=4)
    c.fill([(60, 84), (128, 34), (196, 84)], roof)
    c.box(70, 150, 124, 196, k.SKY, r=4)
    c.box(146, 150, 188, 226, roof, r=4)
    c.dot(178, 190, 4, k.SUN)
    c.box(36, 226, 220, 234, k.DARK, r=4)
    return c.finish()


def encode(picture):
    """Return a picture as members send it: base64."""
    data = io.BytesIO()
    picture.convert("RGB").save(data, "JPEG", quality=90)
    return base64.b64encode(data.getvalue()).decode()
