"""How much one person may keep."""

from __future__ import annotations

from typing import Final

MAX_FOLLOWS: Final = 7_500
MAX_PENDING_REQUESTS: Final = 500
MAX_FILTERS: Final = 5_000
"""Mutes, and as many blocks."""
MAX_INTERESTS: Final = 50
MAX_WATCHED: Final = 500
MAX_WORD_FILTERS: Final = 200
MAX_CSV_ROWS: Final = 1_000
MAX_CSV_BYTES: Final = 128 * 1024
