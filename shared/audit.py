"""The audit log: who did what to what, written by the transaction that does it. Entries are only ever added.

Who is signed in is the actor of whatever the request writes (`acting`, called by `shared.web`); who acts without being
signed in, by a link or without a request, is named (`record(actor=)`).
No personal data goes in but ids, so that nothing needs to be taken out when somebody wants to be forgotten.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import orjson

from shared import correlation
from shared.clients.database import Connection

Kind: TypeAlias = Literal["admin", "moderator", "vendor", "creator", "customer", "system"]
Changes: TypeAlias = dict[str, tuple[Any, Any]]
"""By name of the field: the value before, and the value after. None where there was, or is, none."""

MAX_TEXT: Final = 500
"""Characters of a text that are kept."""
MAX_ITEMS: Final = 250
"""Items of a list that are kept."""
MAX_BYTES: Final = 64 * 1024
"""JSON of one entry's changes; fields that come after that much are named, without their values."""
MAX_REASON: Final = 500
WITHHELD: Final = "[withheld]"
"""Stands for a secret, and for what is personal: the log tells that it changed, not what it is."""
CUT: Final = "[cut]"
"""Stands for what was too much."""
BOOKKEEPING: Final = frozenset({"id", "version", "created_at", "updated_at"})

_SECRET: Final = ("password", "secret", "token", "hash", "api_key", "credential")
_PERSONAL: Final = frozenset(
    {"email", "full_name", "name_on_card", "phone", "address", "ip_address", "tracking_number", "file_name"}
)
_LETTERS: Final = frozenset({"note", "decision_note", "reply"})
"""What is written to a person or about one. It stands where it can be erased, and nowhere else."""
_ORDER: Final[tuple[Kind, ...]] = ("admin", "moderator", "vendor", "creator", "customer")

_INSERT: Final = """
INSERT INTO audit_entries (actor_id, actor_kind, action, subject_type, subject_id, changes, reason, correlation_id,
    network)
VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s)
"""


class Actor(NamedTuple):
    """Who acts, as what, and the address that they call from, where they do."""

    id: UUID | None
    kind: Kind
    address: str | None = None


class Subject(NamedTuple):
    """What is acted on: `Subject("product", product_id)`."""

    type: str
    id: UUID


SYSTEM: Final = Actor(None, "system")
"""A schedule or a worker, on nobody's behalf."""

_acting: ContextVar[Actor | None] = ContextVar("audit_actor", default=None)


def user(user_id: UUID, roles: Collection[str], address: str | None) -> Actor:
    """A user, as the highest of their roles."""
    return Actor(user_id, next((kind for kind in _ORDER if kind in roles), "customer"), address)


def acting(actor: Actor) -> None:
    """What this request writes from now on is done by `actor`."""
    _acting.set(actor)


def record(
    connection: Connection,
    action: str,
    subject: Subject,
    *,
    changes: Changes | None = None,
    reason: str | None = None,
    actor: Actor | None = None,
) -> None:
    """Add an entry, in the transaction that `connection` is in. `action` is `<what>.<done>`: `product.changed`.

    Secrets, personal data and letters among the changes are withheld, long texts and lists are cut. `reason` says why
    something of the shop's was changed; what is written to a customer or about one is a change of its `note`. Raises
    LookupError where nobody is known to act: what nobody did is not written.
    """
    who = actor or _acting.get()
    if who is None:
        raise LookupError(f"nobody is known to act: {action}")
    connection.execute(
        _INSERT,
        (
            who.id,
            who.kind,
            action,
            subject.type,
            subject.id,
            _bounded(changes or {}),
            None if reason is None else _text(reason, MAX_REASON),
            correlation.current(),
            _network(who.address),
        ),
    )


def created(after: Mapping[str, Any]) -> Changes:
    """Every field of something new that has a value."""
    return {name: (None, value) for name, value in after.items() if value not in (None, "", [], {})}


def deleted(before: Mapping[str, Any]) -> Changes:
    """Every field of something that is gone."""
    return {name: (value, None) for name, value in before.items() if value not in (None, "", [], {})}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """The fields that differ; one that only one side has is None on the other. Of documents in documents, the fields of
    the inner ones: `variants.<id>.price_amount`.
    """
    found: Changes = {}
    for name in dict.fromkeys((*before, *after)):
        was, is_now = before.get(name), after.get(name)
        if isinstance(was, Mapping) and isinstance(is_now, Mapping):
            found |= {f"{name}.{inner}": values for inner, values in differences(was, is_now).items()}
        elif was != is_now:
            found[name] = (was, is_now)
    return found


def fields_of(row: Any, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a dataclass or a named tuple, but for `without` and what the database keeps by itself."""
    left_out = BOOKKEEPING.union(without)
    names = getattr(row, "_fields", None) or [field.name for field in dataclasses.fields(row)]
    return {name: getattr(row, name) for name in names if name not in left_out}


def _bounded(changes: Changes) -> str:
    """The changes as JSON of no more than about MAX_BYTES."""
    kept: dict[str, Any] = {}
    size = 0
    for name, values in changes.items():
        pair = [WITHHELD if value is not None and _is_withheld(name) else _value(value) for value in values]
        size += len(orjson.dumps(pair, option=orjson.OPT_UTC_Z, default=str))
        kept[name] = pair if size <= MAX_BYTES else [None if value is None else CUT for value in values]
    return orjson.dumps(kept, option=orjson.OPT_UTC_Z, default=str).decode()


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value, MAX_TEXT)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = fields_of(value)
    if isinstance(value, Mapping):
        return {str(key): WITHHELD if _is_withheld(str(key)) else _value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [_value(item) for item in list(value)[:MAX_ITEMS]]
        return items if len(value) <= MAX_ITEMS else [*items, CUT]
    return value


def _is_withheld(name: str) -> bool:
    """By the name that the field has where it stands: `variants.<id>.sku` is a `sku`."""
    last = name.rpartition(".")[2].lower()
    return last in _PERSONAL or last in _LETTERS or any(word in last for word in _SECRET)


def _text(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    mark = f"... [cut: {len(text)} characters]"
    return text[: limit - len(mark)] + mark


def _network(address: str | None) -> str | None:
    """The network that an address is of (/24, IPv6: /48): whose machine it is cannot be told from that."""
    import ipaddress

    try:
        version = ipaddress.ip_address(address or "").version
    except ValueError:
        return None
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))
