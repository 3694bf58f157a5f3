"""SQL of checkouts. Who changes one holds the lock on its cart (order of locks: `shared.contexts.ordering.orders`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.ordering.domain.reservations import ReservationTime, ReservedCheckout
from shared.clients.database import Connection
from shared.contexts.ordering.reservations import CHECKOUT

# A checkout whose payment is processing or has succeeded cannot be abandoned.
_LOCK_RESERVATIONS: Final = """
SELECT k.id, k.status, k.reserved_at, k.extended_at, k.expires_at, now() AS now, k.status = 'open' AND EXISTS (
    SELECT FROM payments_payments p WHERE p.checkout_id = k.id AND p.status IN ('processing', 'succeeded')
) AS being_paid
FROM checkouts k WHERE k.cart_id = %s AND (k.status IN ('open', 'ordered') OR k.reserved_at > now() - interval '1 hour')
ORDER BY k.id FOR NO KEY UPDATE OF k
"""

_INSERT: Final = """
WITH created AS (
    INSERT INTO checkouts (cart_id, user_id, email, language, currency, subtotal_amount, shipping_amount, tax_amount,
        discount_amount, total_amount, prices_include_tax, shipping_tax_amount, shipping_tax_rate_basis_points,
        shipping_rate_id, shipping_method, shipping_address, billing_address, reserved_at, extended_at, expires_at)
    VALUES (%(cart_id)s, %(user_id)s, %(email)s, %(language)s, %(currency)s, %(subtotal_amount)s, %(shipping_amount)s,
        %(tax_amount)s, %(discount_amount)s, %(total_amount)s, %(prices_include_tax)s, %(shipping_tax_amount)s,
        %(shipping_tax_rate_basis_points)s, %(shipping_rate_id)s, %(shipping_method)s, %(shipping_address)s,
        %(billing_address)s, coalesce(%(reserved_at)s, now()), %(extended_at)s,
        coalesce(%(expires_at)s, now() + %(lifetime)s))
    RETURNING id, expires_at
), priced AS (
    INSERT INTO checkout_lines (checkout_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount,
        discount_amount, tax_amount, tax_rate_basis_points, total_amount)
    SELECT created.id, o.variant_id, o.product_id, o.name, o.variant_title, o.sku, w.quantity,
        w.unit_amount, w.discount_amount, w.tax_amount, w.tax_rate_basis_points, w.total_amount
    FROM created CROSS JOIN unnest(%(variant_ids)s::uuid[], %(quantities)s::int[], %(unit_amounts)s::bigint[],
        %(discount_amounts)s::bigint[], %(tax_amounts)s::bigint[], %(tax_rates)s::int[], %(total_amounts)s::bigint[])
        WITH ORDINALITY AS w(variant_id, quantity, unit_amount, discount_amount, tax_amount, tax_rate_basis_points,
            total_amount, position)
    JOIN catalog_offers o ON o.variant_id = w.variant_id
    ORDER BY w.position
)
SELECT id, expires_at FROM created
"""

_ACCESS: Final = """
SELECT k.user_id, k.cart_id, k.total_amount, p.provider_payment_id AS paid_by, p.updated_at AS paid_at
FROM checkouts k LEFT JOIN payments_payments p ON p.checkout_id = k.id AND p.status = 'succeeded'
WHERE k.id = %s
"""


@dataclass(frozen=True, slots=True)
class CreatedRow:
    id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccessRow:
    """Whose checkout it is, and the payment that has succeeded for it."""

    user_id: UUID | None
    cart_id: UUID
    total_amount: int
    paid_by: str | None
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewLine:
    """Amounts in minor units; `total_amount` is what is paid for the whole line."""

    variant_id: UUID
    quantity: int
    unit_amount: int
    discount_amount: int
    tax_amount: int
    tax_rate_basis_points: int
    total_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheckout:
    """The names are the columns'."""

    cart_id: UUID
    user_id: UUID | None
    email: str
    language: str
    currency: str
    subtotal_amount: int
    shipping_amount: int
    tax_amount: int
    discount_amount: int
    total_amount: int
    prices_include_tax: bool
    shipping_tax_amount: int
    shipping_tax_rate_basis_points: int
    shipping_rate_id: UUID | None
    shipping_method: str | None
    shipping_address: dict[str, Any] | None
    billing_address: dict[str, Any] | None


def lock_reservations(connection: Connection, cart_id: UUID) -> list[ReservedCheckout]:
    """The checkouts of the cart, which is locked, that hold stock, and those that reserved some within the last hour;
    all of them locked. At most one is open.
    """
    with connection.cursor(row_factory=class_row(ReservedCheckout)) as cursor:
        return cursor.execute(_LOCK_RESERVATIONS, (cart_id,)).fetchall()


def held(connection: Connection, checkout_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Units that these checkouts hold, by variant."""
    rows = connection.execute(
        "SELECT variant_id, sum(quantity)::int AS units FROM catalog_reservations WHERE checkout_id = ANY(%s)"
        " GROUP BY variant_id",
        (list(checkout_ids),),
    )
    return {row["variant_id"]: row["units"] for row in rows}


def insert(connection: Connection, draft: NewCheckout, lines: Sequence[NewLine], time: ReservationTime) -> CreatedRow:
    """A checkout with its lines, whose stock is reserved for that time."""
    with connection.cursor(row_factory=class_row(CreatedRow)) as cursor:
        created = cursor.execute(
            _INSERT,
            {
                **asdict(draft),
                "shipping_address": _json(draft.shipping_address),
                "billing_address": _json(draft.billing_address),
                "reserved_at": time.reserved_at,
                "extended_at": time.extended_at,
                "expires_at": time.expires_at,
                "lifetime": CHECKOUT,
                "variant_ids": [line.variant_id for line in lines],
                "quantities": [line.quantity for line in lines],
                "unit_amounts": [line.unit_amount for line in lines],
                "discount_amounts": [line.discount_amount for line in lines],
                "tax_amounts": [line.tax_amount for line in lines],
                "tax_rates": [line.tax_rate_basis_points for line in lines],
                "total_amounts": [line.total_amount for line in lines],
            },
        ).fetchone()
    assert created is not None
    return created


def _json(address: dict[str, Any] | None) -> Jsonb | None:
    return Jsonb(address) if address is not None else None


def access(connection: Connection, checkout_id: UUID) -> AccessRow | None:
    with connection.cursor(row_factory=class_row(AccessRow)) as cursor:
        return cursor.execute(_ACCESS, (checkout_id,)).fetchone()


def email_of(connection: Connection, user_id: UUID) -> str | None:
    """The customer's address, or None for a deleted account."""
    row = connection.execute("SELECT email FROM identity_contacts WHERE id = %s", (user_id,)).fetchone()
    return row["email"] if row else None


def lock_next_expired(connection: Connection, *, except_for: Sequence[UUID]) -> UUID | None:
    """The checkout that expired first of those that no other transaction has locked, locked."""
    row = connection.execute(
        "SELECT id FROM checkouts WHERE status IN ('open', 'ordered') AND expires_at <= now() AND id <> ALL(%s)"
        " ORDER BY expires_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED",
        (list(except_for),),
    ).fetchone()
    return row["id"] if row else None
