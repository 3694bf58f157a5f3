"""Whatever a shop looks like: answers hold what they promise."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import Product
from shared.contexts.identity.models.accounts import User
from tests.factories import catalog
from tests.factories.ordering import change_stock
from tests.integration.discovery.shop import FOR_CALLER, buy, change, customer, hold, wish, with_product
from tests.support.lambda_client import LambdaClient

TAGS = ("clay", "garden", "kitchen", "gift")


def some_shop(db: Session, chance: random.Random) -> tuple[list[Product], list[User]]:
    """A dozen products, five customers, and what they did; some products are gone, or sold out, since."""
    shelves = [catalog.category(db, name) for name in ("Garden", "Kitchen")]
    goods = [
        catalog.product(
            db,
            f"Thing {number}",
            amount=chance.randrange(1, 5) * 100,
            category=chance.choice([*shelves, None]),
            tags=chance.sample(TAGS, chance.randrange(3)),
            vendor=chance.choice(("", "Lehm")),
            stock=chance.choice((0, 5, 5)),
        )
        for number in range(12)
    ]
    customers = [customer(db) for _ in range(5)]
    for buyer in [*customers, *customers, None, None]:
        buy(db, *chance.sample(goods, chance.randrange(1, 4)), buyer=buyer)
    for who in customers:
        for product in chance.sample(goods, chance.randrange(3)):
            wish(db, who, product)
        if chance.random() < 0.5:
            hold(db, who, chance.choice(goods))
    return goods, customers


def spoil(db: Session, goods: list[Product], chance: random.Random) -> None:
    """After the refresh: the shop goes on."""
    for product in chance.sample(goods, 3):
        change(db, product, is_active=False)
    change(db, chance.choice(goods), deleted_at=datetime.now(UTC))
    change_stock(db, catalog.variants(db, chance.choice(goods))[0].id, 0)
    for product in goods:
        change(db, product, sold_count=chance.randrange(4))


def had(db: Session, who: User) -> set[str]:
    """What the customer bought, wishes for and holds, by id."""
    rows = db.execute(
        text(
            "SELECT i.product_id FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.user_id = :user"
            " UNION SELECT product_id FROM wishlist_items WHERE user_id = :user"
            " UNION SELECT v.product_id FROM carts c JOIN cart_items i ON i.cart_id = c.id"
            " JOIN variants v ON v.id = i.variant_id WHERE c.user_id = :user"
        ),
        {"user": who.id},
    )
    return {str(row[0]) for row in rows}


def items(client: LambdaClient, path: str, **query: Any) -> list[dict[str, Any]]:
    reply = client.get(path, query=query)
    assert reply.status == 200, reply.body
    found: list[dict[str, Any]] = reply.json()["items"]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_nothing_twice_nothing_that_is_gone_nothing_that_the_customer_has_and_always_in_one_order(
    *,
    guest: LambdaClient,
    as_customer: Callable[[User], LambdaClient],
    refresh: Callable[[], Any],
    db: Session,
    seed: int,
) -> None:
    chance = random.Random(seed)
    goods, customers = some_shop(db, chance)
    refresh()
    spoil(db, goods, chance)
    on_sale = {
        str(product.id): product
        for product in db.query(Product).filter(Product.is_active, Product.deleted_at.is_(None))
    }
    asked: list[tuple[LambdaClient, str, dict[str, Any], set[str]]] = [(guest, FOR_CALLER, {}, set())]
    for anchor in on_sale.values():
        asked.append((guest, with_product(anchor), {}, {str(anchor.id)}))
    for who in customers:
        client, own = as_customer(who), had(db, who)
        asked.append((client, FOR_CALLER, {}, own))
        anchor = chance.choice(list(on_sale.values()))
        asked.append((client, FOR_CALLER, {"product": anchor.slug}, {*own, str(anchor.id)}))
    for client, path, query, hidden in asked:
        found = items(client, path, limit=50, **query)
        ids = [item["id"] for item in found]
        assert len(ids) == len(set(ids))
        # Few enough products that all there are fit into an answer.
        assert set(ids) == set(on_sale) - hidden
        stocked = [item["in_stock"] for item in found]
        assert stocked == sorted(stocked, reverse=True)
        assert items(client, path, limit=50, **query) == found
        assert items(client, path, limit=3, **query) == found[:3]
