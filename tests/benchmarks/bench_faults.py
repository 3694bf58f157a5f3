"""Buying through one failure after the other, for as long as is asked for; the books are compared at the end.

Part `faults`; `--minutes`, `--buyers`. Faults, their lengths and the pauses between them are drawn anew with each
`--seed`.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.run import Run
from tests.benchmarks.scale import Scale
from tests.e2e import running_system
from tests.e2e.buyers import Buyers, buying
from tests.e2e.invariants import all_paid, assert_nothing_lost_nothing_twice
from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper

LONGEST_SECONDS: Final = 8.0
"""Of a fault: a message that fails five times goes to the dead-letter queue, here after some 20 seconds."""

Fault = Callable[[RunningSystem, float], None]


def _refusing(service: str, **how: Any) -> Fault:
    def fault(system: RunningSystem, seconds: float) -> None:
        system.refuse(service, **how)
        time.sleep(seconds)
        system.recover()

    return fault


def _stripe(**how: Any) -> Fault:
    def fault(system: RunningSystem, seconds: float) -> None:
        system.stripe_control("POST", "/faults", {"path_prefix": "/v1/payment_intents", **how})
        time.sleep(seconds)
        system.recover()

    return fault


FAULTS: Final[dict[str, Fault]] = {
    "database restarts": lambda system, seconds: system.restart_database(seconds=seconds / 2),
    "bus refuses": _refusing("events"),
    "bus does not answer": _refusing("events", status=None, delay_seconds=20),
    "webhook queue refuses": _refusing("sqs", operation="SendMessage"),
    "counters refuse": _refusing("dynamodb"),
    "storage refuses": _refusing("s3"),
    "secrets cannot be read": _refusing("secretsmanager"),
    "mail is refused": _refusing("ses"),
    "Stripe answers 500": _stripe(status=500),
    "Stripe answers 503 after the effect": _stripe(status=503, applied=True),
    "Stripe does not answer": _stripe(delay_seconds=8, delay="after"),
}


def storm(system: RunningSystem, buyers: Buyers, *, minutes: float, chance: random.Random) -> Counter[str]:
    """Fault after fault, each once before any comes again; gives how often each came."""
    came: Counter[str] = Counter()
    ends = time.monotonic() + minutes * 60
    waiting: list[str] = []
    while time.monotonic() < ends and not buyers.ledger.wrongs:
        waiting = waiting or chance.sample(sorted(FAULTS), len(FAULTS))
        name = waiting.pop()
        FAULTS[name](system, chance.uniform(1.0, LONGEST_SECONDS))
        came[name] += 1
        over = time.monotonic()
        eventually(lambda over=over: buyers.bought_since(over) or buyers.ledger.wrongs, seconds=60)  # type: ignore[misc]
        time.sleep(chance.uniform(0.0, 2.0))
    return came


def buy_through(system: RunningSystem, scale: Scale, seed: int) -> dict[str, Any]:
    """Buy through a storm, let the system come to rest, and compare the books."""
    credentials = system.ready["admin"]
    admin = Shopper(system).log_in(credentials["email"], credentials["password"])
    body = {"name": "Storm Lantern", "currency": "USD", "variants": [{"price_amount": 700, "stock": 100_000}]}
    made = admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()
    chance = random.Random(seed)
    with buying(system, made["variants"][0]["id"], count=scale.buyers) as buyers:
        came = storm(system, buyers, minutes=scale.minutes, chance=chance)
    ledger = buyers.ledger
    assert ledger.wrongs == [], ledger.wrongs[:5]
    eventually(lambda: all_paid(system, ledger.purchases), seconds=90)
    # What failed last is swept by the schedule, which runs every minute and leaves the youngest events alone.
    assert_nothing_lost_nothing_twice(system, ledger.purchases, seconds=150)
    took = sorted(purchase.ended - purchase.began for purchase in ledger.purchases)
    return {
        "seed": seed,
        "faults": dict(came),
        "purchases": len(took),
        "median_seconds": round(statistics.median(took), 2),
        "longest_answer_seconds": round(ledger.longest, 1),
        "asked_to_come_again": dict(ledger.refusals),
        "lost_or_twice": 0,
    }


def bench(run: Run) -> None:
    """Measure on a system of the part's own."""
    folder = Path(tempfile.mkdtemp(prefix="sharestack-faults-"))
    system = running_system.start(folder)
    try:
        bench_on(system, run)
    finally:
        system.stop()
    shutil.rmtree(folder)


def bench_on(system: RunningSystem, run: Run) -> None:
    """Measure, print, keep."""
    result = buy_through(system, run.scale, run.seed)
    for name, value in result.items():
        print(f"{name:<24} {value}")
    run.write("faults", result)
