"""Stripe's operations (verb, path, parameters, expandable fields), read from the installed `stripe` library.

Nothing here is written by hand: each service method of the library is called once with a transport that only
notes the request, so a route of the simulator cannot differ from the route that the library uses.
"""

import inspect
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

import stripe
import stripe.params

_PATH_ARGUMENTS_END = {"params", "options"}


@dataclass(frozen=True)
class Operation:
    """One operation of Stripe's API: `name` is the library's, e.g. `payment_intents.confirm`."""

    name: str
    method: str
    path: str
    params: type


class _NotingClient(stripe.HTTPClient):
    """A transport that sends nothing and notes verb and address."""

    name = "noting"

    def __init__(self) -> None:
        super().__init__()
        self.noted: tuple[str, str] = ("", "")

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: object = None,
        *,
        _usage: list[str] | None = None,
    ) -> tuple[str, int, Mapping[str, str]]:
        self.noted = (method.upper(), url)
        return "{}", 200, {}


@cache
def operation(name: str) -> Operation:
    """The operation that the library calls by this name; raises AttributeError when it has none."""
    transport = _NotingClient()
    client = stripe.StripeClient("sk_test_contract", http_client=transport, base_addresses={"api": "http://stripe"})
    target: object = client.v1
    for part in name.split("."):
        target = getattr(target, part)
    function = typing.cast(Callable[..., object], target)
    arguments = list(inspect.signature(function).parameters.values())
    path_arguments = [argument.name for argument in arguments if argument.name not in _PATH_ARGUMENTS_END]
    function(*(f"{{{argument}}}" for argument in path_arguments), params={})
    method, url = transport.noted
    annotation = next(str(argument.annotation) for argument in arguments if argument.name == "params")
    found = re.search(r"(\w+Params)\b", annotation)
    if found is None:
        raise AttributeError(f"{name} of the stripe library names no type of parameters")
    return Operation(name, method, unquote(urlsplit(url).path), getattr(stripe.params, found.group(1)))


@cache
def expandable_fields(type_name: str) -> frozenset[str]:
    """The fields of a resource that hold an id and may be expanded to the object itself."""
    resource = getattr(stripe, type_name.title().replace("_", ""))
    return frozenset(name for name, hint in resource.__annotations__.items() if _may_be_id_or_object(hint))


def _may_be_id_or_object(hint: object) -> bool:
    arguments = typing.get_args(hint)
    return str in arguments and any(isinstance(argument, typing.ForwardRef) for argument in arguments)
