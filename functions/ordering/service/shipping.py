"""Administrators keep shipping zones and rates; every change is logged."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel

from functions.ordering.errors import ShippingRateNotFoundError, ShippingZoneNotFoundError
from functions.ordering.repository import pricing_changes, shipping
from functions.ordering.repository.shipping import StoredRate, StoredZone
from functions.ordering.schemas.shipping import (
    NewShippingRate,
    NewShippingZone,
    ShippingRateReplacement,
    ShippingZoneReplacement,
)
from functions.ordering.service.newest_first import START, cut
from shared.clients.database import Connection
from shared.errors import VersionConflictError


def zones(connection: Connection, *, before: UUID | None, limit: int) -> tuple[Sequence[StoredZone], UUID | None]:
    """Newest first, and the id to go on below (None at the end)."""
    return cut(shipping.zones(connection, before=before or START, limit=limit + 1), limit)


def zone(connection: Connection, zone_id: UUID) -> StoredZone:
    """Raises ShippingZoneNotFoundError."""
    return _found(shipping.zone(connection, zone_id))


def create_zone(connection: Connection, body: NewShippingZone, *, actor_id: UUID) -> StoredZone:
    made = shipping.insert_zone(connection, body.model_dump())
    _log(connection, "shipping_zone", made.id, "created", body, actor_id=actor_id)
    return made


def replace_zone(connection: Connection, zone_id: UUID, body: ShippingZoneReplacement, *, actor_id: UUID) -> StoredZone:
    """Raises ShippingZoneNotFoundError and VersionConflictError."""
    _check_version(_found(shipping.zone(connection, zone_id, locked=True)), body.version)
    changed = shipping.update_zone(connection, zone_id, body.model_dump())
    _log(connection, "shipping_zone", zone_id, "changed", body, actor_id=actor_id)
    return changed


def delete_zone(connection: Connection, zone_id: UUID, *, version: int | None, actor_id: UUID) -> None:
    """Raises ShippingZoneNotFoundError and VersionConflictError."""
    _check_version(_found(shipping.zone(connection, zone_id, locked=True)), version)
    shipping.delete_zone(connection, zone_id)
    _log(connection, "shipping_zone", zone_id, "deleted", None, actor_id=actor_id)


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


def create_rate(connection: Connection, zone_id: UUID, body: NewShippingRate, *, actor_id: UUID) -> StoredRate:
    """Raises ShippingZoneNotFoundError."""
    _found(shipping.zone(connection, zone_id, locked=True))
    made = shipping.insert_rate(connection, zone_id, body.model_dump())
    _log(connection, "shipping_rate", made.id, "created", body, actor_id=actor_id)
    return made


def replace_rate(
    connection: Connection, zone_id: UUID, rate_id: UUID, body: ShippingRateReplacement, *, actor_id: UUID
) -> StoredRate:
    """Raises ShippingRateNotFoundError and VersionConflictError."""
    _check_version(rate(connection, zone_id, rate_id, locked=True), body.version)
    changed = shipping.update_rate(connection, rate_id, body.model_dump())
    _log(connection, "shipping_rate", rate_id, "changed", body, actor_id=actor_id)
    return changed


def delete_rate(connection: Connection, zone_id: UUID, rate_id: UUID, *, version: int | None, actor_id: UUID) -> None:
    """Raises ShippingRateNotFoundError and VersionConflictError."""
    _check_version(rate(connection, zone_id, rate_id, locked=True), version)
    shipping.delete_rate(connection, rate_id)
    _log(connection, "shipping_rate", rate_id, "deleted", None, actor_id=actor_id)


def _found(zone: StoredZone | None) -> StoredZone:
    if zone is None:
        raise ShippingZoneNotFoundError
    return zone


def _check_version(stored: StoredZone | StoredRate, version: int | None) -> None:
    if version is not None and version != stored.version:
        raise VersionConflictError(version=stored.version)


def _log(
    connection: Connection, entity: str, entity_id: UUID, action: str, body: BaseModel | None, *, actor_id: UUID
) -> None:
    document = body.model_dump(mode="json", exclude={"version"}) if body is not None else {}
    pricing_changes.record(connection, entity, entity_id, action, actor_id=actor_id, document=document)
