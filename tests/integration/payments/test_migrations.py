"""The schema's step from one payment provider to several, with rows on both sides of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from shared.migrations import runner
from tests.support import databases

ONE_PROVIDER, SEVERAL_PROVIDERS, CONTRACTED = "0018", "0019", "0020"

# As the version before 0019 writes them.
_CHECKOUT = """
INSERT INTO checkouts (cart_id, email, currency, subtotal_amount, shipping_amount, tax_amount, discount_amount,
    total_amount, shipping_address, expires_at)
VALUES (uuidv7(), 'ada@example.com', 'USD', 2497, 0, 0, 0, 2497, '{}', now()) RETURNING id
"""
_PAYMENT = """
INSERT INTO payments (checkout_id, provider, provider_payment_id, amount, currency) VALUES (%s, %s, %s, 2497, 'USD')
ON CONFLICT DO NOTHING RETURNING id
"""
_REFUND = """
INSERT INTO refunds (payment_id, amount, currency, reason, actor, provider_refund_id, next_attempt_at, updated_at)
VALUES (%s, 500, 'USD', 'goodwill', 'system', %s, now(), '2026-01-01T00:00:00Z') RETURNING id
"""
_DECISION = """
INSERT INTO fraud_decisions (stage, decision, reasons, checkout_id, payment_id, provider_charge_id)
VALUES ('charge', 'allow', '{}', uuidv7(), %s, 'ch_1') ON CONFLICT (provider_charge_id) DO NOTHING
"""
_POSTING = """
WITH moved AS (
    INSERT INTO ledger_transactions (kind, source_id, provider, payment_id, occurred_at)
    VALUES ('capture', 'ch_1', 'stripe', %s, now()) ON CONFLICT (kind, source_id) DO NOTHING RETURNING id
)
INSERT INTO ledger_entries (transaction_id, account, currency, amount)
SELECT id, account, 'USD', amount FROM moved,
    (VALUES ('provider_balance', 2497), ('customer_receivable', -2497)) AS e (account, amount)
"""


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A database of the version that knows one provider."""
    with databases.another_database(database_url) as address:
        runner.upgrade(address, ONE_PROVIDER)
        yield address


@pytest.fixture
def connection(url: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as made:
        yield made


def a_sale(connection: psycopg.Connection[dict[str, Any]], provider: str = "stripe", number: str = "1") -> Any:
    """A payment with a refund; its id."""
    checkout = one(connection, _CHECKOUT)["id"]
    payment = one(connection, _PAYMENT, checkout, provider, f"pi_{number}")["id"]
    one(connection, _REFUND, payment, f"re_{number}")
    return payment


def one(connection: psycopg.Connection[dict[str, Any]], statement: str, *parameters: Any) -> dict[str, Any]:
    row = connection.execute(statement, parameters).fetchone()
    assert row is not None
    return row


def test_rows_of_one_provider_are_kept_up_and_down_and_up_again(
    url: str, connection: psycopg.Connection[dict[str, Any]]
) -> None:
    payment = a_sale(connection)
    a_sale(connection, "sample", "2")
    connection.execute(_DECISION, (payment,))
    connection.execute(_POSTING, (payment,))
    for _ in range(2):
        runner.upgrade(url, SEVERAL_PROVIDERS)
        providers = "SELECT provider, updated_at < '2026-01-02' AS untouched FROM refunds ORDER BY id"
        assert [tuple(row.values()) for row in connection.execute(providers)] == [("stripe", True), ("sample", True)]
        assert one(connection, "SELECT provider FROM fraud_decisions") == {"provider": "stripe"}
        subject = "SELECT subject_kind, subject_id = checkout_id AS same FROM payments WHERE id = %s"
        assert one(connection, subject, payment) == {"subject_kind": "checkout", "same": True}
        assert one(connection, "SELECT count(*) AS entries FROM ledger_entries WHERE owner = ''") == {"entries": 2}
        runner.downgrade(url, ONE_PROVIDER)
        assert one(connection, "SELECT sum(amount) AS amount FROM refunds") == {"amount": 1000}
        assert one(connection, "SELECT count(*) AS entries FROM ledger_entries") == {"entries": 2}


def test_closed_days_are_one_balance_per_account_again_after_a_downgrade(
    url: str, connection: psycopg.Connection[dict[str, Any]]
) -> None:
    connection.execute("INSERT INTO ledger_closings VALUES ('2026-11-19', 'provider_balance', 'USD', 100)")
    runner.upgrade(url, CONTRACTED)
    connection.execute(
        "INSERT INTO ledger_closings (day, account, owner, currency, amount)"
        " VALUES ('2026-11-19', 'provider_balance', 'stripe', 'USD', 7), ('2026-11-19', 'sales', '', 'USD', -107)"
    )
    runner.downgrade(url, ONE_PROVIDER)
    closed = connection.execute("SELECT account, amount FROM ledger_closings ORDER BY account").fetchall()
    assert [tuple(row.values()) for row in closed] == [("provider_balance", 107), ("sales", -107)]
    runner.upgrade(url, CONTRACTED)
    assert one(connection, "SELECT sum(amount) AS amount FROM ledger_closings") == {"amount": 0}


def test_the_version_before_goes_on_working_after_the_upgrade(
    url: str, connection: psycopg.Connection[dict[str, Any]]
) -> None:
    runner.upgrade(url, SEVERAL_PROVIDERS)
    payment = a_sale(connection)
    for _ in range(2):
        connection.execute(_DECISION, (payment,))
        connection.execute(_POSTING, (payment,))
    assert one(connection, "SELECT count(*) AS entries FROM ledger_entries") == {"entries": 2}
    assert one(connection, "SELECT count(*) AS decisions FROM fraud_decisions") == {"decisions": 1}
    checkout = one(connection, "SELECT checkout_id FROM payments")["checkout_id"]
    assert connection.execute(_PAYMENT, (checkout, "stripe", "pi_another")).fetchone() is None  # one lives already
