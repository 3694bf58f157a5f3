"""Symbols of tickers in a watchlist, by their form alone."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SYMBOL: Final = re.compile(r"[A-Z]{1,6}(\.[A-Z]{1,2})?|[0-9]{4,6}\.[A-Z]{2}")


def canonical(text: str) -> str | None:
    """`$aapl` as `AAPL`, `brk_b` as `BRK.B`; None for what is no symbol. Codes of numbers carry their market."""
    symbol = unicodedata.normalize("NFKC", text).strip().removeprefix("$").upper().replace("_", ".")
    return symbol if _SYMBOL.fullmatch(symbol) else None
