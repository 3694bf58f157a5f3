"""What grows on balconies and allotments."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Final

from demo.contents.pictures.canvas import Canvas

LEAF: Final = "#5d7f63"
DEEP_LEAF: Final = "#44634d"
RED: Final = "#c8493f"
SOIL: Final = "#6b4f3f"


def tomatoes(on: Canvas) -> None:
    p = on.palette
    _bars(on)
    on.shape((30, 66), (70, 66), (65, 84), (35, 84), fill=p.base)
    on.box(28, 62, 72, 69, p.dark, round_by=2)
    on.line((50, 64), (48, 22), fill=DEEP_LEAF, width=2)
    for x, y in ((34, 30), (64, 26), (32, 48), (66, 46), (50, 18)):
        on.line((49, y + 8), (x, y), fill=DEEP_LEAF, width=1.2)
        _leaf(on, x, y, 7)
    for x, y, colour in ((38, 42, RED), (60, 38, RED), (57, 54, "#dd8a4a"), (42, 56, RED)):
        on.ellipse(x, y, 6, 5.6, colour)
        on.ellipse(x - 2, y - 2, 1.6, 1.4, "#f3b9a8")
        on.line((x - 2, y - 5.4), (x + 2, y - 5.4), fill=LEAF)


def seedlings(on: Canvas) -> None:
    p = on.palette
    on.box(14, 60, 86, 82, p.base, round_by=2)
    on.box(14, 70, 86, 72, p.dark)
    on.box(17, 57, 83, 63, SOIL, round_by=2)
    for number, x in enumerate(range(24, 84, 13)):
        top = 44 - 5 * (number % 3)
        on.line((x, 59), (x, top), fill=LEAF, width=1.4)
        _leaf(on, x - 4, top, 4.6)
        _leaf(on, x + 4, top - 1, 4.6)
        on.box(x + 4, 48, x + 6.4, 62, p.light, round_by=1)


def sprout(on: Canvas) -> None:
    on.ellipse(50, 86, 46, 18, SOIL)
    for x, y in ((26, 80), (40, 86), (63, 83), (74, 88)):
        on.ellipse(x, y, 2.4, 1.6, "#85664f")
    on.line((50, 76), (51, 60), (50, 46), fill=LEAF, width=2.2)
    for side in (-1, 1):
        on.shape((50, 47), (50 + side * 10, 34), (50 + side * 24, 33), (50 + side * 14, 45), fill=LEAF)
        on.line((50, 47), (50 + side * 20, 35), fill=on.palette.light, width=0.8)


def seeds(on: Canvas) -> None:
    p = on.palette
    for number, (x, y) in enumerate(((16, 34), (40, 26), (64, 36), (26, 58), (54, 58))):
        on.box(x, y, x + 21, y + 25, p.light if number % 2 else "#fbf6ea", round_by=1)
        for line in (6, 12, 18):
            on.line((x, y + line), (x + 21, y + line), fill=p.disc, width=0.5)
            on.line((x + line, y), (x + line, y + 25), fill=p.disc, width=0.5)
        on.shape((x, y), (x + 21, y), (x + 10.5, y + 8), fill=p.base)
        on.line((x + 8, y + 12), (x + 13, y + 20), fill=p.dark, width=1.6)


def chillies(on: Canvas) -> None:
    p = on.palette
    for number in range(11):
        x, turn = 24 + number * 5.2, radians(60 + number * 6)
        tip = (x + 20 * cos(turn), 52 - 20 * sin(turn))
        on.line((x, 58), tip, fill=RED, width=4.2)
        on.line((x, 58), (x - 1, 62), fill=LEAF, width=1.8)
    on.slice(50, 60, 36, 24, 0, 180, p.base)
    for y in (64, 70, 76):
        on.line((50 - (84 - y) * 1.7, y), (50 + (84 - y) * 1.7, y), fill=p.dark, width=1)
    on.box(13, 57, 87, 62, p.dark, round_by=2)


def bouquet(on: Canvas) -> None:
    p = on.palette
    for number in range(13):
        turn = radians(-62 + number * 10.4)
        length = 34 + 6 * (number % 3)
        x, y = 50 + length * sin(turn), 62 - length * cos(turn)
        on.line((50, 66), (x, y), fill=LEAF, width=1)
        _blossom(on, x, y, 4.6)
    on.shape((36, 54), (64, 54), (57, 86), (43, 86), fill=p.disc)
    on.shape((52, 54), (64, 54), (57, 86), (50, 86), fill=p.light)
    on.line((39, 68), (61, 68), fill=p.accent, width=1.8)


def rose(on: Canvas) -> None:
    p = on.palette
    on.line((50, 90), (49, 56), fill=DEEP_LEAF, width=2.2)
    _leaf(on, 38, 70, 8)
    _leaf(on, 62, 76, 8)
    for radius, colour in ((21, "#f7ece6"), (16, "#f3d8d0"), (11, "#edc2bb"), (6, "#dd9c97")):
        on.ellipse(50, 40, radius, radius * 0.92, colour)
        on.arc(50 + radius / 7, 41, radius * 0.9, radius * 0.8, 200, 330, fill=p.wall, width=0.9)


def flower(on: Canvas) -> None:
    on.box(16, 16, 84, 86, "#f7f3e8", round_by=1)
    on.line((50, 80), (52, 60), (49, 46), fill=LEAF, width=1.6)
    for turn in range(0, 360, 30):
        x, y = 50 + 15 * cos(radians(turn)), 36 + 15 * sin(radians(turn))
        on.line((50, 36), (x, y), fill="#3858b8", width=3.6)
        on.ellipse(x, y, 2.8, 2.8, "#5b7bd8")
    on.ellipse(50, 36, 5, 5, "#2b3f8c")


def herbs(on: Canvas) -> None:
    p = on.palette
    on.box(10, 12, 90, 74, "#eef3f3", round_by=1)
    for x in (37, 63):
        on.box(x - 0.8, 12, x + 0.8, 74, p.disc)
    on.box(4, 74, 96, 80, p.dark)
    for number, x in enumerate(range(16, 90, 14)):
        height = 10 + 6 * ((number * 2) % 3)
        for shift in (-4, -1.5, 1.5, 4):
            on.line((x, 62), (x + shift * 1.4, 62 - height), fill=LEAF, width=1.1)
            _leaf(on, x + shift * 1.4, 62 - height, 3.2)
        on.shape((x - 5.5, 61), (x + 5.5, 61), (x + 4, 74), (x - 4, 74), fill=(p.base, p.accent)[number % 2])


def allotment(on: Canvas) -> None:
    p = on.palette
    on.box(0, 0, 100, 46, p.light)
    on.ellipse(76, 30, 9, 9, "#f6dfa0")
    on.box(0, 44, 100, 100, "#8a7a5e")
    on.box(12, 30, 34, 52, p.dark)
    on.shape((9, 31), (23, 20), (37, 31), fill=p.accent)
    on.box(20, 38, 27, 52, p.light)
    for row in range(4):
        y = 56 + row * 11
        on.line((4, y + 4), (96, y + 4), fill=SOIL, width=3)
        for x in range(8 + 4 * (row % 2), 98, 11):
            on.line((x, y + 3), (x - 2.6, y - 4), fill="#dfe9df", width=1.4)
            on.line((x, y + 3), (x + 2.6, y - 4), fill=LEAF, width=1.4)


def _leaf(on: Canvas, x: float, y: float, size: float) -> None:
    """A round one, with a light on it."""
    on.ellipse(x, y, size, size * 0.72, LEAF)
    on.ellipse(x - size * 0.25, y - size * 0.2, size * 0.4, size * 0.22, on.palette.light)


def _blossom(on: Canvas, x: float, y: float, size: float) -> None:
    """White, with a yellow heart."""
    for turn in range(0, 360, 60):
        left, top = x + size * 0.7 * cos(radians(turn)), y + size * 0.7 * sin(radians(turn))
        on.ellipse(left, top, size / 2, size / 2, "#fbf8ee")
    on.ellipse(x, y, size * 0.42, size * 0.42, "#e2b23c")


def _bars(on: Canvas) -> None:
    """The railing of a balcony."""
    for x in range(6, 100, 11):
        on.box(x, 40, x + 1.6, 82, on.palette.disc)
    on.box(0, 37, 100, 40, on.palette.disc)
