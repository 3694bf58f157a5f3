"""What in a text looks like a ticker, a hashtag or a mention, before it is known which symbols and names exist.

Boundaries: Latin is parted by what is no letter, mark or digit; Han, kana, Hangul and emoji part it, too, because
nobody puts spaces between them. Tickers are stricter on their left (twitter-text's rule): of the signs of ASCII only
brackets, quotes and commas. docs/texts.md has the table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

import regex

from functions.community.domain.text_reading import EMOJI, LEFT_OUT, Reading
from shared.contexts.community.symbols import canonical_symbol, possible_symbols

Kind = Literal["ticker", "hashtag", "mention"]

MAX_TAG: Final = 64
"""Code points of a hashtag, compatible forms resolved; what is longer is none."""
MAX_NAME: Final = 30
MIN_NAME: Final = 2
MAX_SECURITY_NAME: Final = 40
"""Code points between the dollar sign and the bracket of Xueqiu's form."""

_UNSPACED: Final = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\u30fc\uff70"
_LATIN_WORD: Final = rf"[[\p{{L}}\p{{M}}\p{{N}}\p{{Default_Ignorable_Code_Point}}]--[{_UNSPACED}]]"
"""What a Latin word, or one of another spaced script, goes on with."""
_LETTER: Final = r"[[\p{L}\p{Nd}\p{Nl}_]--\p{Default_Ignorable_Code_Point}]"
_TAG_CHARACTER: Final = r"[[\p{L}\p{M}\p{Nd}\p{Nl}_]--\p{Default_Ignorable_Code_Point}]"
_MEDIAL: Final = "[·・･‧〜]"


def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.V1)


_SIGIL: Final = _compiled("[$#@]")
_BEFORE_TICKER: Final = _compiled(
    rf"[\s\p{{Ps}}\p{{Pe}}\p{{Pi}}\p{{Pf}}\"',<>{EMOJI}{LEFT_OUT}{_UNSPACED}]|[[\p{{P}}\p{{S}}]--\p{{ASCII}}]"
)
_GLUED: Final = _compiled(_LATIN_WORD)
_BEFORE_TAG: Final = _compiled(rf"[[{_LATIN_WORD}]||[_&/]]")
_BEFORE_MENTION: Final = _compiled(rf"[[{_LATIN_WORD}]||[_@/]]")
_HAS_LETTER: Final = _compiled(r"\p{L}")
_HAS_UNSPACED: Final = _compiled(f"[{_UNSPACED}]")

_LATIN: Final = _compiled(r"([A-Za-z]{1,6})([._][A-Za-z]{1,2})?")
_WITH_MARKET: Final = _compiled(r"[0-9]{1,6}\.[A-Za-z]{1,2}")
_CODE: Final = _compiled(r"[0-9]{6}(?![.,]?[0-9]|[%元圆圓块塊万萬亿億千百美港円])")
"""Six digits that are no price."""
_XUEQIU: Final = _compiled(
    rf"([\p{{L}}\p{{N}}*][^$()（）\n]{{0,{MAX_SECURITY_NAME - 1}}}(?:[(（][A-Za-z]{{1,6}}[)）])?)"
    r"[(（]([A-Za-z0-9._]{1,12})[)）]\$"
)
_TAG: Final = _compiled(rf"{_LETTER}{_TAG_CHARACTER}*+(?:{_MEDIAL}{_TAG_CHARACTER}++)*+")
_TAG_WITH_CLASS: Final = _compiled(rf"(?:[A-Za-z]{{1,6}}|[0-9]{{1,6}})[._][A-Za-z]{{1,2}}(?!{_TAG_CHARACTER})")
_BETWEEN_SHARPS: Final = _compiled(r"[^#$@\s\x01]{1,64}#")
_NAME: Final = _compiled(rf"[\p{{Latin}}{_UNSPACED}0-9_]{{{MIN_NAME},{MAX_NAME + 1}}}+")
_GOES_ON: Final = _compiled(rf"[[{_LATIN_WORD}]||[@]]")


class Option(NamedTuple):
    """One reading of a candidate: what it would be the key of, if that is known. `end` is its place in the reading."""

    kind: Kind
    key: str
    end: int
    needs_to_be_known: bool = True


class Candidate(NamedTuple):
    """Something behind a sign. The first option counts that needs not be known, or is."""

    start: int
    options: tuple[Option, ...]


def candidates(reading: Reading) -> Iterator[Candidate]:
    """In the order of the text; none begins inside another."""
    text = reading.text
    free = 0
    for sigil in _SIGIL.finditer(text):
        place = sigil.start()
        if place < free:
            continue
        match sigil[0]:
            case "$":
                options = _tickers(text, place)
            case "#":
                options, free = _tags(text, place, follows=place == free and place > 0)
            case _:
                options = _mentions(text, place)
        if options:
            free = max(free, *(option.end for option in options))
            yield Candidate(place, tuple(options))


def _ends_at(text: str, end: int) -> bool:
    """Whether a Latin word ends there."""
    return _GLUED.match(text, end) is None


def _tickers(text: str, place: int) -> list[Option]:
    if place and not _BEFORE_TICKER.match(text, place - 1):
        return []
    start = place + 1
    if (xueqiu := _XUEQIU.match(text, start)) and (options := _bracketed(xueqiu[2], xueqiu.end())):
        return options
    if latin := _LATIN.match(text, start):
        return _latin(text, latin)
    numeric = _WITH_MARKET.match(text, start)
    if numeric and _ends_at(text, numeric.end()) and (symbol := canonical_symbol(numeric[0])):
        return [Option("ticker", symbol, numeric.end(), needs_to_be_known=False)]
    code = _CODE.match(text, start)
    if code and _ends_at(text, code.end()):
        return [Option("ticker", symbol, code.end()) for symbol in possible_symbols(code[0])]
    return []


def _bracketed(code: str, end: int) -> list[Option]:
    if symbol := canonical_symbol(f"{code}.HK" if code.isdecimal() and len(code) == 5 else code):
        return [Option("ticker", symbol, end, needs_to_be_known=False)]
    return [Option("ticker", symbol, end) for symbol in possible_symbols(code)]


def _latin(text: str, latin: regex.Match[str]) -> list[Option]:
    """`$BRK.B`; of `$AAPL.So` at the end of a sentence the symbol that is known, and the longer one where none is."""
    ends = [end for end in dict.fromkeys((latin.end(), latin.end(1))) if _ends_at(text, end)]
    options = [
        Option("ticker", symbol, end)
        for end in ends
        if (symbol := canonical_symbol(text[latin.start() : end])) is not None
    ]
    if not options:
        return []
    return [*options, options[0]._replace(needs_to_be_known=False)]


def _tags(text: str, place: int, *, follows: bool) -> tuple[list[Option], int]:
    """Options, and where the next sign may be. `follows`: a tag ends right before."""
    free = place + 1
    if place and not follows and _BEFORE_TAG.match(text, place - 1):
        return [], free
    start = place + 1
    options: list[Option] = []
    if (with_class := _TAG_WITH_CLASS.match(text, start)) and (symbol := canonical_symbol(with_class[0])):
        options.append(Option("ticker", symbol, with_class.end()))
    tag = _TAG.match(text, start)
    if tag is None or tag.end() - start > MAX_TAG:
        return options, free
    end = tag.end()
    pair = _BETWEEN_SHARPS.match(text, start)
    if pair and (_HAS_UNSPACED.search(pair[0]) or (pair.end() == end + 1 and _ends_at(text, pair.end()))):
        free = pair.end()  # Weibo's #tag#: the second sign opens nothing
        end = free if end == free - 1 else end
    symbols = [canonical_symbol(tag[0]), *possible_symbols(tag[0])]
    options += [Option("ticker", symbol, end) for symbol in symbols if symbol]
    if _HAS_LETTER.search(tag[0]):
        options.append(Option("hashtag", hashtag_key(tag[0]), end, needs_to_be_known=False))
    return options, free


def hashtag_key(tag: str) -> str:
    """What spellings of one tag have in common."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", tag).casefold())


def _mentions(text: str, place: int) -> list[Option]:
    """Of `@小明你好` every beginning may be the name: the longest that exists counts. Latin words are not cut."""
    if place and _BEFORE_MENTION.match(text, place - 1):
        return []
    name = _NAME.match(text, place + 1)
    if name is None:
        return []
    options: list[Option] = []
    for end in range(min(name.end(), place + 1 + MAX_NAME), place + MIN_NAME, -1):
        latin_before = not _HAS_UNSPACED.match(text, end - 1)
        if (latin_before and _GOES_ON.match(text, end)) or text[end : end + 1] in ("@", "_"):
            continue
        written = text[place + 1 : end]
        options.append(Option("mention", unicodedata.normalize("NFKC", written.casefold()), end))
    return options
