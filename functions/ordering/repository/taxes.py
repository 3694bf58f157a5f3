"""SQL of tax rates, as administrators maintain them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.ordering.domain.tax_terms import TaxRateTerms
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTaxRate(TaxRateTerms):
    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


_COLUMNS: Final = ", ".join(field.name for field in fields(StoredTaxRate))

_PAGE: Final = f"SELECT {_COLUMNS} FROM tax_rates WHERE id < %s ORDER BY id DESC LIMIT %s"
_PAGE_OF_COUNTRY: Final = f"""
SELECT {_COLUMNS} FROM tax_rates WHERE country = %s AND id < %s ORDER BY id DESC LIMIT %s
"""
_BY_ID: Final = f"SELECT {_COLUMNS} FROM tax_rates WHERE id = %s"
_INSERT: Final = f"""
INSERT INTO tax_rates (name, country, region, rate_basis_points, prices_include_tax, shipping_taxable, category_rates,
    is_active)
VALUES (%(name)s, %(country)s, %(region)s, %(rate_basis_points)s, %(prices_include_tax)s, %(shipping_taxable)s,
    %(category_rates)s, %(is_active)s)
ON CONFLICT (country, region) DO NOTHING RETURNING {_COLUMNS}
"""
_UPDATE: Final = f"""
UPDATE tax_rates SET name = %(name)s, country = %(country)s, region = %(region)s,
    rate_basis_points = %(rate_basis_points)s, prices_include_tax = %(prices_include_tax)s,
    shipping_taxable = %(shipping_taxable)s, category_rates = %(category_rates)s, is_active = %(is_active)s,
    version = version + 1
WHERE id = %(id)s RETURNING {_COLUMNS}
"""


def page(connection: Connection, *, country: str | None, before: UUID, limit: int) -> Sequence[StoredTaxRate]:
    """Newest first, beginning below an id; of a country, or of all."""
    with connection.cursor(row_factory=class_row(StoredTaxRate)) as cursor:
        if country is None:
            return cursor.execute(_PAGE, (before, limit)).fetchall()
        return cursor.execute(_PAGE_OF_COUNTRY, (country, before, limit)).fetchall()


def find(connection: Connection, tax_rate_id: UUID, *, locked: bool = False) -> StoredTaxRate | None:
    with connection.cursor(row_factory=class_row(StoredTaxRate)) as cursor:
        return cursor.execute(_BY_ID + (" FOR NO KEY UPDATE" if locked else ""), (tax_rate_id,)).fetchone()


def insert(connection: Connection, terms: TaxRateTerms) -> StoredTaxRate | None:
    """The new rate; None where its place has one."""
    with connection.cursor(row_factory=class_row(StoredTaxRate)) as cursor:
        return cursor.execute(_INSERT, _values(terms)).fetchone()


def update(connection: Connection, tax_rate_id: UUID, terms: TaxRateTerms) -> StoredTaxRate:
    """Write the rate, and count its version up. Raises psycopg.errors.UniqueViolation where the place has another."""
    with connection.cursor(row_factory=class_row(StoredTaxRate)) as cursor:
        updated = cursor.execute(_UPDATE, {**_values(terms), "id": tax_rate_id}).fetchone()
    assert updated is not None
    return updated


def delete(connection: Connection, tax_rate_id: UUID) -> None:
    connection.execute("DELETE FROM tax_rates WHERE id = %s", (tax_rate_id,))


def _values(terms: TaxRateTerms) -> dict[str, Any]:
    rates = [{**rate, "category_id": str(rate["category_id"])} for rate in terms.category_rates]
    return {**asdict(terms), "category_rates": Jsonb(rates)}
