"""What a list shows of a product, whichever list it is: those of the catalogue, searches, recommendations.

A statement cuts its page first, `page AS MATERIALIZED (SELECT {PAGE_COLUMNS} ...)`, and ends with `SHOWN`, which looks
up what is shown besides for the rows of the page only.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql


class ListedProduct(NamedTuple):
    """One row of a list. Amounts are minor units; `compare_at_amount` is that of the cheapest variant.

    A tuple, because a frozen dataclass takes several times as long to make, and a page has many.
    """

    id: UUID
    slug: str
    name: str
    vendor: str
    currency: str
    price_min_amount: int
    price_max_amount: int
    is_active: bool
    version: int
    created_at: datetime
    updated_at: datetime
    image_url: str | None
    image_alt: str | None
    image_media: dict[str, Any] | None
    rating_count: int
    rating_average: float | None
    rating_rank: int
    sold_count: int
    in_stock: bool
    compare_at_amount: int | None


AVAILABLE: Final = sql.SQL(
    "EXISTS (SELECT FROM variants v JOIN stock_levels s ON s.variant_id = v.id"
    " WHERE v.product_id = p.id AND v.deleted_at IS NULL AND NOT s.sold_out)"
)
"""Whether some variant of `products p` can be bought."""

PAGE_COLUMNS: Final = sql.SQL(
    "p.id, p.slug, p.name, p.vendor, p.currency, p.price_min, p.price_max, p.is_active, p.version, p.created_at,"
    " p.updated_at, p.rating_count, p.rating_sum, p.rating_rank, p.sold_count"
)
"""What a statement takes into its `page`, which `SHOWN` reads."""
SHOWN: Final = sql.SQL("""
SELECT p.id, p.slug, p.name, p.vendor, p.currency, p.price_min AS price_min_amount, p.price_max AS price_max_amount,
       p.is_active, p.version, p.created_at, p.updated_at, i.url AS image_url, i.alt AS image_alt,
       i.media AS image_media, p.rating_count,
       round(p.rating_sum / nullif(p.rating_count, 0)::numeric, 2)::float8 AS rating_average,
       p.rating_rank, p.sold_count, v.in_stock, v.compare_at_amount {more}
FROM page p
LEFT JOIN LATERAL (
    SELECT url, alt, media FROM product_images WHERE product_id = p.id ORDER BY position LIMIT 1
) i ON true
CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(NOT s.sold_out), false) AS in_stock,
           (array_agg(v.compare_at_amount ORDER BY v.price_amount, v.position))[1] AS compare_at_amount
    FROM variants v LEFT JOIN stock_levels s ON s.variant_id = v.id
    WHERE v.product_id = p.id AND v.deleted_at IS NULL
) v
""")
"""The columns of `ListedProduct`, in its order, and `more`."""


_FROM_ELSEWHERE: Final[dict[str, Any]] = {"blurhash": None, "width": None, "height": None, "variants": []}


def picture(url: str, media: dict[str, Any] | None) -> dict[str, Any]:
    """`shared.contexts.media.schemas.Picture` as JSON; `media` describes a picture that was uploaded here."""
    return {"url": url, **(media or _FROM_ELSEWHERE)}


def image(url: str | None, alt: str | None, media: dict[str, Any] | None) -> dict[str, Any] | None:
    """`shared.contexts.media.schemas.Image` as JSON has it; None where there is no address."""
    return None if url is None else {**picture(url, media), "alt": alt or ""}


def listed(row: ListedProduct) -> dict[str, Any]:
    """`shared.contexts.catalog.schemas.ProductSummary` as JSON has it."""
    return {
        "id": row.id,
        "slug": row.slug,
        "name": row.name,
        "vendor": row.vendor,
        "currency": row.currency,
        "price_min_amount": row.price_min_amount,
        "price_max_amount": row.price_max_amount,
        "compare_at_amount": row.compare_at_amount,
        "image": image(row.image_url, row.image_alt, row.image_media),
        "in_stock": row.in_stock,
        "rating_average": row.rating_average,
        "rating_count": row.rating_count,
        "updated_at": row.updated_at,
    }
