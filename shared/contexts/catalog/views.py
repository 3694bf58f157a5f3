"""What others may read of catalog."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from shared.views import View

PRODUCTS: Final = View(
    "catalog_products",
    id=UUID,
    slug=str,
    name=str,
    vendor=str,
    product_type=str,
    tags=list[str],
    category_id=UUID | None,
    currency=str,
    price_min=int,
    price_max=int,
    is_active=bool,
    is_offered=bool,
    version=int,
    created_at=datetime,
    updated_at=datetime,
    deleted_at=datetime | None,
    rating_count=int,
    rating_sum=int,
    rating_rank=int,
    sold_count=int,
    name_words=list[str] | None,
)
"""Every product, deleted ones too; `is_offered`: on sale now. `name_words`: the words of the name, as search has them.
`shared.contexts.catalog.product_lists` reads its rows as `p`."""

OFFERS: Final = View(
    "catalog_offers",
    variant_id=UUID,
    product_id=UUID,
    slug=str,
    name=str,
    variant_title=str,
    sku=str | None,
    image_url=str | None,
    category_id=UUID | None,
    currency=str,
    price_amount=int,
    weight_grams=int,
    requires_shipping=bool,
    taxable=bool,
    is_sellable=bool,
    available=int | None,
)
"""Every variant with its product, deleted ones too. `available`: units that nobody has reserved;
null for any number."""

SEARCH_DOCUMENTS: Final = View("catalog_search_documents", product_id=UUID, name_terms=str, terms=str)
"""What products on sale are found by (`shared.search.terms`)."""

SEARCH_WORDS: Final = View("catalog_search_words", word=str)
"""Words of products: what a misspelt one may have been."""

RESERVATIONS: Final = View("catalog_reservations", checkout_id=UUID, variant_id=UUID, quantity=int)
"""Units that are reserved for checkouts."""

DOWNLOADS: Final = View("catalog_downloads", order_item_id=UUID, media_id=UUID, downloads=int)
"""Files that buyers have downloaded for a line of an order."""

CATEGORIES: Final = View("catalog_categories", id=UUID, parent_id=UUID | None)

WISHES: Final = View("catalog_wishes", user_id=UUID, product_id=UUID, created_at=datetime)

SHOWN_MEDIA: Final = View("catalog_shown_media", media_id=UUID)
"""Uploaded pictures that a product or a review shows; once for each place."""

REVIEWS: Final = View(
    "catalog_reviews",
    id=UUID,
    product_id=UUID,
    user_id=UUID | None,
    rating=int,
    title=str,
    body=str,
    image_urls=list[str],
    status=str,
    version=int,
    created_at=datetime,
)
"""Every review, hidden ones too."""

WAITING: Final = View("catalog_waiting", kind=str, id=UUID)
"""What waits for staff: a `variant` that is low in stock."""
