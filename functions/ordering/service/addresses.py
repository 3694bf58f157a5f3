"""A customer's address book. At most one entry is the default for deliveries, and at most one for invoices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from functions.ordering.domain.addresses import MAX_ADDRESSES, AddressTerms, SavedAddressRow
from functions.ordering.errors import AddressBookFullError, AddressNotFoundError
from functions.ordering.repository import addresses
from shared.clients.database import Connection
from shared.errors import InvalidTokenError, VersionConflictError
from shared.pages import HIGHEST_ID, split_by_id


def page(
    connection: Connection, user_id: UUID, *, before: UUID | None, limit: int
) -> tuple[Sequence[SavedAddressRow], UUID | None]:
    """Newest first, and the id that the next page is below (None at the end)."""
    return split_by_id(addresses.page(connection, user_id, before=before or HIGHEST_ID, limit=limit + 1), limit)


def show(connection: Connection, user_id: UUID, address_id: UUID) -> SavedAddressRow:
    """Raises AddressNotFoundError, also for another person's."""
    row = addresses.find(connection, user_id, address_id)
    if row is None:
        raise AddressNotFoundError
    return row


def save(connection: Connection, user_id: UUID, terms: AddressTerms) -> SavedAddressRow:
    """The new entry, or the one that has this address already, which then gets the defaults that are asked for.

    Raises AddressBookFullError, and InvalidTokenError for a deleted account.
    """
    count = addresses.lock_book(connection, user_id)
    existing = addresses.same(connection, user_id, terms.address)
    if existing is not None:
        return _with_defaults(connection, user_id, existing, terms)
    if count >= MAX_ADDRESSES:
        raise AddressBookFullError(f"At most {MAX_ADDRESSES} addresses")
    addresses.release_defaults(connection, user_id, terms)
    created = addresses.insert(connection, user_id, terms)
    if created is None:
        raise InvalidTokenError("The account does not exist any more")
    return created


def replace_entry(
    connection: Connection, user_id: UUID, address_id: UUID, terms: AddressTerms, *, version: int
) -> SavedAddressRow:
    """Raises AddressNotFoundError and VersionConflictError."""
    addresses.lock_book(connection, user_id)
    before = show(connection, user_id, address_id)
    if before.version != version:
        raise VersionConflictError(current_version=before.version)
    return _write(connection, user_id, address_id, terms)


def delete(connection: Connection, user_id: UUID, address_id: UUID) -> None:
    """A default that goes leaves none. Raises AddressNotFoundError."""
    if not addresses.delete(connection, user_id, address_id):
        raise AddressNotFoundError


def _with_defaults(
    connection: Connection, user_id: UUID, existing: SavedAddressRow, terms: AddressTerms
) -> SavedAddressRow:
    gained = replace(
        terms,
        label=terms.label or existing.label,
        is_default_shipping=terms.is_default_shipping or existing.is_default_shipping,
        is_default_billing=terms.is_default_billing or existing.is_default_billing,
    )
    present = AddressTerms(
        label=existing.label,
        address=existing.address,
        is_default_shipping=existing.is_default_shipping,
        is_default_billing=existing.is_default_billing,
    )
    return existing if gained == present else _write(connection, user_id, existing.id, gained)


def _write(connection: Connection, user_id: UUID, address_id: UUID, terms: AddressTerms) -> SavedAddressRow:
    addresses.release_defaults(connection, user_id, terms, except_for=address_id)
    written = addresses.update(connection, user_id, address_id, terms)
    if written is None:  # deleted since it was read
        raise AddressNotFoundError
    return written
