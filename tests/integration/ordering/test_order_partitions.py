"""Orders lie in months: where they are found, what a list reads of them, and the months that are made ahead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.ordering.service import order_partitions
from shared import process
from shared.contexts.ordering import order_writes
from shared.migrations import runner
from tests.factories.ordering import Shopper, variant
from tests.support import databases
from tests.support.contenders import at_once
from tests.support.lambda_client import Context

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime.now(UTC)


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    """A migrated database whose partitions nobody else needs."""
    with databases.another_database(database_url) as address:
        runner.upgrade(address)
        yield address


def months(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'orders'::regclass AND c.relname ~ '[0-9]' ORDER BY 1"
        )
        return [row[0] for row in rows]


def extend(url: str, earliest: datetime, latest: datetime) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT extend_order_partitions(%s, %s)", (earliest, latest)).fetchone()
        assert row is not None
        made: int = row[0]
        return made


def month_names(first: datetime, count: int) -> list[str]:
    start = first.year * 12 + first.month - 1
    return [f"orders_{number // 12:04}_{number % 12 + 1:02}" for number in range(start, start + count)]


def month_later(count: int) -> datetime:
    """A moment in the month that is `count` months from now."""
    number = NOW.year * 12 + NOW.month - 1 + count
    return datetime(number // 12, number % 12 + 1, 15, tzinfo=UTC)


def test_a_new_database_has_the_last_month_this_one_and_three_ahead(url: str) -> None:
    assert months(url) == month_names(month_later(-1), 5)


def test_months_are_made_on_both_sides_without_a_gap_and_once(url: str) -> None:
    assert extend(url, month_later(-4), month_later(5)) == 3 + 2
    assert months(url) == month_names(month_later(-4), 10)
    assert extend(url, month_later(-4), month_later(5)) == 0
    assert extend(url, month_later(-1), month_later(0)) == 0
    assert runner.drift(url) == []


def test_runs_at_once_make_each_month_once(environment: None, url: str) -> None:
    assert sorted(at_once(3, lambda _: extend(url, NOW, month_later(6)))) == [0, 0, 3]


def test_an_order_lies_in_the_month_of_its_id(guest: Shopper, db: Session) -> None:
    guest.buy(variant(db))
    [(partition, created_at, moment)] = db.execute(
        text("SELECT tableoid::regclass::text, created_at, uuid_extract_timestamp(id) FROM orders")
    )
    assert partition == f"orders_{moment:%Y_%m}"
    assert created_at == moment


@pytest.mark.parametrize(("moment", "partition"), [("1999-12-31", "orders_before"), ("2999-01-01", "orders_after")])
def test_an_order_of_a_month_that_nobody_made_is_kept_all_the_same(
    moment: str, partition: str, guest: Shopper, db: Session
) -> None:
    order = guest.buy(variant(db))
    row = db.execute(
        text(
            "WITH old AS (DELETE FROM orders WHERE id = :id RETURNING *)"
            " INSERT INTO orders (id, number, checkout_id, email, currency, subtotal_amount, shipping_amount,"
            "  tax_amount, discount_amount, total_amount, shipping_address)"
            " SELECT overlay(uuidv7_floor(:moment)::text PLACING '7000-8000' FROM 15 FOR 9)::uuid, number, checkout_id,"
            "  email, currency, subtotal_amount, shipping_amount, tax_amount, discount_amount, total_amount,"
            "  shipping_address FROM old"
            " RETURNING tableoid::regclass::text, created_at::date::text"
        ),
        {"id": order["id"], "moment": moment},
    ).one()
    db.rollback()
    assert tuple(row) == (partition, moment)


def test_a_number_that_is_taken_is_drawn_again(guest: Shopper, db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the order that has it lies in another month."""
    drawn = iter(["AAAAA-AAAAA", "AAAAA-AAAAA", "BBBBB-BBBBB"])
    monkeypatch.setattr(order_writes, "_draw_number", lambda: next(drawn))
    assert [guest.buy(variant(db))["number"] for _ in range(2)] == ["AAAAA-AAAAA", "BBBBB-BBBBB"]


def executed_on(plan: dict[str, Any]) -> list[str]:
    """The partitions that a plan was executed on."""
    own = [plan["Relation Name"]] if "Relation Name" in plan and plan["Actual Loops"] else []
    return own + [name for child in plan.get("Plans", []) for name in executed_on(child)]


def analyzed(db: Session, statement: str, **parameters: object) -> list[str]:
    """The partitions of orders that the statement reads."""
    plan = db.execute(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"), parameters).scalar_one()
    return [name for name in executed_on(plan[0]["Plan"]) if name.startswith("orders")]


def test_a_list_reads_the_newest_months_and_stops(customer: Shopper, db: Session) -> None:
    """Not one row of every month, as sorting by anything but the id would."""
    for _ in range(3):
        order = customer.buy(variant(db))
    moment = datetime.fromisoformat(order["created_at"])
    newest = ["orders_after", *reversed(month_names(month_later(0), 4))]
    page = "SELECT id FROM orders WHERE user_id IS NOT NULL ORDER BY id DESC LIMIT 2"
    assert analyzed(db, page) == newest
    assert analyzed(db, "SELECT id FROM orders WHERE id = :id", id=order["id"]) == [f"orders_{moment:%Y_%m}"]
    assert analyzed(
        db,
        "SELECT o.id FROM orders o WHERE o.id = (SELECT order_id FROM order_keys WHERE checkout_id = :id)",
        id=order["checkout_id"],
    ) == [f"orders_{moment:%Y_%m}"]


@pytest.mark.parametrize(
    ("moment", "floor"),
    [
        ("1969-07-20T20:17:40Z", "00000000-0000-0000-0000-000000000000"),
        ("1970-01-01T00:00:00.001Z", "00000000-0001-0000-0000-000000000000"),
        ("1970-01-01T00:00:00.0011Z", "00000000-0002-0000-0000-000000000000"),
        ("2026-11-20T00:00:00Z", "01a1f640-bc00-0000-0000-000000000000"),
        ("9999-12-31T23:59:59.999Z", "e677d21f-dbff-0000-0000-000000000000"),
    ],
)
def test_the_smallest_id_of_a_moment_begins_with_its_millisecond(moment: str, floor: str, db: Session) -> None:
    assert str(db.execute(text("SELECT uuidv7_floor(:moment)"), {"moment": moment}).scalar_one()) == floor


def run_job(sample: dict[str, Any]) -> Any:
    from functions.ordering.handlers.prepare_partitions import handler

    return handler(sample, Context())


@pytest.fixture
def sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "events/ordering/prepare_partitions.json").read_text())
    return found


def test_the_daily_job_makes_what_is_missing(
    url: str, environment: None, monkeypatch: pytest.MonkeyPatch, sample: dict[str, Any]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(order_partitions, "MONTHS_AHEAD", 5)  # as if the job had not run for two months
    process.reset()
    assert run_job(sample) == {"months": 2}
    assert run_job(sample) == {"months": 0}
    assert months(url) == month_names(month_later(-1), 7)
    process.reset()


def test_the_job_waits_for_orders_that_are_locked_and_gives_up_in_the_end(
    url: str, environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(order_partitions, "MONTHS_AHEAD", 4)
    monkeypatch.setattr(order_partitions, "ATTEMPTS", 2)
    process.reset()
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE orders IN ROW EXCLUSIVE MODE")  # as a purchase does
        with pytest.raises(psycopg.errors.LockNotAvailable):
            order_partitions.prepare(sleep=lambda _: None)
        assert order_partitions.prepare(sleep=lambda _: other.rollback()) == 1
    process.reset()
