"""The API of events."""

from simulators.stripe.calls import LIST_PARAMETERS, Call, serves
from simulators.stripe.documents import Document
from simulators.stripe.errors import invalid_request
from simulators.stripe.lists import page_of
from simulators.stripe.stripe_account import StripeAccount


@serves("events.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    return account.get("event", call.id)


@serves("events.list", "type", "types", "delivery_success", *LIST_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    params = call.params
    if "type" in params and "types" in params:
        raise invalid_request("You may pass either type or types, but not both.", code="parameters_exclusive")
    patterns: list[str] = params.get("types") or ([params["type"]] if "type" in params else ["*"])
    events = [event for event in account.all("event") if any(_matches(event["type"], name) for name in patterns)]
    if "delivery_success" in params:
        events = [event for event in events if (event["pending_webhooks"] == 0) == params["delivery_success"]]
    return page_of(events, call, "/v1/events")


def _matches(event_type: str, pattern: str) -> bool:
    return pattern in ("*", event_type) or (pattern.endswith(".*") and event_type.startswith(pattern[:-1]))
