"""Amounts in kronur become whole ones, and nothing else changes; the ledger goes on adding up."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import dict_row

from shared.migrations import runner
from tests.support import databases

HUNDREDTHS, WHOLE = "0027", "0028"

_OLD_ROWS = """
INSERT INTO products (name, slug, currency, price_min, price_max)
    VALUES ('Lopapeysa', 'lopapeysa', 'ISK', 2990000, 2990000), ('Mug', 'mug', 'EUR', 2990000, 2990000);
INSERT INTO variants (product_id, price_amount, position)
    SELECT id, 2990000, 1 FROM products;
INSERT INTO checkouts (cart_id, email, currency, subtotal_amount, shipping_amount, tax_amount, discount_amount,
    total_amount, shipping_address, expires_at)
    VALUES (uuidv7(), 'ada@example.com', 'ISK', 2990000, 150000, 0, 0, 3140000, '{}', now());
INSERT INTO payments (checkout_id, provider, provider_payment_id, amount, amount_captured, currency)
    SELECT id, 'stripe', 'pi_1', 3140000, 3140000, 'ISK' FROM checkouts;
WITH zone AS (INSERT INTO shipping_zones (name, countries) VALUES ('Island', '{IS}') RETURNING id)
INSERT INTO shipping_rates (zone_id, name, kind, currency, bands, free_from_amount)
    SELECT id, 'By price', 'by_subtotal', 'ISK', '[{"up_to": 500000, "amount": 99000}, {"up_to": null, "amount": 0}]',
        1000000 FROM zone;
WITH moved AS (
    INSERT INTO ledger_transactions (kind, source_id, provider, occurred_at)
    VALUES ('capture', 'ch_1', 'stripe', now()) RETURNING id
)
INSERT INTO ledger_entries (transaction_id, account, currency, amount)
    SELECT id, account, 'ISK', amount FROM moved,
        (VALUES ('provider_balance', 3048910), ('provider_fees', 91090), ('customer_receivable', -3140000)) AS e
            (account, amount);
"""


def test_kronur_are_whole_afterwards_and_hundredths_again_before(database_url: str) -> None:
    with databases.another_database(database_url) as url:
        runner.upgrade(url, HUNDREDTHS)
        with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
            connection.execute(_OLD_ROWS)
            before = amounts(connection)
            runner.upgrade(url, WHOLE)
            assert amounts(connection) == {
                "prices": [29_900] * 3 + [2_990_000] * 3,
                "checkout": [31_400, 1_500],
                "payment": [31_400, 31_400],
                "rate": [10_000, [{"amount": 990, "up_to": 5000}, {"amount": 0, "up_to": None}]],
                "ledger": [-31_400, 911, 30_489],
            }
            runner.downgrade(url, HUNDREDTHS)
            again = amounts(connection)
            assert again.pop("ledger") == [-3_140_000, 91_100, 3_048_900]  # the rounded fee stays rounded
            assert again == {name: values for name, values in before.items() if name != "ledger"}


def amounts(connection: psycopg.Connection[dict[str, Any]]) -> dict[str, list[Any]]:
    """What the tables say, by what it is about."""

    def rows(statement: str) -> list[Any]:
        return [value for row in connection.execute(statement.encode()) for value in row.values()]

    return {
        "prices": rows(
            "SELECT price_amount, price_min, price_max FROM variants v JOIN products p ON p.id = v.product_id"
            " ORDER BY p.currency DESC"
        ),
        "checkout": rows("SELECT total_amount, shipping_amount FROM checkouts"),
        "payment": rows("SELECT amount, amount_captured FROM payments"),
        "rate": rows("SELECT free_from_amount, bands FROM shipping_rates"),
        "ledger": rows("SELECT amount FROM ledger_entries ORDER BY amount"),
    }
