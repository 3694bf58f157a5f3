"""What the bus puts into the queues, read without ever repeating it: errors name fields, not their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from functions.notifications.errors import UnreadableMessageError
from shared.events import BusMessage, DomainEvent, EventEnvelope

E = TypeVar("E", bound=DomainEvent)


def read(body: str, known: Mapping[str, type[E]]) -> tuple[EventEnvelope, E]:
    """The event of one message, whose class is the `known` one of its detail type. Raises UnreadableMessageError."""
    try:
        message = BusMessage.model_validate_json(body)
        kind = known.get(message.detail_type)
        if kind is None:
            raise UnreadableMessageError(f"an event of type {message.detail_type[:100]!r} came to this queue")
        return message.detail, kind.model_validate(message.detail.data)
    except ValidationError as error:
        wrong = {".".join(str(part) for part in detail["loc"]): detail["type"] for detail in error.errors()}
        raise UnreadableMessageError(f"not an event of ours: {wrong}") from None
