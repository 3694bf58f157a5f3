"""Setup intents: a card made ready for payments without the payer, without charging it."""

from typing import Any

from simulators.kit.identifiers import new_id, random_text
from simulators.stripe.calls import LIST_PARAMETERS, Call, serves
from simulators.stripe.confirmation import Attempt, needs_authentication
from simulators.stripe.documents import Document, new_document, snapshot_of
from simulators.stripe.errors import ApiError, card_error, unexpected_state
from simulators.stripe.intents import (
    CHOICE,
    PAYMENT_METHOD_CHOICE,
    check_client_secret,
    check_return_url,
    choose_payment_method,
    public_view,
)
from simulators.stripe.lists import page_of
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.method_types import check_offered, reusable
from simulators.stripe.next_actions import next_action
from simulators.stripe.payment_methods import attach_to, behaviour_of
from simulators.stripe.stripe_account import StripeAccount

_WRITABLE = ("customer", "description", "metadata", *PAYMENT_METHOD_CHOICE)
_OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


@serves(
    "setup_intents.create", *_WRITABLE, "automatic_payment_methods", "confirm", "return_url", "usage", "use_stripe_sdk"
)
def create(account: StripeAccount, call: Call) -> Document:
    params = call.params
    identifier = new_id("seti")
    chosen = params.get("automatic_payment_methods") or {"enabled": True}
    automatic = {"allow_redirects": chosen.get("allow_redirects", "always"), "enabled": chosen["enabled"]}
    intent = new_document(
        "setup_intent",
        id=identifier,
        automatic_payment_methods=None if "allowed_payment_method_types" in params else automatic,
        client_secret=f"{identifier}_secret_{random_text(25)}",
        created=account.now(),
        metadata={},
        payment_method_options={"card": {"mandate_options": None, "network": None, "request_three_d_secure": None}},
        payment_method_types=reusable(account.dashboard, params),
        status="requires_payment_method",
        usage=params.get("usage", "off_session"),
    )
    _apply(account, intent, params)
    if params.get("confirm"):
        check_return_url(intent, call)
        _require_payment_method(intent)
    account.add(intent)
    account.emit("setup_intent.created", intent, call)
    if params.get("confirm"):
        _confirm(account, call, intent)
    return intent


@serves("setup_intents.retrieve", "client_secret", publishable=True)
def retrieve(account: StripeAccount, call: Call) -> Document:
    intent = account.get("setup_intent", call.id)
    check_client_secret(intent, call)
    return public_view(intent) if call.publishable else intent


@serves("setup_intents.list", "customer", "payment_method", *LIST_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    filters = {key: call.params[key] for key in ("customer", "payment_method") if key in call.params}
    intents = [
        intent for intent in account.all("setup_intent") if all(intent[key] == value for key, value in filters.items())
    ]
    return page_of(intents, call, "/v1/setup_intents")


@serves("setup_intents.update", *_WRITABLE)
def update(account: StripeAccount, call: Call) -> Document:
    intent = account.get("setup_intent", call.id)
    _require_open(intent, "update")
    _apply(account, intent, call.params)
    return intent


@serves("setup_intents.confirm", "payment_method", "payment_method_data", "return_url", "use_stripe_sdk",
        publishable=True)  # fmt: skip
def confirm(account: StripeAccount, call: Call) -> Document:
    intent = account.get("setup_intent", call.id)
    check_client_secret(intent, call)
    _require_open(intent, "confirm")
    check_return_url(intent, call)
    _apply(account, intent, call.params)
    _require_payment_method(intent)
    _confirm(account, call, intent)
    return public_view(intent) if call.publishable else intent


@serves("setup_intents.cancel", "cancellation_reason")
def cancel(account: StripeAccount, call: Call) -> Document:
    intent = account.get("setup_intent", call.id)
    _require_open(intent, "cancel")
    intent.update(status="canceled", cancellation_reason=call.params.get("cancellation_reason"), next_action=None)
    account.emit("setup_intent.canceled", intent, call)
    return intent


def settle(account: StripeAccount, call: Call, intent: Document) -> None:
    """Finish the setup, after any authentication; raises ApiError (402) when the card is refused."""
    method = account.get("payment_method", intent["payment_method"])
    card = behaviour_of(account, method)
    if card.decline is not None and not card.attachable:
        error = card_error(
            card.decline.message,
            code=card.decline.code,
            decline_code=card.decline.decline_code,
            param=card.decline.param,
        )
        fail(account, call, intent, error)
        raise error
    account.hidden(method)["set_up"] = True
    intent.update(status="succeeded", next_action=None, last_setup_error=None)
    if intent["customer"] is not None and method["customer"] is None:
        attach_to(account, method, intent["customer"], call)
    account.emit("setup_intent.succeeded", intent, call)


def fail(account: StripeAccount, call: Call, intent: Document, error: ApiError) -> None:
    """Record an error as the setup's last, let it wait for another payment method, and announce it."""
    method = account.get("payment_method", intent["payment_method"])
    recorded = error.body(call.request_id)["error"]
    recorded.pop("request_log_url", None)
    intent.update(
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        last_setup_error={**recorded, "payment_method": snapshot_of(method)},
    )
    error.details["setup_intent"] = snapshot_of(intent)
    account.emit("setup_intent.setup_failed", intent, call)


def _confirm(account: StripeAccount, call: Call, intent: Document) -> None:
    method = account.get("payment_method", intent["payment_method"])
    intent["last_setup_error"] = None
    if needs_authentication(behaviour_of(account, method), Attempt(), set_up=False):
        return_url = call.params.get("return_url")
        intent["status"] = "requires_action"
        intent["next_action"] = next_action(call.base_url, intent, method, return_url)
        account.hidden(intent)["return_url"] = return_url
        account.emit("setup_intent.requires_action", intent, call)
        return
    settle(account, call, intent)


def _apply(account: StripeAccount, intent: Document, params: dict[str, Any]) -> None:
    if params.get("customer"):
        account.get("customer", params["customer"], param="customer")
    customer = params.get("customer") or intent["customer"]
    if any(name in params for name in CHOICE):
        intent["payment_method_types"] = reusable(account.dashboard, params)
    method = choose_payment_method(account, intent, params, customer)
    intent["customer"] = customer
    if "description" in params:
        intent["description"] = params["description"] or None
    if "metadata" in params:
        intent["metadata"] = merge_metadata(intent["metadata"], params["metadata"])
    if method is not None:
        check_offered(intent, method)
        intent["payment_method"] = method["id"]
        intent["status"] = "requires_confirmation"


def _require_open(intent: Document, verb: str) -> None:
    if intent["status"] not in _OPEN:
        raise unexpected_state(
            f"You cannot {verb} this SetupIntent because it has a status of {intent['status']}. Only a SetupIntent "
            f"with one of the following statuses may be changed so: {', '.join(_OPEN)}.",
            intent=intent,
        )


def _require_payment_method(intent: Document) -> None:
    if intent["payment_method"] is None:
        raise unexpected_state(
            "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with "
            "a payment method and then confirm it again.",
            intent=intent,
        )
