"""SQL of the demo shop's money: payments, refunds, and what they enter into the books.

Their provider is none that anybody reconciles with: nothing of this ever moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from shared.clients.database import Connection

PROVIDER: Final = "sample"

_ADD_PAYMENT: Final = """
WITH payment AS (
    INSERT INTO payments (id, checkout_id, order_id, user_id, provider, provider_payment_id, amount, currency, status,
        status_at, amount_captured, amount_refunded, created_at, updated_at)
    VALUES (uuidv7(%(at)s - clock_timestamp()), %(checkout_id)s, %(order_id)s, %(user_id)s, %(provider)s, %(intent)s,
        %(amount)s, %(currency)s, %(status)s, %(status_at)s, %(amount)s, %(refunded)s, %(at)s, %(status_at)s)
    RETURNING id
), history AS (
    INSERT INTO payment_status_changes (payment_id, before, after, created_at)
    SELECT payment.id, step.before, step.after, step.created_at
    FROM payment, jsonb_to_recordset(%(steps)s) AS step
        (position int, before text, after text, created_at timestamptz) ORDER BY step.position
)
SELECT id FROM payment
"""

_ADD_REFUND: Final = """
WITH refund AS (
    INSERT INTO refunds (id, payment_id, order_id, request_id, amount, tax_amount, currency, status,
        provider_refund_id, reason, actor, attempts, next_attempt_at, created_at, updated_at)
    VALUES (uuidv7(%(at)s - clock_timestamp()), %(payment_id)s, %(order_id)s, %(request_id)s, %(amount)s,
        %(tax_amount)s, %(currency)s, 'succeeded', %(provider_refund_id)s, 'returned', 'ordering', 1, %(at)s, %(at)s,
        %(at)s)
    RETURNING id
)
INSERT INTO refund_lines (refund_id, order_item_id, quantity, amount, tax_amount)
SELECT refund.id, line.item, line.quantity, line.amount, line.tax_amount
FROM refund, jsonb_to_recordset(%(lines)s) AS line (item uuid, quantity int, amount bigint, tax_amount bigint)
"""

_POST: Final = """
WITH movement AS (
    INSERT INTO ledger_transactions (id, kind, source_id, provider, payment_id, occurred_at, created_at)
    VALUES (uuidv7(%(at)s - clock_timestamp()), %(kind)s, %(source_id)s, %(provider)s, %(payment_id)s, %(at)s, %(at)s)
    RETURNING id
)
INSERT INTO ledger_entries (id, transaction_id, account, currency, amount, created_at)
SELECT uuidv7(%(at)s - clock_timestamp()), movement.id, entry.account, %(currency)s, entry.amount, %(at)s
FROM movement, unnest(%(accounts)s::text[], %(amounts)s::bigint[]) AS entry (account, amount)
WHERE entry.amount <> 0
"""


def add_payment(connection: Connection, steps: Sequence[Mapping[str, Any]], **values: Any) -> UUID:
    """A payment with its history; `values` as `_ADD_PAYMENT` names them."""
    documents = [{"position": position, **step} for position, step in enumerate(steps)]
    row = connection.execute(_ADD_PAYMENT, {"provider": PROVIDER, "steps": Jsonb(documents), **values}).fetchone()
    assert row is not None
    payment_id: UUID = row["id"]
    return payment_id


def add_refund(connection: Connection, lines: Sequence[Mapping[str, Any]], **values: Any) -> None:
    """A refund with its lines; `values` as `_ADD_REFUND` names them."""
    connection.execute(_ADD_REFUND, {"lines": Jsonb(list(lines)), **values})


def post(
    connection: Connection,
    kind: str,
    source_id: str,
    entries: Mapping[str, int],
    *,
    payment_id: UUID,
    currency: str,
    at: datetime,
) -> None:
    """A movement: what it enters into each account, a debit positive and a credit negative. Adds up to nothing."""
    assert sum(entries.values()) == 0
    connection.execute(
        _POST,
        {
            "kind": kind,
            "source_id": source_id,
            "provider": PROVIDER,
            "payment_id": payment_id,
            "currency": currency,
            "at": at,
            "accounts": list(entries),
            "amounts": list(entries.values()),
        },
    )
