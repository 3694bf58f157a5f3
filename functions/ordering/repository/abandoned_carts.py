"""SQL of carts that customers left alone."""

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

# Who did not agree to such mails is not told, nor who has bought since, nor anybody twice of the same.
_NOTICE: Final = """
WITH told AS (
    SELECT c.id AS cart_id, u.id AS user_id, u.email, u.language, c.currency, i.lines, i.content
    FROM unnest(%(carts)s::uuid[], %(left_at)s::timestamptz[]) AS a(cart_id, left_at)
    JOIN carts c ON c.id = a.cart_id
    JOIN users u ON u.id = c.user_id AND u.is_active AND u.marketing_consent_at IS NOT NULL
    CROSS JOIN LATERAL (
        SELECT json_agg(json_build_object('name', concat_ws(' - ', p.name,
                nullif(array_to_string(v.option_values, ' / '), '')),
            'quantity', i.quantity, 'unit_amount', v.price_amount) ORDER BY i.id) AS lines,
            md5(string_agg(i.variant_id::text || ' ' || i.quantity, ',' ORDER BY i.variant_id)) AS content
        FROM cart_items i JOIN variants v ON v.id = i.variant_id JOIN products p ON p.id = v.product_id
        WHERE i.cart_id = c.id AND p.is_active AND p.deleted_at IS NULL AND v.deleted_at IS NULL
          AND p.currency = c.currency
    ) i
    WHERE a.left_at > now() - %(too_old)s AND i.lines IS NOT NULL AND NOT EXISTS (
        SELECT FROM order_keys k WHERE k.user_id = c.user_id AND k.order_id >= uuidv7_floor(a.left_at)
    )
), noted AS (
    INSERT INTO cart_notices (cart_id, content) SELECT cart_id, content FROM told
    ON CONFLICT DO NOTHING RETURNING cart_id
)
SELECT told.cart_id, user_id, email, language, currency, lines FROM told JOIN noted USING (cart_id)
"""


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A cart that was just found to be left alone, since `left_at`."""

    id: UUID
    left_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A customer who is to be reminded; `lines` hold `name`, `quantity` and today's `unit_amount` in minor units."""

    cart_id: UUID
    user_id: UUID
    email: str
    language: str
    currency: str
    lines: list[dict[str, Any]]


def claim(connection: Connection, *, idle: timedelta, batch: int) -> list[LeftRow]:
    """Mark carts that nobody touched for so long, those that somebody else is at left out."""
    with connection.cursor(row_factory=class_row(LeftRow)) as cursor:
        return cursor.execute(_CLAIM, {"idle": idle, "batch": batch}).fetchall()


def note(connection: Connection, left: Sequence[LeftRow], *, too_old: timedelta) -> list[NoticeRow]:
    """Who of the owners is to be reminded, and that they were."""
    parameters = {
        "carts": [cart.id for cart in left],
        "left_at": [cart.left_at for cart in left],
        "too_old": too_old,
    }
    with connection.cursor(row_factory=class_row(NoticeRow)) as cursor:
        return cursor.execute(_NOTICE, parameters).fetchall()
