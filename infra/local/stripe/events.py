"""The API of events."""

from infra.local.stripe.calls import LIST_PARAMETERS, Call, serves
from infra.local.stripe.documents import Document
from infra.local.stripe.errors import invalid_request
from infra.local.stripe.lists import page_of
from infra.local.stripe.simulator import Simulator


@serves("events.retrieve")
def retrieve(simulator: Simulator, call: Call) -> Document:
    return simulator.get("event", call.id)


@serves("events.list", "type", "types", "delivery_success", *LIST_PARAMETERS)
def list_all(simulator: Simulator, call: Call) -> Document:
    params = call.params
    if "type" in params and "types" in params:
        raise invalid_request("You may pass either type or types, but not both.", code="parameters_exclusive")
    patterns: list[str] = params.get("types") or ([params["type"]] if "type" in params else ["*"])
    found = [event for event in simulator.all("event") if any(_matches(event["type"], name) for name in patterns)]
    if "delivery_success" in params:
        found = [event for event in found if (event["pending_webhooks"] == 0) == params["delivery_success"]]
    return page_of(found, call, "/v1/events")


def _matches(event_type: str, pattern: str) -> bool:
    return pattern in ("*", event_type) or (pattern.endswith(".*") and event_type.startswith(pattern[:-1]))
