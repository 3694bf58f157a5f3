"""What tests of recommendations arrange, and how they read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.customers import WishlistItem
from shared.contexts.catalog.models.products import Product
from shared.contexts.identity.models.accounts import User
from shared.contexts.identity.models.privacy import ConsentChange
from shared.contexts.ordering.models.orders import Cart, CartItem
from tests.factories import catalog, identity
from tests.factories.analytics import Line, Sale, record
from tests.support.lambda_client import LambdaClient

FOR_CALLER = "/api/v1/recommendations/products"


def with_product(product: Product) -> str:
    return f"/api/v1/products/{product.id}/recommendations"


def buy(db: Session, *products: Product, buyer: User | None = None, at: datetime | None = None) -> None:
    """One paid order of these, a unit each."""
    moment = at or datetime.now(UTC)
    lines = [Line(product, 1, product.price_min) for product in products]
    record(db, [Sale(begun_at=moment, paid_at=moment, lines=lines, buyer=buyer)])


def wish(db: Session, user: User, product: Product) -> None:
    db.add(WishlistItem(user_id=user.id, product_id=product.id, currency="USD", price_amount=999, in_stock=True))
    db.commit()


def hold(db: Session, user: User, product: Product) -> None:
    """Have it in the cart."""
    cart = Cart(user_id=user.id, currency="USD")
    db.add(cart)
    db.flush()
    [variant] = catalog.variants(db, product)
    db.add(CartItem(cart_id=cart.id, variant_id=variant.id, quantity=1, price_at_time=999))
    db.commit()


def customer(db: Session) -> User:
    """Who agreed to personal recommendations."""
    made = identity.user(db)
    say(db, made, granted=True)
    return made


def say(db: Session, user: User, *, granted: bool) -> None:
    """What the customer says about personal recommendations."""
    db.add(
        ConsentChange(user_id=user.id, purpose="recommendations", granted=granted, text_version="1", source="consents")
    )
    db.commit()


def change(db: Session, product: Product, **columns: object) -> None:
    db.execute(update(Product).where(Product.id == product.id).values(**columns))
    db.commit()


def shown(client: LambdaClient, path: str, **query: object) -> list[tuple[str, str]]:
    """Names and reasons, in order."""
    reply = client.get(path, query=query)
    assert reply.status == 200, reply.body
    return [(item["name"], item["reason"]) for item in reply.json()["items"]]


def names(found: Iterable[tuple[str, str]], reason: str) -> list[str]:
    """Those that are shown for this reason."""
    return [name for name, why in found if why == reason]
