"""How long a checkout holds its stock without being paid.

Three minutes; fifteen once its payment is opened; and as long as the provider works on a payment that has been made.
Whoever writes here needs no lock but the checkout's: each is one conditional update.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from shared.clients.database import Connection

CHECKOUT: Final = timedelta(minutes=3)
"""From the checkout on."""
PAYMENT: Final = timedelta(minutes=15)
"""From the moment when the payment is opened, once."""
PROCESSING: Final = timedelta(days=7)
"""A payment that is made and not yet there (bank debits take days). An end, in case its event never comes."""
AFTER_PROCESSING: Final = timedelta(minutes=3)
"""At least, to try it another way when such a payment has failed."""

_OPEN_PAYMENT: Final = """
UPDATE checkouts SET extended_at = coalesce(extended_at, now()),
    expires_at = CASE WHEN extended_at IS NULL THEN greatest(expires_at, now() + %s) ELSE expires_at END
WHERE id = %s AND status IN ('open', 'ordered') RETURNING expires_at
"""
_START_PROCESSING: Final = """
UPDATE checkouts SET expires_at = greatest(expires_at, now() + %s) WHERE id = %s AND status IN ('open', 'ordered')
"""
_END_PROCESSING: Final = """
UPDATE checkouts SET expires_at = greatest(extended_at + %s, now() + %s)
WHERE id = %s AND status IN ('open', 'ordered')
"""


def open_payment(connection: Connection, checkout_id: UUID) -> datetime | None:
    """Let the reservation last until 15 minutes from now, the first time; again it stays as it is. Returns when it
    ends; None where it has ended.
    """
    row = connection.execute(_OPEN_PAYMENT, (PAYMENT, checkout_id)).fetchone()
    return row["expires_at"] if row else None


def start_processing(connection: Connection, checkout_id: UUID) -> None:
    """The payer has paid, and the provider does not have the money yet: the reservation lasts until it says more."""
    connection.execute(_START_PROCESSING, (PROCESSING, checkout_id))


def end_processing(connection: Connection, checkout_id: UUID) -> None:
    """Nothing came of that payment: the reservation has the time again that it had, or a moment for another try."""
    connection.execute(_END_PROCESSING, (PAYMENT, AFTER_PROCESSING, checkout_id))
