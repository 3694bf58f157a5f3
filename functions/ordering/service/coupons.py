"""Administrators keep coupons; every change is in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg

from functions.ordering.errors import CouponCodeTakenError, CouponNotFoundError
from functions.ordering.repository import coupons
from functions.ordering.repository.coupons import StoredCoupon
from functions.ordering.schemas.coupons import CouponReplacement, NewCoupon
from functions.ordering.service.newest_first import START, cut
from shared import audit
from shared.audit import Subject
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


def create(connection: Connection, body: NewCoupon) -> StoredCoupon:
    """Raises CouponCodeTakenError and ValidationError."""
    _check(connection, body)
    coupon = coupons.insert(connection, {**body.model_dump(), "code": body.code.upper()})
    if coupon is None:
        raise CouponCodeTakenError
    audit.record(connection, "coupon.created", _subject(coupon.id), changes=audit.created(_terms(coupon)))
    return coupon


def replace(connection: Connection, coupon_id: UUID, body: CouponReplacement) -> StoredCoupon:
    """Raises CouponNotFoundError, VersionConflictError, CouponCodeTakenError and ValidationError."""
    before = _lock(connection, coupon_id, body.version)
    _check(connection, body)
    try:
        coupon = coupons.update(connection, coupon_id, {**body.model_dump(), "code": body.code.upper()})
    except psycopg.errors.UniqueViolation as error:
        raise CouponCodeTakenError from error
    changes = audit.differences(_terms(before), _terms(coupon))
    audit.record(connection, "coupon.changed", _subject(coupon_id), changes=changes)
    return coupon


def delete(connection: Connection, coupon_id: UUID, *, version: int | None) -> None:
    """Raises CouponNotFoundError and VersionConflictError."""
    before = _lock(connection, coupon_id, version)
    coupons.delete(connection, coupon_id)
    audit.record(connection, "coupon.deleted", _subject(coupon_id), changes=audit.deleted(_terms(before)))


def _lock(connection: Connection, coupon_id: UUID, version: int | None) -> StoredCoupon:
    coupon = coupons.find(connection, coupon_id, locked=True)
    if coupon is None:
        raise CouponNotFoundError
    if version is not None and version != coupon.version:
        raise VersionConflictError(version=coupon.version)
    return coupon


def _check(connection: Connection, body: NewCoupon) -> None:
    missing = coupons.missing(connection, category_ids=body.category_ids, product_ids=body.product_ids)
    if missing:
        raise ValidationError(
            "The coupon names something that does not exist",
            errors=[
                {"field": f"body.{field}", "message": f"there is no {missing_id}"} for field, missing_id in missing
            ],
        )


def _subject(coupon_id: UUID) -> Subject:
    return Subject("coupon", coupon_id)


def _terms(coupon: StoredCoupon) -> dict[str, Any]:
    return audit.fields_of(coupon, without=["redeemed_count"])
