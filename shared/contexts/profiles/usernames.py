"""Usernames: what they may consist of, and by what they are compared. A name is shown in the case that was typed.

A page, a mention, an import and the API all look people up by `key_of`. What is confusable with a name that somebody
has is refused by `skeleton_of`.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

from shared.contexts.profiles import lookalikes

MIN_LENGTH: Final = 2
MAX_LENGTH: Final = 30
"""Characters, after NFKC."""

_MAX_TYPED: Final = 4 * MAX_LENGTH
"""Characters that are looked at: NFKC makes one of up to four."""
_SEVERAL_SCRIPTS: Final = frozenset("々〇ー")
"""Iteration mark, zero and prolonged sound, which Unicode counts as no letters of Han or kana."""
_LATIN_END: Final = 0x0250
"""Latin letters of languages end here; phonetic ones follow, but for the Vietnamese block and the schwa."""
_VIETNAMESE: Final = range(0x1E00, 0x1F00)
_SCHWA: Final = "\u0259\u018f"
# An id, or the beginning of one: nobody should take a person's address for another's.
_ID_LIKE: Final = re.compile(r"(?=.*[0-9])[0-9a-f_]{12,}")


class UsernameProblem(StrEnum):
    """Why a text is no username, in words for its author."""

    LENGTH = "2 to 30 characters"
    CHARACTERS = "Latin letters, Han characters, kana, Hangul, digits and _ only"
    SCRIPTS = "Latin letters beside one other script: Chinese, Japanese or Korean"
    DIGITS = "at least one letter"
    IDENTIFIER = "not like an id"


class _Script(StrEnum):
    LATIN = "Latin"
    HAN = "Han"
    KANA = "kana"
    HANGUL = "Hangul"


def shown_form(text: str) -> str:
    """The name as it is stored and shown (NFKC): full-width letters count as letters, and the case stays."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def key_of(text: str) -> str:
    """What names are compared by: equal keys are one name. Any text has a key, whether or not it is a name."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def skeleton_of(text: str) -> str:
    """Equal for names that look alike (UTS #39). Names of one key have one skeleton."""
    return lookalikes.skeleton(key_of(text))


def problem_of(text: str) -> UsernameProblem | None:
    """What is wrong with a name, apart from who has it."""
    if len(text) > _MAX_TYPED:
        return UsernameProblem.LENGTH
    name = shown_form(text)
    scripts = {_script_of(character) for character in name if character not in "_0123456789"}
    if None in scripts:
        return UsernameProblem.CHARACTERS
    if not MIN_LENGTH <= len(name) <= MAX_LENGTH:
        return UsernameProblem.LENGTH
    if not scripts:
        return UsernameProblem.DIGITS
    # One writing system beside Latin, as UTS #39 has them: Chinese is Han, Japanese Han and kana, Korean Han and
    # Hangul.
    if {_Script.KANA, _Script.HANGUL} <= scripts:
        return UsernameProblem.SCRIPTS
    return UsernameProblem.IDENTIFIER if _ID_LIKE.fullmatch(key_of(name)) else None


def _script_of(character: str) -> _Script | None:
    """The script of a letter; None for all that a name may not have."""
    if character in _SEVERAL_SCRIPTS:
        return _Script.KANA if character == "ー" else _Script.HAN
    kind = unicodedata.category(character)
    name = unicodedata.name(character, "")
    if kind in ("Ll", "Lu"):
        point = ord(character)
        is_known = point < _LATIN_END or point in _VIETNAMESE or character in _SCHWA
        return _Script.LATIN if is_known and name.startswith("LATIN ") else None
    if kind != "Lo":
        return None
    if name.startswith("CJK UNIFIED IDEOGRAPH"):
        return _Script.HAN
    if name.startswith(("HIRAGANA LETTER", "KATAKANA LETTER")):
        return _Script.KANA
    return _Script.HANGUL if name.startswith("HANGUL SYLLABLE") else None
