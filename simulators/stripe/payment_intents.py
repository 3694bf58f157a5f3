"""Payment intents: the state machine of https://docs.stripe.com/payments/paymentintents/lifecycle."""

from typing import Any

from simulators.kit.identifiers import new_id, random_text
from simulators.stripe import confirmation
from simulators.stripe.calls import LIST_PARAMETERS, Call, serves
from simulators.stripe.charges import capture as capture_charge
from simulators.stripe.confirmation import Attempt
from simulators.stripe.currencies import check_amount, check_currency, check_step, too_small_integer
from simulators.stripe.documents import Document, new_document
from simulators.stripe.errors import invalid_request, unexpected_state
from simulators.stripe.intents import (
    CHOICE,
    CONFIRMATION,
    PAYMENT_METHOD_CHOICE,
    check_client_secret,
    check_return_url,
    choose_payment_method,
    public_view,
)
from simulators.stripe.lists import page_of
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.method_options import default_options, merged_options
from simulators.stripe.method_types import check_offered, offered
from simulators.stripe.refunds import release_uncaptured
from simulators.stripe.stripe_account import StripeAccount

_PLAIN = (
    "application_fee_amount",
    "capture_method",
    "description",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
)
_WRITABLE = (*_PLAIN, "amount", "currency", "customer", "metadata", "payment_method_options", *PAYMENT_METHOD_CHOICE)
_AMOUNT_CHANGEABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
_CANCELABLE = ("requires_payment_method", "requires_capture", "requires_confirmation", "requires_action", "processing")
_CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
_DECIDES_WHAT_IS_OFFERED = ("capture_method", "currency", "setup_future_usage", *CHOICE)


@serves(
    "payment_intents.create",
    *_WRITABLE,
    *CONFIRMATION,
    "automatic_payment_methods",
    "confirm",
    "confirmation_method",
    "payment_method_configuration",
)
def create(account: StripeAccount, call: Call) -> Document:
    params = call.params
    currency = check_currency(params["currency"])
    check_amount(params["amount"], currency)
    if not params.get("confirm"):
        _refuse_without_confirm(params)
    automatic = _automatic_payment_methods(params)
    identifier = new_id("pi")
    intent = new_document(
        "payment_intent",
        id=identifier,
        amount=0,
        amount_capturable=0,
        amount_details={"tip": {}},
        amount_received=0,
        automatic_payment_methods=automatic,
        capture_method="automatic_async",
        client_secret=f"{identifier}_secret_{random_text(25)}",
        confirmation_method=params.get("confirmation_method", "automatic"),
        created=account.now(),
        currency=currency,
        metadata={},
        payment_method_options={},
        payment_method_types=[],
        status="requires_payment_method",
    )
    _apply(account, intent, params, choice=params)
    if params.get("confirm"):
        check_return_url(intent, call)
        _check_payable(intent)
    account.add(intent, choice={name: params[name] for name in CHOICE if name in params})
    account.emit("payment_intent.created", intent, call)
    if params.get("confirm"):
        _confirm(account, call, intent)
    return intent


@serves("payment_intents.retrieve", "client_secret", publishable=True)
def retrieve(account: StripeAccount, call: Call) -> Document:
    intent = account.get("payment_intent", call.id)
    check_client_secret(intent, call)
    return public_view(intent) if call.publishable else intent


@serves("payment_intents.list", "customer", *LIST_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    customer = call.params.get("customer")
    intents = [intent for intent in account.all("payment_intent") if customer is None or intent["customer"] == customer]
    return page_of(intents, call, "/v1/payment_intents")


@serves("payment_intents.update", *_WRITABLE)
def update(account: StripeAccount, call: Call) -> Document:
    intent = account.get("payment_intent", call.id)
    params = call.params
    settled = intent["status"] not in _AMOUNT_CHANGEABLE
    for name in params:
        if settled and name not in ("metadata", "description", "receipt_email", "shipping", "transfer_group", "expand"):
            raise unexpected_state(
                f"This PaymentIntent's {name} could not be updated because it has a status of {intent['status']}. "
                f"You may only update the {name} of a PaymentIntent with one of the following statuses: "
                f"{', '.join(_AMOUNT_CHANGEABLE)}.",
                intent=intent,
            )
    terms = {"amount": intent["amount"], "currency": intent["currency"], **params}
    currency = check_currency(terms["currency"])
    if "amount" in params or "currency" in params:
        check_amount(terms["amount"], currency)
    intent["currency"] = currency
    _apply(account, intent, params)
    return intent


@serves("payment_intents.confirm", *PAYMENT_METHOD_CHOICE, *CONFIRMATION,
        "capture_method", "payment_method_options", "receipt_email", "setup_future_usage", "shipping",
        publishable=True)  # fmt: skip
def confirm(account: StripeAccount, call: Call) -> Document:
    intent = account.get("payment_intent", call.id)
    check_client_secret(intent, call)
    if intent["status"] not in _CONFIRMABLE:
        raise unexpected_state(_not_confirmable(intent), intent=intent)
    if call.publishable and intent["confirmation_method"] == "manual":
        raise invalid_request(
            "This PaymentIntent cannot be confirmed using your publishable key because its `confirmation_method` is "
            "set to `manual`. Please use your secret key instead, or create a PaymentIntent with "
            "`confirmation_method` set to `automatic`.",
            code="payment_intent_invalid_parameter",
        )
    check_return_url(intent, call)
    _apply(account, intent, call.params)
    _check_payable(intent)
    _confirm(account, call, intent)
    return public_view(intent) if call.publishable else intent


@serves("payment_intents.capture", "amount_to_capture", "metadata", "statement_descriptor",
        "statement_descriptor_suffix", "final_capture", "application_fee_amount")  # fmt: skip
def capture(account: StripeAccount, call: Call) -> Document:
    intent = account.get("payment_intent", call.id)
    if intent["status"] != "requires_capture":
        raise unexpected_state(
            f"This PaymentIntent could not be captured because it has a status of {intent['status']}. Only a "
            "PaymentIntent with one of the following statuses may be captured: requires_capture.",
            intent=intent,
        )
    params = call.params
    amount: int = params["amount_to_capture"] if "amount_to_capture" in params else intent["amount_capturable"]
    if amount < 1:
        raise too_small_integer("amount_to_capture", least=1)
    check_step(amount, intent["currency"], param="amount_to_capture")
    if amount > intent["amount_capturable"]:
        raise invalid_request(
            f"The provided capture amount is greater than the amount available to capture: {amount} is greater than "
            f"{intent['amount_capturable']}.",
            code="amount_too_large",
            param="amount_to_capture",
        )
    _apply(account, intent, {key: value for key, value in params.items() if key in (*_PLAIN, "metadata")})
    charge = account.get("charge", intent["latest_charge"])
    capture_charge(account, charge, amount)
    intent.update(status="succeeded", amount_received=amount, amount_capturable=0)
    account.emit("charge.captured", charge, call, captured=False, amount_captured=0)
    if amount < charge["amount"]:
        release_uncaptured(account, call, charge)
    account.emit("payment_intent.succeeded", intent, call)
    return intent


@serves("payment_intents.cancel", "cancellation_reason")
def cancel(account: StripeAccount, call: Call) -> Document:
    intent = account.get("payment_intent", call.id)
    if intent["status"] not in _CANCELABLE:
        raise unexpected_state(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. Only a "
            f"PaymentIntent with one of the following statuses may be canceled: {', '.join(_CANCELABLE)}.",
            intent=intent,
        )
    authorized = intent["status"] == "requires_capture"
    intent.update(
        status="canceled",
        canceled_at=account.now(),
        cancellation_reason=call.params.get("cancellation_reason"),
        amount_capturable=0,
        next_action=None,
    )
    if authorized:
        release_uncaptured(account, call, account.get("charge", intent["latest_charge"]))
    account.emit("payment_intent.canceled", intent, call)
    return intent


def _confirm(account: StripeAccount, call: Call, intent: Document) -> None:
    params = call.params
    options = (intent["payment_method_options"] or {}).get("card") or {}
    how = Attempt(
        off_session=params.get("off_session", False) not in (False, "false"),
        error_on_requires_action=params.get("error_on_requires_action", False),
        return_url=params.get("return_url"),
        request_three_d_secure=options.get("request_three_d_secure"),
    )
    confirmation.attempt(account, call, intent, how)


def _apply(
    account: StripeAccount, intent: Document, params: dict[str, Any], *, choice: dict[str, Any] | None = None
) -> None:
    """Change the intent; `choice` is what decides on its payment methods from the start, None for what was kept."""
    if params.get("customer"):
        account.get("customer", params["customer"], param="customer")
    customer = params.get("customer") or intent["customer"]
    changes = {name: params[name] if params[name] != "" else None for name in _PLAIN if name in params}
    if choice is not None or any(name in params for name in _DECIDES_WHAT_IS_OFFERED):
        stored_choice = account.hidden(intent).get("choice", {}) if choice is None else choice
        types = offered(account.dashboard, {**intent, **changes}, {**stored_choice, **params})
        changes["payment_method_types"] = types
        changes["payment_method_options"] = default_options(types, intent["payment_method_options"] or {})
    method = choose_payment_method(account, intent, params, customer)
    if method is not None:
        check_offered({**intent, **changes}, method)
    if "metadata" in params:
        changes["metadata"] = merge_metadata(intent["metadata"], params["metadata"])
    if isinstance(params.get("payment_method_options"), dict):
        current = changes.get("payment_method_options", intent["payment_method_options"]) or {}
        changes["payment_method_options"] = merged_options(current, params["payment_method_options"])
    intent.update(changes, customer=customer, amount=params.get("amount", intent["amount"]))
    if method is not None:
        intent["payment_method"] = method["id"]
        intent["status"] = "requires_confirmation"
        intent["next_action"] = None


def _automatic_payment_methods(params: dict[str, Any]) -> Document | None:
    chosen = params.get("automatic_payment_methods")
    if "allowed_payment_method_types" in params:
        others = ("automatic_payment_methods", "excluded_payment_method_types", "payment_method_configuration")
        for name in others:
            if name in params:
                raise invalid_request(
                    f"You may only specify one of these parameters: allowed_payment_method_types, {name}.",
                    code="parameters_exclusive",
                )
        return None
    if chosen is None:
        return {"allow_redirects": "always", "enabled": True}
    return {"allow_redirects": chosen.get("allow_redirects", "always"), "enabled": chosen["enabled"]}


def _refuse_without_confirm(params: dict[str, Any]) -> None:
    for name in ("off_session", "error_on_requires_action", "return_url"):
        if name in params:
            raise invalid_request(f"You cannot provide `{name}` without also setting `confirm` to `true`.", param=name)


def _check_payable(intent: Document) -> None:
    if intent["statement_descriptor"] is not None:
        # https://docs.stripe.com/api/payment_intents/create#create_payment_intent-statement_descriptor
        raise invalid_request(
            "The `statement_descriptor` parameter is not supported for card payments. Use "
            "`statement_descriptor_suffix` instead.",
            code="payment_intent_invalid_parameter",
            param="statement_descriptor",
        )
    if intent["payment_method"] is None:
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the "
            "PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a "
            "payment method or ConfirmationToken.",
            intent=intent,
        )


def _not_confirmable(intent: Document) -> str:
    if intent["status"] == "succeeded":
        return (
            "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed."
        )
    return (
        f"You cannot confirm this PaymentIntent because it has a status of {intent['status']}. Only a PaymentIntent "
        f"with one of the following statuses may be confirmed: {', '.join(_CONFIRMABLE)}."
    )
