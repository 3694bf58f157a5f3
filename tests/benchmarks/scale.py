"""How much each part measures: `full` for figures, `tiny` to see that every part works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.benchmarks import planted_shop
from tests.benchmarks.generate import BENCHMARK, SMALL, Size


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Sizes of the data, and counts or seconds of every measurement."""

    name: str
    small: Size
    """A hundredth of `large`, to see growth by."""
    large: Size
    planted: planted_shop.Size
    """The shop with known tastes that recommendations are judged on."""
    stage_products: int
    """Products of the database that `init` and `warm` use."""
    rounds: int
    """Of `init` and `warm`."""
    init_requests: int
    warm_requests: int
    """Of each kind, in each round."""
    requests: int
    """Of one caller, on each route."""
    warm_up: int
    explained: int
    """Requests of a route whose statements are explained."""
    seconds: float
    """Of each route and round, with all callers."""
    warm_seconds: float
    callers: int
    processes: int
    """Of each function."""
    simulated_seconds: float
    """Of the capacity simulator's clock."""
    best_of: int
    """Rounds of what is compared with others."""
    events: int
    """Messages to drain."""
    explained_events: int
    visibility_seconds: float
    killed_every: float
    """Seconds on average between two kills of a worker."""
    minutes: float
    """Of the storm of faults."""
    buyers: int


FULL: Final = Scale(
    name="full",
    small=SMALL,
    large=BENCHMARK,
    planted=planted_shop.Size(products=5_000, groups=250, customers=8_000),
    stage_products=1_000,
    rounds=9,
    init_requests=30,
    warm_requests=100,
    requests=60,
    warm_up=5,
    explained=8,
    seconds=2.0,
    warm_seconds=0.7,
    callers=8,
    processes=2,
    simulated_seconds=30.0,
    best_of=3,
    events=100_000,
    explained_events=200,
    visibility_seconds=4.0,
    killed_every=5.0,
    minutes=3.0,
    buyers=4,
)
TINY: Final = Scale(
    name="tiny",
    small=Size(
        users=104,
        products=60,
        order_lines=150,
        carts=80,
        posts=200,
        reactions=400,
        long_thread=20,
        followed=20,
        muted=10,
    ),
    large=Size(
        users=120,
        products=120,
        order_lines=300,
        carts=90,
        posts=400,
        reactions=800,
        long_thread=40,
        followed=20,
        muted=10,
    ),
    planted=planted_shop.Size(products=120, groups=8, customers=60),
    stage_products=30,
    rounds=1,
    init_requests=1,
    warm_requests=1,
    requests=1,
    warm_up=1,
    explained=1,
    seconds=0.05,
    warm_seconds=0.05,
    callers=2,
    processes=1,
    simulated_seconds=1.0,
    best_of=1,
    events=40,
    explained_events=10,
    visibility_seconds=0.5,
    killed_every=3.0,
    minutes=0.01,
    buyers=1,
)
SCALES: Final = {scale.name: scale for scale in (FULL, TINY)}
