"""Rendering of a picture for display: decoded, upright, in sRGB, without metadata, in a few sizes and two formats.

Nothing of the original's bytes is in what comes out, so whatever else they were (HTML, an archive, a script) is gone.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageCms, UnidentifiedImageError

from functions.media.domain.imaging import blurhash, signatures
from shared.log import logger

MAX_PIXELS: Final = 50_000_000
"""Decoded, 200 MB: the best phones make 48 million. The function's memory holds this a few times."""
SIZES: Final = {"thumbnail": 200, "small": 480, "medium": 960, "large": 1920}
"""Pixels of the longer side. A picture is never made larger: the first size that it does not fill has its own."""
FORMATS: Final = {
    "image/webp": ("WEBP", {"quality": 82, "method": 4}),
    # Slower than 7 gains a twentieth of the bytes for twice the time.
    "image/avif": ("AVIF", {"quality": 62, "speed": 7}),
}
# Cameras write several pictures into one JPEG (MPO); the first is the photo.
_DECODERS: Final = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/webp": ("WEBP",),
    "image/gif": ("GIF",),
    "image/avif": ("AVIF",),
}
_BLURRED_SIDE: Final = 32
_ORIENTATION: Final = 0x0112
# What brings a picture upright, by its orientation (Exif 2.32, table 3).
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
_COLOUR_SPACES: Final = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY"}


class RejectedImageError(Exception):
    """It cannot be shown; `reason` is a code: `not_an_image`, `type_not_accepted`, `damaged`, `too_many_pixels`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RenderedVariant:
    """One size in one format."""

    name: str
    content_type: str
    width: int
    height: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """Width and height are those of the picture itself, upright."""

    width: int
    height: int
    blurhash: str
    variants: list[RenderedVariant]


def render(content: bytes) -> Rendered:
    """The variants of a picture; of an animation, of its first frame. Raises RejectedImageError."""
    image = _opened(content)
    try:
        orientation = _orientation(image)
        width, height = image.size[::-1] if orientation in _SIDEWAYS else image.size
        shown = _upright(_decoded(image), orientation)
    except MemoryError:
        raise
    except Exception as error:
        # Decoders raise any exception for damaged and for hostile files.
        logger().info("a picture could not be decoded", exc_info=True)
        raise RejectedImageError("damaged") from error
    return Rendered(width, height, _blurred(shown), _variants(shown))


def _opened(content: bytes) -> Image.Image:
    """The picture before any pixel is decoded; its size is known from its header."""
    media_type = signatures.image_type(content)
    if media_type is None:
        raise RejectedImageError("not_an_image")
    try:
        image = Image.open(io.BytesIO(content), formats=_DECODERS[media_type])
    except Image.DecompressionBombError as error:
        raise RejectedImageError("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise RejectedImageError("damaged") from error
    except Exception as error:
        logger().info("a picture could not be opened", exc_info=True)
        raise RejectedImageError("damaged") from error
    if image.width * image.height > MAX_PIXELS:
        raise RejectedImageError("too_many_pixels")
    return image


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # unreadable metadata are ignored
        return 1


def _decoded(image: Image.Image) -> Image.Image:
    """As large as the largest variant at most, in sRGB, without anything but pixels."""
    profile = image.info.get("icc_profile")
    largest = max(SIZES.values())
    image.draft(None, (2 * largest, 2 * largest))  # a JPEG is decoded smaller, with a fraction of the memory
    image.load()
    small = _resized(_with_whole_colours(image), largest)
    plain = _in_srgb(small, profile)
    opaque = plain.mode == "RGBA" and plain.getchannel("A").getextrema() == (255, 255)
    plain = plain.convert("RGB") if opaque else plain
    plain.info.clear()
    return plain


def _with_whole_colours(image: Image.Image) -> Image.Image:
    """In a mode whose values can be averaged: neither indexes into a palette, nor single bits, nor 16 of them."""
    if image.mode.startswith("I"):  # grey of 16 bits
        return image.convert("F").point(lambda value: value * (255 / 65535) + 0).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in _COLOUR_SPACES else image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the picture's profile means them; without one, or with one that says nothing, as they are."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if source.profile.xcolor_space.strip() == _COLOUR_SPACES[colours.mode]:
                converted = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                colours = converted or colours
        except (ImageCms.PyCMSError, OSError):
            logger().info("a colour profile could not be used", exc_info=True)
    colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _resized(image: Image.Image, side: int) -> Image.Image:
    """With a longer side of `side` pixels, or as it is where that would make it larger."""
    longest = max(image.size)
    if longest <= side:
        return image
    width, height = (max(1, round(length * side / longest)) for length in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _variants(image: Image.Image) -> list[RenderedVariant]:
    """From the smallest size to the largest that there is."""
    variants: list[RenderedVariant] = []
    for name, side in SIZES.items():
        resized = _resized(image, side)
        for content_type, (format_name, options) in FORMATS.items():
            target = io.BytesIO()
            resized.save(target, format_name, **options)
            variants.append(RenderedVariant(name, content_type, resized.width, resized.height, target.getvalue()))
        if max(image.size) <= side:
            break
    return variants


def _blurred(image: Image.Image) -> str:
    tiny = _resized(image, _BLURRED_SIDE)
    if tiny.mode == "RGBA":  # transparent is what is behind it: most pages are white
        tiny = Image.alpha_composite(Image.new("RGBA", tiny.size, "white"), tiny).convert("RGB")
    raw = tiny.tobytes()
    pixels = list(zip(raw[0::3], raw[1::3], raw[2::3], strict=True))
    return blurhash.encode(pixels, tiny.width, tiny.height)
