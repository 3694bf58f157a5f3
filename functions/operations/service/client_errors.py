"""Errors of clients: scrubbed and put on the bus, whence they reach the error log as our own errors do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.operations.domain import client_stacks
from shared import scrubbing, signals
from shared.contexts.operations.events import ErrorReported, ReportedException, ReportedFrame
from shared.errors import UnavailableError

_MESSAGE: Final = 500
_ADDRESS: Final = 500
_VALUE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientErrorReport:
    """What a client tells of an error, and what the request tells of the client."""

    function: str
    error_type: str
    message: str
    stack: str
    level: str
    url: str | None
    user_agent: str | None
    release: str | None
    correlation_id: str | None
    context: Mapping[str, str | int | float | bool | None]
    user_id: UUID | None


def report(error: ClientErrorReport) -> None:
    """Raises UnavailableError where the bus does not take it."""
    event = _event(error)
    if not signals.send(event.detail_type(), event.model_dump(mode="json"), keep=False):
        raise UnavailableError("The error cannot be taken at the moment")


def _event(error: ClientErrorReport) -> ErrorReported:
    message = scrubbing.text(error.message, _MESSAGE)
    error_type = scrubbing.text(error.error_type, _VALUE)
    stack = client_stacks.frames(error.stack)
    frames = [
        ReportedFrame(
            module=scrubbing.text(frame.file, _VALUE),
            function=scrubbing.text(frame.function, _VALUE),
            line=frame.line,
            in_app=True,
        )
        for frame in stack
    ]
    told = {
        "url": error.url and scrubbing.text(error.url, _ADDRESS),
        "user_agent": error.user_agent and scrubbing.text(error.user_agent, _VALUE),
        "failed_request": error.correlation_id,
        **scrubbing.members(error.context, limit=_VALUE, most=len(error.context)),
    }
    return ErrorReported(
        fingerprint=client_stacks.fingerprint(error.function, error_type, message, stack),
        error_source="client",
        function=error.function,
        error_type=error_type,
        message=message,
        level="warning" if error.level == "warning" else "error",
        # As ours: the outermost call comes first.
        exceptions=[ReportedException(type=error_type, message=message, frames=frames[::-1])],
        context={name: value for name, value in told.items() if value is not None},
        user_id=error.user_id,
        release=error.release and scrubbing.text(error.release, _VALUE),
    )
