"""Searching: all of the words; where that finds nothing, words that are spelt alike, and parts of Chinese phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from functions.catalog.repository import search, suggestions
from functions.catalog.repository.filters import ProductFilters
from functions.catalog.repository.search import FoundProduct
from functions.catalog.repository.suggestions import Suggestion
from functions.catalog.service import browsing, spelling
from shared import search_terms
from shared.clients.database import Connection
from shared.search_terms import Part

_EXACT: Final = "exact"
_SIMILAR: Final = "similar"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a search; `parts` are what its products have of the query, `after` is what the next page needs."""

    products: list[FoundProduct]
    parts: list[Part]
    exact: bool
    after: list[Any] | None


def search_products(
    connection: Connection,
    query: str,
    filters: ProductFilters,
    *,
    category: str | None,
    limit: int,
    after: list[Any] | None,
) -> Found:
    """A page of the products that meet the query. An unknown category holds nothing."""
    parts = search_terms.query(query)
    filters = browsing.within(connection, filters, category)
    if not parts or filters.categories == []:
        return Found([], [], exact=True, after=None)
    mode, *position = after or (_EXACT,)
    if mode == _EXACT:
        every = [[part] for part in parts]
        found = _page(connection, every, filters, limit=limit, position=position, mode=_EXACT)
        if found.products or position:
            return found
    alternatives = _alternatives(connection, parts)
    if all(len(group) == 1 for group in alternatives):
        return Found([], parts, exact=True, after=None)
    return _page(connection, alternatives, filters, limit=limit, position=position, mode=_SIMILAR)


def suggest(connection: Connection, query: str) -> Sequence[Suggestion]:
    """What a query may become: products, then categories, then vendors."""
    parts = search_terms.beginning(query)
    if not parts:
        return []
    return suggestions.suggestions(connection, search_terms.tsquery(parts), search_terms.normal(query).strip().lower())


def _page(
    connection: Connection,
    alternatives: list[list[Part]],
    filters: ProductFilters,
    *,
    limit: int,
    position: list[Any],
    mode: str,
) -> Found:
    statement = search_terms.tsquery_of_any(alternatives)
    rows = search.search(connection, statement, filters, limit=limit + 1, after=position or None)
    shown = rows[:limit]
    after = [mode, shown[-1].rank, shown[-1].product.id] if len(rows) > limit else None
    return Found(shown, [part for group in alternatives for part in group], exact=mode == _EXACT, after=after)


def _alternatives(connection: Connection, parts: list[Part]) -> list[list[Part]]:
    """What may stand for each part: itself, words that are spelt alike, pairs of a phrase's characters."""
    words = [part.text for part in parts if not part.unspaced and part.text.isalpha()]
    nearest = search.nearest_words(connection, words) if words else {}
    groups: list[list[Part]] = []
    for part in parts:
        if part.unspaced:
            others = [Part(pair, unspaced=True) for pair in search_terms.pairs(part.text)]
            groups.append(list(dict.fromkeys([part, *others])))
        else:
            similar = spelling.candidates(part.text, nearest.get(part.text, []))
            groups.append([part, *(Part(word, unspaced=False) for word in similar)])
    return groups
