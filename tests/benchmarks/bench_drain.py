"""Drain a queue of webhooks while the worker is killed now and then: nothing is lost, nothing happens twice.

Part `drain`. The packaged worker runs under the local
Lambda runtime and its poller, on a database of benchmark size. Queue and bus are stand-ins (see `drain_stand_ins`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

import psycopg
import uvloop

from infra.local.aws.cloud import Clients
from infra.local.aws.code import packaged
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.pollers import QueuePoller
from infra.local.aws.topology import EventSource, Function
from infra.local.host.log import Log
from infra.local.host.processes import Registry
from tests.benchmarks import plans, waiting_orders
from tests.benchmarks.data import Database
from tests.benchmarks.drain_stand_ins import Bus, Queue, serve_bus
from tests.benchmarks.generate import SEED
from tests.benchmarks.run import Run
from tests.benchmarks.scale import Scale
from tests.support.cloud import ENVIRONMENT

WORKER: Final = "payments.on_webhook"
SWEEPER: Final = "operations.sweep_outbox"
BATCH: Final = 10
DUPLICATES: Final = 0.05
LONGEST_SECONDS: Final = 1500.0


@dataclass
class Drained:
    """How a drain went."""

    messages: int
    seconds: float
    kills: int
    connections: int
    queue: Queue
    bus: Bus

    @property
    def per_second(self) -> float:
        """Messages of the queue, duplicates included, per second."""
        return self.messages / self.seconds


async def drain(
    database: Database, bodies: list[str], bus: Bus, chance: random.Random, scale: Scale, *, kill: bool
) -> Drained:
    """Work off these messages, and sweep the outbox at the end."""
    queue = Queue(bodies, max_receives=int(ENVIRONMENT["MAX_RECEIVES"]), visibility_seconds=scale.visibility_seconds)
    drained = Drained(len(bodies), 0.0, 0, 0, queue, bus)
    with tempfile.TemporaryDirectory(prefix="sharestack-bench-") as folder, ThreadPoolExecutor(6) as executor:
        async with _runtime(database, bus, Path(folder), scale.processes) as runtime:
            source = EventSource("arn:aws:sqs:local:0:drain", WORKER, BATCH, 0, scale.processes, partial_failures=True)
            clients = cast(Clients, SimpleNamespace(sqs=queue))
            poller = QueuePoller(source, runtime, clients, Log(Path(folder), quiet=True), executor)
            started = time.monotonic()
            tasks = [asyncio.create_task(poller.run()), asyncio.create_task(_watch(database, drained))]
            if kill:
                tasks.append(asyncio.create_task(_kill(runtime, chance, drained, every=scale.killed_every)))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(_until_empty(queue), LONGEST_SECONDS)
            drained.seconds = time.monotonic() - started
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await _sweep(runtime, database)
    return drained


@contextlib.asynccontextmanager
async def _runtime(database: Database, bus: Bus, folder: Path, processes: int) -> AsyncIterator[LambdaRuntime]:
    functions = {
        name: Function(
            name, name.replace(".", "-"), "functions.{}.handlers.{}.handler".format(*name.split(".")), 30, 512, {}
        )
        for name in (WORKER, SWEEPER)
    }
    runtime = LambdaRuntime(
        functions,
        code=packaged(),
        overrides={**ENVIRONMENT, "DATABASE_URL": database.url, "AWS_ENDPOINT_URL": bus.address, "SERVICE": "payments"},
        limit=processes,
        log=Log(folder / "log", quiet=True, stream=(folder / "stream.txt").open("w")),
        registry=Registry(folder / "processes.json"),
    )
    try:
        yield runtime
    finally:
        await runtime.close()


async def _kill(runtime: LambdaRuntime, chance: random.Random, drained: Drained, *, every: float) -> None:
    """Kill some worker every so many seconds on average, as the kernel does when memory is short."""
    while True:
        await asyncio.sleep(chance.uniform(0, 2 * every))
        running = [one.pid for one in runtime.pools[WORKER].environments if one.pid is not None and one.initialized]
        if running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(running), signal.SIGKILL)
                drained.kills += 1


async def _until_empty(queue: Queue) -> None:
    while len(queue):  # noqa: ASYNC110 - the queue belongs to the poller's threads
        await asyncio.sleep(0.05)


async def _watch(database: Database, drained: Drained) -> None:
    """The most connections that functions had at once."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        while True:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'payments'"
            ).fetchone()
            drained.connections = max(drained.connections, row[0] if row else 0)
            await asyncio.sleep(0.5)


async def _sweep(runtime: LambdaRuntime, database: Database) -> None:
    """Publish what killed workers left behind, as the schedule does each minute."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("UPDATE outbox_events SET created_at = now() - interval '1 hour' WHERE published_at IS NULL")
        unpublished = "SELECT FROM outbox_events WHERE published_at IS NULL LIMIT 1"
        while connection.execute(unpublished).rowcount:
            outcome = await runtime.invoke(SWEEPER, b"{}")
            if outcome.error is not None:
                raise RuntimeError(f"the sweeper failed: {outcome.payload!r}")


def statements_per_event(database: Database, bodies: list[str], bus: Bus, scale: Scale) -> float:
    """Statements that the worker sends for each event, in full batches."""
    with plans.explained(database):
        log = plans.Log(database.log)
        uvloop.run(drain(database, bodies, bus, random.Random(SEED), scale, kill=False))
        ours = [one for one in log.statements() if "pg_stat_activity" not in one.text]
    return len(ours) / len(bodies)


def bench(run: Run) -> None:
    """Drain, check, print, keep."""
    run.end_system()  # its sweeper would put events on a bus of its own
    database, scale, chance = run.large, run.scale, random.Random(SEED)
    events = scale.events
    distinct = round(events * (1 - DUPLICATES))
    print(f"preparing {events} events ...", flush=True)
    waiting = waiting_orders.prepare(database.url, distinct + scale.explained_events)
    with serve_bus() as bus:
        few = [one.webhook for one in waiting[: scale.explained_events]]
        statements = statements_per_event(database, few, bus, scale)
        calls = bus.calls
        print(f"{statements:.1f} statements per event; draining ...", flush=True)
        bodies = waiting_orders.messages(
            waiting[scale.explained_events :], chance, duplicates=max(0, events - distinct - 1)
        )
        drained = uvloop.run(drain(database, bodies, bus, chance, scale, kill=True))
        print(f"drained in {drained.seconds:.0f} s; checking ...", flush=True)
        wrong = waiting_orders.verify(database.url)
    if drained.queue.dead != [waiting_orders.POISON]:
        wrong["dead letters"] = drained.queue.dead
    if len(drained.queue):
        wrong["messages left"] = len(drained.queue)
    unpublished = waiting_orders.paid_events(database.url, waiting) - bus.ids("OrderPaid")
    if unpublished:
        wrong["OrderPaid not on the bus"] = len(unpublished)
    figures = {"worker processes": scale.processes, **figures_of(drained, distinct, statements, calls)}
    for name, value in figures.items():
        print(f"{name:34}{value:>12}")
    print(f"wrong: {wrong or 'nothing'}")
    run.write("drain", {**figures, "wrong": {name: str(value) for name, value in wrong.items()}})
    if wrong:
        sys.exit("the drain lost or repeated something")


def figures_of(drained: Drained, distinct: int, statements: float, calls_before: int) -> dict[str, Any]:
    """What is reported."""
    return {
        "messages": drained.messages,
        "different events": distinct,
        "seconds": round(drained.seconds, 1),
        "events per second": round(drained.per_second, 1),
        "database connections": drained.connections,
        "workers killed": drained.kills,
        "messages received": drained.queue.received,
        "dead letters": len(drained.queue.dead),
        "statements per event": round(statements, 2),
        "PutEvents calls per event": round((drained.bus.calls - calls_before) / drained.messages, 2),
        "events put on the bus twice": sum(1 for times in drained.bus.put.values() if times > 1),
    }
