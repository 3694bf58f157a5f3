"""Errors as clients tell of them and as administrators read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from functions.operations.repository.error_logs import ErrorRow
from shared.web import RequestModel, ResponseModel

ErrorSource = Literal["client", "http", "worker", "schedule"]
ErrorStatus = Literal["open", "resolved"]
FUNCTION_NAME = r"^[a-z][a-z0-9_.-]*$"

ContextName = Annotated[str, Field(min_length=1, max_length=50)]
ContextValue = Annotated[str, Field(max_length=500)] | int | float | bool | None


class ClientError(RequestModel):
    """An error that a client met. Tokens, addresses of mail, card numbers and secrets in it are not kept."""

    message: Annotated[str, Field(min_length=1, max_length=2_000, examples=["items is undefined"])]
    type: Annotated[str, Field(min_length=1, max_length=200, examples=["TypeError"])] = "Error"
    stack: Annotated[str, Field(max_length=16_000, description="As the browser has it")] = ""
    level: Literal["error", "warning"] = "error"
    function: Annotated[
        str, Field(max_length=100, pattern=FUNCTION_NAME, description="The part of the client", examples=["web.feed"])
    ] = "web"
    url: Annotated[str | None, Field(max_length=2_000, description="Of the page")] = None
    release: Annotated[str | None, Field(max_length=100, description="Of the client")] = None
    correlation_id: Annotated[
        str | None,
        Field(pattern=r"^[A-Za-z0-9._:-]{8,128}$", description="Of the request that failed, where one did"),
    ] = None
    context: Annotated[dict[ContextName, ContextValue], Field(max_length=20, default_factory=dict)]


class ErrorReceipt(ResponseModel):
    """The error is taken, and will be in the log within seconds."""

    correlation_id: Annotated[str, Field(description="For whoever is asked about the error: the log has it, too")]


class ErrorResolution(RequestModel):
    """Why the error is resolved."""

    reason: Annotated[str | None, Field(min_length=1, max_length=500, examples=["Mended in release 42"])] = None


class LoggedError(ResponseModel):
    """One error, however often it happened."""

    id: UUID
    source: ErrorSource
    function: Annotated[str, Field(examples=["catalog.api"])]
    error_type: Annotated[str, Field(examples=["KeyError"])]
    message: Annotated[str, Field(description="Of the latest occurrence, without secrets and personal data")]
    level: Literal["error", "warning"]
    status: ErrorStatus
    occurrences: Annotated[int, Field(ge=1, examples=[12])]
    first_seen_at: datetime
    last_seen_at: datetime
    resolved_at: datetime | None
    reopenings: Annotated[int, Field(ge=0, description="How often it happened again after it had been resolved")]
    correlation_id: Annotated[str, Field(description="Of the latest occurrence: log lines carry it, too")]
    user_id: Annotated[UUID | None, Field(description="Who met it last, where somebody was signed in")]
    release: str | None


class CallFrame(ResponseModel):
    """One call of a stack."""

    module: str
    function: str
    line: int | None
    in_app: bool


class LoggedException(ResponseModel):
    """An exception with its stack, outermost call first."""

    type: str
    message: str
    frames: list[CallFrame]


class ErrorDetails(LoggedError):
    """One error with the stack and the context of its latest occurrence."""

    resolved_by: UUID | None
    exceptions: Annotated[list[LoggedException], Field(description="The error first, then what it was raised for")]
    context: Annotated[dict[str, Any], Field(description="Of the request, the message or the page")]

    @classmethod
    def of(cls, row: ErrorRow) -> ErrorDetails:
        values = {name: getattr(row, name) for name in cls.model_fields if name not in ("exceptions", "context")}
        return cls.model_validate({**values, **row.sample})
