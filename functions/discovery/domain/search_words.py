"""What is looked for in names: by beginnings, by parts of Chinese names, by what misspelt words have in common.

`search_keys`, a function of the database, makes the same keys of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from shared import like_patterns
from shared.contexts.community.symbols import canonical_symbol, possible_symbols
from shared.contexts.profiles.usernames import key_of
from shared.search.segments import normal, segments

MIN_LETTERS: Final = 2
"""Of scripts with spaces: one letter alone would be found everywhere. One character of Chinese, Japanese or Korean is
often a word.
"""
_SPACED: Final = range(4, 31)
"""Lengths of words that may be misspelt, as `search_keys` has them."""
_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_NO_WORD: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class SearchWords:
    """`key`: the query folded; `beginning`: a pattern of LIKE for it; `parts`: keys of which a name has all; `slips`:
    keys of which a misspelt name has some; `symbols`: the tickers that the query may be.
    """

    key: str
    beginning: str
    parts: list[str]
    slips: list[str]
    symbols: list[str]


def search_words(query: str) -> SearchWords:
    """What a query is looked for by in names. A sign of mentions, tickers or hashtags before it says nothing."""
    written = query.strip().lstrip("@#$＠＃＄").strip()
    key = " ".join(key_of(written).split())
    symbol = canonical_symbol(written)
    return SearchWords(
        key,
        f"{like_patterns.literal(key)}%",
        _parts(key),
        slips_of(key),
        [symbol] if symbol else possible_symbols(written),
    )


def is_long_enough(query: str) -> bool:
    """Whether the query can be answered: a character of an unspaced script, two letters of others, or a symbol that
    says it is one (`$F`).
    """
    found = list(segments(normal(query)))
    if any(segment.unspaced for segment in found):
        return True
    letters = sum(len(segment.text) for segment in found)
    return letters >= MIN_LETTERS or (letters == 1 and query.strip().startswith(("$", "＄")))


def _parts(key: str) -> list[str]:
    runs = [run for run in _ASCII.split(key) if run]
    return [run[place : place + 2] if len(run) > 1 else run for run in runs for place in range(max(1, len(run) - 1))]


def slips_of(key: str) -> list[str]:
    """Keys that a misspelt name or word shares with what was meant."""
    words = [word for word in _NO_WORD.split(key) if len(word) in _SPACED]
    return [f"~{slip}" for word in words for slip in (word, *(word[:n] + word[n + 1 :] for n in range(len(word))))]
