"""Which font writes what. The files come with packages of fonts (SIL Open Font License 1.1), a layer of their own.

The first font of the list that has a character writes it. Source Sans, Amiri and Sarabun stand before Noto's fonts of
the same scripts: those take letters apart into pieces, which readers of PDF cannot put together again when text is
searched or copied.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import typst

from functions.ordering.service.invoices.character_maps import characters
from functions.ordering.service.invoices.texts import is_invisible
from shared import process

_FOLDERS: Final = (
    ("fontpkg_source_sans_3", "files"),
    ("fontpkg_amiri", "files"),
    ("fontpkg_sarabun", "files"),
    ("manimgx_fonts", ""),
    ("manimgx_fonts_cjk", ""),
)
_FAMILIES: Final = (
    "Source Sans 3",  # Latin, Greek, Cyrillic, Vietnamese
    "Noto Sans",  # what is rare of these
    "Amiri",  # Arabic
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Sarabun",  # Thai
    "Noto Sans Thai",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Gurmukhi",
    "Noto Sans Gujarati",
    "Noto Sans Oriya",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Kannada",
    "Noto Sans Malayalam",
    "Noto Sans Sinhala",
    "Noto Sans Lao",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Ethiopic",
    "Noto Emoji",
    "Noto Sans Symbols",
)
_HAN: Final = "Noto Sans CJK {}"  # all five have the same characters, and differ in how these look
_BOX: Final = "\u25a1"

_CHINESE: Final = {"hk": "HK", "mo": "HK", "tw": "TC", "hant": "TC"}
_KANA: Final = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_BOPOMOFO: Final = re.compile("[\u3105-\u312f]")


class FontsMissingError(RuntimeError):
    """Fonts of the list are not installed."""


@cache
def book() -> typst.Fonts:
    """Every font there is. Raises FontsMissingError when one is not: text would be left out without a word."""
    folders = [Path(str(resources.files(package))) / folder for package, folder in _FOLDERS]
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    if missing := {*_FAMILIES, *(_HAN.format(style) for style in ("SC", "TC", "HK", "JP", "KR"))} - {*found.families()}:
        raise FontsMissingError(", ".join(sorted(missing)))
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is printed, with boxes; the characters that they stand for; and letters with marks that are to be
    written by one font each, by name.
    """

    text: str
    missing: frozenset[str]
    pinned: dict[str, str]


@dataclass(frozen=True, slots=True)
class FontStack:
    """The fonts of a document, in the order in which they are asked for a character."""

    families: tuple[str, ...]

    def write(self, text: str) -> Written:
        """What no font has becomes a box, and so does a mark that no font has together with its letter.

        The typesetter asks one font after the other for a letter with its marks. Where one has a mark and not the
        letter, it takes the mark and loses the letter: such letters are pinned.
        """
        printed: list[str] = []
        missing: set[str] = set()
        pinned: dict[str, str] = {}
        for letter in _with_marks(text):
            seen = [character for character in letter if not is_invisible(character)]
            family = self._writer_of(*seen) or self._writer_of(*seen[:1])
            lost = {each for each in seen if family is None or ord(each) not in characters(paths()[family])}
            printed += [_BOX if each in lost else each for each in letter]
            missing |= lost
            if len(seen) > 1 and family is not None and not lost and self._some_have_marks_only(seen):
                pinned[letter] = family
        return Written("".join(printed), frozenset(missing), pinned)

    def _some_have_marks_only(self, letter: list[str]) -> bool:
        """Whether some font has a mark of the letter, and not the letter."""
        first, *marks = map(ord, letter)
        have = (characters(paths()[family]) for family in self.families)
        return any(first not in each and not each.isdisjoint(marks) for each in have)

    def letters_of(self, text: str) -> str | None:
        """The family of its first letter that is not Latin, Greek or Cyrillic, or None."""
        writers = (self._writer_of(character) for character in text if character.isalpha() and not character.isascii())
        return next((family for family in writers if family not in {None, *_FAMILIES[:2]}), None)

    def _writer_of(self, *together: str) -> str | None:
        """The first family that has all of these characters."""
        codes = {*map(ord, together)}
        return next((family for family in self.families if codes <= characters(paths()[family])), None)


def stack(language: str, text: str) -> FontStack:
    """The fonts for a document with this text.

    Han characters look as where `language` is spoken (BCP 47). Where it is no language that is written with them, what
    stands beside them in `text` decides: kana, hangul or bopomofo; otherwise they are those of Mainland China.
    """
    return FontStack((*_FAMILIES, _HAN.format(_han(language.lower().split("-"), text))))


def _with_marks(text: str) -> list[str]:
    """The characters, each with the marks that follow it."""
    letters: list[str] = []
    for character in text:
        if letters and unicodedata.category(character).startswith("M"):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _han(language: list[str], text: str) -> str:
    match language[0]:
        case "ja":
            return "JP"
        case "ko":
            return "KR"
        case "zh" | "yue":
            return next((style for tag, style in _CHINESE.items() if tag in language), "SC")
    spoken = ((_KANA, "JP"), (_HANGUL, "KR"), (_BOPOMOFO, "TC"))
    return next((style for script, style in spoken if script.search(text)), "SC")


@cache
def paths() -> dict[str, str]:
    """A file of each family."""
    return {font.family: font.path for font in book().fonts() if font.path}


process.on_reset(book.cache_clear)
process.on_reset(paths.cache_clear)
