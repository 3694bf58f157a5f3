"""The port to search engines: queries and results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from functions.catalog.domain.product_filters import ProductFilters
from shared.contexts.catalog.product_lists import ListedProduct


class Hit(NamedTuple):
    """A product that meets the query. What met it is marked with `<mark>`, all else is escaped for HTML."""

    product: ListedProduct
    name: str
    description: str | None
    """Some of it around what met the query; None where nothing of it did."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of a search, the best first. `exact`: the products have all of the query."""

    hits: list[Hit]
    exact: bool
    after: list[Any] | None
    """The position of the last hit, after which the next page begins, as JSON can hold it; None on the last page."""


class Suggestion(NamedTuple):
    """A completion of a query. `kind` is product, category or vendor; vendors have no slug."""

    kind: str
    text: str
    slug: str | None


class SearchEngine(Protocol):
    """Finds products on sale."""

    def search(self, query: str, filters: ProductFilters, *, limit: int, after: list[Any] | None) -> SearchPage:
        """Up to `limit` products that meet the query and the filters; `after` is the position that the page before
        ended with.
        """
        ...

    def suggest(self, query: str) -> Sequence[Suggestion]:
        """For a query of which the end may be missing."""
        ...
