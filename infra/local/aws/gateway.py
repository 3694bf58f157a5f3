"""The HTTP API on this computer: an ASGI application that turns requests into events for the functions."""

import asyncio
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

import orjson
from starlette.types import ASGIApp, Receive, Scope, Send

from infra.local.aws.cors import preflight_headers, with_cors
from infra.local.aws.environment import Outcome
from infra.local.aws.front import Front
from infra.local.aws.payload import InvalidAnswerError, Response, build_event, read_answer
from infra.local.aws.routing import RouteTable
from infra.local.aws.topology import Topology
from infra.local.host.log import Log

Invoke = Callable[[str, bytes], Awaitable[Outcome]]

BODY_LIMIT: Final = 10 * 1024 * 1024  # bytes of a request
INTEGRATION_SECONDS: Final = 30.0
_CONSOLE_PREFIX: Final = "/_local"
_CORRELATION_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")


class Pages(Protocol):
    """Who has pages, or says why there are none yet."""

    async def serve_instead(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer a request for a page, or for a file of it; False where the distribution's own origins are to."""


class Gateway:
    """Routes, CORS and limits of the HTTP API; ``/_local`` goes to ``console``, pages and pictures to ``front``.

    ``pages`` answer in its place while there are none yet, or while they are being written.
    """

    def __init__(
        self,
        topology: Topology,
        invoke: Invoke,
        log: Log,
        console: ASGIApp,
        *,
        front: Front | None = None,
        pages: Pages | None = None,
    ) -> None:
        self._routes = RouteTable(topology.routes)
        self._cors = topology.cors
        self._invoke = invoke
        self._log = log
        self._console = console
        self._front = front
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        path: str = scope["path"]
        if path.startswith(_CONSOLE_PREFIX) and path[len(_CONSOLE_PREFIX) : len(_CONSOLE_PREFIX) + 1] in ("", "/"):
            await self._console(scope, receive, send)
            return
        if await self._serve_by_front(path, scope, receive, send):
            return
        started = time.perf_counter()
        origin, preflight = _read_headers(scope)
        if self._cors and origin and preflight:
            await _respond(send, Response(204, preflight_headers(self._cors, origin), b""))
            return
        response, function, init = await self._answer(scope, receive)
        if self._cors and origin:
            response = Response(response.status, with_cors(self._cors, origin, response.headers), response.body)
        await _respond(send, response)
        milliseconds = (time.perf_counter() - started) * 1000
        self._log.request(
            function, f"{scope['method']} {_printable(path)}", str(response.status), milliseconds, init=init
        )

    async def _serve_by_front(self, path: str, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer what no API does; False for a path of the API's, and for pages where there are to be none."""
        behavior = self._front.behavior(path) if self._front else None
        if self._front is None or behavior is None:
            return False
        if self._front.is_page(behavior):
            if self._pages is None:
                return False
            if await self._pages.serve_instead(scope, receive, send):
                return True
        await _respond(send, await self._front.answer(behavior, scope))
        return True

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[Response, str, float | None]:
        """The response, who gave it (a function or "gateway"), and the milliseconds of a cold function's INIT."""
        match = self._routes.match(scope["method"], scope["raw_path"].decode("latin-1"))
        if match is None:
            return _problem(404, "route_not_found", "There is nothing at this address", scope), "gateway", None
        body = await _read_body(receive)
        if body is None:
            return _problem(413, "body_too_large", "The body is too large", scope), "gateway", None
        name = match.route.function
        event = build_event(scope, body, match, str(uuid.uuid4()))
        try:
            async with asyncio.timeout(INTEGRATION_SECONDS):
                outcome = await self._invoke(name, event)
        except TimeoutError:
            return _problem(504, "gateway_timeout", "The answer took too long", scope), name, None
        if outcome.error == "RequestTooLarge":
            return _problem(413, "body_too_large", "The body is too large", scope), name, None
        return self._response(outcome, name, scope), name, outcome.init

    def _response(self, outcome: Outcome, name: str, scope: Scope) -> Response:
        if outcome.error is None:
            try:
                return read_answer(outcome.payload)
            except InvalidAnswerError as error:
                self._log.note(f"{name:<28} {error}")
        else:
            self._log.note(f"{name:<28} {outcome.error}: {_message(outcome.payload)}")
        return _problem(500, "internal_error", "Something went wrong on our side", scope)


def _read_headers(scope: Scope) -> tuple[bytes, bool]:
    """The Origin, and whether this asks for permission as a CORS preflight does."""
    origin, preflight = b"", False
    for name, value in scope["headers"]:
        if name == b"origin":
            origin = value
        elif name == b"access-control-request-method":
            preflight = scope["method"] == "OPTIONS"
    return origin, preflight


async def _read_body(receive: Receive) -> bytes | None:
    """The whole body; None when it is larger than the gateway takes."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body if len(body) <= BODY_LIMIT else None
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            return None
        parts.append(part)
    return b"".join(parts)


def _problem(status: int, code: str, title: str, scope: Scope) -> Response:
    """A problem document (RFC 9457) of the gateway's own."""
    correlation_id = _correlation_id(scope)
    body = orjson.dumps(
        {
            "type": f"urn:sharestack:problem:{code}",
            "title": title,
            "status": status,
            "detail": _DETAILS[code],
            "instance": scope["path"],
            "code": code,
            "correlation_id": correlation_id,
        }
    )
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-correlation-id", correlation_id.encode()),
    ]
    return Response(status, headers, body)


_DETAILS: Final = {
    "route_not_found": "There is nothing at this address",
    "body_too_large": "The request's body is larger than this API takes",
    "gateway_timeout": "The answer took too long; the request may have had an effect all the same",
    "internal_error": "Something went wrong on our side",
}


def _correlation_id(scope: Scope) -> str:
    """The caller's correlation id if it is a sound one, or else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-correlation-id" and _CORRELATION_ID.fullmatch(value):
            return str(value, "ascii")
    return str(uuid.uuid4())


def _message(payload: bytes) -> str:
    try:
        return str(orjson.loads(payload).get("errorMessage", ""))
    except (orjson.JSONDecodeError, AttributeError):
        return ""


def _printable(path: str) -> str:
    """The path for the log: a caller's control characters must not reach a terminal."""
    return path if path.isprintable() else repr(path)


async def _respond(send: Send, response: Response) -> None:
    headers = list(response.headers)
    if response.status not in (204, 304):
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})
