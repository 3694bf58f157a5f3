"""`expand[]`: ids replaced by what they name, as https://docs.stripe.com/expand describes it."""

from infra.local.stripe.calls import Call
from infra.local.stripe.contract import expandable_fields
from infra.local.stripe.documents import Document
from infra.local.stripe.errors import ApiError, invalid_request
from infra.local.stripe.lists import page_of
from infra.local.stripe.simulator import Simulator

_DEEPEST = 4
_TYPES_BY_PREFIX = {
    "ch": "charge",
    "cus": "customer",
    "pi": "payment_intent",
    "pm": "payment_method",
    "re": "refund",
    "seti": "setup_intent",
    "txn": "balance_transaction",
}


def expand(simulator: Simulator, document: Document, paths: list[str]) -> Document:
    """A copy of the answer with the fields at these paths expanded.

    Raises ApiError (400) for a field that cannot be expanded or a path deeper than four.
    """
    expanded = dict(document)
    for path in paths:
        names = path.split(".")
        if len(names) > _DEEPEST:
            raise invalid_request("You cannot expand more than 4 levels of a property.", param="expand")
        _expand(simulator, expanded, names, path)
    return expanded


def _expand(simulator: Simulator, document: Document, names: list[str], path: str) -> None:
    name, *deeper = names
    if document.get("object") == "list":
        if name != "data" or not deeper:
            raise _not_expandable(path)
        document["data"] = [dict(element) for element in document["data"]]
        for element in document["data"]:
            _expand(simulator, element, deeper, path)
        return
    value = _expanded_value(simulator, document, name, path)
    if isinstance(value, dict):
        document[name] = value
        if deeper:
            _expand(simulator, value, deeper, path)


def _expanded_value(simulator: Simulator, document: Document, name: str, path: str) -> object:
    type_name = document["object"]
    if type_name == "charge" and name == "refunds":
        return document["refunds"] or _refunds_of(simulator, document)
    if name not in expandable_fields(type_name):
        raise _not_expandable(path)
    value = document.get(name)
    if not isinstance(value, str):
        return value
    found = simulator.find(_TYPES_BY_PREFIX.get(value.partition("_")[0], ""), value)
    return dict(found) if found else value


def _refunds_of(simulator: Simulator, charge: Document) -> Document:
    refunds = [refund for refund in simulator.all("refund") if refund["charge"] == charge["id"]]
    return page_of(refunds, Call(request_id="", base_url=""), f"/v1/charges/{charge['id']}/refunds")


def _not_expandable(path: str) -> ApiError:
    return invalid_request(f"This property cannot be expanded ({path}).", param="expand")
