"""SQL of checkouts as payments read them; they belong to ordering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

# Attempts that were blocked do not count: whoever waits is let in again.
_CHECKOUT: Final = """
SELECT c.id, c.cart_id, c.user_id, c.currency, c.total_amount, c.status, c.expires_at <= now() AS lapsed,
    (SELECT count(*) FROM payments p WHERE p.checkout_id = c.id AND p.status = 'canceled') AS canceled_payments,
    EXISTS (SELECT FROM fraud_decisions f WHERE f.checkout_id = c.id AND f.is_declined AND f.decision = 'block'
     AND 'declines_of_checkout' = ANY(f.reasons)) AS ended_by_declines,
    (SELECT k.provider_customer_id FROM provider_customers k
     WHERE k.user_id = c.user_id AND k.provider = %(provider)s) AS customer_id,
    (SELECT count(*) FROM fraud_decisions f WHERE f.user_id = c.user_id AND f.decision <> 'block'
     AND f.created_at > now() - interval '1 hour') AS attempts_of_user,
    (SELECT count(*) FROM fraud_decisions f WHERE f.ip_address = %(ip_address)s AND f.decision <> 'block'
     AND f.created_at > now() - interval '1 hour') AS attempts_of_ip
FROM ordering_checkouts c WHERE c.id = %(checkout_id)s
"""


@dataclass(frozen=True, slots=True)
class CheckoutRow:
    """What a payment needs to know of a checkout, and how many intents were made for it and canceled."""

    id: UUID
    cart_id: UUID
    user_id: UUID | None
    currency: str
    total_amount: int
    status: str
    lapsed: bool
    canceled_payments: int
    ended_by_declines: bool
    """Whether so many charges were declined that it takes no more payments (`fraud_rules.DECLINES`)."""
    customer_id: str | None
    """The user's at the provider, where they have saved a payment method."""
    attempts_of_user: int
    attempts_of_ip: int
    """How often the same payer tried within an hour."""


def checkout(connection: Connection, checkout_id: UUID, provider: str, ip_address: str | None) -> CheckoutRow | None:
    with connection.cursor(row_factory=class_row(CheckoutRow)) as cursor:
        return cursor.execute(
            _CHECKOUT,
            {"provider": provider, "ip_address": ip_address, "checkout_id": checkout_id},
        ).fetchone()


def cart_of_guest_checkout(connection: Connection, checkout_id: UUID) -> UUID | None:
    """The cart of a checkout that belongs to no user."""
    row = connection.execute(
        "SELECT cart_id FROM ordering_checkouts WHERE id = %s AND user_id IS NULL", (checkout_id,)
    ).fetchone()
    return row["cart_id"] if row else None
