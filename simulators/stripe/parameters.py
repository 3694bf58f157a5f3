"""Stripe's form encoding: `card[number]=..&expand[0]=..` to nested values."""

from urllib.parse import parse_qsl

from simulators.stripe.errors import invalid_request

Raw = str | dict[str, "Raw"]
"""A parameter as it came: text, or a mapping (arrays are mappings keyed by position until their type is known)."""

_MOST_PARAMETERS = 1_000
_DEEPEST = 10


def parse_form(encoded: str) -> dict[str, Raw]:
    """The nested parameters of a body or query string.

    Raises ApiError (400) for names whose brackets do not match, that nest too deep, or that are both text and object.
    """
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise invalid_request("The request holds too many parameters.") from error
    parsed: dict[str, Raw] = {}
    for name, value in pairs:
        _place(parsed, name, _segments(name), value)
    return parsed


def _segments(name: str) -> list[str]:
    head, *rest = name.split("[")
    if not head or any(not segment.endswith("]") or "]" in segment[:-1] for segment in rest):
        raise invalid_request(f"Invalid parameter name: {name}", param=name)
    if len(rest) > _DEEPEST:
        raise invalid_request(f"Parameter nested too deeply: {name}", param=name)
    return [head, *(segment[:-1] for segment in rest)]


def _place(target: dict[str, Raw], name: str, segments: list[str], value: str) -> None:
    for position, segment in enumerate(segments[:-1]):
        key = segment or _open_element(target, segments[position + 1])
        child = target.setdefault(key, {})
        if not isinstance(child, dict):
            raise invalid_request(f"Invalid object: {name} is given both as text and as an object.", param=name)
        target = child
    last = segments[-1] or str(len(target))
    if isinstance(target.get(last), dict):
        raise invalid_request(f"Invalid object: {name} is given both as text and as an object.", param=name)
    target[last] = value


def _open_element(target: dict[str, Raw], next_segment: str) -> str:
    """The position that `[]` in the middle of a name means: the last element, until a field of it repeats."""
    if not target:
        return "0"
    last = str(len(target) - 1)
    element = target.get(last)
    return str(len(target)) if isinstance(element, dict) and next_segment in element else last
