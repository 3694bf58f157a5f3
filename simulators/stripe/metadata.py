"""Stripe's rules for `metadata` (https://docs.stripe.com/metadata): up to 50 keys of 40 characters, values of 500."""

from simulators.stripe.documents import Document
from simulators.stripe.errors import invalid_request
from simulators.stripe.parameters import Raw

_MOST_KEYS = 50
_LONGEST_KEY = 40
_LONGEST_VALUE = 500


def check_metadata(raw: dict[str, Raw], path: str) -> dict[str, str]:
    """The metadata as text by key; raises ApiError (400) for what Stripe refuses."""
    checked: dict[str, str] = {}
    for key, value in raw.items():
        if not isinstance(value, str):
            raise invalid_request("Metadata values must be strings, not objects or arrays.", param=f"{path}[{key}]")
        if len(key) > _LONGEST_KEY:
            raise invalid_request(
                f"Metadata keys must be at most {_LONGEST_KEY} characters long; {key!r} has {len(key)}.", param=path
            )
        if len(value) > _LONGEST_VALUE:
            raise invalid_request(
                f"Metadata values can have up to {_LONGEST_VALUE} characters, but you passed in a value that is "
                f"{len(value)} characters. Invalid value: {value[:20]}...",
                param=f"{path}[{key}]",
            )
        checked[key] = value
    return checked


def merge_metadata(current: Document | None, change: dict[str, str] | str) -> dict[str, str]:
    """Metadata after a change: keys are added or replaced, an empty value removes its key, an empty change all keys.

    Raises ApiError (400) when more than 50 keys would remain.
    """
    if isinstance(change, str):
        return {}
    merged = {**(current or {}), **change}
    merged = {key: value for key, value in merged.items() if value != ""}
    if len(merged) > _MOST_KEYS:
        raise invalid_request(
            f"Metadata can have up to {_MOST_KEYS} keys, but you passed {len(merged)}.", param="metadata"
        )
    return merged
