"""Deliveries of messages: claims on them, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

# Committed at once (the connection is in autocommit). A claim is granted where there is none, or where it has expired.
_CLAIM: Final = """
INSERT INTO deliveries AS delivery (dedupe_key, kind, channel, recipient, status, claimed_until)
VALUES (%(key)s, %(kind)s, %(channel)s, %(recipient)s, 'sending', now() + make_interval(secs => %(seconds)s))
ON CONFLICT (dedupe_key) DO UPDATE SET attempts = delivery.attempts + 1, claimed_until = excluded.claimed_until
WHERE delivery.status = 'sending' AND delivery.claimed_until <= now()
RETURNING id, attempts
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one message, until it expires. `attempts` counts the claims on it, this one included."""

    id: UUID
    attempts: int


def claim(connection: Connection, *, key: str, kind: str, channel: str, recipient: str, seconds: float) -> Claim | None:
    """Claim the delivery for so many seconds; None where it is finished, or where another worker has a claim."""
    parameters = {"key": key, "kind": kind, "channel": channel, "recipient": recipient, "seconds": seconds}
    with connection.cursor(row_factory=class_row(Claim)) as cursor:
        return cursor.execute(_CLAIM, parameters).fetchone()


def is_finished(connection: Connection, key: str) -> bool:
    """Whether the delivery was sent, or has failed for good."""
    row = connection.execute("SELECT status FROM deliveries WHERE dedupe_key = %s", (key,)).fetchone()
    return row is not None and row["status"] != "sending"


def finish_sent(connection: Connection, claim: Claim, provider_message_id: str) -> None:
    """Record that the provider has the message."""
    connection.execute(
        "UPDATE deliveries SET status = 'sent', provider_message_id = %s, sent_at = now() WHERE id = %s",
        (provider_message_id, claim.id),
    )


def finish_failed(connection: Connection, claim: Claim, failure_code: str) -> None:
    """Record that the message is not tried again."""
    connection.execute(
        "UPDATE deliveries SET status = 'failed', failure_code = %s WHERE id = %s AND status = 'sending'",
        (failure_code, claim.id),
    )


def release_claim(connection: Connection, claim: Claim) -> None:
    """End the claim, so that the next delivery of the record tries at once."""
    connection.execute(
        "UPDATE deliveries SET claimed_until = now() WHERE id = %s AND attempts = %s AND status = 'sending'",
        (claim.id, claim.attempts),
    )
