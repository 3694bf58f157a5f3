"""The type of a file by its signature, independent of its name and announced type."""

from __future__ import annotations

from typing import Final

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_LONGEST_FILE_TYPE_BOX: Final = 256


def image_type(content: bytes) -> str | None:
    """The type of a supported picture; None for everything else (SVG is text, browsers do not show HEIC)."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/avif" if _AVIF_BRANDS & _brands(content) else None


def _brands(content: bytes) -> set[bytes]:
    """The brands in a file of the ISO base media format (ISO/IEC 14496-12, "File Type Box")."""
    if content[4:8] != b"ftyp":
        return set()
    box = content[: min(int.from_bytes(content[:4], "big"), _LONGEST_FILE_TYPE_BOX)]
    return {box[8:12], *(box[start : start + 4] for start in range(16, len(box) - 3, 4))}
