"""One message to one recipient, once, although queues deliver again and workers die.

The claim on a delivery is committed before the provider is called, the result after. So a message that is delivered
again, or to two workers at once, is sent once. One window stays: a worker that dies after the provider took the message
and before we noted that. SES has no idempotency token and no question "did you send this?", so its successor cannot
know. It sends again: a second mail is a small annoyance, an order without any is a support case. Taking over a
claim is logged, with the delivery's id. A database that restarts at that very moment is no such window: noting what
happened is tried until it is back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from typing import Final

import psycopg

from functions.notifications import repository
from functions.notifications.errors import DeliveryInProgressError, MessageRefusedError
from shared.clients import database
from shared.clients.database import Connection
from shared.log import logger

CLAIM_SECONDS: Final = 60.0
"""Twice the function's time-out: Lambda has ended the holder of an elapsed claim long ago."""

NOTE_SECONDS: Final = 12.0
"""How long the database is waited for; then the function's time is nearly over."""
_NOTE_PAUSE_SECONDS: Final = 0.25


class Outcome(Enum):
    """What became of a delivery."""

    SENT = "sent"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    UNWANTED = "unwanted"
    """Nobody is there to be told: no consent any more, a link that has expired, an operator without an address."""


def deliver_once(
    connection: Connection, *, key: str, kind: str, channel: str, recipient: str, send: Callable[[], str]
) -> Outcome:
    """Call `send` (which returns the provider's message id) unless this key's message is sent already.

    `connection` is in autocommit. Raises DeliveryInProgressError while another worker is at it, and whatever `send`
    raises, except MessageRefusedError: that ends the delivery as failed.
    """
    claim = repository.claim(
        connection, key=key, kind=kind, channel=channel, recipient=recipient, seconds=CLAIM_SECONDS
    )
    if claim is None:
        if repository.is_finished(connection, key):
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
        _note(connection, lambda current: repository.finish_failed(current, claim, code))
        logger().error("message refused", extra={"delivery_id": str(claim.id), "failure_code": error.code})
        return Outcome.REFUSED
    except Exception:
        _note(connection, lambda current: repository.give_up_claim(current, claim))
        raise
    _note(connection, lambda current: repository.finish_sent(current, claim, message_id))
    return Outcome.SENT


def _note(connection: Connection, write: Callable[[Connection], None]) -> None:
    """Write down what became of a delivery, over another connection where this one is lost. Each is safe to repeat."""
    deadline = time.monotonic() + NOTE_SECONDS
    while True:
        try:
            write(connection if not connection.closed else database.connection())
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_NOTE_PAUSE_SECONDS)
        else:
            return
