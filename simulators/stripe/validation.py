"""Validation of parameters against the `stripe` library's own typed parameters, by introspection."""

import types
import typing
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal

import typing_extensions
from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject

from simulators.stripe.errors import ApiError, invalid_request
from simulators.stripe.metadata import check_metadata
from simulators.stripe.parameters import Raw

_UNSET = ""
_UNIONS = (typing.Union, types.UnionType)
# The library's types name these only for type checkers; they are options of the call, never parameters.
_CHECKER_ONLY_NAMES = {"StripeContext": str, "Mapping": Mapping}


def validate(params_type: type, raw: dict[str, Raw], path: str = "") -> dict[str, Any]:
    """Typed values of the parameters; `path` is what names of errors begin with.

    Raises ApiError (400): `parameter_unknown`, `parameter_missing`, `parameter_invalid_integer`,
    `parameter_invalid_empty`, or one that lists the allowed values.
    """
    return _validate_object(params_type, raw, path)


@cache
def fields_of(params_type: type) -> dict[str, Any]:
    """The parameters that a typed dictionary of the library allows, with their types."""
    hints = typing.get_type_hints(params_type, localns=_CHECKER_ONLY_NAMES)
    return {name: hint for name, hint in hints.items() if name not in RequestOptions.__annotations__}


def _validate_object(params_type: type, raw: dict[str, Raw], path: str) -> dict[str, Any]:
    fields = fields_of(params_type)
    for name in raw:
        if name not in fields:
            raise _unknown(_join(path, name))
    required: frozenset[str] = getattr(params_type, "__required_keys__", frozenset())
    for name in fields:
        if name in required and name not in raw:
            missing = _join(path, name)
            raise invalid_request(f"Missing required param: {missing}.", code="parameter_missing", param=missing)
    return {name: _validate_value(fields[name], value, _join(path, name)) for name, value in raw.items()}


def _validate_value(hint: Any, raw: Raw, path: str) -> Any:
    alternatives = _alternatives(hint)
    if isinstance(raw, dict):
        return _validate_nested(alternatives, raw, path)
    return _validate_text(alternatives, raw, path)


def _alternatives(hint: Any) -> list[Any]:
    if typing.get_origin(hint) in _UNIONS:
        return [alternative for member in typing.get_args(hint) for alternative in _alternatives(member)]
    return [] if hint is type(None) else [hint]


def _validate_nested(alternatives: list[Any], raw: dict[str, Raw], path: str) -> Any:
    for alternative in alternatives:
        origin = typing.get_origin(alternative)
        if typing_extensions.is_typeddict(alternative):
            return _validate_object(alternative, raw, path)
        if origin is list and _is_array(raw):
            (item,) = typing.get_args(alternative)
            ordered = sorted(raw.items(), key=lambda pair: int(pair[0]))
            return [_validate_value(item, value, f"{path}[{index}]") for index, value in ordered]
        if origin is dict or origin is UntypedStripeObject:
            return _validate_mapping(alternative, raw, path)
    if any(typing.get_origin(alternative) is list for alternative in alternatives):
        raise invalid_request("Invalid array", param=path)
    raise _unknown(_join(path, next(iter(raw)))) if raw else invalid_request("Invalid object", param=path)


def _is_array(raw: dict[str, Raw]) -> bool:
    return all(key.isascii() and key.isdigit() for key in raw)


def _validate_mapping(hint: Any, raw: dict[str, Raw], path: str) -> dict[str, Any]:
    value_type = typing.get_args(hint)[-1]
    if value_type is str:
        return check_metadata(raw, path)
    return {key: _validate_value(value_type, value, _join(path, key)) for key, value in raw.items()}


def _validate_text(alternatives: list[Any], raw: str, path: str) -> Any:
    literals = [str(value) for member in alternatives if _is_literal(member) for value in typing.get_args(member)]
    if raw in literals:
        return raw
    if raw == _UNSET:
        raise _not_unsettable(alternatives, path)
    listed = [literal for literal in literals if literal != _UNSET]
    errors: list[ApiError] = []
    for scalar in (bool, int, float, Decimal):
        if scalar in alternatives:
            try:
                return _SCALARS[scalar](raw, path)
            except ApiError as error:
                errors.append(error)
    # The library types an open list of values as `Literal[..] | str`; the API accepts the listed ones only.
    if listed:
        raise _not_listed(listed, raw, path)
    if str in alternatives:
        return raw
    raise errors[0] if errors else _not_text(alternatives, path)


def _is_literal(hint: Any) -> bool:
    return typing.get_origin(hint) is Literal


def _boolean(raw: str, path: str) -> bool:
    if raw not in ("true", "false"):
        raise invalid_request(f"Invalid boolean: {raw}", code="parameter_invalid_boolean", param=path)
    return raw == "true"


def _integer(raw: str, path: str) -> int:
    digits = raw.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise invalid_request(f"Invalid integer: {raw}", code="parameter_invalid_integer", param=path)
    return int(raw)


def _decimal(raw: str, path: str) -> str:
    try:
        finite = Decimal(raw).is_finite()
    except InvalidOperation:
        finite = False
    if not finite:
        raise invalid_request(f"Invalid decimal: {raw}", code="parameter_invalid_decimal", param=path)
    return raw


_SCALARS: dict[Any, Any] = {bool: _boolean, int: _integer, float: _decimal, Decimal: _decimal}


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


# Parameters that the API once had and now refuses with a code of their own.
# https://docs.stripe.com/changelog/endive/2026-09-30/removes-the-payment-method-types-parameter-from-payment-intents-and-setup-intents
_REMOVED = {"payment_method_types": "payment_method_types_no_longer_supported"}


def _unknown(path: str) -> ApiError:
    name = path.partition("[")[0]
    if name in _REMOVED:
        message = f"The {name} parameter is no longer supported; use allowed_payment_method_types or automatic methods."
        return invalid_request(message, code=_REMOVED[name], param=path)
    return invalid_request(f"Received unknown parameter: {path}", code="parameter_unknown", param=path)


def _not_listed(listed: list[str], raw: str, path: str) -> ApiError:
    allowed = listed[0] if len(listed) == 1 else f"one of {', '.join(listed[:-1])}, or {listed[-1]}"
    return invalid_request(f"Invalid {path}: must be {allowed}, not {raw}", param=path)


def _not_text(alternatives: list[Any], path: str) -> ApiError:
    wants_array = any(typing.get_origin(alternative) is list for alternative in alternatives)
    return invalid_request("Invalid array" if wants_array else "Invalid object", param=path)


def _not_unsettable(alternatives: list[Any], path: str) -> ApiError:
    if int in alternatives and str not in alternatives:
        return invalid_request("Invalid integer: ", code="parameter_invalid_integer", param=path)
    message = (
        f"You passed an empty string for '{path}'. We assume empty values are an attempt to unset a parameter; "
        f"however '{path}' cannot be unset. You should remove '{path}' from your request or supply a non-empty value."
    )
    return invalid_request(message, code="parameter_invalid_empty", param=path)
