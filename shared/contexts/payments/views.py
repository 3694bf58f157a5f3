"""What others may read of payments."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.views import View

PAYMENTS: Final = View(
    "payments_payments",
    id=UUID,
    checkout_id=UUID,
    order_id=UUID | None,
    provider_payment_id=str,
    status=str,
    method=dict[str, Any] | None,
    updated_at=datetime,
)

REFUNDS: Final = View(
    "payments_refunds",
    id=UUID,
    order_id=UUID | None,
    request_id=UUID | None,
    amount=int,
    status=str,
    actor=str,
    note=str | None,
    created_at=datetime,
    updated_at=datetime,
    tax_amount=int,
    reason=str,
    succeeded_at=datetime | None,
    provider_payment_id=str,
)
"""`order_id`: the order that the refunded payment paid, or was made for, and bought nothing (`unfulfillable`)."""

REFUNDED_UNITS: Final = View("payments_refunded_units", order_item_id=UUID, refunded=int | None, removed=int | None)
"""Units of a line that are refunded or about to be, and those that were refunded before they were handed over."""

HOLDS: Final = View(
    "payments_holds",
    order_id=UUID,
    provider_payment_id=str,
    is_on_hold=bool,
    is_disputed=bool,
    is_unjudged=bool,
    is_refunded=bool,
)
"""What keeps back the goods that a payment bought (`shared.contexts.payments.goods_clearance`)."""

REFUND_LINES: Final = View(
    "payments_refund_lines",
    order_item_id=UUID,
    quantity=int,
    status=str,
    request_id=UUID | None,
    refund_id=UUID,
    amount=int,
    tax_amount=int,
)
"""Refunded units, with the status and the request of their refund."""

WAITING: Final = View("payments_waiting", kind=str, id=UUID)
"""What waits for staff: a `dispute` to answer, a `fraud_decision` to review, a `difference` to the provider's books."""
