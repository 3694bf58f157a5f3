"""Whoever walks a list while others write sees no row twice, and misses none that was there all the time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.customers import WishlistItem
from shared.contexts.catalog.models.products import Product
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.permissions import Role
from tests.contract.applications import entry_point
from tests.factories import catalog, identity, payments, pricing
from tests.factories.reviews import review
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

ROWS = 9


@dataclass(frozen=True)
class World:
    """Who walks, and what their lists are about."""

    db: Session
    walker: User
    product: Product


@dataclass(frozen=True)
class List:
    """A list: its context and path, a statement that deletes a row, and what adds one and tells its id."""

    context: str
    path: str
    add: Callable[[World, int], Any]
    delete: str
    key: str = "id"
    role: Role = Role.CUSTOMER

    def __str__(self) -> str:
        return self.path


def _review(world: World, number: int) -> Any:
    return review(world.db, world.product, identity.user(world.db), rating=1 + number % 2).id


def _wish(world: World, number: int) -> Any:
    wished = catalog.product(world.db, f"Bowl {number}")
    world.db.add(
        WishlistItem(user_id=world.walker.id, product_id=wished.id, currency="USD", price_amount=1, in_stock=True)
    )
    world.db.commit()
    return wished.id


def _payment(world: World, number: int) -> Any:
    checkout = payments.checkout(world.db, user=world.walker)
    return payments.payment(world.db, checkout, f"pi_{number}").id


def _product(world: World, number: int) -> Any:
    return catalog.product(world.db, "Clay Pot", amount=100 * (1 + number % 2)).id


def _coupon(world: World, number: int) -> Any:
    return pricing.coupon(world.db, f"CODE-{number}").id


def _user(world: World, _: int) -> Any:
    return identity.user(world.db).id


def _upload(world: World, number: int) -> Any:
    made = MediaFile(
        owner_id=world.walker.id, purpose="review", file_name=f"{number}.jpg", content_type="image/jpeg", size_bytes=1
    )
    world.db.add(made)
    world.db.commit()
    return made.id


OFF_SALE = "UPDATE products SET is_active = false WHERE id = :id"
LISTS = [
    List("catalog", "/api/v1/products?sort=price", _product, OFF_SALE),
    List("catalog", "/api/v1/products?sort=rating", _product, OFF_SALE),
    List("catalog", "/api/v1/admin/products", _product, OFF_SALE, role=Role.ADMIN),
    List("catalog", "/api/v1/products/{product}/reviews", _review, "DELETE FROM reviews WHERE id = :id"),
    List("catalog", "/api/v1/products/{product}/reviews?sort=rating", _review, "DELETE FROM reviews WHERE id = :id"),
    List("catalog", "/api/v1/wishlist", _wish, "DELETE FROM wishlist_items WHERE product_id = :id", key="product_id"),
    List("payments", "/api/v1/payments", _payment, "DELETE FROM payments WHERE id = :id"),
    List("ordering", "/api/v1/admin/coupons", _coupon, "DELETE FROM coupons WHERE id = :id", role=Role.ADMIN),
    List("media", "/api/v1/media", _upload, "DELETE FROM media_files WHERE id = :id"),
    List("identity", "/api/v1/admin/users", _user, "DELETE FROM users WHERE id = :id", role=Role.ADMIN),
]


@pytest.mark.parametrize("walked", LISTS, ids=str)
@pytest.mark.parametrize("limit", [2, 3])
def test_a_list_that_changes_while_it_is_walked_repeats_and_misses_nothing(
    db: Session, aws: Cloud, signing_key: TestSigningKey, walked: List, limit: int
) -> None:
    world = World(db, identity.user(db, walked.role), catalog.product(db, "Clay Bowl"))
    rows = [str(walked.add(world, number)) for number in range(ROWS)]
    client = LambdaClient(entry_point(walked.context)).signed_in(signing_key.authorization(world.walker))
    chance, gone, seen = random.Random(limit), set[str](), list[str]()

    def others_write() -> None:
        """Something is added, something seen goes, and something not yet seen."""
        walked.add(world, ROWS + len(seen))
        for candidates in (set(rows) & set(seen) - gone, set(rows) - set(seen) - gone):
            if candidates:
                row = chance.choice(sorted(candidates))
                db.execute(text(walked.delete), {"id": row})
                db.commit()
                gone.add(row)

    path, cursor = walked.path.format(product=world.product.id), None
    for _ in range(4 * ROWS):
        query = f"{'&' if '?' in path else '?'}limit={limit}" + (f"&cursor={cursor}" if cursor else "")
        answer = client.get(path + query)
        assert answer.status == 200, answer.body
        page = answer.json()
        seen += [str(item[walked.key]) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        others_write()
    assert len(set(seen)) == len(seen)
    assert set(rows) - gone <= set(seen)
    assert len(gone) >= 2
    assert db.scalar(select(Product.id).limit(1)) is not None
