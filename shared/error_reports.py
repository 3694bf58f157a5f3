"""Errors that nobody expected, on their way to the error log: put on the bus where they happen, as signals.

HTTP functions, workers, schedules and buckets report here, in the one place of each kind where an unexpected error
ends. The error log (operations) and Sentry hear of it from the bus: neither a database that is away, nor a transaction
that failed, nor a function without a way to the internet keeps an error from being told. What is told holds no values
of variables, and its texts are scrubbed (`shared.scrubbing`).
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from traceback import walk_tb
from typing import Final

from shared import process, scrubbing, signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal, TypeAlias
    from uuid import UUID

    Source: TypeAlias = Literal["http", "worker", "schedule"]

DETAIL_TYPE: Final = "ErrorReported"
MESSAGE_LIMIT: Final = 500
_FRAMES: Final = 30
_CAUSES: Final = 3
_MEMBERS: Final = 20
_OURS: Final = ("functions.", "shared.")

WINDOW_SECONDS: Final = 10.0
WINDOW_REPORTS: Final = 10
"""Of one error a process reports so many in a window one by one. The others are counted, and told as one at the end of
an invocation after it: what fails at every request must not cost every request a call."""
_MOST_WINDOWS: Final = 200

clock = time.monotonic


@dataclass(slots=True)
class _Window:
    """Reports of one error since `started`: how many were sent, and how many wait to be told with the latest."""

    started: float
    sent: int = 0
    held: int = 0
    latest: dict[str, Any] | None = None


_windows: dict[str, _Window] = {}
process.on_reset(_windows.clear, before_snapshot=True)


def report(
    error: BaseException, source: Source, *, context: Mapping[str, object] | None = None, user_id: UUID | None = None
) -> None:
    """Tell of an error that nobody expected. Never raises: the answer to the caller stays what it is."""
    try:
        data = _described(error, source, context or {}, user_id)
        window = _window(data["fingerprint"])
        if window.sent < WINDOW_REPORTS:
            window.sent += 1
            _send(window, data, 1 + window.held)
        else:
            window.held += 1
            window.latest = data
    except Exception as failure:
        signals.tell(failure, 1)


def flush() -> None:
    """Tell of the reports that were held back and whose window is over."""
    now = clock()
    for window in _windows.values():
        if window.held and window.latest is not None and now - window.started >= WINDOW_SECONDS:
            _send(window, window.latest, window.held)


process.on_end(flush)


def function_name() -> str:
    """`catalog.api`: the handler that runs here, or the service where that is not known."""
    parts = os.environ.get("_HANDLER", "").split(".")
    if len(parts) >= 4 and parts[0] == "functions":
        return f"{parts[1]}.{parts[3]}"
    return os.environ.get("SERVICE", "unknown")


def _window(fingerprint: str) -> _Window:
    now = clock()
    window = _windows.get(fingerprint)
    if window is None or now - window.started >= WINDOW_SECONDS:
        if len(_windows) >= _MOST_WINDOWS:
            _windows.clear()
        window = _windows[fingerprint] = _Window(now, held=window.held if window else 0)
    return window


def _send(window: _Window, data: dict[str, Any], count: int) -> None:
    window.held, window.latest = 0, None
    signals.send(DETAIL_TYPE, {**data, "count": count})


def _described(
    error: BaseException, source: Source, context: Mapping[str, object], user_id: UUID | None
) -> dict[str, Any]:
    exceptions = [_exception(one) for one in _chain(error)]
    first = exceptions[0]
    function = function_name()
    ours = [f"{frame['module']}:{frame['function']}" for frame in first["frames"] if frame["in_app"]]
    identity = [source, function, first["type"], *(ours or [first["message"]])]
    return {
        "fingerprint": hashlib.sha256("\n".join(identity).encode()).hexdigest(),
        "error_source": source,
        "function": function,
        "error_type": first["type"],
        "message": first["message"],
        "exceptions": exceptions,
        "context": scrubbing.members(context, limit=MESSAGE_LIMIT, most=_MEMBERS),
        "user_id": None if user_id is None else str(user_id),
        "release": os.environ.get("AWS_LAMBDA_FUNCTION_VERSION"),
    }


def _chain(error: BaseException) -> list[BaseException]:
    """The error, and what it was raised for."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and len(chain) < _CAUSES and current not in chain:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain


def _exception(error: BaseException) -> dict[str, Any]:
    frames = [
        {
            "module": frame.f_globals.get("__name__", "?"),
            "function": frame.f_code.co_qualname,
            "line": line,
            "in_app": frame.f_globals.get("__name__", "").startswith(_OURS),
        }
        for frame, line in walk_tb(error.__traceback__)
    ]
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return {"type": name[:200], "message": scrubbing.text(str(error), MESSAGE_LIMIT), "frames": frames[-_FRAMES:]}
