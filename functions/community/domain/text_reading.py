"""Texts as they are read for tickers, hashtags and mentions: compatible forms are the plain ones (NFKC), each emoji is
one sign, and addresses and code are left out. Every character knows its place in the text as stored.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import regex

EMOJI: Final = "\u263a"
"""What stands for every emoji, however many code points it has."""
LEFT_OUT: Final = "\x01"
"""What stands for the characters of addresses and code."""

_CLUSTER: Final = regex.compile(r"\X")
_EMOJI: Final = regex.compile(r"[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]")
_SIGNS: Final = {"＄": "$", "﹩": "$", "＃": "#", "﹟": "#", "＠": "@", "﹫": "@", "．": ".", "＿": "_", "～": "〜"}
"""Wide forms of what has a meaning here. Other signs stay as they are: a wide comma ends an address, an ASCII one does
not."""

# Printable ASCII without what encloses addresses, and the letters of internationalized ones; Han ends an address.
_ADDRESS_CHARACTER: Final = r"[!#-;=?-\[\]_a-z~\u00c0-\u024f\u0370-\u052f]"
_LOCAL_PART: Final = r"[A-Za-z0-9.!#$%&'*+=?^_{|}~-]"
_ADDRESSES: Final = regex.compile(
    rf"""
      (?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.){_ADDRESS_CHARACTER}++           # with a scheme, or as good as that
    | (?<![A-Za-z0-9_.@$\#/-])(?:[A-Za-z0-9-]{{1,63}}\.)++[A-Za-z]{{2,24}}(?::[0-9]{{1,5}})?/{_ADDRESS_CHARACTER}*+
    | (?<!{_LOCAL_PART}){_LOCAL_PART}{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}})++    # e-mail, Fediverse
    """,
    regex.VERBOSE | regex.IGNORECASE | regex.ASCII,
)
_BACKTICKS: Final = regex.compile(r"`+")
_FENCE: Final = 3


class Reading(NamedTuple):
    """The text as it is read, and for each of its characters where the cluster that it is of begins and ends in the
    text as stored.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as stored, which splits no cluster."""
        return self.starts[start], self.ends[end - 1]


def read(text: str) -> Reading:
    """A text in normal form C, as it is stored."""
    if text.isascii():
        return Reading(_without_code_and_addresses(text), range(len(text)), range(1, len(text) + 1))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        plain = _plain(cluster[0])
        characters.append(plain)
        starts.extend([cluster.start()] * len(plain))
        ends.extend([cluster.end()] * len(plain))
    return Reading(_without_code_and_addresses("".join(characters)), starts, ends)


@lru_cache(maxsize=8_192)
def _plain(cluster: str) -> str:
    if len(cluster) == 1 and (sign := _SIGNS.get(cluster)):
        return sign
    if _EMOJI.search(cluster):
        return EMOJI
    if len(cluster) == 1 and unicodedata.category(cluster)[0] in "PS":
        return cluster
    return unicodedata.normalize("NFKC", cluster)


def _without_code_and_addresses(text: str) -> str:
    if "`" in text:
        parts: list[str] = []
        behind = 0
        for start, end in _code_spans(text):
            parts += (text[behind:start], LEFT_OUT * (end - start))
            behind = end
        text = "".join((*parts, text[behind:]))
    plain: str = _ADDRESSES.sub(lambda address: LEFT_OUT * len(address[0]), text)
    return plain


def _code_spans(text: str) -> list[tuple[int, int]]:
    """As CommonMark has them: between two runs of as many backticks, one or two of which are in one line."""
    runs = [(run.start(), run.end()) for run in _BACKTICKS.finditer(text)]
    following: dict[int, int] = {}
    closing: list[int | None] = []
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closing.append(following.get(length))
        following[length] = index
    closing.reverse()
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(runs):
        start, end = runs[index]
        close = closing[index]
        if close is not None and (end - start >= _FENCE or "\n" not in text[end : runs[close][0]]):
            spans.append((start, runs[close][1]))
            index = close
        index += 1
    return spans
