"""The API of webhook endpoints."""

from infra.local.stripe.calls import PAGE_PARAMETERS, Call, serves
from infra.local.stripe.documents import Document
from infra.local.stripe.endpoints import check_loopback, new_endpoint
from infra.local.stripe.identifiers import new_id, random_text
from infra.local.stripe.lists import page_of
from infra.local.stripe.metadata import merge_metadata
from infra.local.stripe.simulator import Simulator


@serves("webhook_endpoints.create", "url", "enabled_events", "description", "metadata", "api_version")
def create(simulator: Simulator, call: Call) -> Document:
    params = call.params
    check_loopback(params["url"])
    endpoint = new_endpoint(new_id("we"), params["url"], params["enabled_events"])
    endpoint["api_version"] = params.get("api_version")
    endpoint["description"] = params.get("description") or None
    endpoint["metadata"] = merge_metadata(None, params.get("metadata") or {})
    secret = f"whsec_{random_text(32)}"
    simulator.add(endpoint, secrets=[secret])
    # Stripe tells the secret in this answer only.
    return {**endpoint, "secret": secret}


@serves("webhook_endpoints.retrieve")
def retrieve(simulator: Simulator, call: Call) -> Document:
    return simulator.get("webhook_endpoint", call.id)


@serves("webhook_endpoints.list", *PAGE_PARAMETERS)
def list_all(simulator: Simulator, call: Call) -> Document:
    return page_of(simulator.all("webhook_endpoint"), call, "/v1/webhook_endpoints")


@serves("webhook_endpoints.update", "url", "enabled_events", "description", "metadata", "disabled")
def update(simulator: Simulator, call: Call) -> Document:
    endpoint = simulator.get("webhook_endpoint", call.id)
    params = call.params
    if "url" in params:
        check_loopback(params["url"])
    endpoint.update({key: params[key] for key in ("url", "enabled_events") if key in params})
    if "description" in params:
        endpoint["description"] = params["description"] or None
    if "metadata" in params:
        endpoint["metadata"] = merge_metadata(endpoint["metadata"], params["metadata"])
    if "disabled" in params:
        endpoint["status"] = "disabled" if params["disabled"] else "enabled"
    return endpoint


@serves("webhook_endpoints.delete")
def delete(simulator: Simulator, call: Call) -> Document:
    endpoint = simulator.get("webhook_endpoint", call.id)
    simulator.remove(endpoint)
    return {"id": endpoint["id"], "object": "webhook_endpoint", "deleted": True}
