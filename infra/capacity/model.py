"""The simulation itself: visitors in a closed loop, their requests' way, and what payments set going behind them."""

import bisect
import itertools
import random
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import simpy

from infra.capacity.measurements import Measurements, RouteTimes
from infra.capacity.parts import Account, Cores, Pool, Steps, Throttle
from infra.capacity.scenario import (
    AWS_CALL_SECONDS,
    CPU_PER_ACU,
    EVENT,
    EVENTS_PER_PAYMENT,
    FUNCTION_MEMORY,
    MAIL,
    MEMORY_OF_ONE_CPU,
    PAY,
    SES_SECONDS,
    WEBHOOK_INGEST,
    Limits,
    Load,
    Step,
)

BORROW_SECONDS: Final = 10.0
"""The proxy's borrow timeout: a request that gets no connection in that time is answered 503."""
_SLOWER: Final = MEMORY_OF_ONE_CPU / FUNCTION_MEMORY
_WORKER_INIT: Final = 0.3
_MAIL, _EVENTS, _INGEST = "notifications.on_order_events", "payments.on_webhook", "payments.receive_webhook"


@dataclass
class Seen:
    """What was measured in the simulation; figures of a sample are scaled up by `report.Answer`."""

    seconds: list[float] = field(default_factory=list)
    arrivals: int = 0
    cached: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """Requests by the limit that refused them."""
    first_refusal: dict[str, float] = field(default_factory=dict)
    """Seconds after the start at which each limit was hit first."""
    connections: int = 0
    """Most connections borrowed at once."""
    acu: list[float] = field(default_factory=list)
    database_busy: float = 0.0
    """Share of the database's processor time that was used."""
    oldest_event: float = 0.0
    """Longest time from an event in the queue to its effect."""
    orders: int = 0
    invocations: int = 0
    gigabyte_seconds: float = 0.0


class Model:
    """One run. Every resource has a `sample`-th of its size."""

    def __init__(self, load: Load, limits: Limits, steps: Sequence[Step], measured: Measurements) -> None:
        part = 1 / load.sample
        self.load, self.limits, self.steps = load, limits, steps
        self.env = simpy.Environment()
        self.seen = Seen()
        self.cores = Cores(self.env, limits.least_acu * CPU_PER_ACU * part)
        self.acu = limits.least_acu
        self.connections = simpy.Resource(self.env, max(1, round(limits.connections * part)))
        self.throttle = Throttle(self.env, limits.gateway_rate * part, limits.gateway_burst * part)
        self.account = Account(max(1.0, limits.concurrency * part))
        names = {step.function for step in steps}
        self.pools = {name: self._pool(measured.init[name] / 1000) for name in sorted(names)}
        self.pools[_INGEST] = self._pool(0.08)
        workers = max(1.0, limits.workers * part)
        self.pools |= {name: self._pool(_WORKER_INIT, reserved=workers) for name in (_EVENTS, _MAIL)}
        self.events: deque[float] = deque()
        self._random = random.Random(load.seed)  # noqa: S311  # nosec B311 -- repeatable, not secret
        self._edges = list(itertools.accumulate(step.share for step in steps))

    def run(self) -> tuple[Seen, Seen]:
        """Simulate; what was seen while visitors came, and after that, until the end."""
        for _ in range(round(self.load.users / self.load.sample)):
            self.env.process(self._visitor())
        self.env.process(self._scale())
        for _ in range(max(1, round(self.limits.workers / self.load.sample))):
            self.env.process(self._event_worker())
        self.env.run(until=max(self.load.ramp, 1e-9))
        coming, self.seen = self.seen, Seen()
        done = self.cores.work_done
        self.env.run(until=self.load.seconds)
        had = sum(self.seen.acu) * CPU_PER_ACU / self.load.sample
        self.seen.database_busy = (self.cores.work_done - done) / had if had else 0.0
        if self.events:
            self.seen.oldest_event = max(self.seen.oldest_event, self.env.now - self.events[0])
        return coming, self.seen

    def _pool(self, init: float, *, reserved: float = float("inf")) -> Pool:
        return Pool(self.env, self.account, init, burst=self.limits.starts / self.load.sample, reserved=reserved)

    def _visitor(self) -> Steps:
        yield self.env.timeout(self._random.uniform(0, self.load.ramp))
        while True:
            yield from self._request(self._draw())
            yield self.env.timeout(self._random.expovariate(1 / self.load.think) if self.load.think else 0)

    def _draw(self) -> Step:
        drawn = self._random.random() * self._edges[-1]
        return self.steps[min(bisect.bisect_left(self._edges, drawn), len(self.steps) - 1)]

    def _request(self, step: Step) -> Steps:
        began = self.env.now
        self.seen.arrivals += 1
        if step.cached and self._random.random() < step.cached:
            self.seen.cached += 1
            return
        if not self.throttle.admit():
            self._refuse("gateway throttle")
            return
        if (yield from self._invoke(step.function, step.work, outside=step.outside)):
            self.seen.seconds.append(self.env.now - began)
            if step.name == PAY:
                self.seen.orders += 1
                for _ in range(EVENTS_PER_PAYMENT):
                    self.env.process(self._event_arrives())

    def _invoke(self, function: str, work: RouteTimes, *, outside: float = 0.0, times: int = 1) -> Steps:
        """One invocation; the value is whether it was done."""
        pool = self.pools[function]
        reason = yield from pool.enter()
        if reason is not None:
            self._refuse(reason)
            return False
        began = self.env.now
        done = True
        for _ in range(times):
            yield self.env.timeout(self._spread(work.cpu) * _SLOWER + work.outside / 1000 + outside)
            done = (yield from self._database(work)) and done
        self.seen.invocations += 1
        self.seen.gigabyte_seconds += (self.env.now - began) * FUNCTION_MEMORY / 1024
        pool.leave()
        return done

    def _database(self, work: RouteTimes) -> Steps:
        """Borrow a connection, make the round trips, have the work done; whether a connection was had."""
        if not work.trips:
            return True
        with self.connections.request() as borrowed:
            given = yield borrowed | self.env.timeout(BORROW_SECONDS)
            if borrowed not in given:
                self._refuse("database connections")
                return False
            self.seen.connections = max(self.seen.connections, self.connections.count)
            yield self.env.timeout(work.trips * self.limits.trip)
            yield from self.cores.run(self._spread(work.database))
        return True

    def _event_arrives(self) -> Steps:
        """Stripe's event through the ingest into the queue; refused, it comes again."""
        wait = 1.0
        while not (yield from self._invoke(_INGEST, WEBHOOK_INGEST, outside=AWS_CALL_SECONDS)):
            yield self.env.timeout(wait)
            wait *= 2
        self.events.append(self.env.now)

    def _event_worker(self) -> Steps:
        """One of the queue's concurrent invocations: takes batches as long as there are events."""
        while True:
            if not self.events:
                yield self.env.timeout(0.05)
                continue
            batch = [self.events.popleft() for _ in range(min(self.limits.batch, len(self.events)))]
            if not (yield from self._invoke(_EVENTS, EVENT, times=len(batch))):
                self.events.extendleft(reversed(batch))
                yield self.env.timeout(1.0)
                continue
            self.seen.oldest_event = max(self.seen.oldest_event, self.env.now - batch[0])
            for _ in range(max(1, len(batch) // EVENTS_PER_PAYMENT)):
                self.env.process(self._mail())

    def _mail(self) -> Steps:
        """Waits in its queue while all of its workers are busy."""
        while self.pools[_MAIL].running >= self.pools[_MAIL].reserved:
            yield self.env.timeout(0.05)
        yield from self._invoke(_MAIL, MAIL, outside=SES_SECONDS)

    def _scale(self) -> Steps:
        """Aurora's capacity, looked at every second: towards what keeps the processors at 60 % of their time, up by a
        tenth or half a unit a second at most, down slowly."""
        before = 0.0
        while True:
            self.seen.acu.append(self.acu)
            yield self.env.timeout(1.0)
            used, before = self.cores.work_done - before, self.cores.work_done
            wanted = (used / 0.6 + 0.02 * self.cores.queue) * self.load.sample / CPU_PER_ACU
            lowest, highest = self.acu * 0.98, self.acu + max(0.5, self.acu * 0.1)
            self.acu = min(max(wanted, lowest, self.limits.least_acu), highest, self.limits.most_acu)
            self.cores.resize(self.acu * CPU_PER_ACU / self.load.sample)

    def _refuse(self, limit: str) -> None:
        self.seen.refused[limit] += 1
        self.seen.first_refusal.setdefault(limit, self.env.now)

    def _spread(self, milliseconds: float) -> float:
        """Seconds, drawn around the median as measured times are: most near it, few of several times as much."""
        return self._random.lognormvariate(0.0, 0.5) * milliseconds / 1000
