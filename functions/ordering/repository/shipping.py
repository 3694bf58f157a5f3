"""SQL of shipping zones and their rates, as administrators maintain them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.ordering.domain.shipping_terms import ShippingRateTerms, ShippingZoneTerms
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredZone(ShippingZoneTerms):
    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRate(ShippingRateTerms):
    id: UUID
    zone_id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


_ZONE: Final = ", ".join(field.name for field in fields(StoredZone))
_RATE: Final = ", ".join(field.name for field in fields(StoredRate))

_ZONES: Final = f"SELECT {_ZONE} FROM shipping_zones WHERE id < %s ORDER BY id DESC LIMIT %s"
_ZONE_BY_ID: Final = f"SELECT {_ZONE} FROM shipping_zones WHERE id = %s"
_INSERT_ZONE: Final = f"""
INSERT INTO shipping_zones (name, countries, regions, postal_prefixes, is_active)
VALUES (%(name)s, %(countries)s, %(regions)s, %(postal_prefixes)s, %(is_active)s) RETURNING {_ZONE}
"""
_UPDATE_ZONE: Final = f"""
UPDATE shipping_zones SET name = %(name)s, countries = %(countries)s, regions = %(regions)s,
    postal_prefixes = %(postal_prefixes)s, is_active = %(is_active)s, version = version + 1
WHERE id = %(id)s RETURNING {_ZONE}
"""

_RATES: Final = f"""
SELECT {_RATE} FROM shipping_rates WHERE zone_id = %s AND id < %s ORDER BY id DESC LIMIT %s
"""
_RATE_BY_ID: Final = f"SELECT {_RATE} FROM shipping_rates WHERE id = %s AND zone_id = %s"
_INSERT_RATE: Final = f"""
INSERT INTO shipping_rates (zone_id, name, kind, currency, amount, bands, free_from_amount, min_days, max_days,
    is_active)
VALUES (%(zone_id)s, %(name)s, %(kind)s, %(currency)s, %(amount)s, %(bands)s, %(free_from_amount)s, %(min_days)s,
    %(max_days)s, %(is_active)s)
RETURNING {_RATE}
"""
_UPDATE_RATE: Final = f"""
UPDATE shipping_rates SET name = %(name)s, kind = %(kind)s, currency = %(currency)s, amount = %(amount)s,
    bands = %(bands)s, free_from_amount = %(free_from_amount)s, min_days = %(min_days)s, max_days = %(max_days)s,
    is_active = %(is_active)s, version = version + 1
WHERE id = %(id)s RETURNING {_RATE}
"""
_LOCKED: Final = " FOR NO KEY UPDATE"


def zones(connection: Connection, *, before: UUID, limit: int) -> Sequence[StoredZone]:
    """Newest first, beginning below an id."""
    with connection.cursor(row_factory=class_row(StoredZone)) as cursor:
        return cursor.execute(_ZONES, (before, limit)).fetchall()


def zone(connection: Connection, zone_id: UUID, *, locked: bool = False) -> StoredZone | None:
    with connection.cursor(row_factory=class_row(StoredZone)) as cursor:
        return cursor.execute(_ZONE_BY_ID + (_LOCKED if locked else ""), (zone_id,)).fetchone()


def insert_zone(connection: Connection, terms: ShippingZoneTerms) -> StoredZone:
    return _write_zone(connection, _INSERT_ZONE, asdict(terms))


def update_zone(connection: Connection, zone_id: UUID, terms: ShippingZoneTerms) -> StoredZone:
    """Write the zone, and count its version up."""
    return _write_zone(connection, _UPDATE_ZONE, {**asdict(terms), "id": zone_id})


def delete_zone(connection: Connection, zone_id: UUID) -> None:
    """The zone with its rates; checkouts keep the name and the price of theirs."""
    connection.execute("DELETE FROM shipping_zones WHERE id = %s", (zone_id,))


def rates(connection: Connection, zone_id: UUID, *, before: UUID, limit: int) -> Sequence[StoredRate]:
    """Newest first, beginning below an id."""
    with connection.cursor(row_factory=class_row(StoredRate)) as cursor:
        return cursor.execute(_RATES, (zone_id, before, limit)).fetchall()


def rate(connection: Connection, zone_id: UUID, rate_id: UUID, *, locked: bool = False) -> StoredRate | None:
    """A rate of this zone."""
    with connection.cursor(row_factory=class_row(StoredRate)) as cursor:
        return cursor.execute(_RATE_BY_ID + (_LOCKED if locked else ""), (rate_id, zone_id)).fetchone()


def insert_rate(connection: Connection, zone_id: UUID, terms: ShippingRateTerms) -> StoredRate:
    return _write_rate(connection, _INSERT_RATE, {**asdict(terms), "zone_id": zone_id})


def update_rate(connection: Connection, rate_id: UUID, terms: ShippingRateTerms) -> StoredRate:
    """Write the rate, and count its version up."""
    return _write_rate(connection, _UPDATE_RATE, {**asdict(terms), "id": rate_id})


def delete_rate(connection: Connection, rate_id: UUID) -> None:
    connection.execute("DELETE FROM shipping_rates WHERE id = %s", (rate_id,))


def _write_zone(connection: Connection, statement: str, values: Mapping[str, Any]) -> StoredZone:
    with connection.cursor(row_factory=class_row(StoredZone)) as cursor:
        written = cursor.execute(statement, values).fetchone()
    assert written is not None
    return written


def _write_rate(connection: Connection, statement: str, values: Mapping[str, Any]) -> StoredRate:
    with connection.cursor(row_factory=class_row(StoredRate)) as cursor:
        written = cursor.execute(statement, {**values, "bands": Jsonb(values["bands"])}).fetchone()
    assert written is not None
    return written
