"""What is asked for, and what there is: the visitors of a shop, and the limits of an environment."""

from dataclasses import dataclass, replace
from typing import Final

from infra.capacity.measurements import Measurements, RouteTimes
from infra.environments import Environment
from infra.order_traffic import SALE

# Lambda gives 1,769 MB one processor, and less memory as much less of it.
MEMORY_OF_ONE_CPU: Final = 1_769
FUNCTION_MEMORY: Final = 512
# An ACU is 2 GiB with the processor that goes with it; an instance of 16 GiB has two (db.r6g.large).
CPU_PER_ACU: Final = 0.25
# Aurora's default for max_connections follows the largest capacity: 64 ACU and more have 5,000.
CONNECTIONS: Final = {0.5: 90, 1: 189, 4: 823, 8: 1_669, 16: 3_360, 32: 5_000}
PROXY_SHARE: Final = 0.9


@dataclass(frozen=True, kw_only=True)
class Step:
    """One kind of request. Times of `work` are measured; `outside` is the seconds that a provider takes.

    `share` is of all requests; `cached` the part that CloudFront answers.
    """

    name: str
    function: str
    share: float
    work: RouteTimes
    cached: float = 0.0
    outside: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Load:
    """`users` are on the site at once, each asking again `think` seconds after an answer; it begins within `ramp`.

    A `sample` of 50 simulates one user in fifty with a fiftieth of every limit.
    """

    users: int
    think: float = 10.0
    ramp: float = 60.0
    seconds: float = 120.0
    sample: int = 1
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the environment and the account allow. `trip` is the seconds of a network round trip to the database."""

    gateway_rate: float
    gateway_burst: float
    concurrency: int
    least_acu: float
    most_acu: float
    connections: int
    workers: int
    starts: float = 1_000
    """New environments of one function in ten seconds."""
    batch: int = 10
    trip: float = 0.0007


def limits_of(environment: Environment, *, concurrency: int = 1_000) -> Limits:
    """Those that the environment is deployed with, in an account with this quota of concurrent executions."""
    return Limits(
        gateway_rate=environment.throttle_rate,
        gateway_burst=environment.throttle_burst,
        concurrency=concurrency,
        least_acu=max(0.5, environment.database_min_capacity),
        most_acu=environment.database_max_capacity,
        connections=_connections(environment.database_max_capacity),
        workers=environment.worker_concurrency,
    )


def raised(limits: Limits) -> Limits:
    """What can be had for a great day: quotas raised, the largest database, warmed up before, more workers."""
    return replace(
        limits,
        gateway_rate=60_000,
        gateway_burst=60_000,
        concurrency=10_000,
        least_acu=128,
        most_acu=256,
        connections=_connections(256),
        workers=200,
    )


def endless(limits: Limits) -> Limits:
    """Nothing is refused: what is then used is what is needed."""
    many = 10**9
    return replace(
        limits,
        gateway_rate=many,
        gateway_burst=many,
        concurrency=many,
        least_acu=1_000,
        most_acu=many,
        connections=many,
        workers=1_000,
    )


def _connections(acu: float) -> int:
    """What the proxy holds at most."""
    size = max((known for known in CONNECTIONS if known <= acu), default=min(CONNECTIONS))
    return int(CONNECTIONS[size] * PROXY_SHARE)


# Not measured by the benchmarks, which have no Stripe: an intent is an order's work, half of its database time and
# Stripe's answer. Events and mails are their statements (`tests/integration/payments/test_event_statements.py` counts
# 32 for the four events of a payment, fraud signals and books included), at the measured 0.57 ms of each.
_INTENT: Final = RouteTimes(cpu=6.0, database=4.0, trips=8)
WEBHOOK_INGEST: Final = RouteTimes(cpu=1.0, database=0.0, trips=0)
EVENT: Final = RouteTimes(cpu=4.0, database=4.6, trips=8)
MAIL: Final = RouteTimes(cpu=5.0, database=2.0, trips=3)
STRIPE_SECONDS: Final = 0.35
AWS_CALL_SECONDS: Final = 0.008
SES_SECONDS: Final = 0.06
EVENTS_PER_PAYMENT: Final = SALE.webhooks
"""Stripe's events of one payment."""


def shop(measured: Measurements, *, cached: float = 0.75) -> tuple[Step, ...]:
    """The requests of a shop's visitors: of a hundred, one and a half place an order.

    `cached` is the part of catalogue pages that CloudFront answers.
    """
    routes = measured.routes

    def step(name: str, function: str, share: float, *, cached: float = 0.0) -> Step:
        return Step(name=name, function=function, share=share, work=routes[name], cached=cached)

    return (
        step("products: newest 20", "catalog.api", 0.38, cached=cached),
        step("one product by slug", "catalog.api", 0.36, cached=cached),
        step("show the cart", "ordering.api", 0.10),
        step("add to cart", "ordering.api", 0.08),
        step("check out", "ordering.api", 0.02),
        Step(name=PAY, function="payments.api", share=0.015, work=_INTENT, outside=STRIPE_SECONDS),
        step("place order", "ordering.api", 0.015),
        step("show an order", "ordering.api", 0.03),
    )


PAY: Final = "open a payment"
