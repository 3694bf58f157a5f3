"""The engine in PostgreSQL: products with all of the words; where there are none, with words that are spelt alike, and
with parts of Chinese phrases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from functions.catalog.domain import highlighting
from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.domain.search_engine import Hit, SearchPage, Suggestion
from functions.catalog.repository import search, suggestions
from functions.catalog.repository.search import RankedProduct
from shared.clients.database import Connection
from shared.pages import split_page
from shared.search import query as search_query
from shared.search import spelling
from shared.search import terms as search_terms
from shared.search.query import Group, Part

_EXACT: Final = "exact"
_SIMILAR: Final = "similar"


class PostgresqlSearch:
    """Searches the index that every writer of a product keeps (`functions/catalog/repository/search_index.py`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def search(self, query: str, filters: ProductFilters, *, limit: int, after: list[Any] | None) -> SearchPage:
        """A page of the products that meet the query; see `SearchEngine`."""
        groups = search_query.query(query)
        if not groups:
            return SearchPage([], exact=True, after=None)
        mode, *position = after or (_EXACT,)
        if mode == _EXACT:
            page = self._page(groups, filters, limit=limit, position=position, mode=_EXACT)
            if page.hits or position:
                return page
        alternatives = self._alternatives(groups)
        if alternatives == groups:
            return SearchPage([], exact=True, after=None)
        return self._page(alternatives, filters, limit=limit, position=position, mode=_SIMILAR)

    def suggest(self, query: str) -> Sequence[Suggestion]:
        """Completions of a query: products, then categories, then vendors."""
        groups = search_query.beginning(query)
        if not groups:
            return []
        return suggestions.suggestions(self._connection, search_query.tsquery(groups), beginning=query)

    def _page(
        self,
        alternatives: list[Group],
        filters: ProductFilters,
        *,
        limit: int,
        position: list[Any],
        mode: str,
    ) -> SearchPage:
        statement = search_query.tsquery(alternatives)
        rows = search.search(self._connection, statement, filters, limit=limit + 1, after=position or None)
        page, after = split_page(rows, limit, lambda row: [mode, row.rank, row.product.id])
        parts = [part for group in alternatives for part in group]
        return SearchPage([_hit(row, parts) for row in page], exact=mode == _EXACT, after=after)

    def _alternatives(self, groups: list[Group]) -> list[Group]:
        """The groups, each with words that are spelt as its own, or with pairs of a phrase's characters."""
        words = [group[0].text for group in groups if not group[0].unspaced and group[0].text.isalpha()]
        nearest = search.nearest_words(self._connection, words) if words else {}
        return [[*group, *self._others(group[0], nearest)] for group in groups]

    def _others(self, part: Part, nearest: dict[str, list[str]]) -> list[Part]:
        if not part.unspaced:
            return [Part(word) for word in spelling.candidates(part.text, nearest.get(part.text, []))]
        pairs = [Part(pair, unspaced=True) for pair in search_terms.pairs(part.text)]
        return [pair for pair in pairs if pair != part]


def _hit(row: RankedProduct, parts: list[Part]) -> Hit:
    from functions.catalog.domain.html_text import plain_text

    name = highlighting.marked(row.product.name, parts)
    return Hit(row.product, name, highlighting.fragment(plain_text(row.description), parts))
