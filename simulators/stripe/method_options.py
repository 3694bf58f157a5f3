"""`payment_method_options` of a payment intent: what the simulator acts on."""

from typing import Any

from simulators.stripe.documents import Document
from simulators.stripe.errors import ApiError, invalid_request

_DEFAULTS: dict[str, Document] = {
    "card": {"installments": None, "mandate_options": None, "network": None, "request_three_d_secure": "automatic"},
    "alipay": {},
    "wechat_pay": {"app_id": None, "client": None},
}
_ACTED_ON = {"card": ("request_three_d_secure",), "wechat_pay": ("client",)}


def default_options(types: list[str], current: Document) -> Document:
    """The options of these types: as they are, or as they are at first."""
    return {name: current.get(name) or dict(_DEFAULTS[name]) for name in types}


def merged_options(current: Document, changes: dict[str, Any]) -> Document:
    """The options with a change applied. Raises ApiError (400) for one that the simulator would ignore."""
    changed = dict(current)
    for name, options in changes.items():
        for option, value in (options or {}).items():
            if option not in _ACTED_ON.get(name, ()):
                raise _unsupported(f"[{name}][{option}]")
            if option == "client" and value != "web":
                raise _unsupported(f"[{name}][{option}]={value}")
        if name not in _ACTED_ON:
            raise _unsupported(f"[{name}]")
        changed[name] = {**(changed.get(name) or _DEFAULTS[name]), **(options or {})}
    return changed


def _unsupported(what: str) -> ApiError:
    return invalid_request(
        f"The Stripe simulator does not act on payment_method_options{what}.",
        code="simulator_parameter_unsupported",
        param=f"payment_method_options{what.partition('=')[0]}",
    )
