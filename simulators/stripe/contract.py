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
    """One operation of Stripe's API: `name` is the library's, e.g. `payment_intents.confirm`.

    `returns` is the library's class of the answer, e.g. `PaymentIntent`, or of what it lists if `lists`.
    """

    name: str
    method: str
    path: str
    params: type
    returns: str
    lists: bool


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
    match = re.search(r"(\w+Params)\b", annotation)
    if match is None:
        raise AttributeError(f"{name} of the stripe library names no type of parameters")
    returned = re.fullmatch(r"(ListObject\[)?(\w+)\]?", str(inspect.signature(function).return_annotation))
    if returned is None:
        raise AttributeError(f"{name} of the stripe library names no class of answers")
    return Operation(
        name,
        method,
        unquote(urlsplit(url).path),
        getattr(stripe.params, match.group(1)),
        returned.group(2),
        returned.group(1) is not None,
    )


@cache
def expandable_fields(class_name: str) -> dict[str, tuple[str, ...]]:
    """The fields of a resource that hold an id and may be expanded, with the classes they may become.

    Empty for a class that the library does not export: nothing in it is simulated.
    """
    hints = getattr(getattr(stripe, class_name, None), "__annotations__", {})
    fields = {name: typing.get_args(hint) for name, hint in hints.items()}
    return {
        name: tuple(member.__forward_arg__ for member in members if isinstance(member, typing.ForwardRef))
        for name, members in fields.items()
        if str in members and any(isinstance(member, typing.ForwardRef) for member in members)
    }
