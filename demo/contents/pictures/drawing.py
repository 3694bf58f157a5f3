"""A product's pictures: what to draw follows from the words of its slug, the colours from all of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

from demo.contents.pictures import household, worn
from demo.contents.pictures.canvas import Canvas, Palette, new_canvas, png

Motif = Callable[[Canvas], None]

PALETTES: Final = (
    Palette("#f4e9dc", "#e9cfb4", "#c8744f", "#9d5438", "#f3d9c3", "#5d7f63"),
    Palette("#e6eeea", "#c5dacf", "#4f8a7a", "#35655a", "#d8ebe3", "#d98e4a"),
    Palette("#eae8f2", "#cfcae3", "#6a6ba8", "#494a7e", "#dcdaf0", "#d9a441"),
    Palette("#f6eddf", "#f0d7a7", "#d29b3c", "#a3732a", "#fbeccb", "#7a5a8c"),
    Palette("#e5edf3", "#bfd5e4", "#4d7ea3", "#345a79", "#d6e6f1", "#d96f5d"),
    Palette("#f5e6e4", "#ecc5c0", "#bf6468", "#93474d", "#f6d9d6", "#54788a"),
    Palette("#eef0e2", "#d5dcb6", "#7f9150", "#5c6b36", "#e6ecce", "#b4654a"),
    Palette("#ecebe8", "#d6d2ca", "#6f6a66", "#4c4845", "#e3e0da", "#c98a3e"),
)

MOTIFS: Final[dict[str, Motif]] = {
    **dict.fromkeys(("pot", "planter"), household.planter),
    "jar": household.jar,
    "pots": household.pots,
    **dict.fromkeys(("cushion", "pillows"), household.cushion),
    "pouffe": household.pouffe,
    "candle": household.candles,
    "gaiwan": household.gaiwan,
    "skillet": household.skillet,
    "santoku": household.knife,
    "bread": household.book,
    "lamp": household.lamp,
    "chest": household.chest,
    "table": household.table,
    "bench": household.bench,
    "armchair": household.armchair,
    **dict.fromkeys(("sofa", "daybed"), household.sofa),
    "linen": household.bed,
    "throw": household.throw,
    "watering": household.watering_can,
    "fork": household.fork,
    "fence": household.fence,
    "trellis": household.trellis,
    **dict.fromkeys(("shirt", "tee"), worn.shirt),
    **dict.fromkeys(("jumper", "hoodie"), worn.jumper),
    **dict.fromkeys(("coat", "jacket", "cardigan"), worn.coat),
    "dress": worn.dress,
    "skirt": worn.skirt,
    **dict.fromkeys(("trousers", "chinos", "leggings"), worn.trousers),
    "shorts": worn.shorts,
    "apron": worn.apron,
    "overalls": worn.overalls,
    "beanie": worn.hat,
    "beret": worn.beret,
    "tote": worn.tote,
    "socks": worn.socks,
    "scarf": worn.scarf,
    "poncho": worn.poncho,
    "boots": worn.boots,
    **dict.fromkeys(("bracelet", "cuff", "bangle"), worn.bracelet),
    "bead": worn.beads,
    "earrings": worn.earrings,
    "studs": worn.studs,
    **dict.fromkeys(("necklace", "pendant"), worn.necklace),
    **dict.fromkeys(("moons", "boat", "crescent"), worn.moon),
    **dict.fromkeys(("choker", "net"), worn.choker),
    **dict.fromkeys(("honeycomb", "allotment"), worn.hexagons),
}
"""By a word of the slug; where several of its words are here, the first decides, but for `linen`, which is also what
things are made of."""


def motif(slug: str) -> Motif | None:
    """What is drawn for the product; None where no word of its slug is known."""
    known = [word for word in slug.split("-") if word in MOTIFS]
    return MOTIFS[min(known, key=lambda word: word == "linen")] if known else None


def draw(slug: str, number: int) -> bytes | None:
    """The product's picture with this number, from 1, as PNG; None where nothing is known of such a product.

    The first shows the thing, the second is nearer, and all others show it twice.
    """
    thing = motif(slug)
    if thing is None:
        return None
    first = zlib.crc32(slug.encode())
    palette = PALETTES[first % len(PALETTES)]
    other = PALETTES[(first + 3) % len(PALETTES)]
    image, canvas = new_canvas(palette)
    if number == 2:
        near = canvas.at(zoom=1.42, left=-21 - first % 7, top=-22, palette=palette)
        near.ellipse(50, 48, 40, 40, palette.disc)
        thing(near)
    elif number == 1:
        backdrop(canvas, first)
        thing(canvas)
    else:
        backdrop(canvas, first + number)
        thing(canvas.at(zoom=0.66, left=34, top=20, palette=other))
        thing(canvas.at(zoom=0.66, left=2, top=27, palette=palette))
    return png(image)


def backdrop(canvas: Canvas, seed: int) -> None:
    """A disc, an arch or a hill behind the thing, and its shadow on the floor."""
    palette = canvas.palette
    if seed % 3 == 0:
        canvas.ellipse(50, 48, 38, 38, palette.disc)
    elif seed % 3 == 1:
        canvas.box(18, 14, 82, 120, palette.disc, round_by=32)
    else:
        canvas.ellipse(68, 78, 62, 46, palette.disc)
    canvas.box(0, 81, 100, 100, palette.light)
    canvas.ellipse(50, 82, 33, 3.2, palette.disc)
