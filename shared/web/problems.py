"""Every error as RFC 9457 `application/problem+json`. What is not expected is logged and answered without detail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared import correlation
from shared.clients import aws
from shared.errors import FieldError, ProblemError, UnavailableError
from shared.http_headers import PROBLEM_MEDIA_TYPE
from shared.log import logger

MEDIA_TYPE = PROBLEM_MEDIA_TYPE

_CODES = {
    400: ("bad_request", "Bad request"),
    404: ("route_not_found", "There is nothing at this address"),
    405: ("method_not_allowed", "Method not allowed"),
    413: ("body_too_large", "The body is too large"),
    415: ("unsupported_media_type", "Unsupported media type"),
}


class ProblemField(BaseModel):
    """One wrong field: where it is (`body.items.0.quantity`, `query.limit`), and what is wrong with it."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457, section 3, and our members `code`, `correlation_id` and `errors`."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    correlation_id: str
    errors: list[ProblemField] | None = None


def problem(
    *,
    path: str,
    status: int,
    code: str,
    title: str,
    detail: str | None = None,
    errors: Sequence[ProblemField] = (),
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, object] | None = None,
) -> Response:
    """The problem document as a response; `path` becomes its `instance`."""
    document: dict[str, object] = {
        "type": f"urn:sharestack:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail or title,
        "instance": path,
        "code": code,
        "correlation_id": correlation.current(),
        **(extra or {}),
    }
    if errors:
        document["errors"] = [error.model_dump() for error in errors]
    body = orjson.dumps(document, default=str)
    return Response(body, status, {**(headers or {}), "Cache-Control": "no-store"}, media_type=MEDIA_TYPE)


def from_error(path: str, error: ProblemError) -> Response:
    """The problem document of an error that a service raised."""
    detail = error.detail if error.field is None else f"{_address(error.field)}: {error.field.message}"
    return problem(
        path=path,
        status=error.status,
        code=error.code,
        title=error.title,
        detail=detail,
        errors=[ProblemField(field=_address(one), message=one.message) for one in error.errors],
        headers=error.headers,
        extra=error.extra,
    )


def _address(error: FieldError) -> str:
    return ".".join((error.source, *map(str, error.path)))


def internal_error(path: str, error: BaseException) -> Response:
    """Log what happened under the correlation id; tell the caller only that id.

    A lost database, a lock not granted in time and a transaction that PostgreSQL gave up (psycopg.OperationalError is
    all of these) are worth another try: 503. So is an AWS service that does not answer.
    """
    if isinstance(error, psycopg.OperationalError):
        logger().error("database did not do its work", exc_info=error)
        return from_error(path, UnavailableError("The database is not available or too busy at the moment"))
    if aws.is_outage(error):
        logger().error("an AWS service did not do its work", exc_info=error)
        return from_error(path, UnavailableError("Something that this needs does not answer at the moment"))
    logger().exception("unhandled error", exc_info=error)
    return problem(path=path, status=500, code="internal_error", title="Something went wrong on our side")


def from_framework(path: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The problem document of a status that the framework, not a route, decided on."""
    code, title = _CODES.get(status, ("bad_request", "Bad request"))
    return problem(path=path, status=status, code=code, title=title, headers=headers)


def install(app: FastAPI) -> None:
    """Map every kind of exception that leaves a route."""

    @app.exception_handler(ProblemError)
    async def _expected(request: Request, error: ProblemError) -> Response:
        return from_error(request.url.path, error)

    @app.exception_handler(HTTPException)
    async def _framework(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_methods(request))
        return from_framework(request.url.path, error.status_code, headers)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        return _validation_problem(request, error)


def _methods(request: Request) -> list[str]:
    """All methods of the address (RFC 9110, section 15.5.6); the framework names those of one route only.
    Those that another API serves are among them.
    """
    path = request.url.path
    routes = [route for route in iter_route_contexts(request.app.routes) if route.path_regex.match(path)]
    own = {method for route in routes for method in route.methods or ()}
    return sorted(own.union(getattr(request.app.state, "other_methods", {}).get(path, ())))


def _validation_problem(request: Request, error: RequestValidationError) -> Response:
    details: Sequence[Mapping[str, Any]] = error.errors()
    path = request.url.path
    in_body = any(detail["loc"][:1] == ("body",) for detail in details)
    if in_body and isinstance(error.body, bytes) and error.body:
        # FastAPI hands over bytes only where the content type did not announce JSON.
        code, title = _CODES[415]
        return problem(
            path=path,
            status=415,
            code=code,
            title=title,
            detail="This route takes application/json",
            headers={"Accept-Post": "application/json"},
        )
    if any(detail["type"] == "json_invalid" for detail in details):
        position = details[0]["loc"][-1]
        return problem(
            path=path,
            status=400,
            code="malformed_json",
            title="The body is not JSON",
            detail=f"The body is not JSON: {details[0]['ctx']['error']} at character {position}",
        )
    errors = [ProblemField(field=_field(detail, error.body), message=_message(detail)) for detail in details]
    first = errors[0]
    return problem(
        path=path,
        status=422,
        code="validation_failed",
        title="The request is not valid",
        detail=f"{first.field}: {first.message}",
        errors=errors,
    )


def _field(detail: Mapping[str, Any], body: object) -> str:
    """`body.items.0.quantity` for the body; `query.limit`, `path.id`, `header.x` elsewhere. Of a value that may be of
    several types, pydantic's place also names the type that was tried, which is not in the body.
    """
    source, *parts = detail["loc"]
    if source != "body" or not isinstance(body, Mapping | list):
        return ".".join(map(str, detail["loc"]))
    shown: list[str] = [source]
    here: Any = body
    for place, part in enumerate(parts, start=1):
        is_list = isinstance(here, list)
        if (is_list and isinstance(part, int) and part < len(here)) or (isinstance(here, Mapping) and part in here):
            here = here[part]
        elif detail["type"] != "missing" or place < len(parts):
            continue
        shown.append(str(part))
    return ".".join(shown)


def _message(detail: Mapping[str, Any]) -> str:
    return str(detail["msg"]).removeprefix("Value error, ")
