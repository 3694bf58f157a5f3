"""Products as documents: read whole and locked, written whole. Only what differs is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import orjson
from psycopg.rows import class_row

from functions.catalog.documents import ImageDraft, ProductDraft, ProductFields, VariantDraft
from shared import media_urls
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProduct(ProductFields):
    """A row of `products`, and the slug of its category."""

    id: UUID
    category_slug: str | None
    version: int
    created_at: datetime
    updated_at: datetime

    def fields(self) -> ProductFields:
        """What of it is the document."""
        return ProductFields(**{f.name: getattr(self, f.name) for f in dataclasses.fields(ProductFields)})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVariant:
    """A row of `variants` that is not deleted, and its stock."""

    id: UUID
    product_id: UUID
    sku: str | None
    barcode: str | None
    option_values: list[str]
    price_amount: int
    compare_at_amount: int | None
    weight_grams: int
    requires_shipping: bool
    taxable: bool
    image_url: str | None
    on_hand: int
    reserved: int
    allow_backorder: bool

    def draft(self) -> VariantDraft:
        """The same variant as a draft that leaves its stock alone."""
        return VariantDraft(
            id=self.id,
            sku=self.sku,
            barcode=self.barcode,
            option_values=self.option_values,
            price_amount=self.price_amount,
            compare_at_amount=self.compare_at_amount,
            weight_grams=self.weight_grams,
            requires_shipping=self.requires_shipping,
            taxable=self.taxable,
            image_url=self.image_url,
        )


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A product with everything that belongs to it."""

    product: StoredProduct
    variants: list[StoredVariant]
    images: list[ImageDraft]

    def draft(self) -> ProductDraft:
        """The document as it is, to be changed and compared."""
        return ProductDraft(
            fields=self.product.fields(), variants=[variant.draft() for variant in self.variants], images=self.images
        )

    def flat(self) -> dict[str, Any]:
        """The document as the audit log tells of it: one level, variants by id and images by place."""
        own = ("id", "product_id", "on_hand", "reserved")
        return {
            **dataclasses.asdict(self.product.fields()),
            **{
                f"variants.{variant.id}": {
                    "position": position,
                    **{f.name: getattr(variant, f.name) for f in dataclasses.fields(variant) if f.name not in own},
                    "stock": variant.on_hand,
                }
                for position, variant in enumerate(self.variants, 1)
            },
            **{f"images.{place}": {"url": image.url, "alt": image.alt} for place, image in enumerate(self.images, 1)},
        }


_FIELDS: Final = (
    "slug, name, description, vendor, product_type, tags, category_id, currency, option_names, seo_title,"
    " seo_description, is_active"
)
_SELECT: Final = """
SELECT p.id, p.slug, p.name, p.description, p.vendor, p.product_type, p.tags, p.category_id, p.currency, p.option_names,
       p.seo_title, p.seo_description, p.is_active, p.version, p.created_at, p.updated_at, c.slug AS category_slug
FROM products p LEFT JOIN categories c ON c.id = p.category_id
"""
# Not FOR UPDATE: carts and orders that refer to the product need not wait.
_BY_ID: Final = _SELECT + "WHERE p.id = %s AND p.deleted_at IS NULL"
_BY_ID_LOCKED: Final = _BY_ID + " FOR NO KEY UPDATE OF p"
_BY_IDS: Final = _SELECT + "WHERE p.id = ANY(%s) AND p.deleted_at IS NULL ORDER BY p.id"
_BY_SLUGS_LOCKED: Final = (
    _SELECT + "WHERE p.slug = ANY(%s) AND p.deleted_at IS NULL ORDER BY p.id FOR NO KEY UPDATE OF p"
)

_VARIANTS: Final = """
SELECT v.id, v.product_id, v.sku, v.barcode, v.option_values, v.price_amount, v.compare_at_amount, v.weight_grams,
       v.requires_shipping, v.taxable, v.image_url, coalesce(s.on_hand, 0) AS on_hand,
       coalesce(s.reserved, 0) AS reserved, coalesce(s.allow_backorder, false) AS allow_backorder
FROM variants v LEFT JOIN stock_levels s ON s.variant_id = v.id
WHERE v.product_id = ANY(%s) AND v.deleted_at IS NULL ORDER BY v.product_id, v.position, v.id
"""

_INSERT: Final = f"""
INSERT INTO products ({_FIELDS}, price_min, price_max)
VALUES (%(slug)s, %(name)s, %(description)s, %(vendor)s, %(product_type)s, %(tags)s, %(category_id)s, %(currency)s,
        %(option_names)s, %(seo_title)s, %(seo_description)s, %(is_active)s, %(price_min)s, %(price_max)s)
ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING RETURNING id
"""  # noqa: S608 - constants

_UPDATE: Final = f"""
UPDATE products
SET ({_FIELDS}, price_min, price_max, version)
  = (%(slug)s, %(name)s, %(description)s, %(vendor)s, %(product_type)s, %(tags)s, %(category_id)s, %(currency)s,
     %(option_names)s, %(seo_title)s, %(seo_description)s, %(is_active)s, %(price_min)s, %(price_max)s, version + 1)
WHERE id = %(id)s
"""  # noqa: S608 - constants

# One statement, so that two variants may exchange their options or SKUs.
_MERGE_VARIANTS: Final = """
MERGE INTO variants v USING (
    SELECT * FROM jsonb_to_recordset(%(variants)s::jsonb) AS d(
        id uuid, position int, sku text, barcode text, option_values text[], price_amount bigint,
        compare_at_amount bigint, weight_grams int, requires_shipping boolean, taxable boolean, image_url text)
) d ON v.id = d.id AND v.product_id = %(product_id)s
WHEN MATCHED AND (v.vendor, v.position, v.sku, v.barcode, v.option_values, v.price_amount, v.compare_at_amount,
                  v.weight_grams, v.requires_shipping, v.taxable, v.image_url)
             IS DISTINCT FROM (%(vendor)s::text, d.position, d.sku, d.barcode, d.option_values, d.price_amount,
                  d.compare_at_amount, d.weight_grams, d.requires_shipping, d.taxable, d.image_url) THEN
    UPDATE SET vendor = %(vendor)s, position = d.position, sku = d.sku, barcode = d.barcode,
        option_values = d.option_values, price_amount = d.price_amount, compare_at_amount = d.compare_at_amount,
        weight_grams = d.weight_grams, requires_shipping = d.requires_shipping, taxable = d.taxable,
        image_url = d.image_url
WHEN NOT MATCHED THEN
    INSERT (product_id, vendor, position, sku, barcode, option_values, price_amount, compare_at_amount, weight_grams,
            requires_shipping, taxable, image_url)
    VALUES (%(product_id)s, %(vendor)s, d.position, d.sku, d.barcode, d.option_values, d.price_amount,
            d.compare_at_amount, d.weight_grams, d.requires_shipping, d.taxable, d.image_url)
RETURNING v.id, v.position
"""

# What was uploaded here is locked, so that it is not deleted meanwhile.
_INSERT_IMAGES: Final = """
WITH uploaded AS MATERIALIZED (
    SELECT id, url, jsonb_build_object('blurhash', blurhash, 'width', width, 'height', height, 'variants', variants)
        AS media
    FROM media_files WHERE id = ANY(%(media_ids)s::uuid[]) AND status = 'ready' AND deleted_at IS NULL FOR SHARE
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
    """Until the transaction ends, nobody else who calls this writes products with these slugs, existing or not."""
    connection.execute(_LOCK_SLUGS, (list(slugs),))


def by_id(connection: Connection, product_id: UUID, *, locked: bool) -> StoredDocument | None:
    """The product, active or not; None for one that is deleted or never was."""
    with connection.cursor(row_factory=class_row(StoredProduct)) as cursor:
        product = cursor.execute(_BY_ID_LOCKED if locked else _BY_ID, (product_id,)).fetchone()
    return None if product is None else _complete(connection, [product])[product.slug]


def by_slugs(connection: Connection, slugs: Collection[str]) -> dict[str, StoredDocument]:
    """Those of the products that exist, by slug, locked."""
    with connection.cursor(row_factory=class_row(StoredProduct)) as cursor:
        products = cursor.execute(_BY_SLUGS_LOCKED, (list(slugs),)).fetchall()
    return _complete(connection, products) if products else {}


def by_ids(connection: Connection, product_ids: Sequence[UUID]) -> list[StoredDocument]:
    """Those of the products that exist, by id."""
    with connection.cursor(row_factory=class_row(StoredProduct)) as cursor:
        products = cursor.execute(_BY_IDS, (list(product_ids),)).fetchall()
    return list(_complete(connection, products).values())


def insert(connection: Connection, draft: ProductDraft) -> UUID | None:
    """The new product's id; None where its slug is taken. Variants and images are written apart."""
    row = connection.execute(_INSERT, _columns(draft)).fetchone()
    return None if row is None else row["id"]


def update(connection: Connection, product_id: UUID, draft: ProductDraft) -> None:
    """Write the product's own columns and count its version up. Raises psycopg.errors.UniqueViolation (slug)."""
    connection.execute(_UPDATE, {**_columns(draft), "id": product_id})


def delete(connection: Connection, product_id: UUID) -> None:
    """Soft: the row and its variants' rows stay for the carts and orders that name them."""
    connection.execute("UPDATE products SET deleted_at = now(), version = version + 1 WHERE id = %s", (product_id,))
    connection.execute(
        "UPDATE variants SET deleted_at = now() WHERE product_id = %s AND deleted_at IS NULL", (product_id,)
    )


def delete_variants(connection: Connection, variant_ids: Collection[UUID]) -> None:
    """Soft, as `delete`."""
    connection.execute("UPDATE variants SET deleted_at = now() WHERE id = ANY(%s)", (list(variant_ids),))


def write_variants(
    connection: Connection, product_id: UUID, vendor: str, variants: Sequence[VariantDraft]
) -> dict[int, UUID]:
    """Update those with an id, insert the others; returns the ids of those written, by their index.

    Raises psycopg.errors.ExclusionViolation for a SKU that another variant of the vendor has.
    """
    documents = [{**_variant_columns(draft), "position": n} for n, draft in enumerate(variants, start=1)]
    parameters = {"product_id": product_id, "vendor": vendor, "variants": orjson.dumps(documents).decode()}
    return {row["position"] - 1: row["id"] for row in connection.execute(_MERGE_VARIANTS, parameters)}


def insert_images(connection: Connection, product_id: UUID, images: Sequence[ImageDraft]) -> None:
    """In this order, for a product that has none. Those that were uploaded here are known by their addresses."""
    parameters = {
        "product_id": product_id,
        "urls": [image.url for image in images],
        "alts": [image.alt for image in images],
        "media_ids": [found for image in images if (found := media_urls.media_id(image.url)) is not None],
    }
    connection.execute(_INSERT_IMAGES, parameters)


def delete_images(connection: Connection, product_id: UUID) -> None:
    """All of the product's."""
    connection.execute("DELETE FROM product_images WHERE product_id = %s", (product_id,))


def taken_skus(connection: Connection, vendor: str, skus: Sequence[str], *, product_id: UUID | None) -> set[str]:
    """Those of the vendor's SKUs that another product than this has."""
    rows = connection.execute(
        "SELECT sku FROM variants WHERE vendor = %s AND sku = ANY(%s) AND deleted_at IS NULL"
        " AND product_id IS DISTINCT FROM %s",
        (vendor, list(skus), product_id),
    )
    return {row["sku"] for row in rows}


def _columns(draft: ProductDraft) -> dict[str, Any]:
    prices = [variant.price_amount for variant in draft.variants]
    return {**dataclasses.asdict(draft.fields), "price_min": min(prices), "price_max": max(prices)}


@cache
def _compared_names() -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(VariantDraft) if f.compare)


def _variant_columns(draft: VariantDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _compared_names()}


def _complete(connection: Connection, products: Sequence[StoredProduct]) -> dict[str, StoredDocument]:
    ids = [product.id for product in products]
    variants: dict[UUID, list[StoredVariant]] = {product_id: [] for product_id in ids}
    images: dict[UUID, list[ImageDraft]] = {product_id: [] for product_id in ids}
    with connection.cursor(row_factory=class_row(StoredVariant)) as cursor:
        for variant in cursor.execute(_VARIANTS, (ids,)):
            variants[variant.product_id].append(variant)
    for row in connection.execute(
        "SELECT product_id, url, alt, media FROM product_images WHERE product_id = ANY(%s)"
        " ORDER BY product_id, position",
        (ids,),
    ):
        images[row["product_id"]].append(ImageDraft(row["url"], row["alt"], row["media"]))
    return {product.slug: StoredDocument(product, variants[product.id], images[product.id]) for product in products}
