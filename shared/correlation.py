"""The correlation id of what this process is doing now; it goes on logs, answers, events and queue messages."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("correlation_id", default="")
_ACCEPTED = re.compile(r"[A-Za-z0-9._:-]{8,128}")


def current() -> str:
    """The id in force; a new one where nobody has set any."""
    value = _current.get()
    if not value:
        value = str(uuid.uuid4())
        _current.set(value)
    return value


def existing() -> str | None:
    """The id in force, None where nobody has set any."""
    return _current.get() or None


def accept(value: str | None) -> str:
    """`value` if it is safe to log and echo, otherwise a new id; becomes the current one."""
    chosen = value if value and _ACCEPTED.fullmatch(value) else str(uuid.uuid4())
    _current.set(chosen)
    return chosen


@contextmanager
def correlated(value: str | None) -> Iterator[str]:
    """Run one queue record or job under its sender's correlation id."""
    token = _current.set("")
    try:
        yield accept(value)
    finally:
        _current.reset(token)
