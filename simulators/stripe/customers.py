"""Customers."""

from simulators.kit.identifiers import new_id, random_text
from simulators.stripe.calls import LIST_PARAMETERS, Call, serves
from simulators.stripe.documents import Document, fixtures, new_document
from simulators.stripe.lists import page_of
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.payment_methods import (
    attach_to,
    behaviour_of,
    check_attachable,
    check_usable,
    not_the_customers,
    payment_method,
)
from simulators.stripe.stripe_account import StripeAccount

_PLAIN = (
    "address",
    "balance",
    "description",
    "email",
    "invoice_prefix",
    "name",
    "next_invoice_sequence",
    "phone",
    "preferred_locales",
    "shipping",
    "tax_exempt",
)
_NO_INVOICE_SETTINGS: Document = dict.fromkeys(fixtures()["customer"]["invoice_settings"])
_ADDRESS_KEYS = tuple(fixtures()["customer"]["address"])


@serves("customers.create", *_PLAIN, "metadata", "payment_method", "invoice_settings")
def create(account: StripeAccount, call: Call) -> Document:
    customer = new_document(
        "customer",
        id=new_id("cus", 14),
        balance=0,
        created=account.now(),
        delinquent=False,
        invoice_prefix=random_text(8).upper(),
        invoice_settings=dict(_NO_INVOICE_SETTINGS),
        metadata={},
        next_invoice_sequence=1,
        preferred_locales=[],
        tax_exempt="none",
    )
    method = _method_to_attach(account, customer, call)
    _apply(account, customer, call, attaching=method)
    account.add(customer)
    account.emit("customer.created", customer, call)
    if method is not None:
        attach_to(account, method, customer["id"], call)
    return customer


@serves("customers.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    deleted = account.find("deleted_customer", call.id)
    return _deleted(call.id) if deleted else account.get("customer", call.id)


@serves("customers.update", *_PLAIN, "metadata", "invoice_settings")
def update(account: StripeAccount, call: Call) -> Document:
    customer = account.get("customer", call.id)
    before = dict(customer)
    _apply(account, customer, call)
    changed = {key: value for key, value in before.items() if customer[key] != value}
    if changed:
        account.emit("customer.updated", customer, call, **changed)
    return customer


@serves("customers.list", "email", *LIST_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    email = call.params.get("email")
    customers = [customer for customer in account.all("customer") if email is None or customer["email"] == email]
    return page_of(customers, call, "/v1/customers")


@serves("customers.delete")
def delete(account: StripeAccount, call: Call) -> Document:
    customer = account.get("customer", call.id)
    for method in account.all("payment_method"):
        if method["customer"] == customer["id"]:
            method["customer"] = None
            account.hidden(method)["used_up"] = True
    account.remove(customer)
    account.state.resources.setdefault("deleted_customer", {})[call.id] = _deleted(call.id)
    account.emit("customer.deleted", customer, call)
    return _deleted(call.id)


def _method_to_attach(account: StripeAccount, customer: Document, call: Call) -> Document | None:
    if "payment_method" not in call.params:
        return None
    method = payment_method(account, call.params["payment_method"], param="payment_method")
    check_usable(account, method, customer["id"])
    check_attachable(method, behaviour_of(account, method))
    return method


def _apply(account: StripeAccount, customer: Document, call: Call, *, attaching: Document | None = None) -> None:
    params = call.params
    settings = params.get("invoice_settings") or {}
    if settings.get("default_payment_method"):
        default = account.get("payment_method", settings["default_payment_method"], param="default_payment_method")
        if default["customer"] != customer["id"] and default is not attaching:
            raise not_the_customers(default["id"])
    for name in _PLAIN:
        if name in params:
            customer[name] = _shown(name, params[name])
    customer["invoice_settings"] = {**customer["invoice_settings"], **settings}
    if "metadata" in params:
        customer["metadata"] = merge_metadata(customer["metadata"], params["metadata"])


def _shown(name: str, value: object) -> object:
    if name == "tax_exempt":
        return value or "none"
    if name == "address" and isinstance(value, dict):
        return {**dict.fromkeys(_ADDRESS_KEYS), **value}
    return None if value == "" else value


def _deleted(identifier: str) -> Document:
    return {"id": identifier, "object": "customer", "deleted": True}
