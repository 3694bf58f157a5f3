"""Payment methods: test cards and wallets, attached to customers or used once."""

from typing import Any

from simulators.kit.identifiers import new_id
from simulators.stripe.behaviour import Behaviour
from simulators.stripe.calls import PAGE_PARAMETERS, Call, serves
from simulators.stripe.cards import card_of, shown_card
from simulators.stripe.documents import Document, new_document
from simulators.stripe.errors import ApiError, card_error, invalid_request
from simulators.stripe.lists import page_of
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.method_types import CARD, WALLETS
from simulators.stripe.stripe_account import StripeAccount
from simulators.stripe.test_cards import TestCard, card_for_key, card_for_reference

_NO_ADDRESS: Document = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
_USED_UP = (
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a "
    "connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use "
    "a PaymentMethod multiple times, you must attach it to a Customer first."
)


@serves("payment_methods.create", "type", "card", "billing_details", "metadata", "allow_redisplay", *WALLETS,
        publishable=True)  # fmt: skip
def create(account: StripeAccount, call: Call) -> Document:
    return new_payment_method(account, call.params)


@serves("payment_methods.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    return payment_method(account, call.id)


@serves("customers.payment_methods.retrieve")
def retrieve_of_customer(account: StripeAccount, call: Call) -> Document:
    method = account.get("payment_method", call.path["payment_method"])
    if method["customer"] != call.path["customer"]:
        raise not_the_customers(method["id"])
    return method


@serves("payment_methods.list", "customer", "type", *PAGE_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    params = call.params
    if "customer" in params:
        account.get("customer", params["customer"], param="customer")
    methods = [
        method
        for method in account.all("payment_method")
        if method["customer"] is not None and method["customer"] == params.get("customer", method["customer"])
    ]
    return page_of(_of_type(methods, call), call, "/v1/payment_methods")


@serves("customers.payment_methods.list", "type", *PAGE_PARAMETERS)
def list_of_customer(account: StripeAccount, call: Call) -> Document:
    customer = account.get("customer", call.id)
    methods = [method for method in account.all("payment_method") if method["customer"] == customer["id"]]
    return page_of(_of_type(methods, call), call, f"/v1/customers/{customer['id']}/payment_methods")


@serves("payment_methods.update", "billing_details", "card", "metadata", "allow_redisplay")
def update(account: StripeAccount, call: Call) -> Document:
    method = account.get("payment_method", call.id)
    if method["customer"] is None:
        raise invalid_request("You must save this PaymentMethod to a customer before you can update it.")
    params = call.params
    if "billing_details" in params:
        method["billing_details"] = billing_details(params["billing_details"], method["billing_details"])
    if "allow_redisplay" in params:
        method["allow_redisplay"] = params["allow_redisplay"]
    if "metadata" in params:
        method["metadata"] = merge_metadata(method["metadata"], params["metadata"])
    expiry = {key: params["card"][key] for key in ("exp_month", "exp_year") if key in params.get("card", {})}
    method["card"].update(expiry)
    account.emit("payment_method.updated", method, call)
    return method


@serves("payment_methods.attach", "customer")
def attach(account: StripeAccount, call: Call) -> Document:
    customer = account.get("customer", _required(call, "customer"), param="customer")
    method = payment_method(account, call.id)
    if method["customer"] == customer["id"]:
        return method
    if method["customer"] is not None:
        raise invalid_request("The payment method you provided has already been attached to a customer.")
    if account.hidden(method).get("used_up"):
        raise invalid_request(_USED_UP)
    check_attachable(method, behaviour_of(account, method))
    attach_to(account, method, customer["id"], call)
    return method


@serves("payment_methods.detach")
def detach(account: StripeAccount, call: Call) -> Document:
    method = account.get("payment_method", call.id)
    if method["customer"] is None:
        raise invalid_request(
            "The payment method you provided is not attached to a customer so detachment is impossible."
        )
    customer, method["customer"] = method["customer"], None
    account.hidden(method)["used_up"] = True
    account.emit("payment_method.detached", method, call, customer=customer)
    return method


def payment_method(account: StripeAccount, identifier: str, *, param: str | None = None) -> Document:
    """The payment method of this id, or a new one of the test card that `pm_card_...` or `tok_...` stands for.

    Raises ApiError `resource_missing`.
    """
    card = card_for_reference(identifier)
    if card is None:
        return account.get("payment_method", identifier, param=param)
    return _add_card(account, card, shown_card(card, card.number, cvc_given=True), {})


def new_payment_method(account: StripeAccount, params: dict[str, Any]) -> Document:
    """A payment method of the given details; raises ApiError for a type that is not simulated, or a card that cannot
    be.
    """
    type_name = params.get("type", CARD)
    if type_name in WALLETS:
        return account.add(_described(account, params, type_name, {}))
    if type_name != CARD:
        raise invalid_request(
            f"The Stripe simulator knows {', '.join((CARD, *WALLETS))} only, not {type_name}.", param="type"
        )
    if "card" not in params:
        raise invalid_request("Missing required param: card.", code="parameter_missing", param="card")
    card, shown = card_of(params["card"])
    return _add_card(account, card, shown, params)


def card_behind(account: StripeAccount, method: Document) -> TestCard:
    """The test card of a payment method that is a card."""
    return card_for_key(account.hidden(method)["card"])


def behaviour_of(account: StripeAccount, method: Document) -> Behaviour:
    """How a payment method behaves."""
    wallet = WALLETS.get(method["type"])
    return wallet.behaviour if wallet is not None else card_behind(account, method)


def attach_to(account: StripeAccount, method: Document, customer: str, call: Call | None) -> None:
    method["customer"] = customer
    account.emit("payment_method.attached", method, call)


def check_attachable(method: Document, card: Behaviour) -> None:
    """Raise ApiError for what Stripe cannot attach to a customer: 400 for its type, 402 for a card that is declined."""
    if method["type"] in WALLETS:
        raise invalid_request(
            f"Payment methods of type {method['type']} can be used once and cannot be attached to a customer."
        )
    if not card.attachable and card.decline is not None:
        raise card_error(
            card.decline.message,
            code=card.decline.code,
            decline_code=card.decline.decline_code,
            param=card.decline.param,
        )


def check_usable(account: StripeAccount, method: Document, customer: str | None) -> None:
    """Raise ApiError (400) when the method is used up, or belongs to someone else than the customer of the payment."""
    if method["customer"] is not None and method["customer"] != customer:
        raise not_the_customers(method["id"])
    if method["customer"] is None and account.hidden(method).get("used_up"):
        raise invalid_request(_USED_UP, param="payment_method")


def not_the_customers(identifier: str) -> ApiError:
    return invalid_request(
        f"The customer does not have a payment method with the ID {identifier}. "
        "The payment method must be attached to the customer.",
        code="resource_missing",
        param="payment_method",
    )


def billing_details(params: Any, current: Document | None = None) -> Document:
    """Billing details with a change applied; an empty value unsets what it names."""
    shown: Document = current or {
        "address": dict(_NO_ADDRESS), "email": None, "name": None, "phone": None, "tax_id": None
    }  # fmt: skip
    details = params if isinstance(params, dict) else {}
    address = details.get("address")
    changed = {key: value or None for key, value in details.items() if key != "address"}
    if address is not None:
        changed["address"] = {**_NO_ADDRESS, **(address or {})}
    return {**shown, **changed}


def _add_card(account: StripeAccount, card: TestCard, shown: Document, params: dict[str, Any]) -> Document:
    return account.add(_described(account, params, CARD, shown), card=card.key)


def _described(account: StripeAccount, params: dict[str, Any], type_name: str, shown: Document) -> Document:
    """A payment method; Stripe shows the part of its own type and of no other."""
    method = new_document(
        "payment_method",
        id=new_id("pm"),
        allow_redisplay=params.get("allow_redisplay", "unspecified"),
        billing_details=billing_details(params.get("billing_details")),
        created=account.now(),
        metadata=merge_metadata(None, params.get("metadata") or {}),
        type=type_name,
    )
    del method[CARD]
    method[type_name] = shown
    return method


def _of_type(methods: list[Document], call: Call) -> list[Document]:
    type_name = call.params.get("type")
    return methods if type_name is None else [method for method in methods if method["type"] == type_name]


def _required(call: Call, name: str) -> str:
    if name not in call.params:
        raise invalid_request(f"Missing required param: {name}.", code="parameter_missing", param=name)
    value: str = call.params[name]
    return value
