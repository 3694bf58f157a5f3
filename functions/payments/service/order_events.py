"""What ordering asks of payments over the bus."""

from __future__ import annotations

from functions.payments.service.refunds import execution, requests
from shared import outbox
from shared.contexts.ordering.events import RefundRequested


def request_refund(request: RefundRequested) -> bool:
    """Record the refund and ask the provider for it; False where it was recorded before, or nothing is left.

    Raises PaymentNotFoundError where no payment paid the order.
    """
    with outbox.unit_of_work() as tx:
        refund = requests.refund_for_ordering(tx, request)
    if refund is None:
        return False
    execution.submit(refund.id)
    return True
