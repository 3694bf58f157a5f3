"""Orders that must not leave yet: the payment's fraud review waits for a person."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.errors import ConflictError

_HELD: Final = """
SELECT EXISTS (
    SELECT FROM payments p JOIN fraud_decisions f ON f.checkout_id = p.checkout_id
    WHERE p.order_id = %s AND f.decision = 'review' AND f.verdict IS NULL
) AS held
"""


class OrderOnHoldError(ConflictError):
    code, title = "order_on_hold", "The order waits for the review of its payment"


def check_not_held(connection: Connection, order_id: UUID) -> None:
    """Raises OrderOnHoldError. The caller holds the order's lock, or does not mind a review that ends meanwhile."""
    row = connection.execute(_HELD, (order_id,)).fetchone()
    if row is not None and row["held"]:
        raise OrderOnHoldError
