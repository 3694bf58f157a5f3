"""SQL of shipping zones and their rates, as administrators keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.ordering.repository.pricing_rules import RateKind
from shared.clients.database import Connection

_ZONE: Final = "id, name, countries, regions, postal_prefixes, is_active, version, created_at, updated_at"
_RATE: Final = (
    "id, zone_id, name, kind, currency, amount, bands, free_from_amount, min_days, max_days, is_active, version,"
    " created_at, updated_at"
)

_ZONES: Final = f"SELECT {_ZONE} FROM shipping_zones WHERE id < %s ORDER BY id DESC LIMIT %s"  # noqa: S608 - our own
_ZONE_BY_ID: Final = f"SELECT {_ZONE} FROM shipping_zones WHERE id = %s"  # noqa: S608 - our own constant
_INSERT_ZONE: Final = f"""
INSERT INTO shipping_zones (name, countries, regions, postal_prefixes, is_active)
VALUES (%(name)s, %(countries)s, %(regions)s, %(postal_prefixes)s, %(is_active)s) RETURNING {_ZONE}
"""  # noqa: S608 - our own constant
_UPDATE_ZONE: Final = f"""
UPDATE shipping_zones SET name = %(name)s, countries = %(countries)s, regions = %(regions)s,
    postal_prefixes = %(postal_prefixes)s, is_active = %(is_active)s, version = version + 1
WHERE id = %(id)s RETURNING {_ZONE}
"""  # noqa: S608 - our own constant

_RATES: Final = f"""
SELECT {_RATE} FROM shipping_rates WHERE zone_id = %s AND id < %s ORDER BY id DESC LIMIT %s
"""  # noqa: S608 - our own constant
_RATE_BY_ID: Final = f"SELECT {_RATE} FROM shipping_rates WHERE id = %s AND zone_id = %s"  # noqa: S608 - our own
_INSERT_RATE: Final = f"""
INSERT INTO shipping_rates (zone_id, name, kind, currency, amount, bands, free_from_amount, min_days, max_days,
    is_active)
VALUES (%(zone_id)s, %(name)s, %(kind)s, %(currency)s, %(amount)s, %(bands)s, %(free_from_amount)s, %(min_days)s,
    %(max_days)s, %(is_active)s)
RETURNING {_RATE}
"""  # noqa: S608 - our own constant
_UPDATE_RATE: Final = f"""
UPDATE shipping_rates SET name = %(name)s, kind = %(kind)s, currency = %(currency)s, amount = %(amount)s,
    bands = %(bands)s, free_from_amount = %(free_from_amount)s, min_days = %(min_days)s, max_days = %(max_days)s,
    is_active = %(is_active)s, version = version + 1
WHERE id = %(id)s RETURNING {_RATE}
"""  # noqa: S608 - our own constant
_LOCKED: Final = " FOR NO KEY UPDATE"


@dataclass(frozen=True, slots=True)
class StoredZone:
    """The names are the columns'."""

    id: UUID
    name: str
    countries: list[str]
    regions: list[str]
    postal_prefixes: list[str]
    is_active: bool
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StoredRate:
    """The names are the columns'."""

    id: UUID
    zone_id: UUID
    name: str
    kind: RateKind
    currency: str
    amount: int | None
    bands: list[dict[str, int | None]]
    free_from_amount: int | None
    min_days: int | None
    max_days: int | None
    is_active: bool
    version: int
    created_at: datetime
    updated_at: datetime


def zones(connection: Connection, *, before: UUID, limit: int) -> Sequence[StoredZone]:
    """Newest first, beginning below an id."""
    with connection.cursor(row_factory=class_row(StoredZone)) as cursor:
        return cursor.execute(_ZONES, (before, limit)).fetchall()


def zone(connection: Connection, zone_id: UUID, *, locked: bool = False) -> StoredZone | None:
    with connection.cursor(row_factory=class_row(StoredZone)) as cursor:
        return cursor.execute(_ZONE_BY_ID + (_LOCKED if locked else ""), (zone_id,)).fetchone()


def insert_zone(connection: Connection, fields: Mapping[str, Any]) -> StoredZone:
    return _written_zone(connection, _INSERT_ZONE, fields)


def update_zone(connection: Connection, zone_id: UUID, fields: Mapping[str, Any]) -> StoredZone:
    """Write the zone, and count its version up."""
    return _written_zone(connection, _UPDATE_ZONE, {**fields, "id": zone_id})


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


def insert_rate(connection: Connection, zone_id: UUID, fields: Mapping[str, Any]) -> StoredRate:
    return _written_rate(connection, _INSERT_RATE, {**fields, "zone_id": zone_id})


def update_rate(connection: Connection, rate_id: UUID, fields: Mapping[str, Any]) -> StoredRate:
    """Write the rate, and count its version up."""
    return _written_rate(connection, _UPDATE_RATE, {**fields, "id": rate_id})


def delete_rate(connection: Connection, rate_id: UUID) -> None:
    connection.execute("DELETE FROM shipping_rates WHERE id = %s", (rate_id,))


def _written_zone(connection: Connection, statement: str, fields: Mapping[str, Any]) -> StoredZone:
    with connection.cursor(row_factory=class_row(StoredZone)) as cursor:
        written = cursor.execute(statement, fields).fetchone()
    assert written is not None
    return written


def _written_rate(connection: Connection, statement: str, fields: Mapping[str, Any]) -> StoredRate:
    with connection.cursor(row_factory=class_row(StoredRate)) as cursor:
        written = cursor.execute(statement, {**fields, "bands": Jsonb(fields["bands"])}).fetchone()
    assert written is not None
    return written
