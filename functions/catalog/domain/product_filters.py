"""Which products a list or a search shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFilters:
    """None and empty filter nothing."""

    categories: list[UUID] | None = None
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool | None = None
    vendor: str | None = None
    tag: str | None = None
    rating_min: float | None = None
    """Stars."""
    options: dict[str, str] = field(default_factory=dict)
    """Option name to value: one variant has them all."""
    active: bool | None = True
    text: str | None = None
    """Part of the name, or beginning of a SKU."""
    low: bool | None = None
    """Whether some variant is low in stock."""
