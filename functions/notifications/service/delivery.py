"""Delivery of one message to one recipient, once, although queues deliver again and workers crash.

The claim on a delivery is committed before the provider is called, the result after. So a message that is delivered
again, or to two workers at once, is sent once. One window stays: a worker that crashes after the provider took the
message and before that was recorded. SES has no idempotency token and cannot be asked whether it sent a message, so the
next worker cannot know. It sends again: a second mail is a small annoyance, an order without any is a support case.
A claim after an expired one is logged, with the delivery's id. A restart of the database at that moment is no such
window: the result is written until the database is available again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from typing import Final

import psycopg

from functions.notifications.errors import DeliveryInProgressError, MessageRefusedError
from functions.notifications.repository import deliveries
from shared.clients import database
from shared.clients.database import Connection
from shared.log import logger

CLAIM_SECONDS: Final = 60.0
"""Twice the function's time-out: the holder of an expired claim no longer runs."""

RECORD_SECONDS: Final = 12.0
"""How long the result is tried to be written; then the function's time is nearly over."""
_RECORD_PAUSE_SECONDS: Final = 0.25


class Outcome(Enum):
    """The outcome of a delivery."""

    SENT = "sent"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    UNWANTED = "unwanted"
    """There is no recipient: consent is withdrawn, the link has expired, or the operator has no address."""


def deliver_once(
    connection: Connection, *, key: str, kind: str, channel: str, recipient: str, send: Callable[[], str]
) -> Outcome:
    """Call `send` (which returns the provider's message id) unless the message of this key is sent already.

    `connection` is in autocommit. Raises DeliveryInProgressError while another worker has a claim, and what `send`
    raises, except MessageRefusedError: that ends the delivery as failed.
    """
    claim = deliveries.claim(
        connection, key=key, kind=kind, channel=channel, recipient=recipient, seconds=CLAIM_SECONDS
    )
    if claim is None:
        if deliveries.is_finished(connection, key):
            return Outcome.DUPLICATE
        raise DeliveryInProgressError(key)
    if claim.attempts > 1:
        logger().warning(
            "sending again: whether an earlier try reached the provider is not known",
            extra={"delivery_id": str(claim.id), "attempts": claim.attempts},
        )
    try:
        message_id = send()
    except MessageRefusedError as error:
        code = error.code
        _record(connection, lambda current: deliveries.finish_failed(current, claim, code))
        logger().error("message refused", extra={"delivery_id": str(claim.id), "failure_code": error.code})
        return Outcome.REFUSED
    except Exception:
        _record(connection, lambda current: deliveries.release_claim(current, claim))
        raise
    _record(connection, lambda current: deliveries.finish_sent(current, claim, message_id))
    return Outcome.SENT


def _record(connection: Connection, write: Callable[[Connection], None]) -> None:
    """Write the result of a delivery, over another connection where this one is lost. Each write can be repeated."""
    deadline = time.monotonic() + RECORD_SECONDS
    while True:
        try:
            write(connection if not connection.closed else database.connection())
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_RECORD_PAUSE_SECONDS)
        else:
            return
