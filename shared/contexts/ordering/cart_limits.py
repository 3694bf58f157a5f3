"""How much a cart holds."""

from __future__ import annotations

from typing import Final

MAX_LINES: Final = 100

MAX_QUANTITY: Final = 999
"""Units of one line (the database checks it, too)."""

MAX_COUPONS: Final = 5
