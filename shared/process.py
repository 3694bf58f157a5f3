"""What a process remembers between invocations, and how to clear it: the next call then is a cold start.

Every module that holds such state registers how to clear it, next to the state itself::

    _loaded: dict[str, Settings] = {}
    process.on_reset(_loaded.clear)

Nothing but tests clears everything. A SnapStart snapshot clears what must not be in it (`before_snapshot`): what is
connected, and what grows old.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_callbacks: list[Callable[[], object]] = []
_snapshot_callbacks: list[Callable[[], object]] = []
_end_callbacks: list[Callable[[], object]] = []


def on_reset(callback: Callable[[], object], *, before_snapshot: bool = False) -> None:
    """Register `callback` to clear state of the process; with `before_snapshot`, also when a snapshot is made of it."""
    _callbacks.append(callback)
    if before_snapshot:
        _snapshot_callbacks.append(callback)


def reset() -> None:
    """Clear all state that modules have registered."""
    for callback in _callbacks:
        callback()


def prepare_snapshot() -> None:
    """Clear what must not be in a snapshot of the process: connections, and what grows old."""
    for callback in _snapshot_callbacks:
        callback()


def on_end(callback: Callable[[], object]) -> None:
    """Register `callback` for the end of every invocation, whatever woke the function."""
    _end_callbacks.append(callback)


def end_invocation() -> None:
    """An invocation has ended: let go of what must not be held until the next one."""
    for callback in _end_callbacks:
        callback()
