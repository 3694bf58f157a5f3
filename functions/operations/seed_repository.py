"""SQL of the seed: the one place where operations writes tables of catalog and identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.operations.service.sample_catalogue import SampleCategory, SampleProduct
from shared.clients.database import Connection
from shared.transactions import stock

_SEED_LOCK: Final = 7_021_118
STOCK_REASON: Final = "initial"

_ADD_CATEGORY: Final = """
INSERT INTO categories (name, slug, parent_id, position)
SELECT %(name)s, %(slug)s::text, (SELECT id FROM categories WHERE slug = %(parent)s::text), %(position)s
WHERE NOT EXISTS (SELECT FROM categories WHERE slug = %(slug)s::text)
"""

# A product that somebody deleted keeps its row, and does not come back.
_ADD_PRODUCT: Final = """
INSERT INTO products (slug, name, description, vendor, product_type, tags, category_id, currency, option_names,
                      price_min, price_max)
SELECT %(slug)s::text, %(name)s, %(description)s, %(vendor)s, %(product_type)s, %(tags)s,
       (SELECT id FROM categories WHERE slug = %(category)s::text), %(currency)s, %(options)s,
       %(price_min)s, %(price_max)s
WHERE NOT EXISTS (SELECT FROM products WHERE slug = %(slug)s::text)
RETURNING id
"""

_ADD_IMAGES: Final = """
INSERT INTO product_images (product_id, position, url, alt)
SELECT %(product_id)s, position, url, alt
FROM unnest(%(urls)s::text[], %(alts)s::text[]) WITH ORDINALITY AS image (url, alt, position)
"""

_ADD_VARIANT: Final = """
INSERT INTO variants (product_id, vendor, position, sku, option_values, price_amount, compare_at_amount, weight_grams,
                      requires_shipping, image_url)
VALUES (%(product_id)s, %(vendor)s, %(position)s, %(sku)s, %(values)s, %(amount)s, %(compare_at)s, %(grams)s, %(ships)s,
        %(image)s)
RETURNING id
"""

_PROMOTE: Final = """
UPDATE users SET password_hash = %(hash)s, is_active = true, version = version + 1,
    roles = CASE WHEN 'admin' = ANY(roles) THEN roles ELSE array_append(roles, 'admin') END
WHERE id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Account:
    """A user as the seed sees one."""

    id: UUID
    email: str
    password_hash: str
    roles: Sequence[str]
    is_active: bool


def lock(connection: Connection) -> None:
    """Two seeds at once seed one after the other; held until the transaction ends."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_SEED_LOCK,))


def add_category(connection: Connection, category: SampleCategory, position: int) -> bool:
    """Insert the category where its slug is free; returns whether it was."""
    parameters = {"name": category.name, "slug": category.slug, "parent": category.parent, "position": position}
    return connection.execute(_ADD_CATEGORY, parameters).rowcount == 1


def add_product(connection: Connection, product: SampleProduct) -> UUID | None:
    """Insert the product with all that belongs to it where its slug is free; returns its id if it was."""
    amounts = [variant.amount for variant in product.variants]
    row = connection.execute(
        _ADD_PRODUCT,
        {
            "slug": product.slug,
            "name": product.name,
            "description": product.description,
            "vendor": product.vendor,
            "product_type": product.product_type,
            "tags": list(product.tags),
            "category": product.category,
            "currency": product.currency,
            "options": list(product.options),
            "price_min": min(amounts),
            "price_max": max(amounts),
        },
    ).fetchone()
    if row is None:
        return None
    product_id: UUID = row["id"]
    images = product.images()
    connection.execute(
        _ADD_IMAGES,
        {"product_id": product_id, "urls": [url for url, _ in images], "alts": [alt for _, alt in images]},
    )
    _add_variants(connection, product_id, product)
    return product_id


def _add_variants(connection: Connection, product_id: UUID, product: SampleProduct) -> None:
    for position, variant in enumerate(product.variants, start=1):
        row = connection.execute(
            _ADD_VARIANT,
            {
                "product_id": product_id,
                "vendor": product.vendor,
                "position": position,
                "sku": variant.sku,
                "values": list(variant.values),
                "amount": variant.amount,
                "compare_at": variant.compare_at,
                "grams": variant.grams,
                "ships": product.ships,
                "image": variant.image,
            },
        ).fetchone()
        assert row is not None
        stock.set_level(
            connection,
            row["id"],
            variant.stock,
            allow_backorder=variant.allow_backorder,
            reason=STOCK_REASON,
            reference=None,
        )


def account(connection: Connection, email: str) -> Account | None:
    """The user with this address, locked until the transaction ends."""
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(
            "SELECT id, email, password_hash, roles, is_active FROM users WHERE lower(email) = lower(%s) FOR UPDATE",
            (email,),
        ).fetchone()


def add_admin(connection: Connection, email: str, password_hash: str) -> UUID:
    """Insert an administrator whose address counts as verified: the operator named it; returns the id."""
    row = connection.execute(
        "INSERT INTO users (email, full_name, password_hash, roles, email_verified_at)"
        " VALUES (%s, 'Administrator', %s, '{customer,admin}', now()) RETURNING id",
        (email, password_hash),
    ).fetchone()
    assert row is not None
    admin_id: UUID = row["id"]
    return admin_id


def make_admin(connection: Connection, user_id: UUID, password_hash: str) -> None:
    """Give the user this password and the role, and end the sessions that the old password opened."""
    connection.execute(_PROMOTE, {"id": user_id, "hash": password_hash})
    connection.execute(
        "UPDATE login_sessions SET revoked_at = now(), revoked_reason = 'password_changed'"
        " WHERE user_id = %s AND revoked_at IS NULL",
        (user_id,),
    )
