"""SQL of users as the provider knows them. Users belong to identity and are only read here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A user as one provider knows them."""

    provider: str
    customer_id: str


def customer_of(connection: Connection, user_id: UUID, provider: str) -> str | None:
    """The provider's id of the user; None where there is none yet."""
    row = connection.execute(
        "SELECT provider_customer_id FROM provider_customers WHERE user_id = %s AND provider = %s", (user_id, provider)
    ).fetchone()
    return row["provider_customer_id"] if row else None


def customers_of(connection: Connection, user_id: UUID) -> list[CustomerRow]:
    """The user at every provider that knows them."""
    with connection.cursor(row_factory=class_row(CustomerRow)) as cursor:
        return cursor.execute(
            "SELECT provider, provider_customer_id AS customer_id FROM provider_customers WHERE user_id = %s",
            (user_id,),
        ).fetchall()


def record(connection: Connection, user_id: UUID, provider: str, customer_id: str) -> None:
    """Remember the provider's id of a user; nothing where one is known."""
    connection.execute(
        "INSERT INTO provider_customers (user_id, provider, provider_customer_id) VALUES (%s, %s, %s)"
        " ON CONFLICT (user_id, provider) DO NOTHING",
        (user_id, provider, customer_id),
    )


def delete(connection: Connection, user_id: UUID, provider: str) -> None:
    """The provider does not know the user any more."""
    connection.execute("DELETE FROM provider_customers WHERE user_id = %s AND provider = %s", (user_id, provider))


def email_of(connection: Connection, user_id: UUID) -> str | None:
    row = connection.execute("SELECT email FROM identity_contacts WHERE id = %s", (user_id,)).fetchone()
    return row["email"] if row else None
