"""One simulated Stripe account: its resources, events and later state changes."""

from collections.abc import Callable
from typing import Any

from simulators.kit.identifiers import new_id
from simulators.kit.machine import Machine
from simulators.stripe.calls import Call
from simulators.stripe.dashboard import Dashboard
from simulators.stripe.documents import Document, new_document, snapshot_of
from simulators.stripe.endpoints import configured_endpoint
from simulators.stripe.errors import resource_missing
from simulators.stripe.settings import Settings
from simulators.stripe.state import State
from simulators.stripe.webhooks import StripeWebhooks, wants

Job = Callable[["StripeAccount", str], None]
JOBS: dict[str, Job] = {}


def job(kind: str) -> Callable[[Job], Job]:
    """Register what a later state change of this kind does to the resource it is about."""

    def register(function: Job) -> Job:
        JOBS[kind] = function
        return function

    return register


class StripeAccount(Machine[State]):
    """The account behind one mounted simulator. Not thread-safe: used from one event loop."""

    def __init__(self, settings: Settings) -> None:
        state = State()
        super().__init__(state, StripeWebhooks(state), self._run_job, settings.timing)
        self.settings = settings
        self.in_flight: set[str] = set()
        self._add_configured_endpoints()

    @property
    def dashboard(self) -> Dashboard:
        """The dashboard's settings."""
        return Dashboard.model_validate(self.state.account)

    def set_up(self, dashboard: Dashboard) -> None:
        """Change the dashboard's settings; what was made before stays as it is."""
        self.state.account = dashboard.model_dump(mode="json")

    def now(self) -> int:
        """The time as Stripe gives it: whole seconds since 1970."""
        return int(self.clock.now())

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
        document = self.find(type_name, identifier)
        if document is None:
            argument = param or _PATH_PARAMETERS.get(type_name, "id")
            raise resource_missing(type_name, identifier, param=argument, in_path=param is None)
        return document

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
            created=self.now(),
            data=data,
            pending_webhooks=0,
            request={
                "id": call.request_id if call else None,
                "idempotency_key": call.idempotency_key if call else None,
            },
            type=type_name,
        )
        self.add(event)
        subscribers = self.subscribers(type_name)
        event["pending_webhooks"] = len(subscribers)
        for endpoint in subscribers:
            self.deliveries.enqueue(
                event=event["id"], type_name=type_name, endpoint=endpoint["id"], url=endpoint["url"]
            )
        return event

    def subscribers(self, event_type: str) -> list[Document]:
        """The webhook endpoints that get events of this type."""
        return [endpoint for endpoint in self.all("webhook_endpoint") if wants(endpoint, event_type)]

    def later(self, kind: str, identifier: str) -> None:
        """Have the job of this kind done to the resource once the settling time is over."""
        self.jobs.add(kind, identifier, self.settings.settle_seconds)

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Become the account of an earlier `snapshot()`, with the endpoints of these settings."""
        super().restore(snapshot)
        self._add_configured_endpoints()

    async def reset(self) -> None:
        """Remove everything except the configured endpoints."""
        await super().reset()
        self._add_configured_endpoints()

    def _run_job(self, kind: str, identifier: str) -> None:
        JOBS[kind](self, identifier)

    def _add_configured_endpoints(self) -> None:
        for endpoint in self.all("webhook_endpoint"):
            if self.hidden(endpoint).get("configured"):
                self.remove(endpoint)
        for position, target in enumerate(self.settings.webhooks):
            self.add(configured_endpoint(position, target, self.now()), secrets=list(target.secrets), configured=True)


# The name that Stripe's `resource_missing` gives to the id of the path, where it is not plainly `id`.
_PATH_PARAMETERS = {
    "payment_intent": "intent",
    "setup_intent": "intent",
    "webhook_endpoint": "webhook_endpoint",
}
