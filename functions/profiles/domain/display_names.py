"""Display names: any script, and something to see."""

from __future__ import annotations

from shared.graphemes import has_visible_character


def visible(name: str | None) -> str | None:
    """The name, or None where nobody could see it: then the username is shown."""
    return name if name is not None and has_visible_character(name) else None
