"""Clothes and jewellery."""

from __future__ import annotations

from math import cos, radians, sin

from demo.contents.pictures.canvas import Canvas


def shirt(on: Canvas) -> None:
    p = on.palette
    on.shape(
        (36, 26), (16, 38), (23, 52), (34, 46), (34, 80), (66, 80), (66, 46), (77, 52), (84, 38), (64, 26), fill=p.base
    )
    on.shape((58, 40), (66, 46), (66, 80), (58, 80), fill=p.dark)
    on.slice(50, 26, 10, 9, 0, 180, p.light)
    on.box(38, 50, 62, 56, p.accent, round_by=1)


def jumper(on: Canvas) -> None:
    p = on.palette
    on.shape(
        (36, 26),
        (22, 34),
        (14, 74),
        (24, 76),
        (33, 48),
        (33, 80),
        (67, 80),
        (67, 48),
        (76, 76),
        (86, 74),
        (78, 34),
        (64, 26),
        fill=p.base,
    )
    on.box(33, 75, 67, 81, p.dark, round_by=1)
    on.slice(50, 26, 11, 8, 0, 180, p.dark)
    for y in (44, 51, 58):
        for x in range(38, 64, 6):
            on.ellipse(x, y, 1.5, 1.5, p.accent if y == 51 else p.light)


def coat(on: Canvas) -> None:
    p = on.palette
    on.shape(
        (37, 22),
        (22, 30),
        (14, 68),
        (24, 71),
        (31, 46),
        (29, 84),
        (71, 84),
        (69, 46),
        (76, 71),
        (86, 68),
        (78, 30),
        (63, 22),
        fill=p.base,
    )
    on.line((50, 36), (50, 84), fill=p.dark)
    on.shape((37, 22), (50, 42), (38, 40), (32, 28), fill=p.dark)
    on.shape((63, 22), (50, 42), (62, 40), (68, 28), fill=p.dark)
    for y in (50, 60, 70):
        on.ellipse(46, y, 1.7, 1.7, p.accent)
        on.ellipse(55, y, 1.7, 1.7, p.accent)
    on.box(34, 66, 42, 68, p.dark)
    on.box(59, 66, 67, 68, p.dark)


def dress(on: Canvas) -> None:
    p = on.palette
    on.shape(
        (40, 22), (34, 40), (41, 50), (24, 82), (76, 82), (59, 50), (66, 40), (60, 22), (55, 30), (45, 30), fill=p.base
    )
    on.shape((55, 50), (59, 50), (76, 82), (60, 82), fill=p.dark)
    on.box(40, 47, 60, 51, p.accent, round_by=1)
    for x, y in ((40, 66), (50, 60), (48, 74), (58, 68), (34, 76), (66, 76)):
        on.ellipse(x, y, 1.8, 1.8, p.light)


def skirt(on: Canvas) -> None:
    p = on.palette
    on.shape((38, 34), (62, 34), (80, 80), (20, 80), fill=p.base)
    on.shape((52, 34), (62, 34), (80, 80), (60, 80), fill=p.dark)
    on.box(36, 28, 64, 36, p.accent, round_by=2)
    on.line((46, 38), (40, 78), fill=p.light)


def trousers(on: Canvas) -> None:
    p = on.palette
    on.shape((34, 24), (66, 24), (70, 84), (55, 84), (50, 44), (45, 84), (30, 84), fill=p.base)
    on.shape((58, 24), (66, 24), (70, 84), (62, 84), fill=p.dark)
    on.box(33, 21, 67, 27, p.accent, round_by=1)
    on.line((50, 27), (50, 42), fill=p.dark)


def shorts(on: Canvas) -> None:
    p = on.palette
    on.shape((30, 34), (70, 34), (78, 72), (54, 74), (50, 52), (46, 74), (22, 72), fill=p.base)
    on.shape((60, 34), (70, 34), (78, 72), (66, 73), fill=p.dark)
    on.box(29, 30, 71, 37, p.accent, round_by=1)
    on.line((50, 37), (50, 50), fill=p.dark)


def apron(on: Canvas) -> None:
    p = on.palette
    on.arc(50, 28, 9, 12, 170, 370, fill=p.accent, width=1.8)
    on.shape((40, 30), (60, 30), (63, 48), (74, 54), (72, 82), (28, 82), (26, 54), (37, 48), fill=p.base)
    on.box(37, 58, 63, 70, p.dark, round_by=2)
    on.line((26, 54), (16, 60), fill=p.accent, width=1.8)
    on.line((74, 54), (84, 60), fill=p.accent, width=1.8)


def overalls(on: Canvas) -> None:
    p = on.palette
    on.line((42, 20), (40, 40), fill=p.dark, width=3.4)
    on.line((58, 20), (60, 40), fill=p.dark, width=3.4)
    on.shape((38, 34), (62, 34), (66, 50), (70, 86), (55, 86), (50, 60), (45, 86), (30, 86), (34, 50), fill=p.base)
    on.box(43, 40, 57, 48, p.dark, round_by=1)
    for x in (40, 60):
        on.ellipse(x, 38, 2, 2, p.accent)


def hat(on: Canvas) -> None:
    p = on.palette
    on.slice(50, 62, 28, 34, 180, 360, p.base)
    for turn in (-50, -25, 0, 25, 50):
        x = 50 + 26 * sin(radians(turn))
        on.line((x, 61), (50 + 6 * sin(radians(turn)), 32), fill=p.dark, width=1)
    on.box(20, 58, 80, 70, p.dark, round_by=5)
    on.ellipse(50, 27, 6.5, 6.5, p.accent)


def beret(on: Canvas) -> None:
    p = on.palette
    on.ellipse(50, 54, 32, 16, p.base)
    on.ellipse(44, 49, 20, 7, p.light)
    on.box(30, 64, 70, 71, p.dark, round_by=3)
    on.line((50, 38), (53, 32), fill=p.accent, width=2)


def tote(on: Canvas) -> None:
    p = on.palette
    on.arc(50, 44, 13, 20, 180, 360, fill=p.accent, width=2.6)
    on.shape((26, 42), (74, 42), (78, 80), (22, 80), fill=p.base)
    on.shape((60, 42), (74, 42), (78, 80), (62, 80), fill=p.dark)
    on.box(26, 42, 74, 47, p.accent)
    on.box(42, 56, 58, 66, p.light, round_by=1)


def socks(on: Canvas) -> None:
    p = on.palette
    for left, colour in ((22, p.dark), (40, p.base)):
        on.box(left + 6, 24, left + 22, 66, colour, round_by=2)
        on.box(left + 6, 58, left + 42, 78, colour, round_by=9)
        on.box(left + 6, 24, left + 22, 32, p.accent, round_by=2)
        on.box(left + 6, 38, left + 22, 41, p.light)
        on.ellipse(left + 36, 69, 5, 7, p.accent)


def scarf(on: Canvas) -> None:
    p = on.palette
    on.box(54, 42, 68, 80, p.dark, round_by=2)
    on.box(32, 42, 48, 84, p.base, round_by=2)
    on.box(24, 28, 76, 46, p.base, round_by=9)
    on.box(46, 32, 60, 46, p.light, round_by=4)
    for y in (56, 66):
        on.box(32, y, 48, y + 4, p.accent)
        on.box(54, y, 68, y + 4, p.accent)
    for x in (34, 38, 42, 46):
        on.line((x, 84), (x, 88), fill=p.base, width=1)


def poncho(on: Canvas) -> None:
    p = on.palette
    on.shape((44, 24), (56, 24), (86, 68), (50, 84), (14, 68), fill=p.base)
    on.shape((50, 24), (56, 24), (86, 68), (50, 84), fill=p.dark)
    on.shape((14, 68), (50, 84), (86, 68), (84, 65), (50, 79), (16, 65), fill=p.accent)
    on.slice(50, 26, 9, 8, 180, 360, p.light)


def boots(on: Canvas) -> None:
    p = on.palette
    for left, colour in ((14, p.dark), (36, p.base)):
        on.box(left + 8, 34, left + 26, 78, colour, round_by=3)
        on.box(left + 8, 60, left + 50, 78, colour, round_by=8)
        on.box(left + 8, 76, left + 50, 81, p.accent, round_by=1)
        for y in (44, 50, 56):
            on.line((left + 20, y), (left + 27, y), fill=p.light, width=1.4)


def bracelet(on: Canvas) -> None:
    p = on.palette
    on.arc(50, 54, 28, 22, 0, 360, fill=p.dark, width=4.6)
    on.arc(50, 52.5, 28, 22, 0, 360, fill=p.base, width=3.2)
    on.ellipse(50, 75, 5.5, 5.5, p.accent)
    on.ellipse(48.4, 73.4, 1.7, 1.7, p.light)


def beads(on: Canvas) -> None:
    p = on.palette
    for number in range(14):
        turn = radians(number * 360 / 14)
        colour = (p.base, p.accent, p.dark)[number % 3]
        x, y = 50 + 27 * cos(turn), 54 + 22 * sin(turn)
        on.ellipse(x, y, 5.4, 5.4, colour)
        on.ellipse(x - 1.5, y - 1.5, 1.6, 1.6, p.light)


def earrings(on: Canvas) -> None:
    p = on.palette
    for x in (35, 65):
        on.arc(x, 32, 4.5, 6, 150, 390, fill=p.dark, width=1.3)
        on.ellipse(x, 41, 3, 3, p.accent)
        on.shape((x, 44), (x + 10, 62), (x - 10, 62), fill=p.base)
        on.slice(x, 62, 10, 12, 0, 180, p.base)
        on.slice(x + 3, 62, 6.5, 9, 0, 100, p.dark)
        on.ellipse(x - 3, 61, 1.8, 3, p.light)


def studs(on: Canvas) -> None:
    p = on.palette
    for x in (34, 66):
        on.ellipse(x, 55, 13, 13, p.dark)
        on.ellipse(x, 54, 11, 11, p.base)
        for turn in range(0, 360, 45):
            on.line((x, 54), (x + 9 * cos(radians(turn)), 54 + 9 * sin(radians(turn))), fill=p.light, width=1.3)
        on.ellipse(x, 54, 3.4, 3.4, p.accent)


def necklace(on: Canvas) -> None:
    p = on.palette
    on.arc(50, 26, 30, 40, 8, 172, fill=p.dark, width=1.6)
    on.shape((50, 64), (58, 74), (50, 86), (42, 74), fill=p.accent)
    on.shape((50, 64), (58, 74), (50, 74), fill=p.light)
    on.ellipse(50, 65, 2.2, 2.2, p.base)


def moon(on: Canvas) -> None:
    p = on.palette
    on.arc(50, 24, 31, 38, 8, 172, fill=p.dark, width=1.6)
    on.ellipse(50, 72, 11, 11, p.base)
    on.ellipse(54.5, 69, 8.5, 8.5, p.disc)
    on.ellipse(50, 61.5, 1.8, 1.8, p.accent)


def choker(on: Canvas) -> None:
    p = on.palette
    on.arc(50, 42, 31, 24, 2, 178, fill=p.dark, width=6)
    on.arc(50, 41, 31, 24, 4, 176, fill=p.base, width=3)
    for turn in (50, 70, 90, 110, 130):
        x, y = 50 + 29 * cos(radians(turn)), 41 + 22 * sin(radians(turn))
        on.line((x, y), (x, y + 8), fill=p.dark, width=0.8)
        on.ellipse(x, y + 10, 3.2, 3.2, p.accent)


def hexagons(on: Canvas) -> None:
    p = on.palette
    on.arc(50, 22, 31, 36, 8, 172, fill=p.dark, width=1.6)
    for x, y, colour in ((50, 60, p.base), (42, 73.5, p.accent), (58, 73.5, p.dark)):
        points = [(x + 8 * sin(radians(t)), y + 8 * cos(radians(t))) for t in range(0, 360, 60)]
        on.shape(*points, fill=colour)
