"""SQL of abandoned carts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

_CLAIM: Final = """
WITH idle AS (
    SELECT id FROM carts WHERE user_id IS NOT NULL AND abandoned_at IS NULL AND updated_at <= now() - %(idle)s
    ORDER BY updated_at LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE carts c SET abandoned_at = now() FROM idle WHERE c.id = idle.id RETURNING c.id, old.updated_at AS left_at
"""

# No notice for customers who did not agree to marketing, who have bought since, or who had one of the same contents.
_NOTICE: Final = """
WITH notices AS (
    SELECT c.id AS cart_id, u.id AS user_id, u.email, u.language, c.currency, i.lines, i.content
    FROM unnest(%(carts)s::uuid[], %(left_at)s::timestamptz[]) AS a(cart_id, left_at)
    JOIN carts c ON c.id = a.cart_id
    JOIN identity_contacts u ON u.id = c.user_id AND u.accepts_marketing
    CROSS JOIN LATERAL (
        SELECT json_agg(json_build_object('name', concat_ws(' - ', o.name, nullif(o.variant_title, '')),
            'quantity', i.quantity, 'unit_amount', o.price_amount) ORDER BY i.id) AS lines,
            md5(string_agg(i.variant_id::text || ' ' || i.quantity, ',' ORDER BY i.variant_id)) AS content
        FROM cart_items i JOIN catalog_offers o ON o.variant_id = i.variant_id
        WHERE i.cart_id = c.id AND o.is_sellable AND o.currency = c.currency
    ) i
    WHERE a.left_at > now() - %(too_old)s AND i.lines IS NOT NULL AND NOT EXISTS (
        SELECT FROM order_keys k WHERE k.user_id = c.user_id AND k.order_id >= uuidv7_floor(a.left_at)
    )
), recorded AS (
    INSERT INTO cart_notices (cart_id, content) SELECT cart_id, content FROM notices
    ON CONFLICT DO NOTHING RETURNING cart_id
)
SELECT notices.cart_id, user_id, email, language, currency, lines FROM notices JOIN recorded USING (cart_id)
"""


@dataclass(frozen=True, slots=True)
class AbandonedCartRow:
    """A cart that was just marked as abandoned; its last activity was at `left_at`."""

    id: UUID
    left_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A customer to remind; `lines` hold `name`, `quantity` and today's `unit_amount` in minor units."""

    cart_id: UUID
    user_id: UUID
    email: str
    language: str
    currency: str
    lines: list[dict[str, Any]]


def claim(connection: Connection, *, idle: timedelta, batch: int) -> list[AbandonedCartRow]:
    """Mark carts without activity for `idle` as abandoned, except those that other transactions have locked."""
    with connection.cursor(row_factory=class_row(AbandonedCartRow)) as cursor:
        return cursor.execute(_CLAIM, {"idle": idle, "batch": batch}).fetchall()


def record_notices(connection: Connection, carts: Sequence[AbandonedCartRow], *, too_old: timedelta) -> list[NoticeRow]:
    """Record a notice for each cart whose owner is to be reminded; returns the notices."""
    parameters = {
        "carts": [cart.id for cart in carts],
        "left_at": [cart.left_at for cart in carts],
        "too_old": too_old,
    }
    with connection.cursor(row_factory=class_row(NoticeRow)) as cursor:
        return cursor.execute(_NOTICE, parameters).fetchall()
