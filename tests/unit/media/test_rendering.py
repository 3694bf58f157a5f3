"""Pictures made fit to be shown: sizes, orientation, colours, and nothing that should not be in them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms

from functions.media.domain.imaging import blurhash, rendering
from functions.media.domain.imaging.rendering import RejectedImageError, Rendered, render
from tests.support.pictures import encoded, photo_with_a_place, picture


def shown(rendered: Rendered, content_type: str = "image/webp") -> Image.Image:
    """The largest variant."""
    [*_, largest] = [variant for variant in rendered.variants if variant.content_type == content_type]
    return Image.open(io.BytesIO(largest.body)).convert("RGB")


def refused(content: bytes) -> str:
    with pytest.raises(RejectedImageError) as error:
        render(content)
    return error.value.reason


def png_that_says(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG of some hundred bytes whose header says whatever one likes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_format_becomes_webp_and_avif_in_every_size(format_name: str) -> None:
    rendered = render(picture(2400, 1600, format_name))
    assert (rendered.width, rendered.height) == (2400, 1600)
    sizes = [(v.name, v.content_type, v.width, v.height) for v in rendered.variants]
    assert sizes == [
        (name, content_type, width, height)
        for name, width, height in [
            ("thumbnail", 200, 133), ("small", 480, 320), ("medium", 960, 640), ("large", 1920, 1280)
        ]
        for content_type in ("image/webp", "image/avif")
    ]  # fmt: skip
    for variant in rendered.variants:
        decoded = Image.open(io.BytesIO(variant.body))
        assert decoded.get_format_mimetype() == variant.content_type
        assert decoded.size == (variant.width, variant.height)


def test_a_picture_is_never_made_larger() -> None:
    rendered = render(picture(700, 300))
    assert [(v.name, v.width, v.height) for v in rendered.variants if v.content_type == "image/webp"] == [
        ("thumbnail", 200, 86),
        ("small", 480, 206),
        ("medium", 700, 300),
    ]


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3000, 1), (1, 3000)])
def test_the_narrowest_pictures_keep_a_pixel(width: int, height: int) -> None:
    assert all(min(variant.width, variant.height) >= 1 for variant in render(picture(width, height, "PNG")).variants)


def test_a_sideways_photo_is_turned_upright() -> None:
    rendered = render(photo_with_a_place(orientation=6))  # to be turned clockwise: what was left is on top
    assert (rendered.width, rendered.height) == (400, 640)
    upright = shown(rendered)
    top, bottom = upright.getpixel((200, 20)), upright.getpixel((200, 620))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 2 * bottom[0]
    assert bottom[2] > 2 * top[2]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_what_pillow_makes_of_it(orientation: int) -> None:
    from PIL import ImageOps

    original = photo_with_a_place(orientation)
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(original)))
    found = shown(render(original))
    assert found.size == expected.size
    for place in ((10, 10), (expected.width - 10, expected.height - 10)):
        seen, meant = found.getpixel(place), expected.getpixel(place)
        assert isinstance(seen, tuple)
        assert isinstance(meant, tuple)
        assert max(abs(a - b) for a, b in zip(seen, meant, strict=True)) < 30


def test_where_and_by_what_a_photo_was_taken_is_gone() -> None:
    original = photo_with_a_place()
    assert b"SecretCamera" in original
    for variant in render(original).variants:
        decoded = Image.open(io.BytesIO(variant.body))
        assert not dict(decoded.getexif())
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(decoded.info)
        assert b"SecretCamera" not in variant.body
        assert b"Exif" not in variant.body


def test_texts_in_a_png_are_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Ada at home")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>at home</x:xmpmeta>")
    for variant in render(picture(format_name="PNG", pnginfo=notes)).variants:
        assert b"at home" not in variant.body


def profile_with_red_and_green_exchanged() -> bytes:
    """An RGB profile (ICC.1:2010, matrix and curves) whose red is sRGB's green, and the other way round."""

    def xyz(*values: float) -> bytes:
        return b"XYZ " + bytes(4) + b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    green, red, blue = xyz(0.3851, 0.7169, 0.0971), xyz(0.4361, 0.2225, 0.0139), xyz(0.1431, 0.0606, 0.7139)
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    tags = {b"wtpt": xyz(0.9642, 1, 0.8249), b"rXYZ": green, b"gXYZ": red, b"bXYZ": blue}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    place, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table += name + struct.pack(">II", place + len(body), len(value))
        body += value
    header = struct.pack(
        ">I4sI4s4s4s12s4s", 128 + len(table + body), b"", 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"", b"acsp"
    )
    return header.ljust(68, b"\0") + xyz(0.9642, 1, 0.8249)[8:] + bytes(48) + table + body


def test_colours_mean_in_srgb_what_they_meant_in_the_pictures_own_profile() -> None:
    rendered = render(picture(icc_profile=profile_with_red_and_green_exchanged(), quality=95))
    pixel = shown(rendered).getpixel((10, 10))
    assert isinstance(pixel, tuple)
    assert pixel[1] > 2 * pixel[0]


@pytest.mark.parametrize(
    "profile",
    [b"no profile at all", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()],
    ids=["not a profile", "of another space"],  # a made profile holds the time
)
def test_a_profile_that_says_nothing_about_the_pixels_is_left_aside(profile: bytes) -> None:
    pixel = shown(render(picture(icc_profile=profile))).getpixel((10, 10))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 2 * pixel[1]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixels_is_understood(mode: str) -> None:
    image = Image.new(mode, (300, 200), 65535 if mode == "I;16" else None if mode == "P" else 1 if mode == "1" else 0)
    if mode == "1":
        image.paste(1, (0, 0, 300, 200))
    rendered = render(encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    white = mode in ("1", "CMYK", "I;16")
    pixel = shown(rendered).getpixel((150, 100))
    assert isinstance(pixel, tuple)
    assert (min(pixel) > 240) if white else (max(pixel) < 15)


def test_what_is_transparent_stays_so() -> None:
    image = Image.new("RGBA", (300, 200), (255, 0, 0, 0))
    image.paste((0, 200, 0, 255), (100, 0, 300, 200))
    for variant in render(encoded(image, "PNG")).variants:
        decoded = Image.open(io.BytesIO(variant.body))
        assert decoded.mode == "RGBA"
        assert decoded.getchannel("A").getextrema() == (0, 255)


def test_of_an_animation_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (200, 100), colour) for colour in ("white", "black", "black")]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    [variant, *_] = render(content).variants
    still = Image.open(io.BytesIO(variant.body))
    assert getattr(still, "n_frames", 1) == 1
    assert still.convert("L").getpixel((100, 50)) == 255


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"PK\x03\x04 an archive",
        b"%PDF-1.7",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100,
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"BM" + b"\x00" * 100,
    ],
)
def test_what_is_no_picture_that_we_take_is_refused(content: bytes) -> None:
    assert refused(content) == "not_an_image"


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_truncated_picture_is_refused(format_name: str) -> None:
    whole = encoded(Image.effect_noise((300, 200), 90).convert("RGB"), format_name)
    assert refused(whole[: len(whole) // 2]) == "damaged"
    assert refused(whole[:20]) == "damaged"


def test_a_bomb_is_refused_before_any_pixel_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_arguments: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(rendering, "_decoded", decode)
    assert refused(png_that_says(50_000, 50_000, b"\x00" * 1000)) == "too_many_pixels"
    assert refused(png_that_says(10_000, 6_000)) == "too_many_pixels"
    webp = b"VP8L" + struct.pack("<I", 10) + b"\x2f" + struct.pack("<I", 16382 | 16382 << 14) + b"\x00" * 5
    assert refused(b"RIFF" + struct.pack("<I", 4 + len(webp)) + b"WEBP" + webp) in ("too_many_pixels", "damaged")


def test_a_large_picture_is_decoded_in_little_memory() -> None:
    import resource

    content = encoded(Image.new("L", (7000, 7000), 128), "JPEG")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert render(content).width == 7000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


@pytest.mark.parametrize(
    "tail", [b"PK\x05\x06" + b"\x00" * 18, b"<script>alert(document.domain)</script>", b"<?php system(1)"]
)
@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "GIF"])
def test_what_stands_behind_a_picture_is_not_in_what_is_shown(format_name: str, tail: bytes) -> None:
    for variant in render(picture(format_name=format_name) + tail).variants:
        assert tail not in variant.body


def test_the_same_picture_gives_the_same_bytes_again() -> None:
    content = picture(900, 500, "PNG")
    assert render(content) == render(content)


def test_black_has_the_blurhash_that_it_has_everywhere() -> None:
    assert blurhash.encode([(0, 0, 0)] * 64, 8, 8) == "L00000fQfQfQfQfQfQfQfQfQfQfQ"


def test_a_blurhash_tells_left_from_right() -> None:
    text = render(picture()).blurhash
    assert len(text) == 28
    assert text[0] == "L"  # 4 x 3 components
    assert text != render(encoded(Image.open(io.BytesIO(picture())).transpose(Image.Transpose.ROTATE_180))).blurhash
