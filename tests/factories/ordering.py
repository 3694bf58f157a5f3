"""Shoppers, who act through the HTTP handler, and what they hold."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from shared import outbox
from shared.contexts.catalog import reservations
from shared.contexts.catalog.models.products import Product, StockLevel, StockMovement, Variant
from shared.contexts.ordering import orders
from tests.factories import catalog
from tests.support import database_logins
from tests.support.lambda_client import Answer, LambdaClient

ADDRESS = {
    "name": "Ada Lovelace",
    "line1": "12 St James's Square",
    "city": "London",
    "postal_code": "SW1Y 4JH",
    "country": "GB",
}


def variant(db: Session, name: str = "Clay Plant Pot", **product: Any) -> UUID:
    """The only variant of a new product, by its id; the arguments are those of `catalog.product`."""
    return catalog.variants(db, catalog.product(db, name, **product))[0].id


def change_variant(db: Session, variant_id: UUID, **columns: Any) -> None:
    """What the catalogue says of the variant from now on."""
    db.execute(update(Variant).where(Variant.id == variant_id).values(**columns))
    db.commit()


def change_product(db: Session, variant_id: UUID, **columns: Any) -> None:
    """What the catalogue says of the variant's product from now on."""
    product = select(Variant.product_id).where(Variant.id == variant_id).scalar_subquery()
    db.execute(update(Product).where(Product.id == product).values(**columns))
    db.commit()


def change_stock(db: Session, variant_id: UUID, on_hand: int, *, allow_backorder: bool = False) -> None:
    """A stock-taking, with the movement that it makes."""
    before = db.query(StockLevel.on_hand).filter_by(variant_id=variant_id).scalar()
    db.execute(
        update(StockLevel)
        .where(StockLevel.variant_id == variant_id)
        .values(on_hand=on_hand, allow_backorder=allow_backorder)
    )
    db.add(StockMovement(variant_id=variant_id, quantity=on_hand - before, reason="adjustment"))
    db.commit()


def stock_of(db: Session, variant_id: UUID) -> tuple[int, int]:
    """Units on hand and reserved."""
    db.rollback()
    on_hand, reserved = db.query(StockLevel.on_hand, StockLevel.reserved).filter_by(variant_id=variant_id).one()
    return on_hand, reserved


class Shopper:
    """One person at the ordering handler: keeps the guest's cart token, as a browser does."""

    def __init__(self, client: LambdaClient, email: str | None = "guest@example.com") -> None:
        self.client = client
        self.email = email
        self.token: str | None = None

    def signed_in(self, authorization: dict[str, str]) -> Shopper:
        """The same person after signing in; still has the guest's token."""
        shopper = Shopper(self.client.signed_in(authorization), email=None)
        shopper.token = self.token
        return shopper

    def send(self, method: str, path: str, **options: Any) -> Answer:
        headers = dict(options.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("X-Cart-Token", self.token)
        reply = self.client.request(method, f"/api/v1{path}", headers=headers, **options)
        self.token = reply.headers.get("x-cart-token", self.token)
        return reply

    def cart(self) -> Any:
        return self.send("GET", "/cart").json()

    def add(self, variant_id: UUID, quantity: int = 1) -> Answer:
        return self.send("POST", "/cart/items", json={"variant_id": str(variant_id), "quantity": quantity})

    def check_out(self, **body: Any) -> Answer:
        who = {"email": self.email} if self.email else {}
        return self.send("POST", "/cart/checkout", json={**who, "shipping_address": ADDRESS, **body})

    def order(self, checkout_id: str, *, key: str | None = None) -> Answer:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.send("POST", "/orders", json={"checkout_id": checkout_id}, headers=headers)

    def buy(self, variant_id: UUID, quantity: int = 1) -> Any:
        """Cart, checkout, order; returns the placed order."""
        self.add(variant_id, quantity)
        checkout = self.check_out().json()
        return self.order(checkout["id"]).json()

    def buy_and_pay(self, variant_id: UUID, quantity: int = 1) -> Any:
        """The same, paid: an order that the cart may be followed by any number of."""
        order = self.buy(variant_id, quantity)
        pay(order["checkout_id"])
        return order


@database_logins.logged_in("ordering")
def reserve(quantities: dict[UUID, int]) -> UUID:
    """Units that a checkout holds, as ordering reserves them where nobody is limited; the checkout's id."""
    checkout_id = uuid.uuid4()
    with outbox.unit_of_work() as connection:
        reservations.reserve(connection, checkout_id, quantities)
    return checkout_id


def lapse(db: Session, checkout_id: str) -> None:
    """Let the checkout's time be over."""
    db.execute(
        text("UPDATE checkouts SET expires_at = now() - interval '1 second' WHERE id = :id"), {"id": checkout_id}
    )
    db.commit()


@database_logins.logged_in("payments")
def pay(checkout_id: str) -> str:
    """Marks the checkout as paid, as the payment worker does; returns the outcome."""
    with outbox.unit_of_work() as connection:
        _, outcome = orders.mark_paid(
            connection, UUID(checkout_id), payment_intent_id=f"pi_{checkout_id}", paid_at=datetime.now(UTC)
        )
    return outcome.value


def count_mismatches(db: Session) -> list[Any]:
    """Networks that are not counted as what they hold, or as having taken less than that; empty when all is well."""
    db.rollback()
    return list(
        db.execute(
            text(
                "WITH reserved AS (SELECT network, variant_id, sum(quantity) AS units FROM stock_reservations"
                "   WHERE network IS NOT NULL GROUP BY 1, 2)"
                " SELECT n.*, r.units FROM network_reservations n FULL JOIN reserved r USING (network, variant_id)"
                " WHERE n.held IS DISTINCT FROM coalesce(r.units, 0) OR n.taken < n.held"
            )
        )
    )


def stock_mismatches(db: Session) -> list[Any]:
    """Variants whose level is not what movements and reservations say; empty when all is well."""
    db.rollback()
    return list(
        db.execute(
            text(
                "SELECT s.variant_id, s.on_hand, s.owed, s.reserved, m.moved, r.promised FROM stock_levels s"
                " LEFT JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS moved FROM stock_movements"
                "   WHERE variant_id = s.variant_id) m ON true"
                " LEFT JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS promised FROM stock_reservations"
                "   WHERE variant_id = s.variant_id) r ON true"
                " WHERE s.on_hand - s.owed <> m.moved OR s.reserved <> r.promised OR s.on_hand < 0 OR s.reserved < 0"
                " OR s.owed < 0 OR s.on_hand > 0 AND s.owed > 0"
            )
        )
    )
