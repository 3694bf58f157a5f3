"""SQL of address books. Who writes one has locked it: its changes come one after the other, from whatever tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.ordering.domain.addresses import AddressTerms, SavedAddressRow
from shared.clients.database import Connection

_COLUMNS: Final = ", ".join(field.name for field in fields(SavedAddressRow))

_PAGE: Final = f"SELECT {_COLUMNS} FROM customer_addresses WHERE user_id = %s AND id < %s ORDER BY id DESC LIMIT %s"
_FIND: Final = f"SELECT {_COLUMNS} FROM customer_addresses WHERE user_id = %s AND id = %s"
_SAME: Final = f"""
SELECT {_COLUMNS} FROM customer_addresses WHERE user_id = %s AND address = %s ORDER BY id LIMIT 1
"""
# Not for an account that was erased while its owner wrote.
_INSERT: Final = f"""
INSERT INTO customer_addresses (user_id, label, address, is_default_shipping, is_default_billing)
SELECT id, %(label)s, %(address)s, %(is_default_shipping)s, %(is_default_billing)s
FROM identity_contacts WHERE id = %(user_id)s
RETURNING {_COLUMNS}
"""
_UPDATE: Final = f"""
UPDATE customer_addresses SET label = %(label)s, address = %(address)s, is_default_shipping = %(is_default_shipping)s,
    is_default_billing = %(is_default_billing)s, version = version + 1, updated_at = now()
WHERE user_id = %(user_id)s AND id = %(id)s
RETURNING {_COLUMNS}
"""
# A default that is another one's from now on is a change of this entry: who has it open is told.
_RELEASE_DEFAULTS: Final = """
UPDATE customer_addresses SET is_default_shipping = is_default_shipping AND NOT %(is_default_shipping)s,
    is_default_billing = is_default_billing AND NOT %(is_default_billing)s, version = version + 1, updated_at = now()
WHERE user_id = %(user_id)s AND id IS DISTINCT FROM %(except_for)s
    AND (is_default_shipping AND %(is_default_shipping)s OR is_default_billing AND %(is_default_billing)s)
"""


def page(connection: Connection, user_id: UUID, *, before: UUID, limit: int) -> Sequence[SavedAddressRow]:
    """The person's addresses, newest first, beginning below an id."""
    with connection.cursor(row_factory=class_row(SavedAddressRow)) as cursor:
        return cursor.execute(_PAGE, (user_id, before, limit)).fetchall()


def lock_book(connection: Connection, user_id: UUID) -> int:
    """How many addresses the person has; nobody else writes them until the transaction ends."""
    connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('ordering.addresses ' || %s::text, 0))", (user_id,)
    )
    row = connection.execute(
        "SELECT count(*)::int AS n FROM customer_addresses WHERE user_id = %s", (user_id,)
    ).fetchone()
    assert row is not None
    there_are: int = row["n"]
    return there_are


def find(connection: Connection, user_id: UUID, address_id: UUID) -> SavedAddressRow | None:
    with connection.cursor(row_factory=class_row(SavedAddressRow)) as cursor:
        return cursor.execute(_FIND, (user_id, address_id)).fetchone()


def same(connection: Connection, user_id: UUID, address: dict[str, Any]) -> SavedAddressRow | None:
    """The person's entry with just this address."""
    with connection.cursor(row_factory=class_row(SavedAddressRow)) as cursor:
        return cursor.execute(_SAME, (user_id, Jsonb(address))).fetchone()


def insert(connection: Connection, user_id: UUID, terms: AddressTerms) -> SavedAddressRow | None:
    """The new entry; None for a deleted account."""
    return _write(connection, _INSERT, user_id, terms)


def update(connection: Connection, user_id: UUID, address_id: UUID, terms: AddressTerms) -> SavedAddressRow | None:
    """Write the entry, and count its version up; None where the person has no such entry."""
    return _write(connection, _UPDATE, user_id, terms, id=address_id)


def release_defaults(
    connection: Connection, user_id: UUID, terms: AddressTerms, *, except_for: UUID | None = None
) -> None:
    """Take from the other entries the defaults that these terms claim."""
    values = {
        "user_id": user_id,
        "except_for": except_for,
        "is_default_shipping": terms.is_default_shipping,
        "is_default_billing": terms.is_default_billing,
    }
    connection.execute(_RELEASE_DEFAULTS, values)


def delete(connection: Connection, user_id: UUID, address_id: UUID) -> bool:
    """Whether the person had such an entry."""
    statement = "DELETE FROM customer_addresses WHERE user_id = %s AND id = %s"
    return connection.execute(statement, (user_id, address_id)).rowcount > 0


def _write(
    connection: Connection, statement: str, user_id: UUID, terms: AddressTerms, **values: UUID
) -> SavedAddressRow | None:
    parameters = {**asdict(terms), "address": Jsonb(terms.address), "user_id": user_id, **values}
    with connection.cursor(row_factory=class_row(SavedAddressRow)) as cursor:
        return cursor.execute(statement, parameters).fetchone()
