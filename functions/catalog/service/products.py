"""Products and categories as the public reads them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.errors import ProductGoneError, ProductNotFoundError
from functions.catalog.repository import categories, products
from functions.catalog.repository.products import ProductPage, ProductSort
from shared.clients.database import Connection
from shared.contexts.catalog.product_lists import ListedProduct
from shared.identifiers import as_id
from shared.pages import split_page


@dataclass(slots=True)
class CategoryNode:
    """A category with those below it; `product_count` counts theirs as well."""

    id: UUID
    name: str
    slug: str
    former_slugs: list[str]
    updated_at: datetime
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
    sort: ProductSort,
    *,
    limit: int,
    after: list[Any] | None,
) -> tuple[Sequence[ListedProduct], list[Any] | None]:
    """A page, and the sort values that the next one starts after (None on the last page)."""
    if filters.categories == []:
        return [], None
    rows = products.list_products(connection, filters, sort, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: products.sort_values(row, sort))


def product(connection: Connection, id_or_slug: str) -> ProductPage:
    """The product on sale with this id or slug, or that had the slug. Raises ProductNotFoundError and
    ProductGoneError.
    """
    product_id = as_id(id_or_slug)
    page = products.product_page(connection, product_id=product_id, slug=id_or_slug)
    if page is not None:
        return page
    former = products.former(connection, product_id=product_id, slug=id_or_slug)
    if former is None:
        raise ProductNotFoundError
    if former.is_gone:
        raise ProductGoneError
    page = products.product_page(connection, product_id=former.id)
    if page is None:
        raise ProductNotFoundError
    return page


def category_tree(connection: Connection) -> list[CategoryNode]:
    """The categories at the root, with all below them."""
    rows = categories.all_counted(connection)
    nodes = {
        row.id: CategoryNode(row.id, row.name, row.slug, row.former_slugs, row.updated_at, row.own_count, [])
        for row in rows
    }
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
