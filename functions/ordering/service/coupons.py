"""Administration of coupons; every change is recorded in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replaced
from typing import Any
from uuid import UUID

import psycopg

from functions.ordering.domain.coupon_terms import CouponTerms
from functions.ordering.errors import CouponCodeTakenError, CouponNotFoundError
from functions.ordering.repository import coupons
from functions.ordering.repository.coupons import StoredCoupon
from shared import audit, money
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError, VersionConflictError
from shared.pages import HIGHEST_ID, split_by_id


def page(
    connection: Connection, *, code: str | None, active: bool | None, before: UUID | None, limit: int
) -> tuple[Sequence[StoredCoupon], UUID | None]:
    """Newest first, and the id that the next page is below (None at the end)."""
    return split_by_id(
        coupons.page(connection, code=code, active=active, before=before or HIGHEST_ID, limit=limit + 1), limit
    )


def read(connection: Connection, coupon_id: UUID) -> StoredCoupon:
    """Raises CouponNotFoundError."""
    coupon = coupons.find(connection, coupon_id)
    if coupon is None:
        raise CouponNotFoundError
    return coupon


def create(connection: Connection, terms: CouponTerms) -> StoredCoupon:
    """Raises CouponCodeTakenError and ValidationError."""
    _check(connection, terms)
    coupon = coupons.insert(connection, _with_upper_code(terms))
    if coupon is None:
        raise CouponCodeTakenError
    audit.record(connection, "coupon.created", _subject(coupon.id), changes=audit.created(_audited(coupon)))
    return coupon


def replace(connection: Connection, coupon_id: UUID, terms: CouponTerms, *, version: int) -> StoredCoupon:
    """Raises CouponNotFoundError, VersionConflictError, CouponCodeTakenError and ValidationError."""
    before = _lock(connection, coupon_id, version)
    _check(connection, terms)
    try:
        coupon = coupons.update(connection, coupon_id, _with_upper_code(terms))
    except psycopg.errors.UniqueViolation as error:
        raise CouponCodeTakenError from error
    changes = audit.differences(_audited(before), _audited(coupon))
    audit.record(connection, "coupon.changed", _subject(coupon_id), changes=changes)
    return coupon


def delete(connection: Connection, coupon_id: UUID, *, version: int | None) -> None:
    """Raises CouponNotFoundError and VersionConflictError."""
    before = _lock(connection, coupon_id, version)
    coupons.delete(connection, coupon_id)
    audit.record(connection, "coupon.deleted", _subject(coupon_id), changes=audit.deleted(_audited(before)))


def _lock(connection: Connection, coupon_id: UUID, version: int | None) -> StoredCoupon:
    coupon = coupons.find(connection, coupon_id, locked=True)
    if coupon is None:
        raise CouponNotFoundError
    if version is not None and version != coupon.version:
        raise VersionConflictError(current_version=coupon.version)
    return coupon


def _check(connection: Connection, terms: CouponTerms) -> None:
    if terms.amount and terms.currency and (problem := money.price_problem(terms.amount, terms.currency)):
        raise ValidationError(field=FieldError(("amount",), problem))
    missing = coupons.missing(connection, category_ids=terms.category_ids, product_ids=terms.product_ids)
    if missing:
        raise ValidationError(
            "The coupon names something that does not exist",
            errors=[FieldError((field,), f"there is no {missing_id}") for field, missing_id in missing],
        )


def _subject(coupon_id: UUID) -> Subject:
    return Subject("coupon", coupon_id)


def _with_upper_code(terms: CouponTerms) -> CouponTerms:
    """Codes are stored in upper case, whatever case they are entered in."""
    return replaced(terms, code=terms.code.upper())


def _audited(coupon: StoredCoupon) -> dict[str, Any]:
    return audit.fields_of(coupon, without=["redeemed_count"])
