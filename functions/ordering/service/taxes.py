"""Administrators keep the table of tax rates; every change is in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import psycopg

from functions.ordering.errors import TaxPlaceTakenError, TaxRateNotFoundError
from functions.ordering.repository import coupons, taxes
from functions.ordering.repository.taxes import StoredTaxRate
from functions.ordering.schemas.taxes import NewTaxRate, TaxRateReplacement
from functions.ordering.service.newest_first import START, cut
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import ValidationError, VersionConflictError


def page(
    connection: Connection, *, country: str | None, before: UUID | None, limit: int
) -> tuple[Sequence[StoredTaxRate], UUID | None]:
    """Newest first, and the id to go on below (None at the end)."""
    return cut(taxes.page(connection, country=country, before=before or START, limit=limit + 1), limit)


def read(connection: Connection, tax_rate_id: UUID, *, locked: bool = False) -> StoredTaxRate:
    """Raises TaxRateNotFoundError."""
    rate = taxes.find(connection, tax_rate_id, locked=locked)
    if rate is None:
        raise TaxRateNotFoundError
    return rate


def create(connection: Connection, body: NewTaxRate) -> StoredTaxRate:
    """Raises TaxPlaceTakenError and ValidationError."""
    _check(connection, body)
    rate = taxes.insert(connection, body.model_dump())
    if rate is None:
        raise TaxPlaceTakenError
    audit.record(connection, "tax_rate.created", _subject(rate.id), changes=audit.created(audit.fields_of(rate)))
    return rate


def replace(connection: Connection, tax_rate_id: UUID, body: TaxRateReplacement) -> StoredTaxRate:
    """Raises TaxRateNotFoundError, VersionConflictError, TaxPlaceTakenError and ValidationError."""
    before = _checked(read(connection, tax_rate_id, locked=True), body.version)
    _check(connection, body)
    try:
        rate = taxes.update(connection, tax_rate_id, body.model_dump())
    except psycopg.errors.UniqueViolation as error:
        raise TaxPlaceTakenError from error
    changes = audit.differences(audit.fields_of(before), audit.fields_of(rate))
    audit.record(connection, "tax_rate.changed", _subject(tax_rate_id), changes=changes)
    return rate


def delete(connection: Connection, tax_rate_id: UUID, *, version: int | None) -> None:
    """Raises TaxRateNotFoundError and VersionConflictError."""
    before = _checked(read(connection, tax_rate_id, locked=True), version)
    taxes.delete(connection, tax_rate_id)
    audit.record(connection, "tax_rate.deleted", _subject(tax_rate_id), changes=audit.deleted(audit.fields_of(before)))


def _checked(stored: StoredTaxRate, version: int | None) -> StoredTaxRate:
    if version is not None and version != stored.version:
        raise VersionConflictError(version=stored.version)
    return stored


def _check(connection: Connection, body: NewTaxRate) -> None:
    named = [rate.category_id for rate in body.category_rates]
    missing = coupons.missing(connection, category_ids=named) if named else []
    if missing:
        raise ValidationError(
            "The rate names a category that does not exist",
            errors=[
                {"field": f"body.category_rates.{named.index(missing_id)}.category_id", "message": "no such category"}
                for _, missing_id in missing
            ],
        )


def _subject(tax_rate_id: UUID) -> Subject:
    return Subject("tax_rate", tax_rate_id)
