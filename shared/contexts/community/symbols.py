"""Ticker symbols in their canonical form, which carries the market: `AAPL`, `BRK.B`, `0700.HK`, `600519.SH`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_LATIN: Final = re.compile(r"[A-Z]{1,6}(?:[._][A-Z]{1,2})?")
_NUMERIC: Final = re.compile(r"([0-9]{1,6})\.(HK|SH|SS|SZ|BJ|T|TW|KS|KQ)")
_MARKET_FIRST: Final = re.compile(r"(HK|SH|SZ|BJ)([0-9]{1,6})")
"""As Xueqiu writes them: `SH600519`."""
_DIGITS: Final[Mapping[str, tuple[int, int]]] = {
    "HK": (1, 5),
    "SH": (6, 6),
    "SZ": (6, 6),
    "BJ": (6, 6),
    "T": (4, 4),
    "TW": (4, 6),
    "KS": (6, 6),
    "KQ": (6, 6),
}
"""How many digits the codes of a market have, at least and at most."""
_CHINESE_CODE: Final = 6


def canonical_symbol(written: str) -> str | None:
    """`BRK.B` for brk.b and BRK_B; `AAPL` for aapl.us; `0700.HK` for 700.hk and HK00700; `600519.SH` for SH600519 and
    600519.SS (Yahoo's). None for what is no symbol, or is a code without its market.
    """
    if not written.isascii():
        return None
    plain = written.upper()
    if _LATIN.fullmatch(plain):
        return plain.replace("_", ".").removesuffix(".US")
    if numeric := _NUMERIC.fullmatch(plain):
        return _in_market(numeric[1], numeric[2])
    if market_first := _MARKET_FIRST.fullmatch(plain):
        return _in_market(market_first[2], market_first[1])
    return None


def typed_code(text: str) -> str:
    """What somebody types into a field for a ticker, as `canonical_symbol` and `possible_symbols` take it: without the
    dollar sign, compatible forms resolved.
    """
    return unicodedata.normalize("NFKC", text).strip().removeprefix("$")


def possible_symbols(code: str) -> list[str]:
    """What a code of six digits may be short for, the likeliest first; empty for others. Which one it is, the table of
    known symbols says.
    """
    if len(code) != _CHINESE_CODE or not (code.isascii() and code.isdecimal()):
        return []
    # The exchanges of Shanghai, Shenzhen and Beijing number their securities from these digits on.
    likeliest = "SH" if code[0] in "569" else "BJ" if code[0] in "48" else "SZ"
    return [f"{code}.{market}" for market in sorted(("SH", "SZ", "BJ"), key=lambda market: market != likeliest)]


def _in_market(code: str, market: str) -> str | None:
    market = "SH" if market == "SS" else market
    least, most = _DIGITS[market]
    if market == "HK" and code.isdecimal():
        code = code.lstrip("0").zfill(4)
        least = 4
    return f"{code}.{market}" if least <= len(code) <= most and code.strip("0") else None
