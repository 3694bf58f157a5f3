"""What others may read of ordering."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.views import View

CHECKOUTS: Final = View(
    "ordering_checkouts",
    id=UUID,
    cart_id=UUID,
    user_id=UUID | None,
    email=str,
    currency=str,
    total_amount=int,
    status=str,
    shipping_address=dict[str, Any] | None,
    expires_at=datetime,
)

BUYERS: Final = View("ordering_buyers", order_id=UUID, user_id=UUID | None, email=str)
"""Whose an order is. Orders are found by it without a look into every month."""

ORDERS: Final = View(
    "ordering_orders",
    id=UUID,
    number=str,
    user_id=UUID | None,
    email=str,
    language=str,
    status=str,
    payment_intent_id=str | None,
    total_amount=int,
    tax_amount=int,
    shipping_amount=int,
    prices_include_tax=bool,
    paid_at=datetime | None,
    created_at=datetime,
    state=str,
    payment_status=str,
    fulfilment_status=str,
    requires_shipping=bool,
)
"""Found by id: ids are UUIDv7 and name the month that an order is stored in."""

ORDER_LINES: Final = View(
    "ordering_order_lines",
    id=UUID,
    order_id=UUID,
    product_id=UUID,
    variant_id=UUID,
    name=str,
    variant_title=str,
    quantity=int,
    total_amount=int,
    tax_amount=int,
)

PURCHASES: Final = View(
    "ordering_purchases",
    order_id=UUID,
    user_id=UUID | None,
    product_id=UUID,
    quantity=int,
    created_at=datetime,
    currency=str,
    paid_at=datetime | None,
    amount=int,
)
"""What counts as sold, everywhere: units of orders that are paid, and neither cancelled nor wholly refunded, without
the units that were refunded, and what was paid for them. Refunds of an amount reduce no line. Found by `order_id`, as
orders are."""

DELIVERIES: Final = View("ordering_deliveries", order_id=UUID)
"""Orders that were delivered, whatever came later, unless they were cancelled."""

UNITS: Final = View(
    "ordering_units",
    id=UUID,
    order_id=UUID,
    variant_id=UUID,
    name=str,
    variant_title=str,
    quantity=int,
    total_amount=int,
    requires_shipping=bool,
    shipped=int,
    delivered=int,
    downloaded=bool,
    refunded=int,
    removed=int,
    handed_over=int,
    remaining=int,
    product_id=UUID,
    sku=str | None,
    unit_amount=int,
    discount_amount=int,
    tax_amount=int,
    tax_rate_basis_points=int,
)
"""The lines of orders with what became of their units (`shared.contexts.ordering.order_units`)."""

CART_LINES: Final = View("ordering_cart_lines", user_id=UUID | None, variant_id=UUID)
"""What is in carts; null for a guest's."""

WAITING: Final = View("ordering_waiting", kind=str, id=UUID)
"""What waits for staff: an `order` to ship, a `return` to decide."""

SHOWN_MEDIA: Final = View("ordering_shown_media", media_id=UUID)
"""Uploaded pictures that the shop shows: its logo."""
