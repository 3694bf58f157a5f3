"""What is cooked, baked and carried home from markets."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Final

from demo.contents.pictures.canvas import Canvas, Colour
from demo.contents.pictures.growing import LEAF, RED

_CRUST: Final = "#a8662f"
_CRUMB: Final = "#f0d9ad"
_BROTH: Final = "#b8402f"


def hotpot(on: Canvas) -> None:
    p = on.palette
    steam(on, 50, 30)
    on.slice(50, 52, 34, 34, 0, 180, p.dark)
    for x in (13, 87):
        on.ellipse(x, 56, 5, 3.4, p.dark)
    on.ellipse(50, 52, 34, 12, p.dark)
    on.ellipse(50, 51, 31, 10, _BROTH)
    for number in range(9):
        turn = radians(number * 40)
        on.ellipse(50 + 22 * cos(turn), 51 + 6.4 * sin(turn), 3, 1.6, ("#e58a3c", RED, "#f1d9a6")[number % 3])
    on.line((62, 48), (90, 16), fill=p.base, width=1.6)
    on.line((66, 50), (95, 20), fill=p.base, width=1.6)


def mapo(on: Canvas) -> None:
    p = on.palette
    steam(on, 48, 28)
    on.line((80, 50), (98, 44), fill=p.dark, width=5)
    on.ellipse(48, 58, 38, 22, p.dark)
    on.ellipse(48, 56, 34, 18, _BROTH)
    for number, (x, y) in enumerate(((30, 54), (41, 49), (53, 52), (65, 55), (36, 62), (48, 64), (60, 64))):
        on.box(x - 4.6, y - 4, x + 4.6, y + 4, "#fbf3e2", round_by=1)
        on.ellipse(x + 5, y - 4, 1.5, 1, LEAF if number % 2 else "#5b2a20")


def noodles(on: Canvas) -> None:
    p = on.palette
    steam(on, 50, 22)
    on.slice(50, 54, 36, 32, 0, 180, p.base)
    on.box(40, 82, 60, 87, p.dark, round_by=1)
    on.ellipse(50, 54, 36, 13, p.light)
    on.ellipse(50, 54, 31, 10, "#d9a25a")
    for number in range(6):
        on.arc(50 - 3 + number * 2, 52 + number * 1.4, 25 - number * 3, 7 - number, 170, 420, fill="#f7e8c4", width=2)
    on.ellipse(60, 52, 7, 4, RED)
    for x, y in ((36, 50), (44, 58), (58, 59), (40, 55)):
        on.ellipse(x, y, 1.9, 1.2, LEAF)


def loaf(on: Canvas) -> None:
    p = on.palette
    on.box(12, 74, 88, 82, p.dark, round_by=3)
    on.slice(48, 74, 33, 42, 180, 360, _CRUST)
    on.slice(46, 74, 28, 35, 180, 330, "#bd7b3f")
    for x in (32, 44, 56):
        on.line((x, 60), (x + 9, 42), fill=_CRUMB, width=2.4)
    on.slice(76, 76, 15, 26, 180, 360, _CRUST)
    on.slice(76, 76, 12.4, 22, 180, 360, _CRUMB)
    for x, y in ((72, 68), (78, 62), (81, 70), (75, 73)):
        on.ellipse(x, y, 1.6, 1.2, "#d9b87e")


def brick(on: Canvas) -> None:
    p = on.palette
    on.box(16, 74, 84, 82, p.dark, round_by=3)
    on.ellipse(46, 64, 29, 12, "#6b4328")
    on.ellipse(44, 61, 23, 8, "#825635")
    on.line((38, 62), (50, 57), fill="#9c6c46", width=1.6)
    on.line((74, 74), (80, 46), fill=p.base, width=3)
    on.box(71, 38, 90, 47, "#77797d", round_by=1)


def lunchbox(on: Canvas) -> None:
    on.box(14, 32, 86, 80, "#4d7ea3", round_by=8)
    on.box(18, 36, 54, 76, "#fbf8f0", round_by=5)
    on.box(57, 36, 82, 54, "#e9b23f", round_by=4)
    on.box(57, 57, 82, 76, "#f3d6c4", round_by=4)
    for x, y in ((62, 42), (70, 48), (77, 41)):
        on.ellipse(x, y, 3.6, 3, RED)
    for x in (64, 74):
        on.arc(x, 67, 5, 5, 120, 400, fill="#d96f5d", width=2.4)
    for x, y, length in ((26, 48, 8), (26, 56, 8), (30, 44, 16), (42, 46, 8), (42, 54, 8), (46, 46, 12)):
        on.line((x, y), (x, y + length) if length > 8 else (x + length, y), fill="#2f3b30", width=1.8)


def wontons(on: Canvas) -> None:
    p = on.palette
    on.ellipse(50, 56, 42, 32, p.base)
    on.ellipse(50, 54, 38, 28, p.light)
    for row in range(4):
        for column in range(5):
            x, y = 27 + column * 11.5 - (row % 2) * 2, 38 + row * 11
            on.shape((x - 5, y + 4), (x, y - 4), (x + 5, y + 4), fill="#fdf6e6")
            on.ellipse(x, y + 2, 2.6, 2, "#eac9b0")


def tortillas(on: Canvas) -> None:
    steam(on, 50, 20)
    on.ellipse(50, 64, 44, 20, "#7a4632")
    on.ellipse(50, 62, 41, 17, "#94573d")
    for x, y in ((32, 60), (53, 66), (69, 57)):
        on.ellipse(x, y, 13, 7, "#56628f")
        on.ellipse(x, y - 1.4, 11, 5, "#6c79a8")
        for shift in (-4, 1, 5):
            on.ellipse(x + shift, y - 1 + (shift % 3), 1.4, 0.9, "#3d4769")


def market(on: Canvas) -> None:
    p = on.palette
    for number in range(8):
        colour = p.base if number % 2 else p.light
        on.shape((4 + number * 11.5, 12), (15.5 + number * 11.5, 12), (14 + number * 11.5, 30),
                 (2.5 + number * 11.5, 30), fill=colour)  # fmt: skip
        on.slice(8.2 + number * 11.5, 30, 5.8, 5, 0, 180, colour)
    for x in (10, 90):
        on.box(x - 1, 30, x + 1, 84, p.dark)
    for left, colour in ((14, RED), (40, "#e2a23c"), (64, LEAF)):
        _heap(on, left + 11, 66, colour)
    on.box(8, 66, 92, 80, p.dark, round_by=1)
    on.box(8, 71, 92, 73, p.base)


def steam(on: Canvas, x: float, top: float) -> None:
    """Three threads of it, rising to `top`."""
    for shift in (-12, 0, 12):
        on.arc(x + shift - 3, top + 6, 4, 6, 270, 450, fill=on.palette.disc, width=1.6)
        on.arc(x + shift + 3, top - 5, 4, 6, 90, 270, fill=on.palette.disc, width=1.6)


def _heap(on: Canvas, x: float, ground: float, colour: Colour) -> None:
    for row in range(3):
        for number in range(3 - row):
            place = x + (number - (2 - row) / 2) * 8
            on.ellipse(place, ground - 4 - row * 6.4, 4.2, 4, colour)
            on.ellipse(place - 1.4, ground - 5.4 - row * 6.4, 1.2, 1, on.palette.light)
