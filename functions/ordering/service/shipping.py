"""Administration of shipping zones and rates; every change is recorded in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from functions.ordering.domain.places import region_code
from functions.ordering.domain.shipping_terms import ShippingRateTerms, ShippingZoneTerms
from functions.ordering.errors import ShippingRateNotFoundError, ShippingZoneNotFoundError
from functions.ordering.repository import shipping
from functions.ordering.repository.shipping import StoredRate, StoredZone
from shared import audit, money
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError, VersionConflictError
from shared.pages import HIGHEST_ID, split_by_id

S = TypeVar("S", StoredZone, StoredRate)


def zones(connection: Connection, *, before: UUID | None, limit: int) -> tuple[Sequence[StoredZone], UUID | None]:
    """Newest first, and the id that the next page is below (None at the end)."""
    return split_by_id(shipping.zones(connection, before=before or HIGHEST_ID, limit=limit + 1), limit)


def zone(connection: Connection, zone_id: UUID) -> StoredZone:
    """Raises ShippingZoneNotFoundError."""
    return _existing(shipping.zone(connection, zone_id))


def create_zone(connection: Connection, terms: ShippingZoneTerms) -> StoredZone:
    """Raises ValidationError."""
    created = shipping.insert_zone(connection, _with_codes(terms))
    _record(connection, "created", created, audit.created(audit.fields_of(created)))
    return created


def replace_zone(connection: Connection, zone_id: UUID, terms: ShippingZoneTerms, *, version: int) -> StoredZone:
    """Raises ShippingZoneNotFoundError, VersionConflictError and ValidationError."""
    before = _check_version(_existing(shipping.zone(connection, zone_id, locked=True)), version)
    changed = shipping.update_zone(connection, zone_id, _with_codes(terms))
    _record(connection, "changed", changed, audit.differences(audit.fields_of(before), audit.fields_of(changed)))
    return changed


def delete_zone(connection: Connection, zone_id: UUID, *, version: int | None) -> None:
    """Raises ShippingZoneNotFoundError and VersionConflictError."""
    before = _check_version(_existing(shipping.zone(connection, zone_id, locked=True)), version)
    shipping.delete_zone(connection, zone_id)
    _record(connection, "deleted", before, audit.deleted(audit.fields_of(before)))


def rates(
    connection: Connection, zone_id: UUID, *, before: UUID | None, limit: int
) -> tuple[Sequence[StoredRate], UUID | None]:
    """Newest first, and the id that the next page is below (None at the end). Raises ShippingZoneNotFoundError."""
    _existing(shipping.zone(connection, zone_id))
    return split_by_id(shipping.rates(connection, zone_id, before=before or HIGHEST_ID, limit=limit + 1), limit)


def rate(connection: Connection, zone_id: UUID, rate_id: UUID, *, locked: bool = False) -> StoredRate:
    """Raises ShippingRateNotFoundError."""
    row = shipping.rate(connection, zone_id, rate_id, locked=locked)
    if row is None:
        raise ShippingRateNotFoundError
    return row


def create_rate(connection: Connection, zone_id: UUID, terms: ShippingRateTerms) -> StoredRate:
    """Raises ShippingZoneNotFoundError and ValidationError."""
    _existing(shipping.zone(connection, zone_id, locked=True))
    _check_prices(terms)
    created = shipping.insert_rate(connection, zone_id, terms)
    _record(connection, "created", created, audit.created(audit.fields_of(created)))
    return created


def replace_rate(
    connection: Connection, zone_id: UUID, rate_id: UUID, terms: ShippingRateTerms, *, version: int
) -> StoredRate:
    """Raises ShippingRateNotFoundError, VersionConflictError and ValidationError."""
    before = _check_version(rate(connection, zone_id, rate_id, locked=True), version)
    _check_prices(terms)
    changed = shipping.update_rate(connection, rate_id, terms)
    _record(connection, "changed", changed, audit.differences(audit.fields_of(before), audit.fields_of(changed)))
    return changed


def delete_rate(connection: Connection, zone_id: UUID, rate_id: UUID, *, version: int | None) -> None:
    """Raises ShippingRateNotFoundError and VersionConflictError."""
    before = _check_version(rate(connection, zone_id, rate_id, locked=True), version)
    shipping.delete_rate(connection, rate_id)
    _record(connection, "deleted", before, audit.deleted(audit.fields_of(before)))


def _check_prices(terms: ShippingRateTerms) -> None:
    prices: list[tuple[tuple[str | int, ...], int | None]] = [(("amount",), terms.amount)]
    prices += [(("bands", index, "amount"), band["amount"]) for index, band in enumerate(terms.bands)]
    problems = [(path, money.price_problem(amount, terms.currency)) for path, amount in prices]
    errors = [FieldError(path, problem) for path, problem in problems if problem]
    if errors:
        raise ValidationError.about(errors)


def _with_codes(terms: ShippingZoneTerms) -> ShippingZoneTerms:
    """The terms with the regions' codes, each once. Raises ValidationError."""
    codes: dict[str, None] = {}
    for index, region in enumerate(terms.regions):
        try:
            codes[region_code(terms.countries[0], region)] = None
        except ValueError as error:
            raise ValidationError(field=FieldError(("regions", index), str(error))) from None
    return replace(terms, regions=list(codes))


def _existing(zone: StoredZone | None) -> StoredZone:
    if zone is None:
        raise ShippingZoneNotFoundError
    return zone


def _check_version(stored: S, version: int | None) -> S:
    if version is not None and version != stored.version:
        raise VersionConflictError(current_version=stored.version)
    return stored


def _record(connection: Connection, verb: str, stored: StoredZone | StoredRate, changes: audit.Changes) -> None:
    kind = "shipping_zone" if isinstance(stored, StoredZone) else "shipping_rate"
    audit.record(connection, f"{kind}.{verb}", Subject(kind, stored.id), changes=changes)
