"""Things for house, kitchen and garden."""

from __future__ import annotations

from math import cos, radians, sin

from demo.contents.pictures.canvas import Canvas


def planter(on: Canvas) -> None:
    p = on.palette
    for turn, length in ((-58, 26), (-28, 34), (0, 38), (28, 34), (58, 26)):
        x, y = 50 + length * sin(radians(turn)), 50 - length * cos(radians(turn))
        on.line((50, 52), (x, y), fill=p.accent, width=1.4)
        on.ellipse(x, y, 6.5, 6.5, p.accent)
        on.ellipse(x - 1.5, y - 1.5, 2.4, 2.4, p.light)
    on.shape((32, 52), (68, 52), (62, 80), (38, 80), fill=p.base)
    on.shape((54, 52), (68, 52), (62, 80), (54, 80), fill=p.dark)
    on.box(29, 47, 71, 55, p.base, round_by=2)
    on.box(54, 47, 71, 55, p.dark, round_by=2)


def jar(on: Canvas) -> None:
    p = on.palette
    on.box(32, 36, 68, 80, p.base, round_by=12)
    on.box(56, 40, 68, 76, p.dark, round_by=8)
    on.box(32, 54, 68, 60, p.light)
    on.box(38, 28, 62, 38, p.accent, round_by=3)
    on.ellipse(50, 25, 4.5, 4.5, p.accent)


def pots(on: Canvas) -> None:
    p = on.palette
    for x, top in ((30, 58), (50, 52), (70, 58)):
        on.line((x, top), (x, top - 14), fill=p.accent)
        on.ellipse(x - 4, top - 14, 4.5, 3, p.accent)
        on.ellipse(x + 4, top - 17, 4.5, 3, p.accent)
        on.shape((x - 9, top), (x + 9, top), (x + 6.5, 80), (x - 6.5, 80), fill=p.base)
        on.box(x - 10, top - 2, x + 10, top + 3, p.dark, round_by=1)


def cushion(on: Canvas) -> None:
    p = on.palette
    on.shape((24, 32), (50, 36), (76, 32), (72, 56), (76, 80), (50, 76), (24, 80), (28, 56), fill=p.base)
    for y in (46, 56, 66):
        on.line((36, y), (64, y), fill=p.light, width=1.6)
    on.ellipse(50, 56, 7, 7, p.accent)
    for x, y in ((24, 32), (76, 32), (24, 80), (76, 80)):
        on.ellipse(x, y, 2.6, 2.6, p.dark)


def pouffe(on: Canvas) -> None:
    p = on.palette
    on.box(24, 46, 76, 80, p.base, round_by=14)
    on.ellipse(50, 49, 26, 9, p.light)
    for y in (60, 67, 74):
        on.line((27, y), (73, y), fill=p.dark)


def candles(on: Canvas) -> None:
    p = on.palette
    for x, top, side in ((34, 54, 7), (50, 40, 8), (66, 48, 7)):
        on.box(x - side, top, x + side, 80, p.base, round_by=2)
        on.box(x + side / 3, top, x + side, 80, p.dark, round_by=2)
        on.line((x, top), (x, top - 4), fill=p.dark, width=0.8)
        on.ellipse(x, top - 8, 3, 5, p.accent)
        on.ellipse(x, top - 6.5, 1.4, 2.6, p.light)


def gaiwan(on: Canvas) -> None:
    p = on.palette
    on.ellipse(50, 76, 30, 6, p.dark)
    on.ellipse(50, 74, 30, 5, p.light)
    on.slice(50, 50, 24, 27, 0, 180, p.base)
    on.slice(56, 50, 18, 25, 0, 100, p.dark)
    on.slice(50, 50, 25, 17, 180, 360, p.accent)
    on.box(45, 29, 55, 34, p.accent, round_by=2)
    on.line((25, 50), (75, 50), fill=p.light, width=1.6)


def skillet(on: Canvas) -> None:
    p = on.palette
    on.line((62, 46), (86, 22), fill=p.dark, width=7)
    on.ellipse(84, 24, 1.6, 1.6, p.wall)
    on.ellipse(44, 58, 28, 26, p.dark)
    on.ellipse(44, 57, 24, 22, p.base)
    on.ellipse(42, 57, 13, 11, p.light)
    on.ellipse(44, 57, 5.5, 5.5, p.accent)


def knife(on: Canvas) -> None:
    p = on.palette
    on.box(18, 66, 82, 78, p.accent, round_by=4)
    on.shape((16, 48), (58, 40), (60, 56), (30, 56), fill=p.light)
    on.shape((22, 51), (59, 49), (60, 56), (30, 56), fill=p.base)
    on.box(58, 41, 86, 51, p.dark, round_by=4)
    for x in (66, 77):
        on.ellipse(x, 46, 1.4, 1.4, p.light)


def book(on: Canvas) -> None:
    p = on.palette
    on.box(30, 26, 74, 80, p.dark, round_by=2)
    on.box(30, 30, 72, 78, p.light, round_by=1)
    on.box(27, 24, 68, 77, p.base, round_by=2)
    on.box(27, 24, 33, 77, p.dark, round_by=2)
    on.ellipse(51, 46, 10, 10, p.accent)
    on.line((43, 64), (60, 64), fill=p.light, width=1.8)
    on.line((46, 69), (57, 69), fill=p.light, width=1.8)


def lamp(on: Canvas) -> None:
    p = on.palette
    on.ellipse(42, 79, 17, 3.6, p.dark)
    on.line((42, 78), (34, 52), (58, 34), fill=p.dark, width=2.4)
    on.ellipse(34, 52, 2.6, 2.6, p.accent)
    on.shape((52, 26), (64, 24), (80, 46), (56, 50), fill=p.base)
    on.shape((60, 25), (64, 24), (80, 46), (70, 48), fill=p.dark)
    on.slice(68, 48, 7, 6, 0, 180, p.accent)


def chest(on: Canvas) -> None:
    p = on.palette
    on.box(20, 38, 80, 74, p.base, round_by=2)
    on.box(18, 34, 82, 40, p.dark, round_by=1.5)
    for y in (43, 53, 63):
        on.box(24, y, 49, y + 8, p.light, round_by=1)
        on.box(51, y, 76, y + 8, p.light, round_by=1)
        on.ellipse(36, y + 4, 1.5, 1.5, p.accent)
        on.ellipse(64, y + 4, 1.5, 1.5, p.accent)
    on.box(24, 74, 28, 80, p.dark)
    on.box(72, 74, 76, 80, p.dark)


def table(on: Canvas) -> None:
    p = on.palette
    on.line((28, 52), (24, 80), fill=p.dark, width=3)
    on.line((72, 52), (76, 80), fill=p.dark, width=3)
    on.box(30, 52, 70, 60, p.dark, round_by=1)
    on.box(16, 46, 84, 53, p.base, round_by=2)
    on.box(38, 34, 50, 46, p.accent, round_by=3)
    on.ellipse(62, 43, 5, 3, p.light)


def bench(on: Canvas) -> None:
    p = on.palette
    for y in (38, 45, 52):
        on.box(18, y, 82, y + 5, p.base, round_by=1.5)
    on.box(14, 61, 86, 67, p.light, round_by=1.5)
    for x in (22, 74):
        on.box(x, 36, x + 4, 80, p.dark, round_by=1)
    on.ellipse(88, 76, 5, 4, p.accent)


def armchair(on: Canvas) -> None:
    p = on.palette
    on.box(28, 30, 72, 66, p.base, round_by=9)
    on.box(32, 54, 68, 68, p.light, round_by=4)
    on.box(20, 46, 33, 74, p.dark, round_by=6)
    on.box(67, 46, 80, 74, p.dark, round_by=6)
    on.box(24, 66, 76, 74, p.base, round_by=3)
    on.line((30, 74), (28, 80), fill=p.accent, width=2.4)
    on.line((70, 74), (72, 80), fill=p.accent, width=2.4)


def sofa(on: Canvas) -> None:
    p = on.palette
    on.box(16, 38, 84, 66, p.base, round_by=7)
    on.box(20, 53, 49.5, 68, p.light, round_by=3)
    on.box(50.5, 53, 80, 68, p.light, round_by=3)
    on.box(8, 48, 20, 74, p.dark, round_by=5)
    on.box(80, 48, 92, 74, p.dark, round_by=5)
    on.box(14, 66, 86, 74, p.base, round_by=3)
    on.shape((26, 44), (38, 42), (40, 54), (28, 56), fill=p.accent)
    for x in (18, 82):
        on.line((x, 74), (x, 80), fill=p.accent, width=2.4)


def bed(on: Canvas) -> None:
    p = on.palette
    on.box(14, 32, 20, 80, p.dark, round_by=2)
    on.box(16, 58, 88, 72, p.light, round_by=3)
    on.box(38, 54, 88, 70, p.base, round_by=4)
    on.box(38, 54, 48, 70, p.accent, round_by=3)
    on.box(21, 48, 37, 58, p.light, round_by=4)
    on.box(83, 50, 88, 80, p.dark, round_by=2)


def throw(on: Canvas) -> None:
    p = on.palette
    for number, y in enumerate((62, 50, 38)):
        on.box(22, y, 78, y + 15, (p.dark, p.base, p.light)[number], round_by=6)
    for x in range(28, 76, 6):
        on.line((x, 76), (x, 81), fill=p.accent, width=1)
    on.line((28, 70), (72, 70), fill=p.accent)
    on.line((28, 58), (72, 58), fill=p.accent)


def watering_can(on: Canvas) -> None:
    p = on.palette
    on.arc(38, 50, 20, 24, 150, 330, fill=p.dark, width=3.2)
    on.line((58, 68), (84, 42), fill=p.dark, width=4)
    on.shape((78, 36), (90, 44), (86, 48), (76, 42), fill=p.accent)
    on.shape((28, 48), (60, 48), (64, 80), (24, 80), fill=p.base)
    on.shape((50, 48), (60, 48), (64, 80), (50, 80), fill=p.dark)
    on.ellipse(44, 48, 16, 3.4, p.light)


def fork(on: Canvas) -> None:
    p = on.palette
    on.line((50, 20), (50, 44), fill=p.accent, width=6)
    on.line((50, 44), (50, 56), fill=p.dark, width=3)
    on.arc(50, 58, 14, 10, 180, 360, fill=p.dark, width=3)
    for x in (37, 50, 63):
        on.line((x, 56), (x, 80), fill=p.dark, width=3)
        on.shape((x - 1.5, 78), (x + 1.5, 78), (x, 85), fill=p.dark)


def fence(on: Canvas) -> None:
    p = on.palette
    for x in range(18, 88, 16):
        on.box(x, 28, x + 4, 80, p.dark, round_by=1.5)
    for number, y in enumerate(range(34, 78, 7)):
        on.box(14, y, 88, y + 5, p.base if number % 2 else p.light, round_by=2.5)
    on.ellipse(22, 78, 8, 5, p.accent)
    on.ellipse(78, 79, 10, 5, p.accent)


def trellis(on: Canvas) -> None:
    p = on.palette
    for shift in range(-40, 41, 16):
        on.line((50 + shift - 8, 78), (50 + shift * 0.6 + 12, 26), fill=p.base, width=2)
        on.line((50 + shift + 8, 78), (50 + shift * 0.6 - 12, 26), fill=p.dark, width=2)
    for x, y in ((30, 66), (40, 52), (52, 60), (62, 44), (50, 36), (72, 58)):
        on.ellipse(x, y, 4.5, 4.5, p.accent)
        on.ellipse(x, y, 1.6, 1.6, p.light)
