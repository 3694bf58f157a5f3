"""The error log: clients tell of errors, administrators read and resolve them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.operations.errors import MalformedReportError
from functions.operations.repository.error_logs import ErrorFilters, Position
from functions.operations.schemas.errors import (
    FUNCTION_NAME,
    ClientError,
    ErrorDetails,
    ErrorReceipt,
    ErrorResolution,
    ErrorSource,
    ErrorStatus,
    LoggedError,
)
from functions.operations.service import client_errors, csp_reports, error_log
from functions.operations.service.client_errors import ClientErrorReport
from shared import correlation
from shared.errors import InvalidTokenError
from shared.permissions import Permission
from shared.web import Caller, Fields, Page, Reader, Transaction, requires, respond, respond_page
from shared.web.authentication import identify
from shared.web.pages import Paging, next_cursor
from shared.web.rate_limits import Kind, limited_as

PREFIX: Final = "/api/v1/errors"
LOG_PATH: Final = f"{PREFIX}/log"
_VIOLATION: Final = {"effectiveDirective": "script-src-elem", "blockedURL": "https://cdn.example/widget.js"}
_OLD_VIOLATION: Final = {"violated-directive": "script-src 'self'", "blocked-uri": "https://cdn.example/widget.js"}
_REPORTS: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/reports+json": {
                "schema": {"type": "array", "items": {"type": "object"}},
                "example": [{"type": "csp-violation", "url": "https://shop.example/", "body": _VIOLATION}],
            },
            "application/csp-report": {"schema": {"type": "object"}, "example": {"csp-report": _OLD_VIOLATION}},
        },
    }
}

router = APIRouter(prefix=PREFIX, tags=["errors"])

_UNKNOWN: Final[dict[int | str, dict[str, Any]]] = {404: {"description": "There is no such error"}}


@router.post(
    "/log",
    status_code=202,
    summary="Tell of a client's error",
    response_model=ErrorReceipt,
    openapi_extra=limited_as(Kind.CLIENT_ERRORS),
)
async def log_client_error(request: Request, body: ClientError) -> Response:
    """An error of a browser or an app, from whoever meets it. It counts as the same error again where kind and place
    are those of an earlier one.
    """
    report = ClientErrorReport(
        **body.model_dump(exclude={"type"}),
        error_type=body.type,
        user_agent=request.headers.get("user-agent"),
        user_id=_caller(request),
    )
    client_errors.report(report)
    return respond(request, ErrorReceipt(correlation_id=correlation.current()), status=202)


@router.post(
    "/csp",
    status_code=204,
    summary="Tell what a page was not allowed to do",
    response_class=Response,
    openapi_extra={**limited_as(Kind.CLIENT_ERRORS), **_REPORTS},
)
async def report_csp_violations(request: Request) -> Response:
    """Browsers send this by themselves, as the pages' Content-Security-Policy asks for it. What extensions of a browser
    do is left out, and what is no report.
    """
    try:
        reports = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise MalformedReportError(f"The body is not JSON: {error.msg} at character {error.pos}") from error
    csp_reports.report(reports, user_agent=request.headers.get("user-agent"))
    return Response(status_code=204)


@router.get(
    "", response_model=Page[LoggedError], summary="List errors", dependencies=[requires(Permission.ERRORS_READ)]
)
async def list_errors(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[ErrorStatus | None, Query(description="Only open ones, or only resolved ones")] = None,
    source: Annotated[ErrorSource | None, Query(description="Only of clients, or of one kind of function")] = None,
    function: Annotated[
        str | None,
        Query(max_length=100, pattern=FUNCTION_NAME, description="Only of this one", examples=["catalog.api"]),
    ] = None,
) -> Response:
    """What happened last comes first. One that happens again while one pages is on the first page again."""
    filters = ErrorFilters(status=status, source=source, function=function)
    query = f"errors {filters}"
    values = paging.after(query)
    after = Position(datetime.fromisoformat(values[0]), UUID(values[1])) if values else None
    rows, position = error_log.page(reader, filters, after=after, limit=paging.limit)
    cursor = next_cursor(query, [position.last_seen_at.isoformat(), str(position.id)]) if position else None
    return respond_page(request, LoggedError, [asdict(row) for row in rows], next_cursor=cursor, fields=fields)


@router.get(
    "/{error_id}",
    response_model=ErrorDetails,
    summary="Show an error",
    dependencies=[requires(Permission.ERRORS_READ)],
    responses=_UNKNOWN,
)
async def get_error(request: Request, error_id: UUID, reader: Reader, fields: Fields) -> Response:
    """With the stack and the context of its latest occurrence."""
    return respond(request, ErrorDetails.of(error_log.entry(reader, error_id)), fields=fields)


@router.patch(
    "/{error_id}/resolve",
    response_model=ErrorDetails,
    summary="Resolve an error",
    dependencies=[requires(Permission.ERRORS_RESOLVE)],
    responses=_UNKNOWN,
)
async def resolve_error(
    request: Request, error_id: UUID, caller: Caller, tx: Transaction, body: ErrorResolution | None = None
) -> Response:
    """The error is mended. If it happens again, it is open again, and `reopenings` counts it."""
    reason = body.reason if body else None
    row = error_log.resolve(tx, error_id, by=caller.user_id, reason=reason)
    return respond(request, ErrorDetails.of(row))


def _caller(request: Request) -> UUID | None:
    """Who is signed in; nobody where the token is bad, for its end may be the very error."""
    try:
        principal = identify(request)
    except InvalidTokenError:
        return None
    return principal.user_id if principal else None
