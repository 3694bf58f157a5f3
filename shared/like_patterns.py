"""Text as a part of a pattern of SQL's LIKE."""

from __future__ import annotations


def literal(text: str) -> str:
    """The text as a pattern that stands for itself alone."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
