"""Delivery of webhooks: in order, retried, and on request repeated, late, reordered, held or lost."""

import asyncio
import random
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import httpx
from pydantic import BaseModel, ConfigDict, Field

from simulators.kit.clock import Clock
from simulators.kit.identifiers import new_id
from simulators.kit.state import MachineState, Record

Order = Literal["as made", "reverse", "shuffle"]


class Mode(BaseModel):
    """How webhooks are delivered from now on; the defaults are a provider's usual behaviour.

    copies: how many times each is sent. delay_seconds: how long each is kept back.
    shuffle_seconds: collect webhooks for so long, then send them in an order drawn with `seed`.
    hold: keep webhooks until they are released. drop: never send them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    copies: int = Field(default=1, ge=1, le=100)
    delay_seconds: float = Field(default=0.0, ge=0)
    shuffle_seconds: float = Field(default=0.0, ge=0)
    seed: int = 0
    hold: bool = False
    drop: bool = False


@dataclass(frozen=True)
class Timing:
    """Seconds of delivering."""

    # Waits before each further attempt; after the last one the delivery has failed.
    retry_seconds: tuple[float, ...] = (0.5, 1, 2, 4, 8, 16, 32, 60, 120, 300)
    timeout_seconds: float = 30.0
    # A delivery that takes longer than this no longer holds up the next one to the same endpoint.
    stagger_seconds: float = 1.0


@dataclass(frozen=True)
class WebhookRequest:
    """One attempt as it goes over the wire, signed."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class Webhooks(Protocol):
    """What a provider decides about its webhooks."""

    def request(self, delivery: Record) -> WebhookRequest | None:
        """The request of an attempt that is made now; None when the event or its endpoint is gone."""

    def accepts(self, answer: httpx.Response) -> bool:
        """Whether this answer of the endpoint ends the retries."""

    def succeeded(self, delivery: Record) -> None:
        """Note that a delivery has arrived."""


class Deliveries:
    """Sends webhooks to endpoints, each endpoint's in order, and keeps a record of every attempt."""

    def __init__(self, state: MachineState, clock: Clock, webhooks: Webhooks, timing: Timing) -> None:
        self.mode = Mode()
        self._state = state
        self._clock = clock
        self._webhooks = webhooks
        self._timing = timing
        self._queues: dict[str, asyncio.Queue[Record]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._shuffled: list[Record] = []
        self._client: httpx.AsyncClient | None = None

    def enqueue(self, *, event: str, type_name: str, endpoint: str, url: str) -> None:
        """Deliver an event (its id) to an endpoint (its id), as the mode says."""
        for _ in range(self.mode.copies):
            self._admit(self.record(event=event, type_name=type_name, endpoint=endpoint, url=url))

    def record(self, *, event: str, type_name: str, endpoint: str, url: str) -> Record:
        """A new delivery, not yet sent."""
        delivery: Record = {
            "id": new_id("dlv"),
            "event": event,
            "type": type_name,
            "endpoint": endpoint,
            "url": url,
            "state": "pending",
            "attempts": [],
            "next_attempt_at": None,
        }
        self._state.deliveries.append(delivery)
        return delivery

    def send(self, delivery: Record) -> None:
        """Put a delivery in the queue of its endpoint, whatever the mode."""
        delivery["state"] = "pending"
        endpoint = delivery["endpoint"]
        if endpoint not in self._queues:
            self._queues[endpoint] = asyncio.Queue()
            self._start(self._drain(self._queues[endpoint]))
        self._queues[endpoint].put_nowait(delivery)

    def release(self, order: Order, seed: int = 0, copies: int = 1) -> int:
        """Send what is held, in this order and so many times each, and hold no more; returns how many are sent."""
        held = [delivery for delivery in self._state.deliveries if delivery["state"] == "held"]
        self.mode = self.mode.model_copy(update={"hold": False})
        released = list(held)
        for delivery in held:
            released += [self._copy(delivery) for _ in range(copies - 1)]
        if order == "reverse":
            released.reverse()
        elif order == "shuffle":
            _shuffle(released, seed)
        for delivery in released:
            self.send(delivery)
        return len(released)

    def resume(self) -> None:
        """Send the deliveries that an earlier run left unfinished."""
        for delivery in self._state.deliveries:
            if delivery["state"] == "pending":
                self.send(delivery)

    async def close(self) -> None:
        """Stop sending; what is unfinished stays pending."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._queues.clear()
        self._shuffled.clear()
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _copy(self, delivery: Record) -> Record:
        return self.record(
            event=delivery["event"], type_name=delivery["type"], endpoint=delivery["endpoint"], url=delivery["url"]
        )

    def _admit(self, delivery: Record) -> None:
        mode = self.mode
        if mode.drop:
            delivery["state"] = "dropped"
        elif mode.hold:
            delivery["state"] = "held"
        elif mode.shuffle_seconds > 0:
            self._shuffled.append(delivery)
            if len(self._shuffled) == 1:
                self._start(self._send_shuffled(mode))
        elif mode.delay_seconds > 0:
            self._start(self._send_later(delivery, mode.delay_seconds))
        else:
            self.send(delivery)

    async def _send_later(self, delivery: Record, seconds: float) -> None:
        delivery["next_attempt_at"] = self._clock.now() + seconds
        await self._clock.sleep(seconds)
        self.send(delivery)

    async def _send_shuffled(self, mode: Mode) -> None:
        await self._clock.sleep(mode.shuffle_seconds)
        collected, self._shuffled = self._shuffled, []
        _shuffle(collected, mode.seed)
        for delivery in collected:
            self.send(delivery)

    async def _drain(self, queue: "asyncio.Queue[Record]") -> None:
        while True:
            attempt = self._start(self._attempt(await queue.get()))
            await asyncio.wait({attempt}, timeout=self._timing.stagger_seconds)

    async def _attempt(self, delivery: Record) -> None:
        request = self._webhooks.request(delivery)
        if request is None:
            delivery["state"] = "dropped"
            return
        if await self._post(delivery, request):
            delivery["state"] = "succeeded"
            delivery["next_attempt_at"] = None
            self._webhooks.succeeded(delivery)
            return
        attempts = len(delivery["attempts"])
        if attempts > len(self._timing.retry_seconds):
            delivery["state"] = "failed"
            delivery["next_attempt_at"] = None
            return
        self._start(self._send_later(delivery, self._timing.retry_seconds[attempts - 1]))

    async def _post(self, delivery: Record, request: WebhookRequest) -> bool:
        started = time.perf_counter()
        attempt: Record = {"at": self._clock.now(), "status": None, "error": None}
        accepted = False
        try:
            answer = await self._http().post(request.url, content=request.body, headers=dict(request.headers))
            attempt["status"] = answer.status_code
            accepted = self._webhooks.accepts(answer)
        except httpx.HTTPError as error:
            attempt["error"] = f"{type(error).__name__}: {error}"
        attempt["milliseconds"] = round((time.perf_counter() - started) * 1000)
        delivery["attempts"].append(attempt)
        return accepted

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            # No proxy of the environment, no redirects: what is sent stays on this machine.
            self._client = httpx.AsyncClient(
                timeout=self._timing.timeout_seconds, trust_env=False, follow_redirects=False
            )
        return self._client

    def _start(self, work: Coroutine[None, None, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _shuffle(deliveries: list[Record], seed: int) -> None:
    # An order to test with, not a secret.
    random.Random(seed).shuffle(deliveries)  # noqa: S311  # nosec B311
