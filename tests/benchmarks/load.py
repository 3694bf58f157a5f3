"""Callers over HTTP: each has one connection and sends its next request when the last one is answered."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, cast
from urllib.parse import urlsplit

import httptools

from tests.benchmarks.scenarios import Scenario
from tests.benchmarks.world import Call, World

REQUESTS_OF_ONE_CALLER: Final = 20
ANSWER_SECONDS: Final = 40.0

_addresses: Final[Iterator[str]] = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in itertools.count(1))


@dataclass
class Taken:
    """How it went: milliseconds of every answered request, how many of which status, and for how long in seconds."""

    milliseconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    refused: bytes = b""
    """The last body of an answer that was no success."""
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Requests that were answered well, per second."""
        good = sum(count for status, count in self.statuses.items() if status < 300)
        return good / self.seconds if self.seconds else 0.0


class _Connection(asyncio.Protocol):
    """HTTP/1.1 kept alive. A client library would take more of the machine than the gateway does."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._parser = httptools.HttpResponseParser(self)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the server closed the connection"))

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        assert self._answer is not None
        self._answer.set_result((self._parser.get_status_code(), self._body))
        self._body = b""
        self._parser = httptools.HttpResponseParser(self)

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        async with asyncio.timeout(ANSWER_SECONDS):
            return await self._answer


async def load(
    address: str, scenario: Scenario, world: World, *, callers: int, seconds: float, requests: int = 1_000_000
) -> Taken:
    """So many callers for so long, or until so many requests were sent, or nothing is left to ask."""
    taken = Taken()
    started = time.perf_counter()
    budget = iter(range(requests))
    await asyncio.gather(
        *(_call(address, scenario, world, taken, deadline=started + seconds, budget=budget) for _ in range(callers))
    )
    taken.seconds = time.perf_counter() - started
    return taken


async def _call(
    address: str, scenario: Scenario, world: World, taken: Taken, *, deadline: float, budget: Iterator[int]
) -> None:
    where = urlsplit(address)
    _, connection = await asyncio.get_running_loop().create_connection(_Connection, where.hostname, where.port)
    for number in itertools.count():
        call = scenario.make(world)
        if call is None or time.perf_counter() > deadline or next(budget, None) is None:
            break
        if number % REQUESTS_OF_ONE_CALLER == 0:
            visitor = next(_addresses)
        sent = time.perf_counter()
        status, body = await connection.ask(encode(call, where.netloc, visitor))
        taken.milliseconds.append((time.perf_counter() - sent) * 1000)
        taken.statuses[status] = taken.statuses.get(status, 0) + 1
        if status >= 300:
            taken.refused = body
        elif scenario.learn is not None:
            scenario.learn(world, call, json.loads(body))
    assert connection._transport is not None
    connection._transport.close()


def encode(call: Call, host: str, visitor: str) -> bytes:
    """The request as it goes over the wire, from a visitor behind a trusted proxy."""
    headers: dict[str, Any] = {"host": host, "x-forwarded-for": visitor, **call.headers}
    body = b""
    if call.json is not None:
        body = json.dumps(call.json).encode()
        headers |= {"content-type": "application/json", "content-length": len(body)}
    lines = [f"{call.method} {call.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
