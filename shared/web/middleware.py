"""What every request and answer has in common, as one pure ASGI middleware: correlation id, size limit, security
headers, compression, one log line. (FastAPI's own middleware decorator costs more than all of this together.)
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared import activity, correlation, process
from shared.http_headers import SECURITY_HEADERS
from shared.web import access_log, problems
from shared.web.warm_up import is_warm_up

BODY_LIMIT_BYTES: Final = 1024 * 1024
COMPRESS_FROM_BYTES: Final = 1024
_GZIP_LEVEL: Final = 5


class BodyLimit(NamedTuple):
    """How large a route's bodies may be, in bytes; `instead` tells callers what else they can do with larger ones."""

    size: int
    instead: str = ""


_BODY_LIMIT: Final = BodyLimit(BODY_LIMIT_BYTES)


class RequestMiddleware:
    """Wraps an app. `body_limits` names the paths (as routes spell them, without parameters) that take more."""

    def __init__(self, app: ASGIApp, body_limits: Mapping[str, BodyLimit]) -> None:
        self.app = app
        self.body_limits = body_limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self._respond(scope, receive, send)
        finally:
            process.end_invocation()

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request_headers = Headers(scope=scope)
        correlation_id = correlation.accept(request_headers.get("x-correlation-id"))
        answer = _Answer()
        only_head = scope["method"] == "HEAD"
        if only_head:  # RFC 9110, section 9.3.2: answered as GET is, without the body
            scope["method"] = "GET"
        try:
            await self._answer(scope, receive, answer)
        except Exception as error:
            answer = _Answer()
            await problems.internal_error(scope["path"], error)(scope, receive, answer.collect)
            _report(error, scope, answer.start["status"])
        self._finish(scope, request_headers, answer, correlation_id)
        await send(answer.start)
        await send({"type": "http.response.body", "body": b"" if only_head else answer.body})
        _see(scope)
        _log(scope, answer.start["status"], started)

    async def _answer(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        limit = self.body_limits.get(scope["path"], _BODY_LIMIT)
        body = await _read(receive, limit.size)
        if body is None:
            too_large = problems.problem(
                path=scope["path"],
                status=413,
                code="body_too_large",
                title="The body is too large",
                detail="; ".join(filter(None, (f"This route takes bodies of up to {limit.size} bytes", limit.instead))),
            )
            await too_large(scope, receive, answer.collect)
            return
        if "\x00" in scope["path"] or "%00" in scope["path"] or b"%00" in scope["query_string"]:
            refused = problems.problem(
                path="/", status=400, code="bad_request", title="The address contains a NUL character"
            )
            await refused(scope, receive, answer.collect)
            return

        async def replay() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replay, answer.collect)

    def _finish(self, scope: Scope, request_headers: Headers, answer: _Answer, correlation_id: str) -> None:
        headers = MutableHeaders(raw=answer.start["headers"])
        for name, value in SECURITY_HEADERS.items():
            headers.setdefault(name, value)
        if "set-cookie" in headers:  # what a shared cache keeps, it would give to strangers
            headers["Cache-Control"] = "private, no-store"
        headers.setdefault("Cache-Control", "private, no-store")
        headers["X-Correlation-Id"] = correlation_id
        for name, value in scope.get("sharestack.headers", {}).items():
            headers[name] = value
        if _compressible(answer, headers) and "gzip" in request_headers.get("accept-encoding", ""):
            answer.body = gzip.compress(answer.body, _GZIP_LEVEL, mtime=0)
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(answer.body))
            headers["Vary"] = "Accept-Encoding"
            if etag := headers.get("ETag"):
                headers["ETag"] = etag.removesuffix('"') + '-gzip"'
        answer.start["headers"] = headers.raw


class _Answer:
    """Collects what the app sends; our answers are small documents, never streams."""

    def __init__(self) -> None:
        self.start: dict[str, Any] = {}
        self.body = b""

    async def collect(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = {**message, "headers": list(message.get("headers", []))}
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The whole body, or None where it is larger than the limit."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > limit:
            return None
        if not message.get("more_body", False):
            return body


def _report(error: Exception, scope: Scope, status: int) -> None:
    from shared import error_reports  # few processes ever need it

    request = {
        "method": scope["method"],
        "path": scope["path"],
        "route": getattr(scope.get("route"), "path", None),
        "status": status,
    }
    user_id = getattr(scope.get("sharestack.principal"), "user_id", None)
    error_reports.report(error, "http", context=request, user_id=user_id)


def _see(scope: Scope) -> None:
    """Tell of whoever is signed in."""
    user_id = getattr(scope.get("sharestack.principal"), "user_id", None)
    if user_id is not None:
        activity.seen(user_id)


def _compressible(answer: _Answer, headers: MutableHeaders) -> bool:
    if len(answer.body) < COMPRESS_FROM_BYTES or "content-encoding" in headers:
        return False
    media_type = headers.get("content-type", "")
    return "json" in media_type or media_type.startswith("text/") or "javascript" in media_type


def _log(scope: Scope, status: int, started: float) -> None:
    route = scope.get("route")
    principal = scope.get("sharestack.principal")
    access_log.write(
        "warm-up" if is_warm_up(scope) else "request",
        {
            "correlation_id": correlation.current(),
            "user_id": str(getattr(principal, "user_id", "")) or None,
            "method": scope["method"],
            "endpoint": getattr(route, "path", scope["path"]),
            "status_code": status,
            "response_time_ms": round((time.perf_counter() - started) * 1000, 1),
        },
    )
