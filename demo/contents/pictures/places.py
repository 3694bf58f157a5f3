"""Places, weather, a cat, and people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from demo.contents.pictures.canvas import Canvas

_NIGHT: Final = "#2a3350"
_LAMP: Final = "#f6d98a"
_PEOPLE: Final = (
    # Skin, hair, whether it is long, whether they wear glasses.
    ("#e8b98f", "#2b2320", True, True),
    ("#edc39b", "#2b2320", False, False),
    ("#f2cfb0", "#33261f", True, False),
    ("#e6b58c", "#b9b4ad", False, True),
    ("#8d5a3b", "#1f1c1c", True, False),
    ("#f2cfb0", "#8a5a30", False, False),
    ("#f0c8a6", "#1f1c1c", False, True),
    ("#eec09a", "#b9b4ad", True, True),
    ("#f2cfb0", "#d8d4cc", False, True),
)
_HANDS: Final = "#8d5a3b"


def street(on: Canvas) -> None:
    on.box(0, 0, 100, 100, _NIGHT)
    for x, top, width in ((0, 26, 22), (22, 14, 20), (66, 20, 18), (84, 32, 16)):
        on.box(x, top, x + width, 74, "#1f2740")
        for y in range(int(top) + 6, 66, 12):
            on.box(x + 5, y, x + 9, y + 5, _LAMP if (x + y) % 3 == 0 else "#39456a")
    on.box(0, 74, 100, 100, "#38425f")
    for x in range(8, 100, 16):
        on.shape((x, 82), (x + 9, 82), (x + 5, 96), (x - 6, 96), fill="#8f97ad")
    on.shape((52, 30), (66, 76), (36, 76), fill="#4d5474")
    on.line((51, 76), (51, 26), fill="#10141f", width=1.6)
    on.ellipse(51, 25, 4.6, 4.6, _LAMP)


def river(on: Canvas) -> None:
    p = on.palette
    on.box(0, 0, 100, 46, p.light)
    on.ellipse(30, 46, 44, 14, p.disc)
    on.ellipse(80, 47, 40, 10, p.disc)
    on.box(0, 46, 100, 100, "#8fa9b5")
    for y, left in ((56, 12), (66, 40), (77, 20), (88, 54)):
        on.line((left, y), (left + 28, y), fill="#b9cdd5", width=1)
    on.shape((0, 84), (46, 62), (58, 62), (14, 100), (0, 100), fill=p.dark)
    on.box(49, 50, 53, 62, "#2f2a2a", round_by=1)
    on.ellipse(51, 48, 2.4, 2.4, "#2f2a2a")
    on.line((53, 52), (61, 50), fill=_LAMP, width=1.6)


def rain(on: Canvas) -> None:
    p = on.palette
    on.box(12, 10, 88, 90, p.dark, round_by=2)
    on.box(17, 15, 83, 85, "#a7b8bf")
    on.ellipse(34, 84, 24, 18, "#7c9180")
    on.ellipse(70, 86, 22, 14, "#8ba08f")
    on.box(48.6, 15, 51.4, 85, p.dark)
    on.box(17, 48, 83, 51, p.dark)
    for number in range(15):
        x, y = 20 + (number * 17) % 61, 19 + (number * 23) % 56
        on.line((x, y), (x - 1.6, y + 7), fill="#dfe9ec", width=1)


def sea(on: Canvas) -> None:
    p = on.palette
    on.box(0, 0, 100, 52, "#c3ccd1")
    on.box(0, 50, 100, 100, "#5f7f92")
    for y, left in ((58, 6), (64, 46), (73, 16), (82, 56), (90, 8)):
        on.line((left, y), (left + 34, y), fill="#86a3b3", width=1.4)
    on.shape((62, 54), (96, 54), (100, 62), (56, 62), fill="#3f4a4d")
    on.shape((74, 22), (82, 22), (84, 54), (72, 54), fill="#fbf8f0")
    for y in (30, 42):
        on.box(72.6, y, 83.4, y + 5, "#c8493f")
    on.box(74.6, 15, 81.4, 22, p.dark, round_by=1)
    on.shape((74, 18), (40, 10), (40, 24), fill=_LAMP)
    on.ellipse(30, 66, 5, 2.6, "#3f4a4d")
    on.ellipse(34.6, 63, 2.2, 2, "#3f4a4d")


def mountain(on: Canvas) -> None:
    p = on.palette
    on.box(0, 0, 100, 100, p.light)
    on.ellipse(74, 26, 9, 9, p.accent)
    on.shape((-10, 84), (30, 26), (66, 84), fill=p.base)
    on.shape((30, 26), (40, 41), (32, 46), (26, 40), (20, 42), fill="#fbf8f0")
    on.shape((34, 84), (72, 40), (112, 84), fill=p.dark)
    on.box(0, 82, 100, 100, "#7f9150")
    on.line((10, 98), (40, 88), (52, 93), (80, 85), fill=p.wall, width=2)


def window(on: Canvas) -> None:
    on.box(0, 0, 100, 100, _NIGHT)
    for left, tint in ((8, _LAMP), (62, "#f3c98a")):
        on.box(left - 4, 8, left + 34, 100, "#1c2338")
        for row in range(4):
            for column in range(2):
                x, y = left + column * 16, 14 + row * 21
                lit = (row, column) == ((1, 1) if left == 8 else (1, 0))
                on.box(x, y, x + 12, y + 14, tint if lit else "#2f3a5a", round_by=1)
                if lit:
                    on.ellipse(x + 6, y + 7, 2.2, 2.2, "#3a2f2a")
                    on.box(x + 3, y + 9, x + 9, y + 14, "#3a2f2a", round_by=1)
                    on.line((x + 8, y + 10), (x + 11, y + 4), fill="#3a2f2a", width=1.4)


def sill(on: Canvas) -> None:
    p = on.palette
    on.box(10, 8, 90, 78, p.dark, round_by=2)
    on.box(15, 13, 85, 74, "#dfe9ee")
    on.box(15, 46, 85, 58, "#9fb9c6")
    on.ellipse(30, 47, 22, 6, "#8aa58f")
    on.box(48.8, 13, 51.2, 74, p.dark)
    on.box(4, 74, 96, 82, p.disc)
    for x, colour in ((58, p.base), (70, p.accent)):
        on.ellipse(x, 65, 8, 10, colour)
        on.box(x - 3, 50, x + 3, 58, colour)


def wall(on: Canvas) -> None:
    p = on.palette
    on.box(0, 0, 100, 100, "#f5f2ea")
    for x, sky, thing in ((10, _NIGHT, _LAMP), (38, p.base, p.light), (66, p.accent, "#fbf8f0")):
        on.box(x, 16, x + 24, 46, "#ffffff")
        on.box(x + 2, 18, x + 22, 40, sky)
        on.ellipse(x + 12, 28, 5, 5, thing)
        on.ellipse(x + 12, 16, 1.2, 1.2, "#c8493f")
    on.ellipse(50, 78, 17, 13, p.dark)
    on.line((66, 74), (76, 66), fill=p.dark, width=4)
    on.arc(50, 66, 13, 13, 180, 360, fill=p.dark, width=2)


def kitchen(on: Canvas) -> None:
    p = on.palette
    on.box(0, 0, 100, 100, "#3d322c")
    on.shape((50, 14), (92, 84), (8, 84), fill="#6b5540")
    on.line((50, 0), (50, 14), fill="#1e1815", width=1.2)
    on.ellipse(50, 17, 5, 6, _LAMP)
    on.box(0, 80, 100, 100, "#2a211d")
    on.slice(50, 66, 24, 20, 0, 180, p.base)
    on.ellipse(50, 66, 24, 7, p.light)
    for x, y in ((40, 65), (46, 68), (52, 64), (58, 67), (62, 65)):
        on.ellipse(x, y, 2, 1.4, p.dark)
    for side in (-1, 1):
        on.line((50 + side * 48, 88), (50 + side * 30, 70), (50 + side * 14, 64), fill=_HANDS, width=6)


def bicycle(on: Canvas) -> None:
    p = on.palette
    for x in (28, 72):
        on.arc(x, 64, 18, 18, 0, 360, fill=p.dark, width=2.2)
        on.ellipse(x, 64, 2, 2, p.accent)
    on.line((28, 64), (42, 40), (66, 40), (50, 64), (28, 64), fill=p.base, width=2.2)
    on.line((72, 64), (64, 32), (72, 30), fill=p.base, width=2.2)
    on.line((50, 64), (40, 36), fill=p.base, width=2.2)
    on.box(34, 33, 46, 37, p.dark, round_by=2)


def cat(on: Canvas) -> None:
    p = on.palette
    fur = "#d98a3d"
    on.arc(72, 68, 14, 12, 300, 470, fill=fur, width=4.6)
    on.ellipse(50, 66, 22, 18, fur)
    on.ellipse(40, 44, 14, 12, fur)
    for x in (31, 49):
        on.shape((x - 5, 40), (x, 26), (x + 5, 38), fill=fur)
    for x in (35, 45):
        on.ellipse(x, 43, 1.7, 2.2, "#2b2320")
    on.shape((38.4, 47), (41.6, 47), (40, 49.4), fill="#8a3f35")
    for y in (58, 65, 72):
        on.line((56, y), (68, y - 2), fill="#b86d2a", width=2)
    on.ellipse(40, 82, 6, 3, fur)
    on.ellipse(54, 82, 6, 3, p.light)


def portrait(number: int) -> Callable[[Canvas], None]:
    """Somebody, from 1; nobody in particular."""
    skin, hair, is_long, has_glasses = _PEOPLE[number - 1]

    def draw(on: Canvas) -> None:
        p = on.palette
        on.slice(50, 104, 34, 36, 180, 360, p.base)
        if is_long:
            on.box(30, 30, 70, 72, hair, round_by=18)
        on.box(44, 60, 56, 74, skin, round_by=4)
        on.ellipse(50, 46, 17, 20, skin)
        on.slice(50, 38, 19, 18, 180, 360, hair)
        for x in (43.5, 56.5):
            on.ellipse(x, 47, 1.7, 1.9, "#2b2320")
            if has_glasses:
                on.arc(x, 47, 5, 5, 0, 360, fill=p.dark, width=1)
        on.arc(50, 53, 6, 5, 25, 155, fill="#8a3f35", width=1.4)
        on.arc(50, 71, 9, 6, 10, 170, fill=p.accent, width=2.4)

    return draw


PORTRAITS: Final = len(_PEOPLE)
