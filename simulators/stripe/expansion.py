"""`expand[]`: ids replaced by what they name, as https://docs.stripe.com/expand describes it."""

from simulators.stripe.calls import Call
from simulators.stripe.contract import Operation, expandable_fields
from simulators.stripe.documents import Document
from simulators.stripe.errors import ApiError, invalid_request
from simulators.stripe.lists import page_of
from simulators.stripe.stripe_account import StripeAccount

_DEEPEST = 4
_TYPES_BY_PREFIX = {
    "ch": "charge",
    "cus": "customer",
    "dp": "dispute",
    "pi": "payment_intent",
    "pm": "payment_method",
    "po": "payout",
    "re": "refund",
    "seti": "setup_intent",
    "txn": "balance_transaction",
}


def check_expandable(operation: Operation, paths: list[str]) -> None:
    """Raise ApiError (400) for a path deeper than four or through a field that cannot be expanded."""
    for path in paths:
        names = path.split(".")
        if len(names) > _DEEPEST:
            raise invalid_request("You cannot expand more than 4 levels of a property.", param="expand")
        if operation.lists and (names.pop(0) != "data" or not names):
            raise _not_expandable(path)
        classes: tuple[str, ...] = (operation.returns,)
        for name in names:
            classes = tuple(target for known in classes for target in _fields(known).get(name, ()))
            if not classes:
                raise _not_expandable(path)


def expand(account: StripeAccount, document: Document, paths: list[str]) -> Document:
    """A copy of the answer with the fields at these (checked) paths expanded."""
    expanded = dict(document)
    for path in paths:
        _expand(account, expanded, path.split("."))
    return expanded


def _fields(class_name: str) -> dict[str, tuple[str, ...]]:
    # Includable on request since API version 2022-11-15; the library types it as a list, not as an id.
    more = {"refunds": ("Refund",)} if class_name == "Charge" else {}
    return {**expandable_fields(class_name), **more}


def _expand(account: StripeAccount, document: Document, names: list[str]) -> None:
    name, *deeper = names
    if document.get("object") == "list":
        document["data"] = [dict(element) for element in document["data"]]
        for element in document["data"]:
            _expand(account, element, deeper if name == "data" else names)
        return
    value = _expanded_value(account, document, name)
    if isinstance(value, dict):
        document[name] = value
        if deeper:
            _expand(account, value, deeper)


def _expanded_value(account: StripeAccount, document: Document, name: str) -> object:
    value = document.get(name)
    if document.get("object") == "charge" and name == "refunds":
        return value or _refunds_of(account, document)
    if not isinstance(value, str):
        return value
    resource = account.find(_TYPES_BY_PREFIX.get(value.partition("_")[0], ""), value)
    return dict(resource) if resource else value


def _refunds_of(account: StripeAccount, charge: Document) -> Document:
    refunds = [refund for refund in account.all("refund") if refund["charge"] == charge["id"]]
    return page_of(refunds, Call(request_id="", base_url=""), f"/v1/charges/{charge['id']}/refunds")


def _not_expandable(path: str) -> ApiError:
    return invalid_request(f"This property cannot be expanded ({path}).", param="expand")
