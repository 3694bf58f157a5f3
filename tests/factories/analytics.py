"""A shop's past, at chosen moments: checkouts, orders with their lines, refunds. And the same past as plain records."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import Product
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering.models.orders import Checkout, Order, OrderItem, OrderKey
from shared.contexts.payments.models.payments import Payment
from shared.contexts.payments.models.refunds import Refund
from tests.factories import catalog
from tests.factories.payments import ADDRESS


@dataclass(frozen=True)
class Line:
    """Units of a product at a price each."""

    product: Product
    quantity: int
    unit_amount: int

    @property
    def total(self) -> int:
        return self.quantity * self.unit_amount


@dataclass(frozen=True, kw_only=True)
class Sale:
    """A checkout and what became of it: ordered where there are lines, paid where there is a moment of it."""

    begun_at: datetime
    buyer: User | None = None
    currency: str = "USD"
    cart_id: uuid.UUID = field(default_factory=uuid.uuid4)
    lines: Sequence[Line] = ()
    paid_at: datetime | None = None
    shipping: int = 0
    refunds: Sequence[tuple[datetime, int, str]] = ()
    """When, how much, and the status."""

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines) + self.shipping


def record(db: Session, sales: Sequence[Sale]) -> None:
    """Write the sales, and commit."""
    variants = {line.product.id: catalog.variants(db, line.product)[0].id for sale in sales for line in sale.lines}
    for sale in sales:
        _record(db, sale, variants)
    db.commit()


def _record(db: Session, sale: Sale, variants: dict[uuid.UUID, uuid.UUID]) -> None:
    amounts = {
        "email": "guest@example.com",
        "currency": sale.currency,
        "subtotal_amount": sale.total - sale.shipping,
        "shipping_amount": sale.shipping,
        "tax_amount": 0,
        "discount_amount": 0,
        "total_amount": sale.total,
        "shipping_address": ADDRESS,
    }
    status = "paid" if sale.paid_at else "expired"
    checkout = Checkout(
        cart_id=sale.cart_id, status=status, created_at=sale.begun_at, expires_at=sale.begun_at, **amounts
    )
    db.add(checkout)
    db.flush()
    if not sale.lines:
        return
    number = uuid.uuid4().hex[:20]
    order = Order(
        number=number,
        checkout_id=checkout.id,
        user_id=sale.buyer.id if sale.buyer else None,
        status="paid" if sale.paid_at else "cancelled",
        paid_at=sale.paid_at,
        **amounts,
    )
    db.add(order)
    db.flush()
    db.add(
        OrderKey(order_id=order.id, number=number, checkout_id=checkout.id, user_id=order.user_id, email=order.email)
    )
    for line in sale.lines:
        db.add(
            OrderItem(
                order_id=order.id,
                variant_id=variants[line.product.id],
                product_id=line.product.id,
                name=line.product.name,
                variant_title="",
                quantity=line.quantity,
                unit_amount=line.unit_amount,
                total_amount=line.total,
            )
        )
    _refund(db, sale, checkout, order)


def _refund(db: Session, sale: Sale, checkout: Checkout, order: Order) -> None:
    if not sale.refunds:
        return
    payment = Payment(
        checkout_id=checkout.id,
        order_id=order.id,
        provider="stripe",
        provider_payment_id=f"pi_{uuid.uuid4().hex}",
        amount=sale.total,
        amount_captured=sale.total,
        currency=sale.currency,
        status="succeeded",
    )
    db.add(payment)
    db.flush()
    for moment, amount, status in sale.refunds:
        db.add(
            Refund(
                payment_id=payment.id,
                order_id=order.id,
                provider=payment.provider,
                amount=amount,
                currency=sale.currency,
                status=status,
                reason="requested_by_customer",
                actor="system",
                created_at=moment,
                next_attempt_at=moment,
            )
        )
