"""Views: what other contexts may read of a context's tables.

A context declares them in `shared/contexts/<context>/views.py`; a migration makes them, and a test compares the two.
Declared columns are the contract: the tables below may change as long as the view stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any

from shared import published

ColumnType = type[Any] | UnionType
"""A Python type as psycopg reads it; `X | None` where the column can be null."""


class View:
    """A view `name` with these columns, in this order; the name begins with that of its context."""

    def __init__(self, name: str, /, **columns: ColumnType) -> None:
        self.name = name
        self.columns: Mapping[str, ColumnType] = columns


def views() -> dict[str, tuple[str, View]]:
    """Every declared view by name, with its context."""
    return {
        view.name: (context, view)
        for context, module in published.modules("views")
        for view in vars(module).values()
        if isinstance(view, View)
    }
