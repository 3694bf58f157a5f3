"""How public answers of the catalogue are kept by CloudFront, and what they are about."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.contexts.catalog.cache_tags import CATALOG, CATEGORIES, LISTS, of_product
from shared.web.responses import CATALOG_PAGES, CATEGORY_TREE, CachePolicy

LIST_PAGES: Final = CATALOG_PAGES.about(CATALOG, LISTS)
CATEGORY_PAGES: Final = CATEGORY_TREE.about(CATALOG, CATEGORIES)


def product_pages(product_id: UUID | str) -> CachePolicy:
    """A product's page, or a page of its reviews."""
    return CATALOG_PAGES.about(CATALOG, of_product(product_id))
