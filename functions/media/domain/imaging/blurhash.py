"""BlurHash: a picture's colours in some thirty characters, for what is shown until it has come.

The algorithm is that of https://github.com/woltapp/blurhash/blob/master/Algorithm.md: the first coefficients of a
discrete cosine transform of linear light, in base 83. Its Python packages are not maintained.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
_COLUMNS: Final = 4
_ROWS: Final = 3

Colour = tuple[float, float, float]


def encode(pixels: Sequence[tuple[int, int, int]], width: int, height: int) -> str:
    """The hash of `width` x `height` sRGB pixels, row by row. Some tens of pixels a side are enough."""
    light = [(_linear(red), _linear(green), _linear(blue)) for red, green, blue in pixels]
    factors = [_factor(light, width, height, column, row) for row in range(_ROWS) for column in range(_COLUMNS)]
    first, others = factors[0], factors[1:]
    largest = max(abs(value) for factor in others for value in factor)
    scale = max(0, min(82, int(largest * 166 - 0.5)))
    text = _base_83(_COLUMNS - 1 + (_ROWS - 1) * 9, 1) + _base_83(scale, 1)
    text += _base_83((_srgb(first[0]) << 16) + (_srgb(first[1]) << 8) + _srgb(first[2]), 4)
    return text + "".join(_base_83(_detail(factor, (scale + 1) / 166), 2) for factor in others)


def _factor(light: Sequence[Colour], width: int, height: int, column: int, row: int) -> Colour:
    across = [cos(pi * column * x / width) for x in range(width)]
    down = [cos(pi * row * y / height) for y in range(height)]
    red = green = blue = 0.0
    place = 0
    for y in range(height):
        for x in range(width):
            basis = across[x] * down[y]
            pixel = light[place]
            red += basis * pixel[0]
            green += basis * pixel[1]
            blue += basis * pixel[2]
            place += 1
    share = (1 if column == row == 0 else 2) / (width * height)
    return red * share, green * share, blue * share


def _detail(factor: Colour, largest: float) -> int:
    """Three values from -9 to 9, the small ones finer than the large ones."""
    total = 0
    for value in factor:
        ratio = value / largest
        rooted = abs(ratio) ** 0.5 * (1 if ratio >= 0 else -1)
        total = total * 19 + max(0, min(18, int(rooted * 9 + 9.5)))
    return total


def _linear(value: int) -> float:
    """IEC 61966-2-1."""
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _srgb(value: float) -> int:
    part = max(0.0, min(1.0, value))
    encoded = part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
    return int(encoded * 255 + 0.5)


def _base_83(value: int, length: int) -> str:
    return "".join(_ALPHABET[value // 83**place % 83] for place in range(length - 1, -1, -1))
