"""Languages of messages."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("en", "zh-CN")
"""The first is the default."""


def best_match(language: str) -> str:
    """Of the languages of messages, the best for a reader with this BCP 47 tag."""
    primary = language.partition("-")[0].lower()
    return next((supported for supported in LANGUAGES if supported.partition("-")[0] == primary), LANGUAGES[0])
