"""The search port: what an engine is asked, and what it answers; nothing of how it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from functions.catalog.repository.filters import ProductFilters
from shared.product_lists import ListedProduct


class Hit(NamedTuple):
    """A product that was found. What met the query is marked with `<mark>`, all else is escaped for HTML."""

    product: ListedProduct
    name: str
    description: str | None
    """Some of it around what met the query; None where nothing of it did."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a search, the best first. `exact`: the products have all of the query."""

    hits: list[Hit]
    exact: bool
    after: list[Any] | None
    """What the next page is asked for with, as JSON can hold it; None on the last page."""


class Suggestion(NamedTuple):
    """What a query may become. `kind` is product, category or vendor; vendors have no slug."""

    kind: str
    text: str
    slug: str | None


class SearchEngine(Protocol):
    """Finds products on sale."""

    def search(self, query: str, filters: ProductFilters, *, limit: int, after: list[Any] | None) -> Found:
        """Up to `limit` products that meet the query and the filters; `after` is what the page before said."""
        ...

    def suggest(self, query: str) -> Sequence[Suggestion]:
        """For a query of which the end may be missing."""
        ...
