"""Searching, by whichever engine."""

from __future__ import annotations

from typing import Any

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.domain.search_engine import SearchEngine, SearchPage
from functions.catalog.service import products
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
) -> SearchPage:
    """A page of the products that meet the query. An unknown category holds nothing."""
    filters = products.within(connection, filters, category)
    if filters.categories == []:
        return SearchPage([], exact=True, after=None)
    return engine.search(query, filters, limit=limit, after=after)
