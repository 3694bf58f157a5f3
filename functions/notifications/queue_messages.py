"""What the bus puts into the queue, read without ever repeating it: errors name fields, not their values."""

from __future__ import annotations

from pydantic import ValidationError

from functions.notifications.errors import UnreadableMessageError
from shared.events import BusMessage, EventEnvelope, OrderPaid


def read(body: str) -> tuple[EventEnvelope, OrderPaid]:
    """The event of one message. Raises UnreadableMessageError."""
    try:
        message = BusMessage.model_validate_json(body)
        if message.detail_type != OrderPaid.detail_type():
            raise UnreadableMessageError(f"an event of type {message.detail_type[:100]!r} came to this queue")
        return message.detail, OrderPaid.model_validate(message.detail.data)
    except ValidationError as error:
        wrong = {".".join(str(part) for part in detail["loc"]): detail["type"] for detail in error.errors()}
        raise UnreadableMessageError(f"not an event of ours: {wrong}") from None
