"""Orders of the demo shop with all that belongs to them: stock, timeline, parcels, returns, money.

What happens to stock and coupons goes through `shared.transactions`, as for every order; the rest is written with the
dates that it has. Nothing is put on the bus: nobody is to get mail for what never happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from functions.operations import demo_order_repository as orders
from functions.operations.demo_order_repository import Item, Placed
from functions.operations.service import demo_payments
from functions.operations.service.demo_amounts import DemoPrice, price, share
from functions.operations.service.demo_payments import ReturnedUnits
from functions.operations.service.sample_customers import SampleCustomer
from functions.operations.service.sample_orders import SampleOrder
from shared.clients.database import Connection
from shared.transactions import coupons, stock
from shared.transactions.coupons import CouponUsedUpError, Redemption
from shared.transactions.order_status import OrderStatus
from shared.transactions.stock import InsufficientStockError

_S = OrderStatus

_PAID: Final = (_S.PENDING, _S.PAID)
_DELIVERED: Final = (*_PAID, _S.PROCESSING, _S.SHIPPED, _S.DELIVERED)
_PATHS: Final = {
    _S.PENDING: (_S.PENDING,),
    _S.CANCELLED: (_S.PENDING, _S.CANCELLED),
    _S.PAID: _PAID,
    _S.PROCESSING: _DELIVERED[:3],
    _S.SHIPPED: _DELIVERED[:4],
    _S.DELIVERED: _DELIVERED,
    _S.PARTIALLY_REFUNDED: (*_DELIVERED, _S.PARTIALLY_REFUNDED),
    _S.REFUNDED: (*_DELIVERED, _S.REFUNDED),
}
"""How an order came to its status."""

_HOURS: Final = {
    _S.PENDING: 0.0,
    _S.PAID: 0.05,
    _S.CANCELLED: 0.26,
    _S.PROCESSING: 5.0,
    _S.SHIPPED: 27.0,
    _S.DELIVERED: 98.0,
    _S.PARTIALLY_REFUNDED: 271.0,
    _S.REFUNDED: 271.0,
}
"""After the order was placed."""
_RETURN_HOURS: Final = {"requested": 168.0, "decided": 180.0, "received": 270.0}
_PENDING_DAYS: Final = 7
"""How long the order that is not paid keeps its stock; a real one would for 15 minutes."""
_CARRIERS: Final = {"US": ("ups", "1Z999AA1"), "CN": ("sf_express", "SF1003"), "JP": ("other", "4102-88")}
_ELSEWHERE: Final = ("dhl", "JJD0003")


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """A customer who is in the database."""

    id: UUID
    customer: SampleCustomer


@dataclass(frozen=True, slots=True)
class _Story:
    """One order: what it is, what it costs, and when what happened."""

    order: SampleOrder
    buyer: Buyer
    price: DemoPrice
    placed_at: datetime
    actor: str

    @property
    def path(self) -> tuple[OrderStatus, ...]:
        return _PATHS[self.order.status]

    def at(self, status: OrderStatus) -> datetime | None:
        """When the order came to this status; None where it never did."""
        return self.after(_HOURS[status]) if status in self.path else None

    def after(self, hours: float) -> datetime:
        return self.placed_at + timedelta(hours=hours)

    def actor_of(self, status: OrderStatus) -> str:
        if status in (_S.PAID, _S.REFUNDED, _S.PARTIALLY_REFUNDED):
            return "payment"
        return {_S.PENDING: "customer", _S.CANCELLED: "system"}.get(status, self.actor)


def add(
    connection: Connection,
    order: SampleOrder,
    buyer: Buyer,
    *,
    coupon_ids: Mapping[str, UUID],
    actor: str,
    now: datetime,
) -> bool:
    """Add the order; False where its products, or its coupon, are not there for it. `actor` is who handled it."""
    known = orders.variants(connection, [sku for sku, _ in order.units])
    if len(known) < len(order.units) or (order.coupon and order.coupon not in coupon_ids):
        return False
    story = _Story(order, buyer, price(order, buyer.customer), now - timedelta(days=order.age_days), actor)
    try:
        with connection.transaction():
            _write(connection, story, coupon_ids, now)
    except (InsufficientStockError, CouponUsedUpError):
        return False
    return True


def _write(connection: Connection, story: _Story, coupon_ids: Mapping[str, UUID], now: datetime) -> None:
    placed = _place(connection, story, now)
    items = orders.add_lines(connection, placed, story.price.lines, at=story.placed_at)
    orders.add_timeline(connection, placed.id, _timeline(story))
    if story.order.coupon:
        discount = Redemption(coupon_ids[story.order.coupon], story.order.coupon, story.price.discount_amount, 0)
        coupons.redeem(connection, placed.checkout_id, story.buyer.customer.email, [discount])
    if story.order.status is not _S.CANCELLED:
        quantities = {items[sku].variant_id: quantity for sku, quantity in story.order.units}
        stock.reserve(connection, placed.checkout_id, quantities)
    paid_at = story.at(_S.PAID)
    if paid_at is None:
        return
    stock.sell(connection, placed.checkout_id, reference=placed.id)
    _ship(connection, story, placed, items)
    returned = _return(connection, story, placed, items)
    demo_payments.add(
        connection,
        story.price,
        placed,
        number=story.order.number,
        user_id=story.buyer.id,
        paid_at=paid_at,
        returned=returned,
    )


def _place(connection: Connection, story: _Story, now: datetime) -> Placed:
    customer, paid_at = story.buyer.customer, story.at(_S.PAID)
    status = {_S.PENDING: "ordered", _S.CANCELLED: "expired"}.get(story.order.status, "paid")
    return orders.add_order(
        connection,
        story.price,
        customer.address() if any(line.ships for line in story.price.lines) else None,
        {
            "number": story.order.number,
            "user_id": story.buyer.id,
            "email": customer.email,
            "language": customer.language,
            "at": story.placed_at,
            "expires_at": now + timedelta(days=_PENDING_DAYS) if status == "ordered" else story.after(0.25),
            "checkout_status": status,
            "status": story.order.status.value,
            "payment_intent_id": demo_payments.intent_id(story.order.number) if paid_at else None,
            "version": len(story.path),
            "paid_at": paid_at,
            "cancelled_at": story.at(_S.CANCELLED),
            "updated_at": story.at(story.path[-1]),
        },
    )


def _timeline(story: _Story) -> list[dict[str, Any]]:
    before: OrderStatus | None = None
    steps = []
    for status in story.path:
        steps.append(
            {
                "before": before.value if before else None,
                "after": status.value,
                "actor": story.actor_of(status),
                "reason": "not paid in time" if status is _S.CANCELLED else None,
                "created_at": story.after(_HOURS[status]).isoformat(),
            }
        )
        before = status
    return steps


def _ship(connection: Connection, story: _Story, placed: Placed, items: Mapping[str, Item]) -> None:
    """One parcel with everything that is shipped."""
    shipped_at = story.at(_S.SHIPPED)
    units = {items[line.sku].id: line.quantity for line in story.price.lines if line.ships}
    if shipped_at is None or not units:
        return
    carrier, prefix = _CARRIERS.get(story.buyer.customer.country, _ELSEWHERE)
    orders.add_shipment(
        connection,
        placed.id,
        units,
        carrier=carrier,
        tracking_number=prefix + story.order.number.replace("-", ""),
        actor=story.actor,
        at=shipped_at,
        delivered_at=story.at(_S.DELIVERED),
    )


def _return(connection: Connection, story: _Story, placed: Placed, items: Mapping[str, Item]) -> ReturnedUnits | None:
    """The return that the order had, or that is asked for. Returns what was refunded."""
    lines = {line.sku: line for line in story.price.lines}
    if story.order.asks_to_return:
        orders.add_return(
            connection,
            placed.id,
            {items[sku].id: (quantity, None) for sku, quantity in story.order.asks_to_return},
            **_RETURN_REQUESTED,
            at=story.after(_RETURN_HOURS["requested"]),
            updated_at=story.after(_RETURN_HOURS["requested"]),
        )
    if not story.order.sent_back:
        return None
    received_at = story.after(_RETURN_HOURS["received"])
    returned = ReturnedUnits(
        request_id=uuid4(),
        at=story.after(_HOURS[story.order.status]),
        lines=[
            {
                "item": str(items[sku].id),
                "quantity": units,
                "amount": share(lines[sku].total_amount, units, lines[sku].quantity),
                "tax_amount": share(lines[sku].tax_amount, units, lines[sku].quantity),
            }
            for sku, units in story.order.sent_back
        ],
    )
    return_id = orders.add_return(
        connection,
        placed.id,
        {UUID(line["item"]): (line["quantity"], line["amount"]) for line in returned.lines},
        **_RETURN_REFUNDED,
        actor=story.actor,
        request_id=returned.request_id,
        at=story.after(_RETURN_HOURS["requested"]),
        decided_at=story.after(_RETURN_HOURS["decided"]),
        received_at=received_at,
        updated_at=returned.at,
    )
    quantities = {items[sku].variant_id: units for sku, units in story.order.sent_back}
    stock.put_back(connection, quantities, reference=return_id, reason="returned", actor=story.actor)
    return returned


_RETURN_REQUESTED: Final[Mapping[str, Any]] = {
    "status": "requested",
    "version": 1,
    "note": "One of the two has a pulled thread.",
    "reason": "defective",
    "decision_note": None,
    "actor": None,
    "request_id": None,
    "decided_at": None,
    "received_at": None,
    "restocked": None,
}
_RETURN_REFUNDED: Final[Mapping[str, Any]] = {
    "status": "refunded",
    "version": 4,
    "note": "It is not what I had in mind.",
    "reason": "no_longer_wanted",
    "decision_note": "Please send it to our warehouse.",
    "restocked": True,
}
