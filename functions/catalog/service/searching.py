"""Searching, by whichever engine."""

from __future__ import annotations

from typing import Any

from functions.catalog.repository.filters import ProductFilters
from functions.catalog.search import Found, SearchEngine
from functions.catalog.service import browsing
from shared.clients.database import Connection


def search_products(
    connection: Connection,
    engine: SearchEngine,
    query: str,
    filters: ProductFilters,
    *,
    category: str | None,
    limit: int,
    after: list[Any] | None,
) -> Found:
    """A page of the products that meet the query. An unknown category holds nothing."""
    filters = browsing.within(connection, filters, category)
    if filters.categories == []:
        return Found([], exact=True, after=None)
    return engine.search(query, filters, limit=limit, after=after)
