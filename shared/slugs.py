"""Slugs: what addresses end in, of things that people name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from typing import Final

from shared.identifiers import as_id

_WITHOUT_MARKS: Final = re.compile(r"[^\W_][\w-]*")
_NOT_IN_SLUGS: Final = re.compile(r"[^\w]+|_+")
_ID_LENGTH: Final = 32
# NFKC would make letters of these; the Turkish capital folds to two characters.
_SPELLINGS: Final = str.maketrans(dict.fromkeys("'\u2019\u2122\u2120\u00ae\u00a9") | {"\u0130": "i"})
_VARIATION_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def slugify(text: str, *, max_length: int = 100) -> str:
    """`text` as a slug ("Men's Tops" is `mens-tops`); empty where it has no letter and no digit."""
    folded = unicodedata.normalize("NFKC", text.translate(_SPELLINGS)).casefold()
    if not folded.isascii():
        folded = _only_marks_of_letters(unicodedata.normalize("NFC", folded.translate(_SPELLINGS)))
        slug = re.sub("-+", "-", folded)
    else:
        slug = _NOT_IN_SLUGS.sub("-", folded)
    return slug.strip("-")[:max_length].rstrip("-")


def slug_problem(slug: str, reserved: Collection[str] = ()) -> str | None:
    """What is wrong with it, or None; `reserved` are addresses of something else. An id is no slug: the same address
    takes either.
    """
    if not unicodedata.is_normalized("NFC", slug):
        return "letters and their marks are separate characters; one spelling of each is possible (Unicode's NFC)"
    if not _WITHOUT_MARKS.fullmatch(slug) and not _is_slug_with_marks(slug):
        return "only letters, digits, '-' and '_', starting with a letter or digit"
    if slug in reserved:
        return "is the address of something else"
    is_id = len(slug) >= _ID_LENGTH and as_id(slug) is not None
    return "must not look like an id" if is_id else None


def digest(text: str) -> str:
    """Eight characters that tell texts apart of which the same slug would be made."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _is_slug_with_marks(slug: str) -> bool:
    """Whether it is a slug with vowel signs and the like."""
    return (
        slug[:1].isalnum()
        and all(c.isalnum() or c in "-_" or _is_mark(c) for c in slug)
        and _only_marks_of_letters(slug.replace("_", "x")) == slug.replace("_", "x")
    )


def _only_marks_of_letters(text: str) -> str:
    """Letters, digits, and marks behind them; a hyphen for everything else."""
    characters: list[str] = []
    for character in text:
        if character.isalnum() or (_is_mark(character) and characters and characters[-1] != "-"):
            characters.append(character)
        else:
            characters.append("-")
    return "".join(characters)


def _is_mark(character: str) -> bool:
    """Marks of scripts; those that choose how an emoji looks are none."""
    return unicodedata.category(character) in ("Mn", "Mc") and not _VARIATION_SELECTORS.match(character)
