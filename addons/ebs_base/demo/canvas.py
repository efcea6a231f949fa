# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A small vector canvas on Pillow, with which the sample pictures are drawn.

Shapes are given in points of the final picture. They are drawn some times larger
and shrunk at the end, which smooths their edges.
"""

import math
import re
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageColor, ImageDraw

#: The colours of the sample pictures: a warm print on cream paper.
INK, DARK, STEEL, SILVER = "#2e2a27", "#4a5256", "#97a3a8", "#cbd3d4"
WHITE, CREAM, SAND = "#fffdf8", "#f8ecd6", "#e3c9a0"
WOOD, BARK = "#bd8753", "#8a5a33"
GREEN, LEAF, SAGE = "#2f5d50", "#5e8c61", "#a9c4a4"
CORAL, BRICK, ROSE = "#e4694b", "#b5482f", "#eba898"
SUN, OCHRE = "#f2b544", "#d08f2b"
BLUE, SKY, NAVY = "#3e6e8e", "#8fb8cc", "#2b4a63"
PLUM, TEAL = "#7b4b6b", "#2e8b83"

WORD = re.compile(r"[MLCQZ]|-?\d+\.?\d*")


def oval(x, y, rx, ry=None, first=0, last=360):
    """Points on an ellipse, from an angle to another, clockwise from the right."""
    ry = rx if ry is None else ry
    steps = max(8, int(abs(last - first) / 4))
    turns = (math.radians(first + (last - first) * i / steps) for i in range(steps + 1))
    return [(x + rx * math.cos(turn), y + ry * math.sin(turn)) for turn in turns]


def box(x0, y0, x1, y1, r=0):
    """Points of a rectangle with round corners."""
    if not r:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return [
        *oval(x1 - r, y0 + r, r, r, -90, 0),
        *oval(x1 - r, y1 - r, r, r, 0, 90),
        *oval(x0 + r, y1 - r, r, r, 90, 180),
        *oval(x0 + r, y0 + r, r, r, 180, 270),
    ]


def _bezier(points, steps=16):
    """Points on a curve given by its start, its handles and its end."""
    curve = []
    for i in range(1, steps + 1):
        t, level = i / steps, points
        while len(level) > 1:
            level = [
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
                for a, b in zip(level, level[1:], strict=False)
            ]
        curve.append(level[0])
    return curve


def path(text):
    """Points of a path written as in SVG with M, L, C, Q and Z, absolute."""
    points, order, numbers = [], "M", []
    handles = {"M": 1, "L": 1, "C": 3, "Q": 2}
    for word in WORD.findall(text):
        if word == "Z":
            points.append(points[0])
        elif word.isalpha():
            order = word
        else:
            numbers.append(float(word))
        if len(numbers) == 2 * handles.get(order, 9):
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
            points += pairs if order in "ML" else _bezier([points[-1], *pairs])
            numbers = []
    return points


class Canvas:
    """A picture with a clear ground, to which shapes are added one by one."""

    def __init__(self, width=800, height=600, scale=3):
        self.size, self.scale = (width, height), scale
        self.image = Image.new("RGBA", (width * scale, height * scale), (0, 0, 0, 0))
        self.matrix = (scale, 0, 0, 0, scale, 0)
        self.clip_mask = None

    # Where shapes go
    @contextmanager
    def moved(self, x=0, y=0, turn=0, zoom=1, flip=False):
        """Shapes drawn inside are zoomed and turned about 0, 0, which goes to x, y."""
        before = self.matrix
        a, b, c, d, e, f = before
        cos = math.cos(math.radians(turn)) * zoom
        sin = math.sin(math.radians(turn)) * zoom
        side = -1 if flip else 1
        self.matrix = (
            (a * cos + b * sin) * side,
            b * cos - a * sin,
            a * x + b * y + c,
            (d * cos + e * sin) * side,
            e * cos - d * sin,
            d * x + e * y + f,
        )
        yield
        self.matrix = before

    @contextmanager
    def clipped(self, points):
        """Only what falls inside the points is drawn."""
        before = self.clip_mask
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(self._place(points), fill=255)
        self.clip_mask = ImageChops.multiply(mask, before) if before else mask
        yield
        self.clip_mask = before

    def _place(self, points):
        a, b, c, d, e, f = self.matrix
        return [(a * x + b * y + c, d * x + e * y + f) for x, y in points]

    # Shapes
    def fill(self, points, colour, opacity=1):
        """Fill the inside of points (a list, or a path written as text)."""
        points = self._place(path(points) if isinstance(points, str) else points)
        if opacity == 1 and not self.clip_mask:
            ImageDraw.Draw(self.image).polygon(points, fill=colour)
            return
        # Only the part around the shape is blended: the whole picture takes long.
        edges = [min(p[0] for p in points), min(p[1] for p in points)]
        edges += [max(p[0] for p in points) + 2, max(p[1] for p in points) + 2]
        limits = (*self.image.size, *self.image.size)
        part = tuple(
            min(max(int(edge), 0), limit)
            for edge, limit in zip(edges, limits, strict=True)
        )
        if part[0] >= part[2] or part[1] >= part[3]:
            return
        mask = Image.new("L", (part[2] - part[0], part[3] - part[1]), 0)
        inside = [(x - part[0], y - part[1]) for x, y in points]
        ImageDraw.Draw(mask).polygon(inside, fill=round(255 * opacity))
        if self.clip_mask:
            mask = ImageChops.multiply(mask, self.clip_mask.crop(part))
        layer = Image.new("RGBA", mask.size, (*ImageColor.getrgb(colour), 0))
        layer.putalpha(mask)
        self.image.alpha_composite(layer, part[:2])

    def line(self, points, colour, width=10):
        """Draw a line with round ends and joints."""
        points = path(points) if isinstance(points, str) else points
        half = width / 2
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            length = math.hypot(x1 - x0, y1 - y0)
            if length:
                dx, dy = half * (y1 - y0) / length, half * (x0 - x1) / length
                corners = [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy)]
                corners += [(x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]
                self.fill(corners, colour)
        for x, y in points:
            self.fill(oval(x, y, half), colour)

    def box(self, x0, y0, x1, y1, colour, r=0, opacity=1):
        self.fill(box(x0, y0, x1, y1, r), colour, opacity)

    def dot(self, x, y, r, colour, ry=None, opacity=1):
        self.fill(oval(x, y, r, ry), colour, opacity)

    def ring(self, x, y, r, colour, width=10, ry=None, first=0, last=360):
        self.line(oval(x, y, r, ry, first, last), colour, width)

    def shadow(self, x=400, y=520, rx=250, ry=22):
        """The shadow of a thing that stands on the floor."""
        self.dot(x, y, rx, INK, ry, opacity=0.16)

    def finish(self):
        """Return the picture in its final size."""
        return self.image.resize(self.size, Image.Resampling.LANCZOS)
