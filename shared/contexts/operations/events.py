"""What operations hears of from every function: errors that nobody expected (`shared.error_reports` sends them)."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.events import DomainEvent
from shared.signals import SOURCE


class ReportedFrame(BaseModel):
    """One call of a stack: names only, no values."""

    module: str
    function: str
    line: int | None = None
    in_app: bool = False


class ReportedException(BaseModel):
    type: str
    message: str
    frames: list[ReportedFrame] = Field(default_factory=list)


class ErrorReported(DomainEvent):
    """An error happened in one of our functions or in a client. Texts are scrubbed. It is a signal: no transaction
    causes it, and it is not in the outbox.
    """

    source = SOURCE

    fingerprint: str = Field(pattern="^[0-9a-f]{64}$")
    """The same for the same error, wherever and whenever it happens."""
    error_source: Literal["client", "http", "worker", "schedule"]
    function: str
    error_type: str
    message: str
    level: Literal["error", "warning"] = "error"
    exceptions: list[ReportedException]
    """The error first, then what it was raised for."""
    context: dict[str, Any] = Field(default_factory=dict)
    user_id: UUID | None = None
    release: str | None = None
    count: int = Field(default=1, ge=1)
    """How often it happened: more than once where a process held reports back."""
