"""One simulated Stripe account: its resources, events and later state changes."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from infra.local.stripe.account import Account
from infra.local.stripe.calls import Call
from infra.local.stripe.deliveries import Deliveries
from infra.local.stripe.documents import Document, new_document, now, snapshot_of
from infra.local.stripe.endpoints import configured_endpoint
from infra.local.stripe.errors import resource_missing
from infra.local.stripe.faults import Faults
from infra.local.stripe.identifiers import new_id
from infra.local.stripe.settings import Settings
from infra.local.stripe.state import State

Job = Callable[["Simulator", str], None]
JOBS: dict[str, Job] = {}


def job(kind: str) -> Callable[[Job], Job]:
    """Register what a later state change of this kind does to the resource it is about."""

    def register(function: Job) -> Job:
        JOBS[kind] = function
        return function

    return register


class Simulator:
    """The account behind one mounted simulator. Not thread-safe: used from one event loop."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.state = State()
        self.faults = Faults()
        self.deliveries = Deliveries(self.state, settings)
        self.in_flight: set[str] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._resumed = False
        self._add_configured_endpoints()

    @property
    def account(self) -> Account:
        """The dashboard's settings."""
        return Account.model_validate(self.state.account)

    def set_up(self, account: Account) -> None:
        """Change the dashboard's settings; what was made before stays as it is."""
        self.state.account = account.model_dump(mode="json")

    def add(self, document: Document, **hidden: Any) -> Document:
        """Keep a new resource, and what Stripe does not show of it."""
        self.state.resources.setdefault(document["object"], {})[document["id"]] = document
        if hidden:
            self.state.hidden[document["id"]] = hidden
        return document

    def all(self, type_name: str) -> list[Document]:
        """Every resource of a type, newest first."""
        return list(reversed(self.state.resources.get(type_name, {}).values()))

    def find(self, type_name: str, identifier: str) -> Document | None:
        return self.state.resources.get(type_name, {}).get(identifier)

    def get(self, type_name: str, identifier: str, *, param: str | None = None) -> Document:
        """The resource; raises ApiError `resource_missing`, 404 for an id of the path, 400 for one of a parameter."""
        found = self.find(type_name, identifier)
        if found is None:
            argument = param or _PATH_PARAMETERS.get(type_name, "id")
            raise resource_missing(type_name, identifier, param=argument, in_path=param is None)
        return found

    def remove(self, document: Document) -> None:
        del self.state.resources[document["object"]][document["id"]]
        self.state.hidden.pop(document["id"], None)

    def hidden(self, document: Document) -> Document:
        """What Stripe knows of the resource and does not show; changing it changes what is kept."""
        return self.state.hidden.setdefault(document["id"], {})

    def emit(self, type_name: str, document: Document, call: Call | None, **previous_attributes: Any) -> Document:
        """Make an event about the document as it is now, and deliver it to the webhook endpoints."""
        data: Document = {"object": snapshot_of(document)}
        if previous_attributes:
            data["previous_attributes"] = snapshot_of(previous_attributes)
        event = new_document(
            "event",
            id=new_id("evt"),
            api_version=self.settings.api_version,
            created=now(),
            data=data,
            pending_webhooks=0,
            request={
                "id": call.request_id if call else None,
                "idempotency_key": call.idempotency_key if call else None,
            },
            type=type_name,
        )
        self.add(event)
        self.deliveries.enqueue(event, self.all("webhook_endpoint"))
        return event

    def later(self, kind: str, identifier: str) -> None:
        """Have the job of this kind done to the resource once the settling time is over."""
        due = {"kind": kind, "id": identifier, "due": time.time() + self.settings.settle_seconds}
        self.state.jobs.append(due)
        self._schedule(due)

    def settle_now(self) -> int:
        """Do every later job at once; returns how many there were."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        due, self.state.jobs = self.state.jobs, []
        for one in due:
            JOBS[one["kind"]](self, one["id"])
        return len(due)

    def resume(self) -> None:
        """Take up what a restored state left undone; must be called within the event loop, repeats are harmless."""
        if self._resumed:
            return
        self._resumed = True
        for due in self.state.jobs:
            self._schedule(due)
        self.deliveries.resume()

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Become the account of an earlier `state.snapshot()`, with the endpoints of these settings."""
        self.state.restore(snapshot)
        self._add_configured_endpoints()
        self._resumed = False

    async def reset(self) -> None:
        """Forget everything except the configured endpoints."""
        await self.close()
        self.state.clear()
        self.faults.clear()
        self.deliveries = Deliveries(self.state, self.settings)
        self._add_configured_endpoints()

    async def close(self) -> None:
        """Stop timers and deliveries; the state can still be taken."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        await self.deliveries.close()
        self._resumed = False

    def _add_configured_endpoints(self) -> None:
        for endpoint in self.all("webhook_endpoint"):
            if self.hidden(endpoint).get("configured"):
                self.remove(endpoint)
        for position, target in enumerate(self.settings.webhooks):
            self.add(configured_endpoint(position, target), secrets=list(target.secrets), configured=True)

    def _schedule(self, due: Document) -> None:
        loop = asyncio.get_running_loop()

        def run() -> None:
            self._timers.discard(timer)
            self.state.jobs.remove(due)
            JOBS[due["kind"]](self, due["id"])

        timer = loop.call_later(max(0.0, due["due"] - time.time()), run)
        self._timers.add(timer)


# The name that Stripe's `resource_missing` gives to the id of the path, where it is not plainly `id`.
_PATH_PARAMETERS = {
    "payment_intent": "intent",
    "setup_intent": "intent",
    "webhook_endpoint": "webhook_endpoint",
}
