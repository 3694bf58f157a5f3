"""Which characters a font file has, by its `cmap` table (OpenType 1.9.1, "cmap")."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from itertools import chain
from mmap import ACCESS_READ, mmap
from typing import Final

from shared import process

_COLLECTION: Final = b"ttcf"
_UNICODE: Final = ((3, 10), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of subtables by code points, those with all planes first."""


@cache
def characters(path: str) -> frozenset[int]:
    """Code points that the font file, or the first font of a collection, has a glyph for."""
    with open(path, "rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        subtable = _subtable(data)
        read = _READERS[struct.unpack_from(">H", data, subtable)[0]]
        return frozenset(chain.from_iterable(read(data, subtable)))


def _subtable(data: mmap) -> int:
    """Where the subtable of Unicode begins that has the most characters."""
    table = _table(data)
    count: int = struct.unpack_from(">H", data, table + 2)[0]
    records = (struct.unpack_from(">HHL", data, table + 4 + 8 * number) for number in range(count))
    offsets: dict[tuple[int, int], int] = {(platform, kind): table + offset for platform, kind, offset in records}
    return next(offsets[kind] for kind in _UNICODE if kind in offsets)


def _table(data: mmap) -> int:
    """Where the `cmap` table begins."""
    font: int = struct.unpack_from(">L", data, 12)[0] if data[:4] == _COLLECTION else 0
    count: int = struct.unpack_from(">H", data, font + 4)[0]
    tables = (struct.unpack_from(">4sLLL", data, font + 12 + 16 * number) for number in range(count))
    return next(int(offset) for tag, _, offset, _ in tables if tag == b"cmap")


def _segments(data: mmap, start: int) -> Iterator[range | list[int]]:
    """Format 4: segments of the first plane, whose glyphs are a number away or in a list of their own."""
    count: int = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    firsts, deltas, offsets = (
        struct.unpack_from(f">{count}H", data, start + 16 + 2 * count * column) for column in (1, 2, 3)
    )
    for number, (first, last, delta, offset) in enumerate(zip(firsts, ends, deltas, offsets, strict=True)):
        if offset:
            glyphs = start + 16 + 2 * (3 * count + number) + offset
            listed = struct.unpack_from(f">{last - first + 1}H", data, glyphs) if first != 0xFFFF else ()
            yield [first + place for place, glyph in enumerate(listed) if glyph]
        else:
            yield [code for code in range(first, last + 1) if (code + delta) & 0xFFFF]


def _groups(data: mmap, start: int) -> Iterator[range]:
    """Format 12: groups of code points whose glyphs follow each other."""
    count: int = struct.unpack_from(">L", data, start + 12)[0]
    for first, last, glyph in struct.iter_unpack(">LLL", data[start + 16 : start + 16 + 12 * count]):
        yield range(first + (glyph == 0), last + 1)


_READERS: Final = {4: _segments, 12: _groups}

process.on_reset(characters.cache_clear)
