"""SQL of payments and their history. Orders belong to ordering and are only read here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.payments.providers.port import PaymentStatus, UsedMethod
from functions.payments.repository.checkouts import CheckoutRow
from shared.clients.database import Connection

HISTORY_LIMIT: Final = 200
SUPERSEDED_LIMIT: Final = 5

_SELECT_PAYMENTS: Final = (
    "SELECT p.id, p.checkout_id, p.order_id, p.user_id, p.provider, p.provider_payment_id, p.amount, p.currency,"
    " p.status, p.amount_captured, p.amount_refunded, p.failure_code, p.method, p.status_at, p.created_at, p.updated_at"
    " FROM payments p WHERE "
)


_INSERT_PAYMENT: Final = """
WITH made AS (
    INSERT INTO payments (checkout_id, user_id, provider, provider_payment_id, amount, currency, status)
    VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id, status
)
INSERT INTO payment_status_changes (payment_id, after) SELECT id, status FROM made
"""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment; amounts in minor units. `status_at` is by the provider's clock, None until it reported anything."""

    id: UUID
    checkout_id: UUID
    order_id: UUID | None
    user_id: UUID | None
    provider: str
    provider_payment_id: str
    amount: int
    currency: str
    status: str
    amount_captured: int
    amount_refunded: int
    failure_code: str | None
    method: dict[str, Any] | None
    """What took the money, as `providers.UsedMethod` has it; None until that is known."""
    status_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def state(self) -> PaymentStatus:
        return PaymentStatus(self.status)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """What of an order matters to its money and to who is told about it."""

    id: UUID
    number: str
    email: str
    language: str
    payment_intent_id: str | None
    """The provider's id of the intent that paid it."""
    total_amount: int
    tax_amount: int
    shipping_amount: int
    prices_include_tax: bool
    requires_shipping: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFilters:
    """Conditions of a list of payments; None is no condition."""

    status: str | None = None
    order_id: UUID | None = None
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One entry of a payment's history."""

    before: str | None
    after: str
    created_at: datetime


def live_payment(connection: Connection, checkout_id: UUID) -> PaymentRow | None:
    """The checkout's payment that is not canceled; there is at most one."""
    return _one(connection, "p.checkout_id = %s AND p.status <> 'canceled'", (checkout_id,))


def superseded_payments(connection: Connection, checkout: CheckoutRow) -> list[PaymentRow]:
    """Payments that still wait for their payer although the cart was checked out anew."""
    return _many(
        connection,
        "p.status IN ('requires_payment', 'requires_action', 'failed')"
        " AND p.checkout_id IN (SELECT c.id FROM ordering_checkouts c"
        " WHERE c.cart_id = %s AND c.id <> %s AND c.status IN ('abandoned', 'expired')) LIMIT %s",
        (checkout.cart_id, checkout.id, SUPERSEDED_LIMIT),
    )


def payment(connection: Connection, payment_id: UUID) -> PaymentRow | None:
    return _one(connection, "p.id = %s", (payment_id,))


def lock_payment(connection: Connection, provider: str, provider_payment_id: str) -> PaymentRow | None:
    """The payment of a provider's intent, locked until the transaction ends. Locked before checkout and order."""
    return _one(
        connection, "p.provider = %s AND p.provider_payment_id = %s FOR UPDATE OF p", (provider, provider_payment_id)
    )


def lock_payment_by_id(connection: Connection, payment_id: UUID) -> PaymentRow | None:
    """As `lock_payment`, by our own id."""
    return _one(connection, "p.id = %s FOR UPDATE OF p", (payment_id,))


def payment_of_order(connection: Connection, order_id: UUID) -> PaymentRow | None:
    """The payment whose money paid the order."""
    return _one(
        connection,
        "p.order_id = %s AND p.provider_payment_id ="
        " (SELECT o.payment_intent_id FROM ordering_orders o WHERE o.id = %s)",
        (order_id, order_id),
    )


def insert_payment(
    connection: Connection, about: CheckoutRow, *, provider: str, provider_payment_id: str, status: PaymentStatus
) -> None:
    """Record an intent, unless it is recorded or the checkout has another live one."""
    connection.execute(
        _INSERT_PAYMENT,
        (about.id, about.user_id, provider, provider_payment_id, about.total_amount, about.currency, status.value),
    )


def set_status(
    connection: Connection,
    known: PaymentRow,
    after: PaymentStatus,
    *,
    at: datetime | None,
    failure_code: str | None,
    event_id: str | None,
) -> None:
    """Move a payment that has not succeeded to another status."""
    connection.execute(
        "UPDATE payments SET status = %s, status_at = coalesce(%s, status_at), failure_code = %s WHERE id = %s",
        (after.value, at, failure_code, known.id),
    )
    _log_change(connection, known.id, known.state, after, event_id=event_id)


def set_succeeded(
    connection: Connection,
    known: PaymentRow,
    *,
    order_id: UUID,
    charge_id: str | None,
    captured: int,
    at: datetime,
    event_id: str,
) -> None:
    """Move a payment that has not succeeded to where it has, with an entry in its history."""
    connection.execute(
        "WITH paid AS (UPDATE payments SET status = 'succeeded', status_at = %s, failure_code = NULL,"
        " amount_captured = %s, order_id = %s, provider_charge_id = %s, succeeded_at = now() WHERE id = %s"
        " RETURNING id)"
        " INSERT INTO payment_status_changes (payment_id, before, after, provider_event_id)"
        " SELECT id, %s, 'succeeded', %s FROM paid",
        (at, captured, order_id, charge_id, known.id, known.status, event_id),
    )


def set_method(connection: Connection, payment_id: UUID, method: UsedMethod) -> None:
    """Keep what took the money."""
    connection.execute("UPDATE payments SET method = %s WHERE id = %s", (Jsonb(asdict(method)), payment_id))


def set_refunded(
    connection: Connection, known: PaymentRow, after: PaymentStatus, *, refunded: int, event_id: str | None
) -> None:
    connection.execute(
        "UPDATE payments SET status = %s, amount_refunded = %s WHERE id = %s", (after.value, refunded, known.id)
    )
    _log_change(connection, known.id, known.state, after, event_id=event_id)


def order(connection: Connection, order_id: UUID) -> OrderRow | None:
    with connection.cursor(row_factory=class_row(OrderRow)) as cursor:
        return cursor.execute(
            "SELECT id, number, email, language, payment_intent_id, total_amount, tax_amount, shipping_amount,"
            " prices_include_tax, requires_shipping FROM ordering_orders WHERE id = %s",
            (order_id,),
        ).fetchone()


def history(connection: Connection, payment_id: UUID) -> list[ChangeRow]:
    """The payment's changes, oldest first; the last HISTORY_LIMIT of them."""
    with connection.cursor(row_factory=class_row(ChangeRow)) as cursor:
        rows = cursor.execute(
            "SELECT before, after, created_at FROM payment_status_changes WHERE payment_id = %s"
            " ORDER BY id DESC LIMIT %s",
            (payment_id, HISTORY_LIMIT),
        ).fetchall()
    return rows[::-1]


def payments_of(
    connection: Connection, user_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> list[PaymentRow]:
    """A page of the user's payments, newest first, after the one with these sort values."""
    if after is None:
        return _many(connection, "p.user_id = %s ORDER BY p.created_at DESC, p.id DESC LIMIT %s", (user_id, limit))
    return _many(
        connection,
        "p.user_id = %s AND (p.created_at, p.id) < (%s, %s) ORDER BY p.created_at DESC, p.id DESC LIMIT %s",
        (user_id, *after, limit),
    )


def all_payments(
    connection: Connection, filters: PaymentFilters, *, after: tuple[datetime, UUID] | None, limit: int
) -> list[PaymentRow]:
    """A page of everybody's payments, newest first, after the one with these sort values."""
    wanted: list[tuple[LiteralString, Any]] = [
        ("p.status = %s", filters.status),
        ("p.order_id = %s", filters.order_id),
        ("p.user_id = %s", filters.user_id),
    ]
    conditions: list[tuple[LiteralString, Sequence[Any]]] = [
        (condition, (value,)) for condition, value in wanted if value is not None
    ]
    if after is not None:
        conditions.append(("(p.created_at, p.id) < (%s, %s)", after))
    where: LiteralString = " AND ".join(["true", *(condition for condition, _ in conditions)])
    parameters = [value for _, values in conditions for value in values]
    return _many(connection, where + " ORDER BY p.created_at DESC, p.id DESC LIMIT %s", (*parameters, limit))


def _one(connection: Connection, condition: LiteralString, parameters: Sequence[Any]) -> PaymentRow | None:
    rows = _many(connection, condition, parameters)
    return rows[0] if rows else None


def _many(connection: Connection, condition: LiteralString, parameters: Sequence[Any]) -> list[PaymentRow]:
    with connection.cursor(row_factory=class_row(PaymentRow)) as cursor:
        return cursor.execute(_SELECT_PAYMENTS + condition, parameters).fetchall()


def _log_change(
    connection: Connection,
    payment_id: UUID,
    before: PaymentStatus | None,
    after: PaymentStatus,
    *,
    event_id: str | None,
) -> None:
    if before is not after:
        connection.execute(
            "INSERT INTO payment_status_changes (payment_id, before, after, provider_event_id) VALUES (%s, %s, %s, %s)",
            (payment_id, before, after.value, event_id),
        )
