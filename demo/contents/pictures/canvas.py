"""A square to draw on in units: 0 to 100 from left to right and from top to bottom, of which the ground is at 80."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PIL import Image, ImageDraw

SIDE: Final = 640
"""Pixels of a product's picture."""
_FINER: Final = 2
"""Drawn so many times larger, and made smaller: edges become smooth."""

Colour = str
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that go together: of the wall, of what is behind the thing, and of the thing itself."""

    wall: Colour
    disc: Colour
    base: Colour
    dark: Colour
    light: Colour
    accent: Colour


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where and how large units are on the picture."""

    drawing: ImageDraw.ImageDraw
    palette: Palette
    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0
    side: int = SIDE

    def at(self, *, zoom: float, left: float, top: float, palette: Palette) -> Canvas:
        """The same picture with other units and colours."""
        return replace(self, zoom=zoom, left=left, top=top, palette=palette)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """Around a centre."""
        self.drawing.ellipse(self._places((x - rx, y - ry), (x + rx, y + ry)), fill=fill)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Colour, *, round_by: float = 0) -> None:
        self.drawing.rounded_rectangle(
            self._places((x0, y0), (x1, y1)), radius=self._length(round_by), fill=fill, corners=(True,) * 4
        )

    def shape(self, *points: Point, fill: Colour) -> None:
        self.drawing.polygon(self._places(*points), fill=fill)

    def line(self, *points: Point, fill: Colour, width: float = 1.2) -> None:
        """With round ends and corners."""
        self.drawing.line(self._places(*points), fill=fill, width=self._length(width), joint="curve")
        for x, y in (points[0], points[-1]):
            self.ellipse(x, y, width / 2, width / 2, fill)

    def arc(  # noqa: PLR0917 -- as an ellipse has it
        self, x: float, y: float, rx: float, ry: float, begin: float, end: float, *, fill: Colour, width: float = 1.2
    ) -> None:
        """A part of an ellipse's edge; degrees from three o'clock, clockwise."""
        place = self._places((x - rx, y - ry), (x + rx, y + ry))
        self.drawing.arc(place, begin, end, fill=fill, width=self._length(width))

    def slice(  # noqa: PLR0917 -- as an ellipse has it
        self, x: float, y: float, rx: float, ry: float, begin: float, end: float, fill: Colour
    ) -> None:
        """A part of an ellipse, cut straight from one end to the other."""
        self.drawing.chord(self._places((x - rx, y - ry), (x + rx, y + ry)), begin, end, fill=fill)

    def _places(self, *points: Point) -> Sequence[Point]:
        return [
            (self._length(self.left + x * self.zoom, 1), self._length(self.top + y * self.zoom, 1)) for x, y in points
        ]

    def _length(self, units: float, zoom: float | None = None) -> int:
        return round(units * (self.zoom if zoom is None else zoom) * self.side * _FINER / 100)


def new_canvas(palette: Palette, *, side: int = SIDE) -> tuple[Image.Image, Canvas]:
    """A wall, to draw on; `side` is the picture's, in pixels."""
    image = Image.new("RGB", (side * _FINER, side * _FINER), palette.wall)
    return image, Canvas(ImageDraw.Draw(image), palette, side=side)


def png(image: Image.Image) -> bytes:
    """The finished picture. Few colours and flat areas: some ten kilobytes."""
    target = io.BytesIO()
    size = (image.width // _FINER, image.height // _FINER)
    image.resize(size, Image.Resampling.BOX).save(target, "PNG", compress_level=6)
    return target.getvalue()
