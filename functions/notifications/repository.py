"""All SQL of notifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

# Committed at once (the connection is in autocommit). A claim is taken where there is none, or where its holder cannot
# be at work any more.
_CLAIM: Final = """
INSERT INTO deliveries AS kept (dedupe_key, kind, channel, recipient, status, claimed_until)
VALUES (%(key)s, %(kind)s, %(channel)s, %(recipient)s, 'sending', now() + make_interval(secs => %(seconds)s))
ON CONFLICT (dedupe_key) DO UPDATE SET attempts = kept.attempts + 1, claimed_until = excluded.claimed_until
WHERE kept.status = 'sending' AND kept.claimed_until <= now()
RETURNING id, attempts
"""

_ORDER: Final = """
SELECT CASE WHEN o.user_id IS NULL THEN o.created_at END AS guest_since, p.method
FROM orders o LEFT JOIN payments p ON p.order_id = o.id AND p.provider_payment_id = o.payment_intent_id
WHERE o.id = %s
"""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """What mails need of an order, beside what events tell."""

    guest_since: datetime | None
    """When a guest made it; None for a customer's."""
    method: dict[str, Any] | None
    """What it was paid with (`type`, `brand`, `last4`, `wallet`); None where that is not known, or not yet."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one message, until it elapses. `attempts` counts the claims on it, this one included."""

    id: UUID
    attempts: int


def claim(connection: Connection, *, key: str, kind: str, channel: str, recipient: str, seconds: float) -> Claim | None:
    """Claim the delivery for so many seconds; None where it is done, or where another worker is at it."""
    parameters = {"key": key, "kind": kind, "channel": channel, "recipient": recipient, "seconds": seconds}
    with connection.cursor(row_factory=class_row(Claim)) as cursor:
        return cursor.execute(_CLAIM, parameters).fetchone()


def is_finished(connection: Connection, key: str) -> bool:
    """Whether the delivery was sent, or given up."""
    row = connection.execute("SELECT status FROM deliveries WHERE dedupe_key = %s", (key,)).fetchone()
    return row is not None and row["status"] != "sending"


def finish_sent(connection: Connection, claim: Claim, provider_message_id: str) -> None:
    """The provider has it."""
    connection.execute(
        "UPDATE deliveries SET status = 'sent', provider_message_id = %s, sent_at = now() WHERE id = %s",
        (provider_message_id, claim.id),
    )


def finish_failed(connection: Connection, claim: Claim, failure_code: str) -> None:
    """Nobody will try again."""
    connection.execute(
        "UPDATE deliveries SET status = 'failed', failure_code = %s WHERE id = %s AND status = 'sending'",
        (failure_code, claim.id),
    )


def give_up_claim(connection: Connection, claim: Claim) -> None:
    """Let the next delivery of the message try at once."""
    connection.execute(
        "UPDATE deliveries SET claimed_until = now() WHERE id = %s AND attempts = %s AND status = 'sending'",
        (claim.id, claim.attempts),
    )


def order(connection: Connection, order_id: UUID) -> OrderRow | None:
    """None where there is no such order. (The tables are those of ordering and payments.)"""
    with connection.cursor(row_factory=class_row(OrderRow)) as cursor:
        return cursor.execute(_ORDER, (order_id,)).fetchone()


def accepts_offers(connection: Connection, user_id: UUID) -> bool:
    """Whether the customer still agrees to mail that nobody asked for. (The table is identity's.)"""
    row = connection.execute(
        "SELECT 1 FROM users WHERE id = %s AND marketing_consent_at IS NOT NULL AND is_active", (user_id,)
    ).fetchone()
    return row is not None
