"""What the shop window shows: lists, products, the category tree."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from functions.catalog.errors import ProductNotFoundError
from functions.catalog.repository import categories, products
from functions.catalog.repository.filters import ProductFilters
from functions.catalog.repository.products import ProductPage, Sort
from shared.clients.database import Connection
from shared.identifiers import as_id
from shared.product_lists import ListedProduct

LOW_STOCK_UNITS: Final = 5
"""Up to so many units a shopper is told how many are left; above, the number is nobody's business."""


@dataclass(slots=True)
class CategoryNode:
    """A category with those below it; `product_count` counts theirs as well."""

    id: UUID
    name: str
    slug: str
    product_count: int
    children: list[CategoryNode]


def within(connection: Connection, filters: ProductFilters, category: str | None) -> ProductFilters:
    """The filters, and of the products those in this category and below. An unknown category holds nothing."""
    if category is None:
        return filters
    return dataclasses.replace(filters, categories=categories.subtree(connection, category))


def list_products(
    connection: Connection,
    filters: ProductFilters,
    sort: Sort,
    *,
    limit: int,
    after: list[Any] | None,
) -> tuple[list[ListedProduct], list[Any] | None]:
    """A page, and the sort values that the next one starts after (None on the last page)."""
    if filters.categories == []:
        return [], None
    found = products.list_products(connection, filters, sort, limit=limit + 1, after=after)
    page = found[:limit]
    return page, products.sort_values(page[-1], sort) if len(found) > limit else None


def product(connection: Connection, id_or_slug: str) -> ProductPage:
    """The product on sale with this id or slug. Raises ProductNotFoundError."""
    found = products.product_page(connection, product_id=as_id(id_or_slug), slug=id_or_slug)
    if found is None:
        raise ProductNotFoundError
    return found


def stock_state(available: int, *, allow_backorder: bool) -> tuple[str, int | None]:
    """`in_stock`, `low` or `out`, and how many are left where that is told."""
    if available > LOW_STOCK_UNITS or (allow_backorder and available <= 0):
        return "in_stock", None
    if available <= 0:
        return "out", 0
    return "low", available


def category_tree(connection: Connection) -> list[CategoryNode]:
    """The categories at the root, with all below them."""
    rows = categories.all_counted(connection)
    nodes = {row.id: CategoryNode(row.id, row.name, row.slug, row.own_count, []) for row in rows}
    roots: list[CategoryNode] = []
    for row in rows:
        siblings = roots if row.parent_id is None else nodes[row.parent_id].children
        siblings.append(nodes[row.id])
    for node in reversed(_parents_first(roots)):
        node.product_count += sum(child.product_count for child in node.children)
    return roots


def _parents_first(roots: list[CategoryNode]) -> list[CategoryNode]:
    ordered = list(roots)
    for node in ordered:  # grows while it is walked
        ordered.extend(node.children)
    return ordered
