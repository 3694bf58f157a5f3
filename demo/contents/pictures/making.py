"""What potters, menders and photographers make, and what they make it with."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Final

from demo.contents.pictures.canvas import Canvas

_BLUES: Final = ("#2f4a7d", "#4f6fae", "#7b9ad0", "#a9c0e3", "#3c5f8f", "#5d86b8", "#21345c", "#8fb3cf")
_STEEL: Final = "#77797d"
_RED_THREAD: Final = "#c8493f"


def wheel(on: Canvas) -> None:
    p = on.palette
    on.box(30, 66, 70, 86, p.dark, round_by=3)
    on.ellipse(50, 66, 32, 7, _STEEL)
    on.ellipse(50, 64, 30, 6, "#9a9ca0")
    on.shape((36, 40), (64, 40), (59, 63), (41, 63), fill=p.base)
    on.ellipse(50, 40, 14, 4, p.dark)
    for y in (47, 54):
        on.arc(50, y - 2, 13, 4, 10, 170, fill=p.light, width=0.9)


def vase(on: Canvas) -> None:
    p = on.palette
    for x, size, colour, run in ((26, 0.72, p.dark, p.base), (74, 0.8, p.accent, p.light), (50, 1, p.base, p.light)):
        ground, height = 81.0, 48 * size
        on.ellipse(x, ground - height * 0.42, 14 * size, height * 0.42, colour)
        on.box(x - 4 * size, ground - height, x + 4 * size, ground - height * 0.6, colour)
        on.ellipse(x, ground - height, 6 * size, 1.6, run)
        for shift in (-8, -3, 2, 7):
            drop, end = x + shift * size, ground - height * (0.3 + shift % 3 / 9)
            on.line((drop, ground - height * 0.66), (drop, end), fill=run, width=2.2 * size)


def kiln(on: Canvas) -> None:
    p = on.palette
    on.box(66, 8, 78, 34, p.dark)
    on.slice(50, 52, 42, 34, 180, 360, p.base)
    on.box(8, 51, 92, 84, p.base)
    for row in range(5):
        for x in range(10 + 5 * (row % 2), 90, 10):
            on.line((x, 54 + row * 6), (x + 7, 54 + row * 6), fill=p.dark, width=0.7)
    on.slice(46, 58, 20, 20, 180, 360, "#3a2a24")
    on.box(26, 57, 66, 84, "#3a2a24")
    for y in (64, 75):
        on.box(28, y, 64, y + 1.6, p.disc)
        for x in (33, 41, 49, 57):
            on.shape((x - 3, y - 6), (x + 3, y - 6), (x + 2, y), (x - 2, y), fill=p.light)


def fire(on: Canvas) -> None:
    p = on.palette
    on.box(8, 10, 92, 90, p.dark, round_by=3)
    on.box(26, 26, 74, 78, "#2b1c18", round_by=10)
    for x, top, colour in ((40, 40, "#c8493f"), (60, 38, "#c8493f"), (50, 32, "#e2823a"), (50, 48, "#f3cd6a")):
        on.shape((x - 10, 78), (x - 7, top + 18), (x, top), (x + 7, top + 18), (x + 10, 78), fill=colour)
    for x, y in ((13, 60), (13, 70), (13, 80), (87, 60), (87, 70), (87, 80)):
        on.ellipse(x, y, 4.6, 4.6, p.base)
        on.ellipse(x, y, 2.6, 2.6, p.light)


def glazes(on: Canvas) -> None:
    shades = "dcc9a6 c7a878 a87e50 8a5c38 6a3f28 4b2a1e 31201b 9db8a8 6f9a8c c9d6cf"
    for number, shade in enumerate(shades.split()):
        x, y = 8 + (number % 5) * 17.4, 24 + (number // 5) * 32
        on.box(x, y, x + 14, y + 26, "#e6ddcb", round_by=2)
        on.box(x, y, x + 14, y + 19, f"#{shade}", round_by=2)
        on.ellipse(x + 4, y + 5, 1.8, 2.6, "#ffffff")
        on.ellipse(x + 7, y + 23, 1, 1, "#8d8474")


def bowl(on: Canvas) -> None:
    p = on.palette
    on.slice(50, 46, 36, 36, 0, 180, p.base)
    on.box(40, 79, 60, 84, p.dark, round_by=1)
    on.ellipse(50, 46, 36, 11, p.light)
    on.ellipse(50, 47, 32, 8.6, p.dark)
    on.arc(50, 47, 24, 5.6, 10, 170, fill=p.accent, width=1.2)
    on.line((72, 52), (66, 60), (68, 68), fill=p.dark, width=1.1)


def plate(on: Canvas) -> None:
    p = on.palette
    on.ellipse(50, 54, 42, 34, p.dark)
    on.ellipse(50, 52, 42, 34, p.light)
    on.ellipse(50, 52, 29, 23, "#fbf8f0")
    for x, y in ((42, 56), (52, 50), (61, 45)):
        on.ellipse(x, y, 2.6, 2.2, p.base)
        for shift in (-3, 0, 3):
            on.ellipse(x + shift, y - 3.6, 1, 1.1, p.base)


def buttons(on: Canvas) -> None:
    p = on.palette
    on.box(10, 10, 90, 90, "#2f3f63", round_by=2)
    for number in range(5):
        y = 20 + number * 15
        on.line((26, y), (74, y), fill=p.light, width=2)
        on.ellipse(50, y, 4.6, 4.6, p.accent)
    for turn in range(0, 360, 36):
        on.ellipse(50 + 6 * cos(radians(turn)), 80 + 6 * sin(radians(turn)), 2, 2, p.accent)
    on.ellipse(50, 80, 3.4, 3.4, p.light)


def patch(on: Canvas) -> None:
    p = on.palette
    on.box(8, 8, 92, 92, "#46618c", round_by=3)
    for x in range(12, 92, 6):
        on.line((x, 8), (x + 4, 92), fill="#52709e", width=0.6)
    on.ellipse(48, 52, 24, 15, p.accent)
    on.shape((68, 48), (84, 36), (82, 50), (86, 60), fill=p.accent)
    on.ellipse(36, 49, 1.6, 1.6, "#26344d")
    for turn in range(0, 360, 15):
        c, s = cos(radians(turn)), sin(radians(turn))
        on.line((48 + 22 * c, 52 + 13 * s), (48 + 27 * c, 52 + 17.5 * s), fill=_RED_THREAD, width=1)


def quilt(on: Canvas) -> None:
    for row in range(6):
        for column in range(6):
            x, y = 6 + column * 14.7, 6 + row * 14.7
            first, second = _BLUES[(row * 5 + column * 3) % 8], _BLUES[(row * 3 + column * 7 + 2) % 8]
            on.shape((x, y), (x + 14.7, y), (x, y + 14.7), fill=first)
            on.shape((x + 14.7, y), (x + 14.7, y + 14.7), (x, y + 14.7), fill=second)


def cloth(on: Canvas) -> None:
    p = on.palette
    on.line((6, 16), (94, 20), fill=p.dark, width=2.6)
    on.shape((22, 17), (50, 18), (49, 88), (24, 84), fill="#6f9a78")
    on.shape((50, 18), (78, 19), (76, 86), (49, 88), fill="#3c5f9f")
    for x in (31, 41, 58, 68):
        on.line((x, 20), (x - 1, 84), fill="#e8efe8" if x < 50 else "#7b9ad0", width=0.8)


def laundry(on: Canvas) -> None:
    p = on.palette
    for x, colour in ((0, p.base), (84, p.accent)):
        on.box(x, 0, x + 16, 100, colour)
        for y in range(6, 100, 12):
            on.box(x + 4, y, x + 12, y + 7, p.light, round_by=1)
    on.arc(50, 14, 46, 12, 20, 160, fill=p.dark, width=0.9)
    on.shape((24, 25), (40, 27), (39, 52), (25, 50), fill=p.dark)
    on.shape((44, 26), (48, 26), (50, 40), (58, 40), (61, 26), (65, 26), (62, 50), (61, 74), (48, 74), (47, 50),
             fill="#fbf8f0")  # fmt: skip
    on.box(68, 25, 78, 44, p.base)


def watch(on: Canvas) -> None:
    p = on.palette
    on.box(8, 66, 92, 90, p.dark, round_by=2)
    on.ellipse(46, 56, 26, 26, "#c9b27a")
    on.ellipse(46, 56, 22, 22, "#fbf6ea")
    for turn in range(0, 360, 30):
        c, s = cos(radians(turn)), sin(radians(turn))
        on.line((46 + 18 * c, 56 + 18 * s), (46 + 20.6 * c, 56 + 20.6 * s), fill="#3a3a3a", width=1)
    on.line((46, 56), (46, 41), fill="#3a3a3a", width=1.4)
    on.line((46, 56), (56, 61), fill="#3a3a3a", width=1.4)
    on.line((92, 18), (58, 48), fill=_STEEL, width=1.8)
    on.line((97, 26), (60, 50), fill=_STEEL, width=1.8)
    on.ellipse(58, 49, 1.6, 1.6, p.accent)


def abacus(on: Canvas) -> None:
    p = on.palette
    on.box(8, 22, 92, 82, p.dark, round_by=3)
    on.box(13, 27, 87, 77, p.light)
    on.box(13, 42, 87, 45, p.dark)
    for number, x in enumerate(range(20, 86, 10)):
        on.line((x, 27), (x, 77), fill=p.dark, width=0.8)
        rows = (32, 52, 58, 64, 70) if number % 2 else (37, 48.6, 60, 66, 72)
        for y in rows:
            on.ellipse(x, y, 4.2, 2.7, "#54301f" if (number, y) == (4, 60) else p.base)


def camera(on: Canvas) -> None:
    p = on.palette
    on.box(34, 28, 58, 40, p.dark, round_by=3)
    on.box(16, 36, 84, 76, p.base, round_by=5)
    on.box(16, 46, 84, 66, p.dark)
    on.ellipse(50, 56, 18, 18, p.light)
    on.ellipse(50, 56, 13.5, 13.5, "#2b2f38")
    on.ellipse(46, 52, 4, 4, p.disc)
    on.box(68, 39, 79, 44, p.accent, round_by=1)


def machine(on: Canvas) -> None:
    p = on.palette
    on.box(12, 72, 88, 81, p.dark, round_by=2)
    on.box(64, 38, 80, 73, p.base, round_by=2)
    on.box(22, 30, 80, 46, p.base, round_by=6)
    on.box(22, 40, 34, 58, p.base, round_by=3)
    on.line((28, 58), (28, 71), fill=_STEEL, width=1.2)
    on.ellipse(85, 40, 5, 9, p.accent)
    on.ellipse(46, 27, 4, 3, p.accent)
    on.shape((14, 70), (50, 70), (46, 74), (10, 74), fill=p.light)


def notebook(on: Canvas) -> None:
    p = on.palette
    on.box(18, 14, 82, 88, p.dark, round_by=3)
    on.box(23, 16, 82, 86, "#fbf8ee", round_by=2)
    for number, y in enumerate(range(26, 82, 8)):
        on.line((30, y), (74 - 9 * (number % 3), y), fill=p.disc, width=1.1)
    on.ellipse(64, 42, 9, 6, p.wall)
    on.arc(64, 42, 9, 6, 0, 360, fill=_RED_THREAD, width=1)
    on.line((78, 92), (90, 60), fill=_RED_THREAD, width=2.6)


def chart(on: Canvas) -> None:
    p = on.palette
    for number, (low, high) in enumerate(((58, 72), (50, 66), (56, 70), (44, 60), (36, 54), (42, 56), (28, 46))):
        x = 16 + number * 11.4
        on.line((x, low - 6), (x, high + 6), fill=p.dark, width=0.9)
        on.box(x - 3.4, low, x + 3.4, high, p.base if number % 3 else p.accent)
    on.line((10, 82), (90, 82), fill=p.dark, width=1.2)
