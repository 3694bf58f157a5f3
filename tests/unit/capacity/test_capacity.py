"""The simulator against what is known without it: queueing theory, and limits that can be worked out by hand."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
import simpy

from infra.capacity.measurements import CHECKED_IN, Measurements, RouteTimes, read
from infra.capacity.model import Model
from infra.capacity.parts import Account, Cores, Pool, Steps, Throttle
from infra.capacity.report import answer, table
from infra.capacity.scenario import Limits, Load, Step, endless, limits_of, shop
from infra.environments import PROD


def _erlang_c(servers: int, offered: float) -> float:
    """Probability that a job has to wait (Erlang's second formula); `offered` is arrivals times service time."""
    last = offered**servers / math.factorial(servers) * servers / (servers - offered)
    return last / (sum(offered**k / math.factorial(k) for k in range(servers)) + last)


@pytest.mark.parametrize(("servers", "busy"), [(1, 0.6), (4, 0.8), (16, 0.9)])
def test_waiting_for_processors_is_that_of_erlangs_formula(servers: int, busy: float) -> None:
    env, chance = simpy.Environment(), random.Random(7)
    cores, waits = Cores(env, servers), []

    def job() -> Steps:
        came, service = env.now, chance.expovariate(1.0)
        yield from cores.run(service)
        waits.append(env.now - came - service)

    def arrivals() -> Steps:
        while True:
            yield env.timeout(chance.expovariate(busy * servers))
            env.process(job())

    env.process(arrivals())
    env.run(until=60_000 / servers)
    expected = _erlang_c(servers, busy * servers) / (servers * (1 - busy))
    assert sum(waits) / len(waits) == pytest.approx(expected, rel=0.15)


def test_half_a_processor_takes_twice_as_long() -> None:
    env = simpy.Environment()
    env.process(Cores(env, 0.5).run(1.0))
    env.run()
    assert env.now == 2.0


@pytest.fixture
def measured() -> Measurements:
    return read(CHECKED_IN.parent)


@pytest.fixture
def limits() -> Limits:
    return limits_of(PROD)


def test_visitors_requests_and_time_obey_littles_law(measured: Measurements, limits: Limits) -> None:
    load = Load(users=300, think=1.0, ramp=5, seconds=65)
    found = answer(load, endless(limits), shop(measured, cached=0.0), measured)
    model = Model(load, endless(limits), shop(measured, cached=0.0), measured)
    times = model.run()[1].seconds
    assert found.served * (load.think + sum(times) / len(times)) == pytest.approx(load.users, rel=0.03)


def test_a_seed_gives_the_same_answer_again_and_another_seed_a_similar_one(
    measured: Measurements, limits: Limits
) -> None:
    load = Load(users=200, think=1.0, ramp=5, seconds=25)
    first, again, other = (
        answer(one, limits, shop(measured), measured) for one in (load, load, replace(load, seed=load.seed + 1))
    )
    assert first == again != other
    assert other.served == pytest.approx(first.served, rel=0.05)


def test_a_sample_answers_like_the_whole(measured: Measurements, limits: Limits) -> None:
    whole = Load(users=2_000, think=2.0, ramp=5, seconds=35)
    full, part = (answer(one, limits, shop(measured), measured) for one in (whole, replace(whole, sample=5)))
    assert part.served == pytest.approx(full.served, rel=0.05)
    assert part.dollars_per_hour == pytest.approx(full.dollars_per_hour, rel=0.2)


def _only(seconds: float, *, database: float = 0.0) -> tuple[Step, ...]:
    """One kind of request, of so much waiting for a provider and so many milliseconds of the database."""
    work = RouteTimes(cpu=0.0001, database=database, trips=1 if database else 0)
    return (Step(name="x", function="catalog.api", share=1.0, work=work, outside=seconds),)


@pytest.mark.parametrize(
    ("changed", "steps", "limit"),
    [
        ({"gateway_rate": 50, "gateway_burst": 50}, _only(0.01), "gateway throttle"),
        ({"concurrency": 20}, _only(1.0), "account concurrency"),
        ({"starts": 5}, _only(1.0), "scaling rate"),
    ],
)
def test_the_limit_that_is_too_small_is_the_one_that_is_hit(
    changed: dict[str, float], steps: tuple[Step, ...], limit: str, measured: Measurements, limits: Limits
) -> None:
    wide = replace(endless(limits), **changed)
    found = answer(Load(users=200, think=0.5, ramp=1, seconds=11), wide, steps, measured)
    assert found.first_limit == limit
    assert set(found.refused) == {limit}


def test_too_few_connections_keep_requests_waiting_until_the_proxy_gives_up(
    measured: Measurements, limits: Limits
) -> None:
    narrow = replace(endless(limits), connections=1, trip=0.5)
    found = answer(Load(users=100, think=0.1, ramp=1, seconds=30), narrow, _only(0.0, database=1.0), measured)
    assert found.first_limit == "database connections"
    assert found.connections == 1


def test_the_gateway_lets_its_rate_through_and_no_more() -> None:
    env = simpy.Environment()
    throttle, admitted = Throttle(env, rate=10, burst=5), []

    def ask() -> Steps:
        for _ in range(1_000):
            admitted.append(throttle.admit())
            yield env.timeout(0.01)

    env.process(ask())
    env.run()
    assert sum(admitted) == pytest.approx(10 * 10 + 5, abs=1)


def test_environments_start_at_the_rate_that_lambda_allows_and_are_used_again() -> None:
    env = simpy.Environment()
    pool = Pool(env, Account(limit=1e9), init=0.1, burst=10)

    def call() -> Steps:
        if (yield from pool.enter()) is None:
            yield env.timeout(100)
            pool.leave()

    def calls() -> Steps:
        for _ in range(2_000):
            env.process(call())
            yield env.timeout(0.01)

    env.process(calls())
    env.run(until=20)
    assert pool.cold == pytest.approx(10 + 20, abs=1)
    env.run()
    assert pool.running == 0


def test_figures_of_a_run_come_before_the_checked_in_ones(tmp_path: Path) -> None:
    row = {"route": "check out", "p50_ms": 50.0, "cpu_ms": 20.0, "statements": 5.0, "slowest_ms": 4.0}
    (tmp_path / "routes.json").write_text(json.dumps({"routes": [row]}))
    found = read(tmp_path)
    assert found.routes["check out"] == RouteTimes(cpu=20.0, database=20.0, trips=5.0, outside=10.0)
    assert found.routes["place order"] == read(CHECKED_IN.parent).routes["place order"]
    assert "build/bench" in found.source


def test_the_table_names_what_was_refused(measured: Measurements, limits: Limits) -> None:
    small = replace(limits, gateway_rate=10, gateway_burst=10)
    found = answer(Load(users=100, think=1.0, ramp=1, seconds=6), small, shop(measured), measured)
    assert "gateway throttle" in table({"small": found})
