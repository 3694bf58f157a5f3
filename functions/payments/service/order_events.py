"""What ordering asks of payments over the bus."""

from __future__ import annotations

from pydantic import ValidationError

from functions.payments.errors import MalformedEventError
from functions.payments.providers import Provider
from functions.payments.service.refunds import executing, requesting
from shared import outbox
from shared.events import BusMessage, EventEnvelope, RefundRequested


def read(body: str) -> tuple[EventEnvelope, RefundRequested]:
    """The event of one message. Raises MalformedEventError, which names fields and never their values."""
    try:
        message = BusMessage.model_validate_json(body)
        if message.detail_type != RefundRequested.detail_type():
            raise MalformedEventError(f"an event of type {message.detail_type[:100]!r} came to this queue")
        return message.detail, RefundRequested.model_validate(message.detail.data)
    except ValidationError as error:
        wrong = {".".join(str(part) for part in detail["loc"]): detail["type"] for detail in error.errors()}
        raise MalformedEventError(f"not an event of ours: {wrong}") from None


def give_back(request: RefundRequested, provider: Provider) -> bool:
    """Record the refund and ask the provider for it; False where it was recorded before, or nothing is left.

    Raises PaymentNotFoundError where no payment paid the order.
    """
    with outbox.unit_of_work() as tx:
        refund = requesting.by_ordering(tx, request)
    if refund is None:
        return False
    executing.submit(refund.id, provider)
    return True
