"""Administrators keep coupons; every change is logged."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import psycopg

from functions.ordering.errors import CouponCodeTakenError, CouponNotFoundError
from functions.ordering.repository import coupons, pricing_changes
from functions.ordering.repository.coupons import StoredCoupon
from functions.ordering.schemas.coupons import CouponReplacement, NewCoupon
from functions.ordering.service.newest_first import START, cut
from shared.clients.database import Connection
from shared.errors import ValidationError, VersionConflictError


def page(
    connection: Connection, *, code: str | None, active: bool | None, before: UUID | None, limit: int
) -> tuple[Sequence[StoredCoupon], UUID | None]:
    """Newest first, and the id to go on below (None at the end)."""
    return cut(coupons.page(connection, code=code, active=active, before=before or START, limit=limit + 1), limit)


def read(connection: Connection, coupon_id: UUID) -> StoredCoupon:
    """Raises CouponNotFoundError."""
    coupon = coupons.find(connection, coupon_id)
    if coupon is None:
        raise CouponNotFoundError
    return coupon


def create(connection: Connection, body: NewCoupon, *, actor_id: UUID) -> StoredCoupon:
    """Raises CouponCodeTakenError and ValidationError."""
    _check(connection, body)
    coupon = coupons.insert(connection, {**body.model_dump(), "code": body.code.upper()})
    if coupon is None:
        raise CouponCodeTakenError
    _log(connection, coupon.id, "created", body, actor_id)
    return coupon


def replace(connection: Connection, coupon_id: UUID, body: CouponReplacement, *, actor_id: UUID) -> StoredCoupon:
    """Raises CouponNotFoundError, VersionConflictError, CouponCodeTakenError and ValidationError."""
    _lock(connection, coupon_id, body.version)
    _check(connection, body)
    try:
        coupon = coupons.update(connection, coupon_id, {**body.model_dump(), "code": body.code.upper()})
    except psycopg.errors.UniqueViolation as error:
        raise CouponCodeTakenError from error
    _log(connection, coupon_id, "changed", body, actor_id)
    return coupon


def delete(connection: Connection, coupon_id: UUID, *, version: int | None, actor_id: UUID) -> None:
    """Raises CouponNotFoundError and VersionConflictError."""
    _lock(connection, coupon_id, version)
    coupons.delete(connection, coupon_id)
    _log(connection, coupon_id, "deleted", None, actor_id)


def _lock(connection: Connection, coupon_id: UUID, version: int | None) -> None:
    coupon = coupons.find(connection, coupon_id, locked=True)
    if coupon is None:
        raise CouponNotFoundError
    if version is not None and version != coupon.version:
        raise VersionConflictError(version=coupon.version)


def _check(connection: Connection, body: NewCoupon) -> None:
    missing = coupons.missing(connection, category_ids=body.category_ids, product_ids=body.product_ids)
    if missing:
        raise ValidationError(
            "The coupon names something that does not exist",
            errors=[
                {"field": f"body.{field}", "message": f"there is no {missing_id}"} for field, missing_id in missing
            ],
        )


def _log(connection: Connection, coupon_id: UUID, action: str, body: NewCoupon | None, actor_id: UUID) -> None:
    document = body.model_dump(mode="json", exclude={"version"}) if body is not None else {}
    pricing_changes.record(connection, "coupon", coupon_id, action, actor_id=actor_id, document=document)
