"""From one status to three states: orders of the version before, and that version on the new schema."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from shared.migrations import runner
from tests.support import databases

ONE_STATUS, THREE_STATES, CONTRACTED = "0027", "0031", "0032"
BEFORE_CREDIT_NOTES, CREDIT_NOTES = "0034", "0035"

_PRODUCT = """
INSERT INTO products (slug, name, currency, price_min, price_max)
VALUES (%(name)s, %(name)s, 'USD', 1000, 1000) RETURNING id
"""
_VARIANT = """
INSERT INTO variants (product_id, position, price_amount, requires_shipping)
VALUES (%(product)s, 1, 1000, %(ships)s) RETURNING id
"""
_CHECKOUT = """
INSERT INTO checkouts (cart_id, email, currency, subtotal_amount, shipping_amount, tax_amount, discount_amount,
    total_amount, shipping_address, expires_at)
VALUES (uuidv7(), 'ada@example.com', 'USD', %(total)s, 0, 0, 0, %(total)s, '{}', now()) RETURNING id
"""
_ORDER = """
INSERT INTO orders (number, checkout_id, email, status, currency, subtotal_amount, shipping_amount, tax_amount,
    discount_amount, total_amount, payment_intent_id, paid_at, cancelled_at)
VALUES (substr(md5(random()::text), 1, 12), %(checkout)s, 'ada@example.com', %(status)s, 'USD', %(total)s, 0, 0, 0,
    %(total)s, %(intent)s, CASE WHEN %(paid)s THEN now() END, CASE WHEN %(cancelled)s THEN now() END) RETURNING id
"""
_ITEM = """
INSERT INTO order_items (order_id, variant_id, product_id, name, variant_title, quantity, unit_amount, total_amount)
VALUES (%(order)s, %(variant)s, %(product)s, 'Pot', '', %(quantity)s, 1000, %(quantity)s * 1000) RETURNING id
"""
_PAYMENT = """
INSERT INTO payments (checkout_id, order_id, provider, provider_payment_id, amount, amount_captured, amount_refunded,
    currency, status)
VALUES (%(checkout)s, %(order)s, 'stripe', %(intent)s, %(total)s, %(total)s, %(refunded)s * 1000, 'USD', 'succeeded')
RETURNING id
"""
_REFUND = """
INSERT INTO refunds (payment_id, order_id, provider, amount, currency, status, reason, actor, next_attempt_at)
VALUES (%(payment)s, %(order)s, 'stripe', %(refunded)s * 1000, 'USD', 'succeeded', 'other', 'system', now())
RETURNING id
"""
_SHIPMENT = """
INSERT INTO shipments (order_id, carrier, status, actor, delivered_at)
VALUES (%(order)s, 'dhl', %(parcel)s::text, 'admin:1', CASE WHEN %(parcel)s::text = 'delivered' THEN now() END)
RETURNING id
"""

Row = dict[str, Any]


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    with databases.another_database(database_url) as address:
        runner.upgrade(address, ONE_STATUS)
        yield address


@pytest.fixture
def connection(url: str) -> Iterator[psycopg.Connection[Row]]:
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as made:
        yield made


def one(connection: psycopg.Connection[Row], statement: str, **parameters: Any) -> Any:
    row = connection.execute(statement, parameters).fetchone()
    assert row is not None
    return row["id"]


def an_order(
    connection: psycopg.Connection[Row],
    *statuses: str,
    quantity: int = 2,
    shipped: int = 0,
    parcel: str = "shipped",
    refunded: int = 0,
    ships: bool = True,
) -> Any:
    """An order as the version before left it, after these statuses; its id."""
    name = f"pot-{one(connection, 'SELECT uuidv7() AS id')}"
    values: Row = {"name": name, "quantity": quantity, "total": quantity * 1000, "refunded": refunded, "ships": ships}
    values |= {"status": statuses[-1], "paid": "paid" in statuses, "cancelled": "cancelled" in statuses, "intent": name}
    values["product"] = one(connection, _PRODUCT, **values)
    values["variant"] = one(connection, _VARIANT, **values)
    values["checkout"] = one(connection, _CHECKOUT, **values)
    values["order"] = one(connection, _ORDER, **values)
    values["item"] = one(connection, _ITEM, **values)
    for before, after in zip((None, *statuses), statuses, strict=False):
        connection.execute(
            "INSERT INTO order_status_changes (order_id, before, after, actor) VALUES (%s, %s, %s, 'system')",
            (values["order"], before, after),
        )
    if values["paid"]:
        values["payment"] = one(connection, _PAYMENT, **values)
    if refunded:
        refund = one(connection, _REFUND, **values)
        columns = "refund_id, order_item_id, quantity, amount, tax_amount"
        line = f"INSERT INTO refund_lines ({columns}) VALUES (%s, %s, %s, %s, 0)"
        connection.execute(line, (refund, values["item"], refunded, refunded * 1000))
    if shipped:
        shipment = one(connection, _SHIPMENT, parcel=parcel, **values)
        connection.execute("INSERT INTO shipment_lines VALUES (%s, %s, %s)", (shipment, values["item"], shipped))
    return values["order"]


PAST: dict[str, tuple[Row, tuple[str, str, str, str]]] = {
    "pending": ({"statuses": ["pending"]}, ("open", "unpaid", "unfulfilled", "pending")),
    "expired": ({"statuses": ["pending", "cancelled"]}, ("cancelled", "unpaid", "unfulfilled", "cancelled")),
    "paid": ({"statuses": ["paid"]}, ("open", "paid", "unfulfilled", "paid")),
    "picked": ({"statuses": ["paid", "processing"]}, ("open", "paid", "processing", "processing")),
    "partly shipped": (
        {"statuses": ["paid", "processing"], "shipped": 1}, ("open", "paid", "partially_shipped", "processing")
    ),
    "shipped": ({"statuses": ["paid", "shipped"], "shipped": 2}, ("open", "paid", "shipped", "shipped")),
    "delivered": (
        {"statuses": ["paid", "shipped", "delivered"], "shipped": 2, "parcel": "delivered"},
        ("completed", "paid", "delivered", "delivered"),
    ),
    "delivered, then a goodwill refund": (
        {
            "statuses": ["paid", "shipped", "delivered", "partially_refunded"], "shipped": 2, "parcel": "delivered",
            "refunded": 1,
        },
        ("completed", "partially_refunded", "delivered", "delivered"),
    ),
    "one refunded, the rest arrived, and never ended": (
        {"statuses": ["paid", "partially_refunded", "processing"], "quantity": 3, "shipped": 2, "parcel": "delivered",
         "refunded": 1},
        ("completed", "partially_refunded", "delivered", "delivered"),
    ),
    "one refunded, nothing shipped": (
        {"statuses": ["paid", "partially_refunded"], "refunded": 1},
        ("open", "partially_refunded", "unfulfilled", "partially_refunded"),
    ),
    "refunded": (
        {"statuses": ["paid", "refunded"], "refunded": 2}, ("completed", "refunded", "unfulfilled", "refunded")
    ),
    "cancelled and refunded": (
        {"statuses": ["paid", "cancelled", "refunded"], "refunded": 2},
        ("cancelled", "refunded", "unfulfilled", "refunded"),
    ),
    "a file that nobody marked as delivered": (
        {"statuses": ["paid"], "ships": False}, ("completed", "paid", "delivered", "delivered")
    ),
}  # fmt: skip
STATES = "SELECT state, payment_status, fulfilment_status, status FROM orders WHERE id = %s"


def test_orders_get_the_states_that_their_past_says(url: str, connection: psycopg.Connection[Row]) -> None:
    made = {}
    for name, (past, _) in PAST.items():
        options = dict(past)
        made[name] = an_order(connection, *options.pop("statuses"), **options)
    runner.upgrade(url, THREE_STATES)
    found = {name: tuple(connection.execute(STATES, (order,)).fetchone().values()) for name, order in made.items()}  # type: ignore[union-attr]
    assert found == {name: states for name, (_, states) in PAST.items()}
    units = connection.execute(
        "SELECT removed, remaining, refunded FROM ordering_units WHERE order_id = %s",
        (made["one refunded, nothing shipped"],),
    ).fetchone()
    assert units == {"removed": 1, "remaining": 1, "refunded": 1}
    counted = "SELECT sum(refunded_quantity) AS units, sum(refunded_amount) AS amount FROM order_items"
    assert connection.execute(counted).fetchone() == {"units": 7, "amount": 7000}

    runner.upgrade(url, CONTRACTED)
    runner.downgrade(url, ONE_STATUS)
    kept = {
        name: connection.execute("SELECT status FROM orders WHERE id = %s", (made[name],)).fetchone() for name in made
    }
    assert {name: row and row["status"] for name, row in kept.items()} == {name: s[3] for name, (_, s) in PAST.items()}
    runner.upgrade(url, CONTRACTED)
    again = {name: tuple(connection.execute(STATES, (order,)).fetchone().values()) for name, order in made.items()}  # type: ignore[union-attr]
    assert again == found
    runner.upgrade(url)
    assert runner.drift(url) == []


def test_the_version_before_sells_and_ships_on_the_new_schema(url: str, connection: psycopg.Connection[Row]) -> None:
    runner.upgrade(url, THREE_STATES)
    order = an_order(connection, "pending")
    for status, states in (
        ("paid", ("open", "paid", "unfulfilled", "paid")),
        ("processing", ("open", "paid", "processing", "processing")),
        ("shipped", ("open", "paid", "shipped", "shipped")),
        ("delivered", ("completed", "paid", "delivered", "delivered")),
        ("refunded", ("completed", "refunded", "delivered", "refunded")),
    ):
        connection.execute("UPDATE orders SET status = %s, version = version + 1 WHERE id = %s", (status, order))
        row = connection.execute(STATES, (order,)).fetchone()
        assert row is not None
        assert tuple(row.values()) == states


def test_owed_units_become_a_movement_when_they_are_no_longer_counted(
    url: str, connection: psycopg.Connection[Row]
) -> None:
    runner.upgrade(url, THREE_STATES)
    product = one(connection, _PRODUCT, name="jug")
    variant = one(connection, _VARIANT, product=product, ships=True)
    connection.execute(
        "INSERT INTO stock_levels (variant_id, on_hand, owed, allow_backorder) VALUES (%s, 0, 4, true)", (variant,)
    )
    connection.execute("INSERT INTO stock_movements (variant_id, quantity, reason) VALUES (%s, -4, 'sale')", (variant,))
    runner.downgrade(url, ONE_STATUS)
    row = connection.execute(
        "SELECT l.on_hand, sum(m.quantity) AS moved FROM stock_levels l JOIN stock_movements m USING (variant_id)"
        " GROUP BY l.on_hand"
    ).fetchone()
    assert row == {"on_hand": 0, "moved": 0}


def test_invoices_keep_number_and_day_on_the_way_up_and_down(url: str, connection: psycopg.Connection[Row]) -> None:
    order = an_order(connection, "paid")
    connection.execute("INSERT INTO invoice_series (year, last_sequence) VALUES (2024, 3)")
    connection.execute(
        "INSERT INTO invoices (order_id, year, sequence, issued_at) VALUES (%s, 2024, 3, '2024-12-31T23:30:00Z')",
        (order,),
    )
    runner.upgrade(url, CREDIT_NOTES)
    assert connection.execute("SELECT issued_on, contents FROM invoices").fetchall() == [
        {"issued_on": date(2024, 12, 31), "contents": None}
    ]
    connection.execute("UPDATE invoices SET contents = '{}', buyer = '{}'")
    connection.execute(
        "INSERT INTO credit_notes (order_id, refund_id, year, sequence, issued_on, contents)"
        " VALUES (%s, uuidv7(), 2025, 1, '2025-01-01', '{}')",
        (order,),
    )
    runner.downgrade(url, BEFORE_CREDIT_NOTES)
    assert connection.execute("SELECT year, sequence FROM invoices").fetchall() == [{"year": 2024, "sequence": 3}]
    connection.execute("DELETE FROM invoices")
    runner.upgrade(url, CREDIT_NOTES)
