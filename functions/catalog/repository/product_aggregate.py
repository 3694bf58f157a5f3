"""Products with all that belongs to them: read and locked as a whole, written as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import args_row, class_row

from functions.catalog.domain.product_aggregate import ProductAggregate, ProductHead, StoredProduct, StoredVariant
from functions.catalog.domain.product_draft import (
    PRODUCT_FIELDS,
    ImageDraft,
    ProductDraft,
    ProductFields,
    VariantDraft,
)
from functions.catalog.domain.variant_fields import VARIANT_FIELDS
from shared.clients.database import Connection

_FIELDS: Final = ", ".join(PRODUCT_FIELDS)
_VALUES: Final = ", ".join(f"%({name})s" for name in PRODUCT_FIELDS)
_SELECT: Final = f"""
SELECT p.id, {", ".join(f"p.{name}" for name in PRODUCT_FIELDS)}, p.version, p.created_at, p.updated_at,
       p.import_handle, c.slug AS category_slug
FROM products p LEFT JOIN categories c ON c.id = p.category_id
"""
# Not FOR UPDATE: carts and orders that refer to the product need not wait.
_BY_ID: Final = _SELECT + "WHERE p.id = %s AND p.deleted_at IS NULL"
_BY_ID_LOCKED: Final = _BY_ID + " FOR NO KEY UPDATE OF p"
_BY_IDS: Final = _SELECT + "WHERE p.id = ANY(%s) AND p.deleted_at IS NULL ORDER BY p.id"
_BY_SLUGS_LOCKED: Final = (
    _SELECT + "WHERE (p.slug = ANY(%s) OR p.import_handle = ANY(%s)) AND p.deleted_at IS NULL"
    " ORDER BY p.id FOR NO KEY UPDATE OF p"
)

_OF_VARIANT: Final = ", ".join(f"v.{name}" for name in VARIANT_FIELDS)
STORED_VARIANT: Final = f"""v.id, v.product_id, v.version, v.position, {_OF_VARIANT}, coalesce(s.on_hand, 0) AS on_hand,
    coalesce(s.reserved, 0) AS reserved, coalesce(s.allow_backorder, false) AS allow_backorder, s.low_stock_threshold
"""
"""The columns of `StoredVariant`: a variant `v` and its stock level `s`, if it has one."""
_OF_DRAFT: Final = ", ".join(f"d.{name}" for name in VARIANT_FIELDS)
_SET_VARIANT: Final = ", ".join(f"{name} = d.{name}" for name in VARIANT_FIELDS)
_VARIANTS: Final = f"""
SELECT {STORED_VARIANT}
FROM variants v LEFT JOIN stock_levels s ON s.variant_id = v.id
WHERE v.product_id = ANY(%s) AND v.deleted_at IS NULL ORDER BY v.product_id, v.position, v.id
"""

# Whoever takes a slug has it: it does not lead to the product that bore it before.
_RELEASED: Final = """released AS (
    DELETE FROM product_slug_history h USING products p WHERE h.slug = %(slug)s AND p.id = h.product_id
    RETURNING CASE WHEN p.deleted_at IS NULL THEN p.id END AS product_id
)"""
_INSERT: Final = f"""
WITH {_RELEASED}
INSERT INTO products ({_FIELDS}, price_min, price_max) VALUES ({_VALUES}, %(price_min)s, %(price_max)s)
ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING RETURNING id, (SELECT product_id FROM released) AS displaced
"""

_UPDATE: Final = f"""
WITH {_RELEASED}, kept AS (
    INSERT INTO product_slug_history (slug, product_id)
    SELECT slug, id FROM products WHERE id = %(id)s AND slug <> %(slug)s
    ON CONFLICT (slug) DO UPDATE SET product_id = excluded.product_id
)
UPDATE products
SET ({_FIELDS}, price_min, price_max, version) = (
    {_VALUES}, coalesce(%(price_min)s, price_min), coalesce(%(price_max)s, price_max), version + 1
)
WHERE id = %(id)s RETURNING (SELECT product_id FROM released WHERE product_id <> %(id)s) AS displaced
"""
_DELETE: Final = """
WITH kept AS (
    INSERT INTO product_slug_history (slug, product_id) SELECT slug, id FROM products WHERE id = %(id)s
    ON CONFLICT (slug) DO UPDATE SET product_id = excluded.product_id
)
UPDATE products SET deleted_at = now(), version = version + 1 WHERE id = %(id)s
"""

# One statement, so that two variants may exchange their options or SKUs. Such a constraint is checked once the rows are
# there, so two writers of one SKU would wait for each other: whoever writes a SKU waits for the others before.
_MERGE_VARIANTS: Final = f"""
WITH locked AS MATERIALIZED (
    SELECT count(pg_advisory_xact_lock(key)) AS skus FROM (
        SELECT DISTINCT hashtextextended('catalog.sku ' || sku, 0) AS key
        FROM unnest(%(skus)s::text[]) AS sku ORDER BY key
    ) keys
)
MERGE INTO variants v USING (
    SELECT new.* FROM locked CROSS JOIN jsonb_populate_recordset(NULL::variants, %(variants)s::jsonb) new
    WHERE locked.skus >= 0
) d ON v.id = d.id AND v.product_id = %(product_id)s
WHEN MATCHED AND (v.vendor, v.position, {_OF_VARIANT})
             IS DISTINCT FROM (%(vendor)s::text, d.position, {_OF_DRAFT}) THEN
    UPDATE SET vendor = %(vendor)s, position = d.position, {_SET_VARIANT},
        version = v.version + (({_OF_VARIANT}) IS DISTINCT FROM ({_OF_DRAFT}))::int
WHEN NOT MATCHED THEN
    INSERT (product_id, vendor, position, {", ".join(VARIANT_FIELDS)})
    VALUES (%(product_id)s, %(vendor)s, d.position, {_OF_DRAFT})
RETURNING v.id, v.position
"""

# What was uploaded here is locked, so that it is not deleted meanwhile.
_INSERT_IMAGES: Final = """
WITH uploaded AS MATERIALIZED (
    SELECT id, url, media FROM media_pictures WHERE id = ANY(%(media_ids)s::uuid[]) FOR SHARE
)
INSERT INTO product_images (product_id, position, url, alt, media_id, media)
SELECT %(product_id)s, i.position, i.url, i.alt, m.id, m.media
FROM unnest(%(urls)s::text[], %(alts)s::text[]) WITH ORDINALITY AS i(url, alt, position)
LEFT JOIN uploaded m ON m.url = i.url
"""

_LOCK_SLUGS: Final = """
SELECT pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT hashtextextended('catalog.product ' || slug, 0) AS key FROM unnest(%s::text[]) AS slug ORDER BY key
) keys
"""


def lock_slugs(connection: Connection, slugs: Iterable[str]) -> None:
    """Until the transaction ends, no other caller writes products with these slugs, existing or not."""
    connection.execute(_LOCK_SLUGS, (list(slugs),))


def by_id(connection: Connection, product_id: UUID, *, locked: bool) -> ProductAggregate | None:
    """The product, active or not; None for one that is deleted or never was."""
    with connection.cursor(row_factory=class_row(StoredProduct)) as cursor:
        product = cursor.execute(_BY_ID_LOCKED if locked else _BY_ID, (product_id,)).fetchone()
    return None if product is None else _complete(connection, [product])[product.slug]


def head(connection: Connection, product_id: UUID, *, locked: bool) -> ProductHead | None:
    """The product without its variants, active or not; None for one that is deleted or never was."""
    with connection.cursor(row_factory=class_row(StoredProduct)) as cursor:
        product = cursor.execute(_BY_ID_LOCKED if locked else _BY_ID, (product_id,)).fetchone()
    return None if product is None else ProductHead(product, _images(connection, [product_id])[product_id])


def by_slugs(
    connection: Connection, slugs: Collection[str], *, import_handles: Sequence[str] = ()
) -> dict[str, ProductAggregate]:
    """Those of the products that exist, by slug, locked; and those that imports made of these handles."""
    with connection.cursor(row_factory=class_row(StoredProduct)) as cursor:
        products = cursor.execute(_BY_SLUGS_LOCKED, (list(slugs), list(import_handles))).fetchall()
    return _complete(connection, products) if products else {}


def by_ids(connection: Connection, product_ids: Sequence[UUID]) -> list[ProductAggregate]:
    """Those of the products that exist, by id."""
    with connection.cursor(row_factory=class_row(StoredProduct)) as cursor:
        products = cursor.execute(_BY_IDS, (list(product_ids),)).fetchall()
    return list(_complete(connection, products).values())


class InsertedProduct(NamedTuple):
    """`displaced` is another product, to which the slug led until now."""

    id: UUID
    displaced: UUID | None


def insert(connection: Connection, draft: ProductDraft) -> InsertedProduct | None:
    """The new product; None where its slug is taken. Variants and images are written by themselves."""
    with connection.cursor(row_factory=args_row(InsertedProduct)) as cursor:
        return cursor.execute(_INSERT, _columns(draft.fields, draft.variants)).fetchone()


def set_import_handle(connection: Connection, product_id: UUID, handle: str) -> None:
    """Store what files call the product, where that is no slug."""
    connection.execute("UPDATE products SET import_handle = %s WHERE id = %s", (handle, product_id))


def update(
    connection: Connection, product_id: UUID, fields: ProductFields, variants: Sequence[VariantDraft] | None
) -> UUID | None:
    """Write the product's own columns and count its version up; its slug of before leads to it. Without `variants` the
    range of its prices stays. Returns the other product to which the new slug led until now.

    Raises psycopg.errors.UniqueViolation (slug).
    """
    row = connection.execute(_UPDATE, {**_columns(fields, variants), "id": product_id}).fetchone()
    return None if row is None else row["displaced"]


def delete(connection: Connection, product_id: UUID) -> None:
    """Soft: the row and its variants' rows stay for the carts and orders that name them."""
    connection.execute(_DELETE, {"id": product_id})
    connection.execute(
        "UPDATE variants SET deleted_at = now() WHERE product_id = %s AND deleted_at IS NULL", (product_id,)
    )


def delete_variants(connection: Connection, variant_ids: Collection[UUID]) -> None:
    """Soft, as `delete`."""
    connection.execute("UPDATE variants SET deleted_at = now() WHERE id = ANY(%s)", (list(variant_ids),))


def write_variants(
    connection: Connection,
    product_id: UUID,
    vendor: str,
    variants: Sequence[VariantDraft],
    positions: Sequence[int] | None = None,
) -> dict[int, UUID]:
    """Update those with an id, insert the others, at these different positions (from 1 on, where they are all that the
    product has); returns the ids of those written, by their index.

    Raises psycopg.errors.ExclusionViolation for options, or a SKU, that another variant has.
    """
    places = range(1, len(variants) + 1) if positions is None else positions
    indexes = {position: index for index, position in enumerate(places)}
    rows = [{**_variant_columns(draft), "position": position} for position, draft in zip(places, variants, strict=True)]
    parameters = {
        "product_id": product_id,
        "vendor": vendor,
        "variants": orjson.dumps(rows).decode(),
        "skus": [draft.sku for draft in variants if draft.sku is not None],
    }
    return {indexes[row["position"]]: row["id"] for row in connection.execute(_MERGE_VARIANTS, parameters)}


def insert_images(connection: Connection, product_id: UUID, images: Sequence[ImageDraft]) -> None:
    """In this order, for a product that has none."""
    parameters = {
        "product_id": product_id,
        "urls": [image.url for image in images],
        "alts": [image.alt for image in images],
        "media_ids": [image.media_id for image in images if image.media_id is not None],
    }
    connection.execute(_INSERT_IMAGES, parameters)


def delete_images(connection: Connection, product_id: UUID) -> None:
    """All of the product's."""
    connection.execute("DELETE FROM product_images WHERE product_id = %s", (product_id,))


def sku_owners(connection: Connection, skus: Collection[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """The products that have these SKUs, by vendor and SKU."""
    rows = connection.execute(
        "SELECT v.vendor, v.sku, v.product_id FROM unnest(%s::text[], %s::text[]) AS s(vendor, sku)"
        " JOIN variants v ON v.vendor = s.vendor AND v.sku = s.sku WHERE v.deleted_at IS NULL AND v.sku IS NOT NULL",
        ([vendor for vendor, _ in skus], [sku for _, sku in skus]),
    )
    return {(row["vendor"], row["sku"]): row["product_id"] for row in rows}


def _columns(fields: ProductFields, variants: Sequence[VariantDraft] | None) -> dict[str, Any]:
    prices = [variant.price_amount for variant in variants or ()]
    columns = {name: getattr(fields, name) for name in PRODUCT_FIELDS}
    return {**columns, "price_min": min(prices, default=None), "price_max": max(prices, default=None)}


def _variant_columns(draft: VariantDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in ("id", *VARIANT_FIELDS)}


def _complete(connection: Connection, products: Sequence[StoredProduct]) -> dict[str, ProductAggregate]:
    ids = [product.id for product in products]
    variants: dict[UUID, list[StoredVariant]] = {product_id: [] for product_id in ids}
    with connection.cursor(row_factory=class_row(StoredVariant)) as cursor:
        for variant in cursor.execute(_VARIANTS, (ids,)):
            variants[variant.product_id].append(variant)
    images = _images(connection, ids)
    return {product.slug: ProductAggregate(product, variants[product.id], images[product.id]) for product in products}


def _images(connection: Connection, ids: list[UUID]) -> dict[UUID, list[ImageDraft]]:
    images: dict[UUID, list[ImageDraft]] = {product_id: [] for product_id in ids}
    for row in connection.execute(
        "SELECT product_id, url, alt, media, media_id FROM product_images WHERE product_id = ANY(%s)"
        " ORDER BY product_id, position",
        (ids,),
    ):
        images[row["product_id"]].append(ImageDraft(row["url"], row["alt"], row["media"], row["media_id"]))
    return images
