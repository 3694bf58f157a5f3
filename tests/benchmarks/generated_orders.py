"""The generated carts and orders, and in SQL what follows from them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, LiteralString

from tests.benchmarks.generated_catalog import ADMINS, Offer, email, user_id
from tests.benchmarks.rows import Kind, Row, identifier, instant_of

LINES_PER_ORDER: Final = 2.5
CART_ITEM_COLUMNS: Final = ("cart_id", "variant_id", "quantity", "price_at_time")
ADDRESS: Final = '{"name": "Ada Lovelace", "line1": "5 Mill Lane", "city": "London", "country": "GB"}'

_GUESTS: Final = 0.05
_BLOCK: Final = 50_000
_CHECKOUT_COLUMNS: Final = (
    "id", "cart_id", "user_id", "email", "currency", "subtotal_amount", "shipping_amount", "tax_amount",
    "discount_amount", "total_amount", "shipping_address", "status", "expires_at", "created_at",
)  # fmt: skip
_LINE_COLUMNS: Final = (
    "checkout_id", "variant_id", "product_id", "name", "variant_title", "sku", "quantity", "unit_amount",
    "total_amount",
)  # fmt: skip
_ORDER_COLUMNS: Final = (
    "id", "number", "checkout_id", "user_id", "email", "status", "currency", "subtotal_amount", "shipping_amount",
    "tax_amount", "discount_amount", "total_amount", "shipping_address", "payment_intent_id", "paid_at", "cancelled_at",
    "updated_at",
)  # fmt: skip
_STATUSES: Final = ("delivered", "shipped", "processing", "paid", "cancelled", "refunded")
_SHARES: Final = (70, 8, 4, 6, 8, 4)
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

DERIVED: Final[tuple[LiteralString, ...]] = (
    "INSERT INTO order_keys (order_id, number, checkout_id, user_id, email)"
    " SELECT id, number, checkout_id, user_id, email FROM orders ORDER BY id",
    "INSERT INTO carts (id, user_id, currency) SELECT DISTINCT i.cart_id, u.id, 'USD' FROM cart_items i"
    " JOIN users u ON right(u.id::text, 12) = right(i.cart_id::text, 12)",
    "INSERT INTO consent_changes (user_id, purpose, granted, text_version, source)"
    " SELECT id, 'recommendations', true, 'generated', 'registration' FROM users ORDER BY id",
    "INSERT INTO order_items (order_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount,"
    " total_amount, created_at) SELECT o.id, l.variant_id, l.product_id, l.name, l.variant_title, l.sku, l.quantity,"
    " l.unit_amount, l.total_amount, o.created_at FROM checkout_lines l JOIN orders o ON o.checkout_id = l.checkout_id"
    " ORDER BY o.id, l.id",
    "INSERT INTO order_status_changes (order_id, before, after, actor, created_at)"
    " SELECT o.id, s.before, s.after, s.actor, o.created_at FROM orders o CROSS JOIN LATERAL ("
    "  VALUES (1, NULL, 'pending', 'customer'),"
    "   (2, 'pending', CASE WHEN o.status = 'cancelled' THEN 'cancelled' ELSE 'paid' END, 'payment')"
    " ) AS s(step, before, after, actor) ORDER BY o.id, s.step",
    "INSERT INTO payments (checkout_id, order_id, user_id, provider, provider_payment_id, amount, currency, status,"
    " status_at, amount_captured, amount_refunded, created_at, updated_at)"
    " SELECT o.checkout_id, CASE WHEN o.status <> 'cancelled' THEN o.id END, o.user_id, 'stripe',"
    " 'pi_' || replace(o.id::text, '-', ''), o.total_amount, o.currency,"
    " CASE o.status WHEN 'cancelled' THEN 'canceled' WHEN 'refunded' THEN 'refunded' ELSE 'succeeded' END,"
    " o.created_at, CASE WHEN o.status = 'cancelled' THEN 0 ELSE o.total_amount END,"
    " CASE WHEN o.status = 'refunded' THEN o.total_amount ELSE 0 END, o.created_at, o.created_at"
    " FROM orders o ORDER BY o.id",
    "INSERT INTO payment_status_changes (payment_id, before, after, created_at)"
    " SELECT p.id, s.before, s.after, p.created_at FROM payments p CROSS JOIN LATERAL ("
    "  VALUES (1, NULL, 'requires_payment'), (2, 'requires_payment', p.status)) AS s(step, before, after)"
    " ORDER BY p.id, s.step",
    "INSERT INTO stock_movements (variant_id, quantity, reason, reference)"
    " SELECT s.variant_id, s.on_hand + coalesce(sold.quantity, 0), 'import', 'generated' FROM stock_levels s"
    " LEFT JOIN (SELECT i.variant_id, sum(i.quantity) AS quantity FROM order_items i"
    "  JOIN orders o ON o.id = i.order_id WHERE o.status <> 'cancelled' GROUP BY i.variant_id) sold USING (variant_id)"
    " WHERE s.on_hand + coalesce(sold.quantity, 0) <> 0",
    "INSERT INTO stock_movements (variant_id, quantity, reason, reference, created_at)"
    " SELECT i.variant_id, -i.quantity, 'sale', i.order_id::text, i.created_at FROM order_items i"
    " JOIN orders o ON o.id = i.order_id WHERE o.status <> 'cancelled' ORDER BY i.id",
)
"""What follows from users, products, checkouts, orders, cart items; in this order. On hand is the movements' sum."""


@dataclass
class _Block:
    checkouts: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    orders: list[Row] = field(default_factory=list)


def cart_id(number: int) -> str:
    """The id of the numbered user's cart."""
    return identifier(Kind.CART, number)


def cart_owners(carts: int) -> range:
    """The numbers of the users who have something in their cart."""
    return range(ADMINS, carts)


def tables(
    chance: random.Random, offers: list[Offer], users: int, orders: int
) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
    """Checkouts, their lines, and their orders, a block after the other."""
    for start in range(0, orders, _BLOCK):
        block = _Block()
        for number in range(start, min(start + _BLOCK, orders)):
            _draw_order(chance, block, offers, users=users, number=number, share=number / orders)
        yield "checkouts", _CHECKOUT_COLUMNS, block.checkouts
        yield "checkout_lines", _LINE_COLUMNS, block.lines
        yield "orders", _ORDER_COLUMNS, block.orders


def cart_items(chance: random.Random, offers: list[Offer], carts: int) -> Iterator[Row]:
    """Two different items in each owner's cart."""
    on_sale = [offer for offer in offers if offer.on_sale]
    for number in cart_owners(carts):
        for offer in chance.sample(on_sale, 2):
            yield cart_id(number), offer.variant_id, chance.randrange(1, 3), offer.amount


def order_number(number: int) -> str:
    """A number for people, as ordering's own look: all different, in no visible order."""
    left = (number * 48_271 + 7_777_777) * 1_000_003 % len(_ALPHABET) ** 10
    characters = ""
    for _ in range(10):
        left, digit = divmod(left, len(_ALPHABET))
        characters += _ALPHABET[digit]
    return f"{characters[:5]}-{characters[5:]}"


def _draw_order(
    chance: random.Random, block: _Block, offers: list[Offer], *, users: int, number: int, share: float
) -> None:
    at = instant_of(share)
    checkout, order = identifier(Kind.CHECKOUT, number, share), identifier(Kind.ORDER, number, share)
    buyer = int(users * chance.random() ** 1.5)
    owner = None if chance.random() < _GUESTS else user_id(buyer)
    bought = {int(len(offers) * chance.random() ** 1.3) for _ in range(number % 4 + 1)}
    subtotal = 0
    for index in bought:
        offer, quantity = offers[index], chance.choice((1, 1, 1, 2, 3))
        amount = quantity * offer.amount
        subtotal += amount
        block.lines.append(
            (
                checkout, offer.variant_id, offer.product_id, offer.name, offer.title, offer.sku, quantity,
                offer.amount, amount,
            )
        )  # fmt: skip
    status = chance.choices(_STATUSES, _SHARES)[0]
    cancelled = status == "cancelled"
    amounts = (subtotal, 490, 0, 0, subtotal + 490)
    block.checkouts.append(
        (
            checkout, identifier(Kind.CART, number, share), owner, email(buyer), "USD", *amounts, ADDRESS,
            "expired" if cancelled else "paid", (at + timedelta(minutes=15)).isoformat(), at.isoformat(),
        )
    )  # fmt: skip
    moment = at.isoformat()
    block.orders.append(
        (
            order, order_number(number), checkout, owner, email(buyer), status, "USD", *amounts, ADDRESS,
            None if cancelled else "pi_" + order.replace("-", ""), None if cancelled else moment,
            moment if cancelled else None, moment,
        )
    )  # fmt: skip
