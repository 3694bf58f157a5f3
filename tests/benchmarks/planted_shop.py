"""A shop whose customers have tastes that are known: what a recommendation engine should find out.

Products belong to groups, of which customers like one or two; what they buy is mostly of these, the rest is what
everybody buys. A group says little about category, tags and names: several share a category, and tags are given with
gaps. The last purchase of every customer is held back, to be foretold.
"""

from __future__ import annotations

import random
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import psycopg

from tests.benchmarks.generate import copy
from tests.benchmarks.rows import Row

SEED: Final = 20_261_120
_OWN_TASTE: Final = 0.8
"""The share of purchases that follow a customer's taste."""
_GROUPS_OF_A_CATEGORY: Final = 4
_TAGS_OF_A_GROUP: Final = 4
_COMMON_TAGS: Final = 6
_ADDRESS: Final = '{"name": "Ada Lovelace", "line1": "5 Mill Lane", "city": "London", "country": "GB"}'
_AMOUNT: Final = 999

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "users": ("id", "email", "password_hash", "full_name", "roles"),
    "consent_changes": ("user_id", "purpose", "granted", "text_version", "source"),
    "categories": ("id", "name", "slug", "position"),
    "products": (
        "id", "slug", "name", "vendor", "tags", "category_id", "currency", "price_min", "price_max", "sold_count",
    ),
    "variants": ("id", "product_id", "position", "price_amount"),
    "stock_levels": ("variant_id", "on_hand"),
    "checkouts": (
        "id", "cart_id", "user_id", "email", "currency", "subtotal_amount", "shipping_amount", "tax_amount",
        "discount_amount", "total_amount", "shipping_address", "status", "expires_at",
    ),
    "orders": (
        "id", "number", "checkout_id", "user_id", "email", "status", "currency", "subtotal_amount", "shipping_amount",
        "tax_amount", "discount_amount", "total_amount", "shipping_address", "paid_at",
    ),
    "order_keys": ("order_id", "number", "checkout_id", "user_id", "email"),
    "order_items": (
        "order_id", "variant_id", "product_id", "name", "variant_title", "quantity", "unit_amount", "total_amount",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How much there is."""

    products: int
    groups: int
    customers: int


@dataclass(frozen=True)
class HeldBack:
    """What a customer bought last, and what before: the shop knows of the latter only."""

    user_id: UUID
    previous: UUID
    product_id: UUID


@dataclass
class _Draft:
    chance: random.Random
    size: Size
    tables: dict[str, list[Row]]
    products: list[UUID]
    groups: list[list[int]]
    """The numbers of each group's products."""
    ids: Iterator[UUID]

    def popular(self, numbers: Sequence[int]) -> int:
        """One of these; the first are drawn far more often."""
        return numbers[int(len(numbers) * self.chance.random() ** 2)]


def plant(connection: psycopg.Connection, size: Size, seed: int = SEED) -> list[HeldBack]:
    """Fill an empty, migrated database, and commit; returns what was held back. The same seed makes the same shop."""
    chance = random.Random(seed)
    draft = _Draft(
        chance, size, {table: [] for table in _COLUMNS}, [], [[] for _ in range(size.groups)], _identifiers(chance)
    )
    categories = _draw_categories(draft)
    _draw_products(draft, categories)
    held = [_draw_customer(draft, number) for number in range(size.customers)]
    _count_sales(draft)
    for table, columns in _COLUMNS.items():
        copy(connection, table, columns, draft.tables[table])
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    return held


def _identifiers(chance: random.Random) -> Iterator[UUID]:
    """UUIDv7 of this minute, one after the other, as the partitions of orders want them."""
    now = int(time.time() * 1000)
    while True:
        value = now << 80 | 0x7 << 76 | 0b10 << 62 | chance.getrandbits(62)
        yield UUID(int=value)
        now += 1


def _draw_categories(draft: _Draft) -> list[str]:
    made = []
    for number in range(-(-draft.size.groups // _GROUPS_OF_A_CATEGORY)):
        made.append(str(uuid.UUID(int=draft.chance.getrandbits(128), version=4)))
        draft.tables["categories"].append((made[-1], f"Category {number}", f"category-{number}", number))
    return made


def _draw_products(draft: _Draft, categories: list[str]) -> None:
    chance = draft.chance
    for number, made in zip(range(draft.size.products), draft.ids, strict=False):
        group = chance.randrange(draft.size.groups)
        draft.groups[group].append(number)
        draft.products.append(made)
        tags = {f"taste-{group}-{chance.randrange(_TAGS_OF_A_GROUP)}", f"common-{chance.randrange(_COMMON_TAGS)}"}
        draft.tables["products"].append(
            (
                str(made), f"product-{number}", f"Product {number}", f"Vendor {chance.randrange(40)}",
                "{" + ",".join(sorted(tags)) + "}", categories[group // _GROUPS_OF_A_CATEGORY], "USD", _AMOUNT, _AMOUNT,
                0,
            )
        )  # fmt: skip
        variant = str(_variant_of(made))
        draft.tables["variants"].append((variant, str(made), 1, _AMOUNT))
        draft.tables["stock_levels"].append((variant, 100))


def _variant_of(product: UUID) -> UUID:
    return uuid.uuid5(product, "variant")


def _draw_customer(draft: _Draft, number: int) -> HeldBack:
    chance = draft.chance
    made = UUID(int=chance.getrandbits(128), version=4)
    address = f"planted{number}@example.com"
    draft.tables["users"].append((str(made), address, "!", f"Customer {number}", "{customer}"))
    draft.tables["consent_changes"].append((str(made), "recommendations", True, "planted", "registration"))
    tastes = chance.sample([group for group in draft.groups if len(group) > 3], chance.randint(1, 2))
    everything = range(draft.size.products)
    wanted, bought = chance.randint(5, 10), dict[int, None]()
    while len(bought) < wanted:
        follows = chance.random() < _OWN_TASTE
        bought[draft.popular(chance.choice(tastes) if follows else everything)] = None
    *known, last = bought
    for start in range(0, len(known), 2):
        _draw_order(draft, next(draft.ids), str(made), address, known[start : start + 2])
    return HeldBack(made, draft.products[known[-1]], draft.products[last])


def _draw_order(draft: _Draft, order: UUID, user: str, address: str, bought: list[int]) -> None:
    checkout, number = str(uuid.uuid5(order, "checkout")), order.hex[-20:]
    total = _AMOUNT * len(bought)
    amounts = (total, 0, 0, 0, total, _ADDRESS)
    draft.tables["checkouts"].append(
        (checkout, str(uuid.uuid5(order, "cart")), user, address, "USD", *amounts, "paid", "2030-01-01T00:00:00Z")
    )
    draft.tables["orders"].append(
        (str(order), number, checkout, user, address, "delivered", "USD", *amounts, "2026-01-01T00:00:00Z")
    )
    draft.tables["order_keys"].append((str(order), number, checkout, user, address))
    for one in bought:
        product = draft.products[one]
        draft.tables["order_items"].append(
            (str(order), str(_variant_of(product)), str(product), f"Product {one}", "", 1, _AMOUNT, _AMOUNT)
        )


def _count_sales(draft: _Draft) -> None:
    sold = Counter(str(row[2]) for row in draft.tables["order_items"])
    draft.tables["products"] = [(*row[:-1], sold[str(row[0])]) for row in draft.tables["products"]]
