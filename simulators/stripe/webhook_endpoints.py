"""The API of webhook endpoints."""

from simulators.kit.identifiers import new_id, random_text
from simulators.stripe.calls import PAGE_PARAMETERS, Call, serves
from simulators.stripe.documents import Document
from simulators.stripe.endpoints import check_loopback, new_endpoint
from simulators.stripe.lists import page_of
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.stripe_account import StripeAccount


@serves("webhook_endpoints.create", "url", "enabled_events", "description", "metadata", "api_version")
def create(account: StripeAccount, call: Call) -> Document:
    params = call.params
    check_loopback(params["url"])
    endpoint = new_endpoint(new_id("we"), params["url"], params["enabled_events"], account.now())
    endpoint["api_version"] = params.get("api_version")
    endpoint["description"] = params.get("description") or None
    endpoint["metadata"] = merge_metadata(None, params.get("metadata") or {})
    secret = f"whsec_{random_text(32)}"
    account.add(endpoint, secrets=[secret])
    # Stripe tells the secret in this answer only.
    return {**endpoint, "secret": secret}


@serves("webhook_endpoints.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    return account.get("webhook_endpoint", call.id)


@serves("webhook_endpoints.list", *PAGE_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    return page_of(account.all("webhook_endpoint"), call, "/v1/webhook_endpoints")


@serves("webhook_endpoints.update", "url", "enabled_events", "description", "metadata", "disabled")
def update(account: StripeAccount, call: Call) -> Document:
    endpoint = account.get("webhook_endpoint", call.id)
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
def delete(account: StripeAccount, call: Call) -> Document:
    endpoint = account.get("webhook_endpoint", call.id)
    account.remove(endpoint)
    return {"id": endpoint["id"], "object": "webhook_endpoint", "deleted": True}
