"""Administrators keep shipping zones and rates; every change is in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from functions.ordering.errors import ShippingRateNotFoundError, ShippingZoneNotFoundError
from functions.ordering.repository import shipping
from functions.ordering.repository.shipping import StoredRate, StoredZone
from functions.ordering.schemas.shipping import (
    NewShippingRate,
    NewShippingZone,
    ShippingRateReplacement,
    ShippingZoneReplacement,
)
from functions.ordering.service.newest_first import START, cut
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import VersionConflictError

S = TypeVar("S", StoredZone, StoredRate)


def zones(connection: Connection, *, before: UUID | None, limit: int) -> tuple[Sequence[StoredZone], UUID | None]:
    """Newest first, and the id to go on below (None at the end)."""
    return cut(shipping.zones(connection, before=before or START, limit=limit + 1), limit)


def zone(connection: Connection, zone_id: UUID) -> StoredZone:
    """Raises ShippingZoneNotFoundError."""
    return _found(shipping.zone(connection, zone_id))


def create_zone(connection: Connection, body: NewShippingZone) -> StoredZone:
    made = shipping.insert_zone(connection, body.model_dump())
    _record(connection, "created", made, audit.created(audit.fields_of(made)))
    return made


def replace_zone(connection: Connection, zone_id: UUID, body: ShippingZoneReplacement) -> StoredZone:
    """Raises ShippingZoneNotFoundError and VersionConflictError."""
    before = _checked(_found(shipping.zone(connection, zone_id, locked=True)), body.version)
    changed = shipping.update_zone(connection, zone_id, body.model_dump())
    _record(connection, "changed", changed, audit.differences(audit.fields_of(before), audit.fields_of(changed)))
    return changed


def delete_zone(connection: Connection, zone_id: UUID, *, version: int | None) -> None:
    """Raises ShippingZoneNotFoundError and VersionConflictError."""
    before = _checked(_found(shipping.zone(connection, zone_id, locked=True)), version)
    shipping.delete_zone(connection, zone_id)
    _record(connection, "deleted", before, audit.deleted(audit.fields_of(before)))


def rates(
    connection: Connection, zone_id: UUID, *, before: UUID | None, limit: int
) -> tuple[Sequence[StoredRate], UUID | None]:
    """Newest first, and the id to go on below (None at the end). Raises ShippingZoneNotFoundError."""
    _found(shipping.zone(connection, zone_id))
    return cut(shipping.rates(connection, zone_id, before=before or START, limit=limit + 1), limit)


def rate(connection: Connection, zone_id: UUID, rate_id: UUID, *, locked: bool = False) -> StoredRate:
    """Raises ShippingRateNotFoundError."""
    found = shipping.rate(connection, zone_id, rate_id, locked=locked)
    if found is None:
        raise ShippingRateNotFoundError
    return found


def create_rate(connection: Connection, zone_id: UUID, body: NewShippingRate) -> StoredRate:
    """Raises ShippingZoneNotFoundError."""
    _found(shipping.zone(connection, zone_id, locked=True))
    made = shipping.insert_rate(connection, zone_id, body.model_dump())
    _record(connection, "created", made, audit.created(audit.fields_of(made)))
    return made


def replace_rate(connection: Connection, zone_id: UUID, rate_id: UUID, body: ShippingRateReplacement) -> StoredRate:
    """Raises ShippingRateNotFoundError and VersionConflictError."""
    before = _checked(rate(connection, zone_id, rate_id, locked=True), body.version)
    changed = shipping.update_rate(connection, rate_id, body.model_dump())
    _record(connection, "changed", changed, audit.differences(audit.fields_of(before), audit.fields_of(changed)))
    return changed


def delete_rate(connection: Connection, zone_id: UUID, rate_id: UUID, *, version: int | None) -> None:
    """Raises ShippingRateNotFoundError and VersionConflictError."""
    before = _checked(rate(connection, zone_id, rate_id, locked=True), version)
    shipping.delete_rate(connection, rate_id)
    _record(connection, "deleted", before, audit.deleted(audit.fields_of(before)))


def _found(zone: StoredZone | None) -> StoredZone:
    if zone is None:
        raise ShippingZoneNotFoundError
    return zone


def _checked(stored: S, version: int | None) -> S:
    if version is not None and version != stored.version:
        raise VersionConflictError(version=stored.version)
    return stored


def _record(connection: Connection, done: str, stored: StoredZone | StoredRate, changes: audit.Changes) -> None:
    kind = "shipping_zone" if isinstance(stored, StoredZone) else "shipping_rate"
    audit.record(connection, f"{kind}.{done}", Subject(kind, stored.id), changes=changes)
