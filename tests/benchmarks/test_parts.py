"""Every part of `make bench` works, shown at a tiny size; how long anything takes is nobody's concern here.

The part `faults`, which needs a system of its own, runs on the one of `tests/e2e`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.__main__ import PARTS
from tests.benchmarks.stage import ROOT

PARTS_HERE = ("init", "warm", "routes", "gateway", "capacity", "drain", "recommendations")
WORDS = (
    "receive_webhook",
    "sweep_outbox",
    "newest 20",
    "two words",
    "one product by slug",
    "category tree",
    "add to cart",
    "check out",
    "place order",
    "my profile",
    "of recommendations",
)
"""Of what is measured, in whatever part; all of it would take a minute."""
ROUTES = {
    "products: newest 20",
    "search: two words",
    "one product by slug",
    "category tree",
    "add to cart",
    "check out",
    "place order",
    "my profile",
}

pytestmark = [
    pytest.mark.xdist_group("benchmarks"),  # one run for all of these tests
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run of all parts at once leaves behind."""
    folder = tmp_path_factory.mktemp("bench")
    command = [sys.executable, "-m", "tests.benchmarks", "--scale", "tiny", "--results", str(folder)]
    command += [argument for word in WORDS for argument in ("--only", word)]
    done = subprocess.run([*command, *PARTS_HERE], cwd=ROOT, capture_output=True, text=True, timeout=540, check=False)
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return folder


def read(results: Path, name: str) -> Any:
    return json.loads((results / f"{name}.json").read_text())


def test_no_part_is_left_out() -> None:
    assert {*PARTS_HERE, "faults"} == set(PARTS)


def test_starts_are_compared_with_those_of_a_null_handler(results: Path) -> None:
    rows = {row["function"]: row for row in read(results, "init")["functions"]}
    assert set(rows) == {"null", "raw", "operations.sweep_outbox", "payments.receive_webhook"}
    assert rows["null"]["to_null"] == 1.0


def test_warm_requests_are_compared_with_those_of_the_raw_handler(results: Path) -> None:
    rows = {row["request"]: row for row in read(results, "warm")["requests"]}
    assert rows["raw list 20"]["to_raw"] == 1.0
    assert {"null", "list 20 products", "webhook"} < set(rows)


def test_routes_are_measured_with_their_statements_and_plans(results: Path) -> None:
    rows = {row["route"]: row for row in read(results, "routes")["routes"]}
    assert set(rows) == ROUTES
    assert rows["products: newest 20"]["statements"] == 1
    assert all(row["to_raw"] and row["growth"] for row in rows.values())
    assert {plan["route"] for plan in read(results, "plans")} == ROUTES


def test_the_gateway_answers_every_request_beside_the_raw_handler(results: Path) -> None:
    rows = {row["route"]: row for row in read(results, "gateway")["routes"]}
    assert set(rows) == ROUTES
    assert all(row["failed"] == 0 and row["raw_per_second"] for row in rows.values())


def test_the_capacity_simulator_is_compared_with_the_machine(results: Path) -> None:
    rows = read(results, "capacity")["routes"]
    assert [row["route"] for row in rows] == ["products: newest 20", "one product by slug", "category tree"]
    assert all(row["simulated_per_second"] and row["measured_per_second"] for row in rows)


def test_a_drain_loses_and_repeats_nothing(results: Path) -> None:
    found = read(results, "drain")
    assert found["wrong"] == {}
    assert found["messages"] == 40
    assert found["dead letters"] == 1


def test_recommendations_are_judged_beside_bestsellers(results: Path) -> None:
    found = read(results, "recommendations")
    assert set(found["planted"]) == {"bestsellers", "for the caller", "with the product before"}
    assert len(found["refresh"]["milliseconds"]) == 2
    assert set(found["real"]) == {"bestsellers", "neighbours"}
