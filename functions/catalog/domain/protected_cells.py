"""Texts in cells that a spreadsheet would take for formulas, marked by an apostrophe in front, and read back.

What a spreadsheet evaluates begins with one of `= + - @`, a tab or a line break (OWASP, "CSV Injection"). An export
puts one apostrophe in front of such a text, and of one that looks as if it had been marked already; reading takes just
that one off. So every text comes back as it was, and no other text changes: neither `'Tis` nor `it's` is touched.

Shopify marks codes (SKU, barcode) whatever they begin with, and numbers: those are read in the same way.
"""

from __future__ import annotations

import re
from typing import Final

_EVALUATED: Final = r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_BEGINNINGS: Final = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_TO_MARK: Final = re.compile(rf"'*{_EVALUATED}|'+[0-9]+\Z")
_MARKED: Final = re.compile(rf"'+{_EVALUATED}|'+[0-9]+\Z")


def mark(text: str) -> str:
    """The cell for a text."""
    return f"'{text}" if text[:1] in _BEGINNINGS and _TO_MARK.match(text) else text


def unmark(cell: str) -> str:
    """The text of a cell."""
    return cell[1:] if cell.startswith("'") and _MARKED.match(cell) else cell


def mark_code(code: str) -> str:
    """The cell for a code, of which an apostrophe in front is never a part unless it is marked."""
    return f"'{code}" if code.startswith("'") or _TO_MARK.match(code) else code


def unmark_code(cell: str) -> str:
    """The code of a cell."""
    return cell[1:] if cell.startswith("'") else cell
