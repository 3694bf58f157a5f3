"""SQL of coupons as administrators maintain them. Their uses are counted by `shared.contexts.ordering.coupons`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from functions.ordering.domain.coupon_terms import CouponTerms
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCoupon(CouponTerms):
    """A coupon with its use so far."""

    id: UUID
    redeemed_count: int
    version: int
    created_at: datetime
    updated_at: datetime


_TERMS: Final = tuple(field.name for field in fields(CouponTerms))
_COLUMNS: Final = ", ".join(field.name for field in fields(StoredCoupon))

_INSERT: Final = f"""
INSERT INTO coupons ({", ".join(_TERMS)}) VALUES ({", ".join(f"%({name})s" for name in _TERMS)})
ON CONFLICT (code) WHERE deleted_at IS NULL DO NOTHING RETURNING {_COLUMNS}
"""
_UPDATE: Final = f"""
UPDATE coupons SET {", ".join(f"{name} = %({name})s" for name in _TERMS)}, version = version + 1
WHERE id = %(id)s RETURNING {_COLUMNS}
"""
_BY_ID: Final = f"SELECT {_COLUMNS} FROM coupons WHERE id = %s AND deleted_at IS NULL"
_PAGE: Final = sql.SQL(
    f"SELECT {_COLUMNS} FROM coupons WHERE deleted_at IS NULL AND {{conditions}} ORDER BY id DESC LIMIT %(limit)s"
)
_MISSING: Final = """
SELECT 'category_ids' AS field, w.id FROM unnest(%(category_ids)s::uuid[]) AS w(id)
WHERE NOT EXISTS (SELECT FROM catalog_categories c WHERE c.id = w.id)
UNION ALL SELECT 'product_ids', w.id FROM unnest(%(product_ids)s::uuid[]) AS w(id)
WHERE NOT EXISTS (SELECT FROM catalog_products p WHERE p.id = w.id AND p.deleted_at IS NULL)
"""


def page(
    connection: Connection, *, code: str | None, active: bool | None, before: UUID, limit: int
) -> Sequence[StoredCoupon]:
    """Newest first, beginning below an id; narrowed to a code, and to those that are active or that are not."""
    conditions = [sql.SQL("id < %(before)s")]
    if code is not None:
        conditions.append(sql.SQL("code = upper(%(code)s)"))
    if active is not None:
        conditions.append(sql.SQL("is_active = %(active)s"))
    query = _PAGE.format(conditions=sql.SQL(" AND ").join(conditions))
    parameters = {"code": code, "active": active, "before": before, "limit": limit}
    with connection.cursor(row_factory=class_row(StoredCoupon)) as cursor:
        return cursor.execute(query, parameters).fetchall()


def find(connection: Connection, coupon_id: UUID, *, locked: bool = False) -> StoredCoupon | None:
    """Unless it was deleted."""
    with connection.cursor(row_factory=class_row(StoredCoupon)) as cursor:
        return cursor.execute(_BY_ID + (" FOR NO KEY UPDATE" if locked else ""), (coupon_id,)).fetchone()


def insert(connection: Connection, terms: CouponTerms) -> StoredCoupon | None:
    """The new coupon; None where its code is taken."""
    with connection.cursor(row_factory=class_row(StoredCoupon)) as cursor:
        return cursor.execute(_INSERT, asdict(terms)).fetchone()


def update(connection: Connection, coupon_id: UUID, terms: CouponTerms) -> StoredCoupon:
    """Write the terms, and count the version up. Raises psycopg.errors.UniqueViolation where the code is taken."""
    with connection.cursor(row_factory=class_row(StoredCoupon)) as cursor:
        updated = cursor.execute(_UPDATE, {**asdict(terms), "id": coupon_id}).fetchone()
    assert updated is not None
    return updated


def delete(connection: Connection, coupon_id: UUID) -> None:
    """Soft: checkouts that redeemed it refer to it. Carts that hold it show that it is not valid any more."""
    connection.execute("UPDATE coupons SET deleted_at = now(), version = version + 1 WHERE id = %s", (coupon_id,))


def missing(
    connection: Connection, *, category_ids: Sequence[UUID], product_ids: Sequence[UUID] = ()
) -> list[tuple[str, UUID]]:
    """Those that do not exist: the field, and the id."""
    rows = connection.execute(_MISSING, {"category_ids": list(category_ids), "product_ids": list(product_ids)})
    return [(row["field"], row["id"]) for row in rows]
