"""Administration of tax rates; every change is recorded in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_values
from uuid import UUID

import psycopg

from functions.ordering.domain.places import region_code
from functions.ordering.domain.tax_terms import TaxRateTerms
from functions.ordering.errors import TaxPlaceTakenError, TaxRateNotFoundError
from functions.ordering.repository import coupons, taxes
from functions.ordering.repository.taxes import StoredTaxRate
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError, VersionConflictError
from shared.pages import HIGHEST_ID, split_by_id


def page(
    connection: Connection, *, country: str | None, before: UUID | None, limit: int
) -> tuple[Sequence[StoredTaxRate], UUID | None]:
    """Newest first, and the id that the next page is below (None at the end)."""
    return split_by_id(taxes.page(connection, country=country, before=before or HIGHEST_ID, limit=limit + 1), limit)


def read(connection: Connection, tax_rate_id: UUID, *, locked: bool = False) -> StoredTaxRate:
    """Raises TaxRateNotFoundError."""
    rate = taxes.find(connection, tax_rate_id, locked=locked)
    if rate is None:
        raise TaxRateNotFoundError
    return rate


def create(connection: Connection, terms: TaxRateTerms) -> StoredTaxRate:
    """Raises TaxPlaceTakenError and ValidationError."""
    terms = _checked(connection, terms)
    rate = taxes.insert(connection, terms)
    if rate is None:
        raise TaxPlaceTakenError
    audit.record(connection, "tax_rate.created", _subject(rate.id), changes=audit.created(audit.fields_of(rate)))
    return rate


def replace(connection: Connection, tax_rate_id: UUID, terms: TaxRateTerms, *, version: int) -> StoredTaxRate:
    """Raises TaxRateNotFoundError, VersionConflictError, TaxPlaceTakenError and ValidationError."""
    before = _check_version(read(connection, tax_rate_id, locked=True), version)
    terms = _checked(connection, terms)
    try:
        rate = taxes.update(connection, tax_rate_id, terms)
    except psycopg.errors.UniqueViolation as error:
        raise TaxPlaceTakenError from error
    changes = audit.differences(audit.fields_of(before), audit.fields_of(rate))
    audit.record(connection, "tax_rate.changed", _subject(tax_rate_id), changes=changes)
    return rate


def delete(connection: Connection, tax_rate_id: UUID, *, version: int | None) -> None:
    """Raises TaxRateNotFoundError and VersionConflictError."""
    before = _check_version(read(connection, tax_rate_id, locked=True), version)
    taxes.delete(connection, tax_rate_id)
    audit.record(connection, "tax_rate.deleted", _subject(tax_rate_id), changes=audit.deleted(audit.fields_of(before)))


def _check_version(stored: StoredTaxRate, version: int | None) -> StoredTaxRate:
    if version is not None and version != stored.version:
        raise VersionConflictError(current_version=stored.version)
    return stored


def _checked(connection: Connection, terms: TaxRateTerms) -> TaxRateTerms:
    """The terms with the region's code. Raises ValidationError."""
    _check_categories(connection, terms)
    if not terms.region:
        return terms
    try:
        return with_values(terms, region=region_code(terms.country, terms.region))
    except ValueError as error:
        raise ValidationError(field=FieldError(("region",), str(error))) from None


def _check_categories(connection: Connection, terms: TaxRateTerms) -> None:
    category_ids = [rate["category_id"] for rate in terms.category_rates]
    missing = coupons.missing(connection, category_ids=category_ids) if category_ids else []
    if missing:
        raise ValidationError(
            "The rate names a category that does not exist",
            errors=[
                FieldError(("category_rates", category_ids.index(missing_id), "category_id"), "no such category")
                for _, missing_id in missing
            ],
        )


def _subject(tax_rate_id: UUID) -> Subject:
    return Subject("tax_rate", tax_rate_id)
