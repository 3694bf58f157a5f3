"""Pictures of the community: what somebody photographed, and what stands beside their name."""

from __future__ import annotations

import zlib
from typing import Final

from demo.contents.pictures import drawing, eating, growing, household, making, places
from demo.contents.pictures.canvas import new_canvas, png
from demo.contents.pictures.drawing import Motif

SIDE: Final = 480
"""Pixels of the picture: what a feed shows of it. A larger one has one size more to be made."""
PORTRAIT_SIDE: Final = 200
"""The same of one beside a name."""

_THINGS: Final[dict[str, Motif]] = {
    "tomatoes": growing.tomatoes,
    "seedlings": growing.seedlings,
    "sprout": growing.sprout,
    "seeds": growing.seeds,
    "chillies": growing.chillies,
    "bouquet": growing.bouquet,
    "rose": growing.rose,
    "flower": growing.flower,
    "herbs": growing.herbs,
    "hotpot": eating.hotpot,
    "mapo": eating.mapo,
    "noodles": eating.noodles,
    "loaf": eating.loaf,
    "brick": eating.brick,
    "lunchbox": eating.lunchbox,
    "wontons": eating.wontons,
    "tortillas": eating.tortillas,
    "market": eating.market,
    "gaiwan": household.gaiwan,
    "skillet": household.skillet,
    "planter": household.planter,
    "pots": household.pots,
    "bread": household.book,
    "wheel": making.wheel,
    "vase": making.vase,
    "kiln": making.kiln,
    "glazes": making.glazes,
    "bowl": making.bowl,
    "plate": making.plate,
    "buttons": making.buttons,
    "patch": making.patch,
    "watch": making.watch,
    "abacus": making.abacus,
    "camera": making.camera,
    "machine": making.machine,
    "notebook": making.notebook,
    "chart": making.chart,
    "bicycle": places.bicycle,
    "cat": places.cat,
    **{f"portrait-{number}": places.portrait(number) for number in range(1, places.PORTRAITS + 1)},
}
_WHOLE: Final[dict[str, Motif]] = {
    "allotment": growing.allotment,
    "fire": making.fire,
    "quilt": making.quilt,
    "cloth": making.cloth,
    "laundry": making.laundry,
    "street": places.street,
    "river": places.river,
    "rain": places.rain,
    "sea": places.sea,
    "mountain": places.mountain,
    "window": places.window,
    "sill": places.sill,
    "wall": places.wall,
    "kitchen": places.kitchen,
}
"""Those that fill the picture, without a wall behind them."""


def motif(name: str) -> Motif | None:
    """What is drawn under this name: a scene, or a product of the shop by its slug."""
    return _THINGS.get(name) or _WHOLE.get(name) or drawing.motif(name)


def draw(name: str, seed: str, *, side: int = SIDE) -> bytes:
    """As PNG; `seed` decides about colours and backdrop, so that two of one motif differ. Raises KeyError."""
    thing = motif(name)
    if thing is None:
        raise KeyError(name)
    number = zlib.crc32(f"{name} {seed}".encode())
    image, canvas = new_canvas(drawing.PALETTES[number % len(drawing.PALETTES)], side=side)
    if name not in _WHOLE:
        drawing.backdrop(canvas, number // 8)
    thing(canvas)
    return png(image)
