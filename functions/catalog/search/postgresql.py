"""The engine in PostgreSQL: all of the words; where that finds nothing, words that are spelt alike, and parts of
Chinese phrases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from functions.catalog.repository import search, suggestions
from functions.catalog.repository.filters import ProductFilters
from functions.catalog.repository.search import FoundProduct
from functions.catalog.search import Found, Hit, Suggestion, highlighting, spelling
from shared import search_terms
from shared.clients.database import Connection
from shared.search_terms import Part

_EXACT: Final = "exact"
_SIMILAR: Final = "similar"


class PostgresqlSearch:
    """Searches the index that every writer of a product keeps (`shared/transactions/product_search.py`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def search(self, query: str, filters: ProductFilters, *, limit: int, after: list[Any] | None) -> Found:
        """A page of the products that meet the query; see `SearchEngine`."""
        parts = search_terms.query(query)
        if not parts:
            return Found([], exact=True, after=None)
        mode, *position = after or (_EXACT,)
        if mode == _EXACT:
            every = [[part] for part in parts]
            found = self._page(every, filters, limit=limit, position=position, mode=_EXACT)
            if found.hits or position:
                return found
        alternatives = self._alternatives(parts)
        if all(len(group) == 1 for group in alternatives):
            return Found([], exact=True, after=None)
        return self._page(alternatives, filters, limit=limit, position=position, mode=_SIMILAR)

    def suggest(self, query: str) -> Sequence[Suggestion]:
        """What a query may become: products, then categories, then vendors."""
        parts = search_terms.beginning(query)
        if not parts:
            return []
        beginning = search_terms.normal(query).strip().lower()
        return suggestions.suggestions(self._connection, search_terms.tsquery(parts), beginning)

    def _page(
        self,
        alternatives: list[list[Part]],
        filters: ProductFilters,
        *,
        limit: int,
        position: list[Any],
        mode: str,
    ) -> Found:
        statement = search_terms.tsquery_of_any(alternatives)
        rows = search.search(self._connection, statement, filters, limit=limit + 1, after=position or None)
        shown = rows[:limit]
        after = [mode, shown[-1].rank, shown[-1].product.id] if len(rows) > limit else None
        parts = [part for group in alternatives for part in group]
        return Found([_hit(row, parts) for row in shown], exact=mode == _EXACT, after=after)

    def _alternatives(self, parts: list[Part]) -> list[list[Part]]:
        """What may stand for each part: itself, words that are spelt alike, pairs of a phrase's characters."""
        words = [part.text for part in parts if not part.unspaced and part.text.isalpha()]
        nearest = search.nearest_words(self._connection, words) if words else {}
        groups: list[list[Part]] = []
        for part in parts:
            if part.unspaced:
                others = [Part(pair, unspaced=True) for pair in search_terms.pairs(part.text)]
                groups.append(list(dict.fromkeys([part, *others])))
            else:
                similar = spelling.candidates(part.text, nearest.get(part.text, []))
                groups.append([part, *(Part(word, unspaced=False) for word in similar)])
        return groups


def _hit(row: FoundProduct, parts: list[Part]) -> Hit:
    from shared.html_text import plain_text

    name = highlighting.marked(row.product.name, parts)
    return Hit(row.product, name, highlighting.fragment(plain_text(row.description), parts))
