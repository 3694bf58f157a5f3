"""Delivery of events to webhook endpoints: signed, in order, retried, and disturbed on request."""

import asyncio
import json
import random
import time
from collections.abc import Coroutine, Sequence
from typing import Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field

from infra.local.stripe.documents import Document
from infra.local.stripe.identifiers import new_id
from infra.local.stripe.settings import Settings
from infra.local.stripe.signatures import signature_header
from infra.local.stripe.state import State

Order = Literal["as made", "reverse", "shuffle"]
_FIRST_ERROR_STATUS = 300


class Mode(BaseModel):
    """How events are delivered from now on; the defaults are Stripe's own behaviour.

    copies: how many times each event is sent. delay_seconds: how long each is kept back.
    shuffle_seconds: collect events for so long, then send them in an order drawn with `seed`.
    hold: keep events until they are released. drop: never send them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    copies: int = Field(default=1, ge=1, le=100)
    delay_seconds: float = Field(default=0.0, ge=0)
    shuffle_seconds: float = Field(default=0.0, ge=0)
    seed: int = 0
    hold: bool = False
    drop: bool = False


class Deliveries:
    """Sends each event to each endpoint that wants it, and keeps what came of it."""

    def __init__(self, state: State, settings: Settings) -> None:
        self._state = state
        self._settings = settings
        self.mode = Mode()
        self._queues: dict[str, asyncio.Queue[Document]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._shuffled: list[Document] = []
        self._client: httpx.AsyncClient | None = None

    def enqueue(self, event: Document, endpoints: Sequence[Document]) -> None:
        """Deliver an event to those of the endpoints that are enabled and asked for its type."""
        wanting = [endpoint for endpoint in endpoints if wants(endpoint, event["type"])]
        event["pending_webhooks"] = len(wanting)
        for endpoint in wanting:
            for _ in range(self.mode.copies):
                self._admit(self.record(event, endpoint))

    def record(self, event: Document, endpoint: Document) -> Document:
        """A new delivery, not yet sent."""
        delivery: Document = {
            "id": new_id("dlv"),
            "event": event["id"],
            "type": event["type"],
            "endpoint": endpoint["id"],
            "url": endpoint["url"],
            "state": "pending",
            "attempts": [],
            "next_attempt_at": None,
        }
        self._state.deliveries.append(delivery)
        return delivery

    def send(self, delivery: Document) -> None:
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
        releasing = list(held)
        for delivery in held:
            event, endpoint = self._parties(delivery)
            releasing += [self.record(event, endpoint) for _ in range(copies - 1) if event and endpoint]
        if order == "reverse":
            releasing.reverse()
        elif order == "shuffle":
            # An order to test with, not a secret.
            random.Random(seed).shuffle(releasing)  # noqa: S311  # nosec B311
        for delivery in releasing:
            self.send(delivery)
        return len(releasing)

    def resume(self) -> None:
        """Take up the deliveries that an earlier run left unfinished."""
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
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _admit(self, delivery: Document) -> None:
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

    async def _send_later(self, delivery: Document, seconds: float) -> None:
        delivery["next_attempt_at"] = time.time() + seconds
        await asyncio.sleep(seconds)
        self.send(delivery)

    async def _send_shuffled(self, mode: Mode) -> None:
        await asyncio.sleep(mode.shuffle_seconds)
        collected, self._shuffled = self._shuffled, []
        random.Random(mode.seed).shuffle(collected)  # noqa: S311  # nosec B311
        for delivery in collected:
            self.send(delivery)

    async def _drain(self, queue: "asyncio.Queue[Document]") -> None:
        while True:
            attempt = self._start(self._attempt(await queue.get()))
            await asyncio.wait({attempt}, timeout=self._settings.delivery_stagger_seconds)

    async def _attempt(self, delivery: Document) -> None:
        event, endpoint = self._parties(delivery)
        if event is None or endpoint is None:
            delivery["state"] = "dropped"
            return
        if await self._post(delivery, event, endpoint):
            delivery["state"] = "succeeded"
            delivery["next_attempt_at"] = None
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
            return
        made = len(delivery["attempts"])
        if made > len(self._settings.retry_seconds):
            delivery["state"] = "failed"
            delivery["next_attempt_at"] = None
            return
        self._start(self._send_later(delivery, self._settings.retry_seconds[made - 1]))

    async def _post(self, delivery: Document, event: Document, endpoint: Document) -> bool:
        payload = json.dumps(event, indent=2)
        timestamp = int(time.time())
        secrets = self._state.hidden[endpoint["id"]]["secrets"]
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signature_header(payload, timestamp, secrets),
        }
        started = time.perf_counter()
        attempt: Document = {"at": time.time(), "status": None, "error": None}
        try:
            answer = await self._http().post(endpoint["url"], content=payload.encode(), headers=headers)
            attempt["status"] = answer.status_code
        except httpx.HTTPError as error:
            attempt["error"] = f"{type(error).__name__}: {error}"
        attempt["milliseconds"] = round((time.perf_counter() - started) * 1000)
        delivery["attempts"].append(attempt)
        return attempt["status"] is not None and attempt["status"] < _FIRST_ERROR_STATUS

    def _parties(self, delivery: Document) -> tuple[Document | None, Document | None]:
        resources = self._state.resources
        event = resources.get("event", {}).get(delivery["event"])
        return event, resources.get("webhook_endpoint", {}).get(delivery["endpoint"])

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            # No proxy of the environment, no redirects: what is sent stays on this machine.
            self._client = httpx.AsyncClient(
                timeout=self._settings.delivery_timeout_seconds, trust_env=False, follow_redirects=False
            )
        return self._client

    def _start(self, work: Coroutine[None, None, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def wants(endpoint: Document, event_type: str) -> bool:
    """Whether an endpoint is enabled and asked for events of this type."""
    enabled: list[str] = endpoint["enabled_events"]
    return endpoint["status"] == "enabled" and ("*" in enabled or event_type in enabled)
