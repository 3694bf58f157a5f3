"""What requests to a generated shop are made of: its users' tokens, and the ids of what is in it."""

from __future__ import annotations

import random
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.benchmarks import generated_catalog, generated_orders
from tests.benchmarks.generate import SEED, Size
from tests.benchmarks.rows import Kind, identifier
from tests.support.tokens import TestSigningKey

_SAMPLE = 2_000
_TOKEN_SECONDS = 6 * 3600


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    json: Any = None


@dataclass
class World:
    """A generated database, as its visitors know it. `sold` are orders of customers: order, payment, owner."""

    size: Size
    key: TestSigningKey
    chance: random.Random
    sold: list[tuple[UUID, UUID, UUID]]
    variants: list[UUID]
    shown: list[tuple[UUID, str]]
    """Id and slug of products on sale."""
    cart_owners: deque[int]
    """Numbers of users whose full cart nobody has checked out yet."""
    checkouts: deque[tuple[str, str]] = field(default_factory=deque)
    """Who may order which open checkout: the Authorization header, and its id."""
    cursors: dict[str, str] = field(default_factory=dict)
    """Where a walk through a list goes on."""
    items: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=500))
    """Lines of carts, and the Authorization header of their owners."""
    versions: dict[str, int] = field(default_factory=dict)
    """Products and the version that was read last."""
    refresh_tokens: deque[str] = field(default_factory=deque)
    _tokens: dict[tuple[UUID, bool], dict[str, str]] = field(default_factory=dict)

    @classmethod
    def open(cls, url: str, size: Size) -> World:
        """Look around in a generated database, and publish a key that it takes tokens of."""
        chance = random.Random(SEED + 1)
        numbers = chance.sample(range(size.orders), min(_SAMPLE, size.orders))
        orders = [identifier(Kind.ORDER, number, number / size.orders) for number in numbers]
        products = [
            generated_catalog.product_id(number, size.products)
            for number in range(0, size.products, max(1, size.products // _SAMPLE))
        ]
        with psycopg.connect(url) as connection:
            sold = connection.execute(
                "SELECT o.id, p.id, o.user_id FROM orders o JOIN payments p ON p.order_id = o.id"
                " WHERE o.id = ANY(%s::uuid[]) AND o.user_id IS NOT NULL ORDER BY o.id",
                (orders,),
            ).fetchall()
            variants = connection.execute(
                "SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id JOIN stock_levels s"
                " ON s.variant_id = v.id WHERE p.id = ANY(%s::uuid[]) AND p.is_active AND p.deleted_at IS NULL"
                " AND s.on_hand > 100 ORDER BY v.id",
                (products,),
            ).fetchall()
            shown = connection.execute(
                "SELECT id, slug FROM products WHERE id = ANY(%s::uuid[]) AND is_active AND deleted_at IS NULL"
                " ORDER BY id",
                (products,),
            ).fetchall()
        with Session(create_engine(url.replace("postgresql://", "postgresql+psycopg://"))) as db:
            key = TestSigningKey.publish(db)
        owners = deque(generated_orders.cart_owners(size.carts))
        return cls(size, key, chance, sold, [row[0] for row in variants], shown, owners)

    def sold_order(self) -> tuple[UUID, UUID, UUID]:
        """Some order with its payment and its customer."""
        return self.chance.choice(self.sold)

    def user(self) -> int:
        """The number of a customer who has no cart."""
        return self.chance.randrange(self.size.carts, self.size.users) if self.size.users > self.size.carts else 0

    def as_user(self, number: int) -> dict[str, str]:
        """Headers that sign the numbered user in."""
        return self.signed_in(UUID(generated_catalog.user_id(number)))

    def as_admin(self) -> dict[str, str]:
        """Headers that sign some administrator in."""
        number = self.chance.randrange(generated_catalog.ADMINS)
        return self.signed_in(UUID(generated_catalog.user_id(number)), admin=True)

    def signed_in(self, user_id: UUID, *, admin: bool = False) -> dict[str, str]:
        """Headers that sign this user in."""
        headers = self._tokens.get((user_id, admin))
        if headers is None:
            user = User(id=user_id, roles=["customer", "admin"] if admin else ["customer"])
            token = self.key.token(user, sid=str(user_id), exp=int(time.time()) + _TOKEN_SECONDS)
            headers = self._tokens[user_id, admin] = {"authorization": f"Bearer {token}"}
        return headers
