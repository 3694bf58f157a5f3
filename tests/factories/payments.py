"""Checkouts that can be paid, with their stock reserved, and payments."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import StockLevel, StockReservation
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering.models.orders import Checkout, CheckoutLine
from shared.contexts.payments.models.payments import Payment
from tests.factories import catalog

ADDRESS = {"name": "Ada Lovelace", "line1": "12 St James's Square", "city": "London", "country": "GB"}


def checkout(
    db: Session,
    user: User | None = None,
    *,
    amount: int = 2497,
    currency: str = "USD",
    quantity: int = 1,
    stock: int = 10,
    expires_in: timedelta = timedelta(minutes=15),
    cart_id: uuid.UUID | None = None,
) -> Checkout:
    """A committed open checkout of one product, a guest's where no user is given; its units are reserved."""
    product = catalog.product(db, amount=amount // quantity, stock=stock, currency=currency)
    variant = catalog.variants(db, product)[0]
    made = Checkout(
        cart_id=cart_id or uuid.uuid4(),
        user_id=user.id if user else None,
        email=user.email if user else "guest@example.com",
        currency=currency,
        subtotal_amount=amount,
        shipping_amount=0,
        tax_amount=0,
        discount_amount=0,
        total_amount=amount,
        shipping_address=ADDRESS,
        expires_at=datetime.now(UTC) + expires_in,
    )
    db.add(made)
    db.flush()
    db.add(
        CheckoutLine(
            checkout_id=made.id,
            variant_id=variant.id,
            product_id=product.id,
            name=product.name,
            variant_title="",
            sku=variant.sku,
            quantity=quantity,
            unit_amount=amount // quantity,
            total_amount=amount // quantity * quantity,
        )
    )
    db.add(StockReservation(checkout_id=made.id, variant_id=variant.id, quantity=quantity))
    db.query(StockLevel).filter_by(variant_id=variant.id).update({"reserved": quantity})
    db.commit()
    return made


def payment(
    db: Session,
    of: Checkout,
    intent_id: str | None = None,
    *,
    status: str = "requires_payment",
    provider: str = "stripe",
) -> Payment:
    """A committed payment of a checkout, as if its intent had been opened."""
    made = Payment(
        checkout_id=of.id,
        user_id=of.user_id,
        provider=provider,
        provider_payment_id=intent_id or f"pi_{uuid.uuid4().hex}",
        amount=of.total_amount,
        currency=of.currency,
        status=status,
    )
    db.add(made)
    db.commit()
    return made


def sold_out(db: Session, of: Checkout) -> None:
    """The checkout expired, and its units were sold to somebody else."""
    line = db.query(CheckoutLine).filter_by(checkout_id=of.id).one()
    db.query(StockReservation).filter_by(checkout_id=of.id).delete()
    db.query(StockLevel).filter_by(variant_id=line.variant_id).update({"reserved": 0, "on_hand": 0})
    of.status = "expired"
    db.commit()
