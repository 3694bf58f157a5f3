"""What public answers are about: the names by which CloudFront keeps them, and by which they are purged.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-by-tags.html
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

CATALOG: Final = "catalog"
"""Every public answer of the catalogue."""
LISTS: Final = "products"
"""Lists, searches, suggestions, recommendations: any product may come into them, leave, or stand elsewhere in them."""
CATEGORIES: Final = "categories"
"""The tree, which counts products."""


def of_product(product_id: UUID | str) -> str:
    """A product's page and reviews, by whichever address they were asked for."""
    return f"product:{product_id}"
