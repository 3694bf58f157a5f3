"""Each table is written by the context that owns it (architecture.md, rule 5). The owner is the module of its model,
or what stands before the underscore where a context has several (`ordering`, `ordering_pricing`).

Every string of the sources that is SQL is read, so a new writer shows up wherever it stands.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shared.models import everything
from shared.models.base import Base

ROOT = Path(__file__).resolve().parents[2]

# Who else writes a table, and why.
ALLOWED = {
    # What must be one transaction across contexts: a sale, a reservation, an order that becomes paid.
    "shared/transactions/stock.py": {"stock_levels", "stock_movements", "stock_reservations"},
    "shared/transactions/orders.py": {"orders", "returns"},
    "shared/transactions/coupons.py": {"coupons", "coupon_customers", "coupon_redemptions", "checkouts"},
    "shared/transactions/product_search.py": {"product_search_documents", "search_words"},
    "shared/transactions/order_records.py": {
        "orders",
        "order_items",
        "order_keys",
        "order_status_changes",
        "checkouts",
        "carts",
        "cart_items",
        "cart_coupons",
    },
    # Somebody is forgotten in all contexts, or in none.
    "shared/transactions/erasure.py": {
        "fraud_decisions",
        "payments",
        "refunds",
        "disputes",
        "carts",
        "coupon_customers",
        "coupon_redemptions",
        "checkouts",
        "orders",
        "order_keys",
        "order_status_changes",
        "shipments",
        "returns",
        "reviews",
        "review_media",
        "review_votes",
        "products",
        "media_files",
        "wishlist_items",
        "deliveries",
        "outbox_events",
    },
    "shared/transactions/retention.py": {"fraud_decisions", "deliveries", "checkouts"},
    # Machinery of the edge; the tables belong to operations, which also empties them.
    "shared/outbox.py": {"outbox_events"},
    "shared/audit.py": {"audit_entries"},
    "shared/web/idempotency.py": {"idempotency_keys"},
    # A shop to start with. Nothing else of operations writes what is not its own.
    "functions/operations/seed_repository.py": {
        "categories",
        "products",
        "product_images",
        "variants",
        "users",
        "login_sessions",
    },
    # A demo, which is a past that never was: its rows have dates that no route would give them.
    "functions/operations/demo_repository.py": {
        "users",
        "consent_changes",
        "coupons",
        "shipping_zones",
        "shipping_rates",
        "tax_rates",
        "reviews",
        "review_votes",
        "products",
    },
    "functions/operations/demo_order_repository.py": {
        "checkouts",
        "checkout_lines",
        "orders",
        "order_keys",
        "order_items",
        "order_status_changes",
        "shipments",
        "shipment_lines",
        "returns",
        "return_lines",
    },
    "functions/operations/demo_payment_repository.py": {
        "payments",
        "payment_status_changes",
        "refunds",
        "refund_lines",
        "ledger_transactions",
        "ledger_entries",
    },
}

# "FOR UPDATE" locks, and "DO UPDATE SET" belongs to the INSERT before it.
_WRITE = re.compile(
    r"""
    \b(?: INSERT\s+INTO | DELETE\s+FROM | MERGE\s+INTO | TRUNCATE(?:\s+TABLE)? | COPY
        | (?<!FOR\ )(?<!DO\ )(?<!NO\ KEY\ )UPDATE(?:\s+ONLY)? )
    \s+(?! SET\b | OF\b | SKIP\b | NOWAIT\b )
    (\{\w*\} | "?[a-z_]\w*"?)
    """,
    re.VERBOSE,
)


class Write(NamedTuple):
    """One statement that writes a table."""

    file: str
    line: int
    table: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} writes {self.table}"


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string of a source, with its line; what an f-string puts in stands as `{}`."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def writes_in(file: str, source: str) -> list[Write]:
    """The writes of one source."""
    return [
        Write(file, line, found.group(1).strip('"'))
        for line, text in strings(ast.parse(source))
        for found in _WRITE.finditer(text)
    ]


def every_write() -> list[Write]:
    """The writes of all functions and of the shared layer; migrations make tables, and are not read."""
    files = [
        path.relative_to(ROOT)
        for folder in ("functions", "shared")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    return [write for file in files for write in writes_in(file.as_posix(), (ROOT / file).read_text())]


def owners() -> dict[str, str]:
    """The owning context of every table."""
    everything()
    return {
        mapper.local_table.name: mapper.class_.__module__.rpartition(".")[2].partition("_")[0]  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
    }


def test_every_table_has_an_owner_that_exists() -> None:
    assert set(owners()) == set(everything().tables)
    for context in set(owners().values()):
        assert (ROOT / "functions" / context).is_dir()


def test_a_table_is_written_by_its_owner_only() -> None:
    owner = owners()
    strangers = [
        str(write)
        for write in every_write()
        if not write.file.startswith(f"functions/{owner.get(write.table)}/")
        and write.table not in ALLOWED.get(write.file, set())
    ]
    assert strangers == []


def test_every_exception_is_used() -> None:
    done = {(write.file, write.table) for write in every_write()}
    stated = {(file, table) for file, tables in ALLOWED.items() for table in tables}
    assert sorted(stated - done) == [], "an exception that nothing needs any more"


def test_every_table_but_the_service_keys_is_written_by_somebody() -> None:
    """So that a writer that this test does not see would be missed; service keys are made by their migration."""
    assert set(owners()) - {write.table for write in every_write()} == {"service_keys"}


@pytest.mark.parametrize(
    ("source", "table"),
    [
        ('"INSERT INTO orders (id) VALUES (1)"', "orders"),
        ('"""\\nWITH x AS (DELETE\\n  FROM orders) SELECT 1"""', "orders"),
        ('"UPDATE " "orders SET id = 1"', "orders"),
        ('f"UPDATE {table} SET id = 1"', "{}"),
        ('sql.SQL("INSERT INTO {name} VALUES (1)")', "{name}"),
        ('"UPDATE ONLY \\"orders\\" SET id = 1"', "orders"),
        ('"TRUNCATE TABLE orders"', "orders"),
        ('"COPY orders FROM STDIN"', "orders"),
    ],
)
def test_the_scan_sees_every_kind_of_write(source: str, table: str) -> None:
    assert [write.table for write in writes_in("x.py", f"statement = {source}")] == [table]


@pytest.mark.parametrize(
    "source",
    [
        '"SELECT 1 FROM orders FOR UPDATE OF orders SKIP LOCKED"',
        '"SELECT 1 FROM orders FOR NO KEY UPDATE"',
        '"SELECT 1 FROM orders ORDER BY id LIMIT 1 FOR UPDATE"',
    ],
)
def test_the_scan_takes_no_lock_for_a_write(source: str) -> None:
    assert writes_in("x.py", f"statement = {source}") == []
