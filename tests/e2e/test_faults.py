"""What stands behind the functions fails while customers buy: clear errors, and no harm once the fault is over."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks import bench_faults
from tests.benchmarks.run import Run
from tests.benchmarks.scale import TINY
from tests.e2e.buyers import LONGEST_ANSWER_SECONDS, Buyers, buying
from tests.e2e.invariants import all_paid, assert_books_balance, assert_nothing_lost_nothing_twice
from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper

FAULT_SECONDS = 2.0
BUYERS = 2

Fault = Callable[[RunningSystem], None]


@pytest.fixture
def variant_id(admin: Shopper) -> str:
    """Something to buy, of which there is enough."""
    body = {"name": "Storm Lantern", "currency": "USD", "variants": [{"price_amount": 700, "stock": 10_000}]}
    made: str = admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()["variants"][0]["id"]
    return made


def _buy_through(system: RunningSystem, variant_id: str, fault: Fault) -> Buyers:
    """Buyers before, during and after the fault; what must hold whatever it was."""
    with buying(system, variant_id, count=BUYERS) as buyers:
        eventually(lambda: buyers.bought_since(0.0) >= 1)
        fault(system)
        over = time.monotonic()
        eventually(lambda: buyers.bought_since(over) >= BUYERS or buyers.ledger.wrongs, seconds=40)
    assert buyers.ledger.wrongs == []
    eventually(lambda: all_paid(system, buyers.ledger.purchases), seconds=45)
    _sweep(system)
    assert buyers.ledger.longest < LONGEST_ANSWER_SECONDS
    assert_nothing_lost_nothing_twice(system, buyers.ledger.purchases, seconds=45)
    return buyers


def _sweep(system: RunningSystem) -> None:
    """As if the quarter of a minute were over after which the sweeper takes events for abandoned."""
    system.sql("UPDATE outbox_events SET created_at = created_at - interval '1 minute'"
               " WHERE published_at IS NULL RETURNING 1")  # fmt: skip
    system.run_schedule("operations.sweep_outbox")


def _refusing(service: str, *, seconds: float = FAULT_SECONDS, **how: object) -> Fault:
    def fault(system: RunningSystem) -> None:
        system.refuse(service, **how)
        time.sleep(seconds)
        system.recover()

    return fault


def _stripe(**how: object) -> Fault:
    def fault(system: RunningSystem) -> None:
        system.stripe_control("POST", "/faults", {"path_prefix": "/v1/payment_intents", **how})
        time.sleep(FAULT_SECONDS)
        system.recover()

    return fault


def test_a_restart_of_the_database_is_answered_503_and_forgotten(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, lambda system: system.restart_database(seconds=FAULT_SECONDS))
    assert set(buyers.ledger.refusals) == {"503 temporarily_unavailable"}


def test_a_bus_that_refuses_delays_mails_and_nothing_else(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, _refusing("events"))
    assert not buyers.ledger.refusals


def test_a_queue_that_refuses_makes_stripe_send_its_events_again(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, _refusing("sqs", operation="SendMessage"))
    assert not buyers.ledger.refusals
    deliveries = system.stripe_control("GET", "/deliveries")["deliveries"]
    assert {503, 200} <= {attempt["status"] for delivery in deliveries for attempt in delivery["attempts"]}


def test_counters_that_refuse_stop_payments_only(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, _refusing("dynamodb", seconds=4.0))
    assert set(buyers.ledger.refusals) == {"503 temporarily_unavailable"}


def test_mails_that_are_refused_are_sent_later(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, _refusing("ses"))
    assert not buyers.ledger.refusals


def test_errors_of_stripe_are_answered_503_and_paid_once(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, _stripe(status=500))
    assert set(buyers.ledger.refusals) <= {"503 payment_provider_unavailable"}


def test_errors_of_stripe_after_the_effect_are_paid_once(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, _stripe(status=503, applied=True, times=6))
    assert set(buyers.ledger.refusals) <= {"503 payment_provider_unavailable"}


def test_a_stripe_that_does_not_answer_in_time_is_asked_again(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, _stripe(delay_seconds=8, delay="after", times=BUYERS))
    assert set(buyers.ledger.refusals) <= {"503 payment_provider_unavailable"}


def test_storage_that_refuses_refuses_uploads_and_sells_on(
    system: RunningSystem, variant_id: str, admin: Shopper, tmp_path: Path
) -> None:
    file = tmp_path / "one-product.csv"
    file.write_text("Handle,Title,Variant Price\nstorage-box,Storage Box,12.50\n", encoding="utf-8")

    def fault(system: RunningSystem) -> None:
        system.refuse("s3")
        reply = admin.call(
            "POST",
            "/api/v1/admin/products/import",
            content=file.read_bytes(),
            headers={"Content-Type": "text/csv"},
            expect=503,
        )
        assert reply.headers["content-type"] == "application/problem+json"
        assert int(reply.headers["retry-after"]) > 0
        system.recover()

    buyers = _buy_through(system, variant_id, fault)
    assert not buyers.ledger.refusals
    imported = admin.import_products(file)
    assert (imported["status"], imported["products_created"], imported["errors"]) == ("completed", 1, [])
    eventually(lambda: not system.sql("SELECT 1 FROM outbox_events WHERE published_at IS NULL"))
    assert_books_balance(system)


def test_a_bus_that_does_not_answer_holds_no_sale_up(system: RunningSystem, variant_id: str) -> None:
    buyers = _buy_through(system, variant_id, _refusing("events", status=None, delay_seconds=20))
    assert not buyers.ledger.refusals
    assert buyers.ledger.longest < 10


def test_counters_that_do_not_answer_make_payments_wait_and_nothing_else(
    system: RunningSystem, variant_id: str
) -> None:
    buyers = _buy_through(system, variant_id, _refusing("dynamodb", status=None, delay_seconds=10))
    assert set(buyers.ledger.refusals) <= {"503 temporarily_unavailable"}
    assert buyers.ledger.longest < 10


def test_the_benchmark_buys_through_a_storm_and_compares_the_books(system: RunningSystem, tmp_path: Path) -> None:
    seed = 185  # draws one short fault of Stripe's
    bench_faults.bench_on(system, Run(scale=TINY, results=tmp_path, seed=seed))
    found = json.loads((tmp_path / "faults.json").read_text())
    assert found["faults"] == {"Stripe answers 500": 1}
    assert found["purchases"] > 0
    assert found["lost_or_twice"] == 0
