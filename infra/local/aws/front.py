"""CloudFront on this computer: what the distribution says of a path is done here, without a cache in front."""

import gzip
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

import orjson
from starlette.types import Scope

from infra.local.aws.bucket_files import DENIED, BucketFiles
from infra.local.aws.distribution import Behavior, Bucket, Distribution, FunctionUrl, HeadersPolicy, Origin
from infra.local.aws.environment import Outcome
from infra.local.aws.payload import InvalidAnswerError, Response, build_event, read_answer
from infra.local.aws.routing import Match
from infra.local.aws.topology import Route
from infra.local.host.log import Log

Invoke = Callable[[str, bytes], Awaitable[Outcome]]

# Origins that browsers send files to by signed forms; here they are the AWS server's.
_BUCKET_ORIGIN: Final = re.compile(rb"https://[a-z0-9-]+\.s3\.[a-z0-9-]+\.amazonaws\.com")
_COMPRESSIBLE: Final = (b"text/", b"application/json", b"application/manifest+json", b"application/xml", b"image/svg")
_COMPRESSED_FROM: Final = 1_000  # bytes; CloudFront leaves smaller ones alone
_KEPT_COMPRESSED: Final = 200


class Front:
    """Answers what no API answers. `files` is the origin of browsers' uploads and downloads, without a path."""

    def __init__(self, distribution: Distribution, s3: BucketFiles, invoke: Invoke, log: Log, *, files: str) -> None:
        self._distribution = distribution
        self._objects = s3
        self._invoke = invoke
        self._log = log
        self._uploads = files.encode()
        self._compressed: dict[bytes, bytes] = {}

    def behavior(self, path: str) -> Behavior | None:
        """What answers a path; None where the API does."""
        behavior = self._distribution.behavior(path)
        return behavior if behavior.origins else None

    def is_page(self, behavior: Behavior) -> bool:
        """Whether the path belongs to pages, or to what they are made of; pictures do not."""
        return self._distribution.site in behavior.origins

    async def answer(self, behavior: Behavior, scope: Scope) -> Response:
        """The response to an ASGI request without a body."""
        if scope["method"] not in ("GET", "HEAD"):
            return self._finish(behavior.headers, DENIED, scope)
        request = _Request(scope)
        if behavior.edge_function:
            refusal = await self._ask_edge(behavior.edge_function, request)
            if refusal is not None:
                return self._finish(behavior.headers, refusal, scope)
        response = DENIED
        for origin in behavior.origins:
            response = await self._from(origin, request, behavior)
            if response.status not in behavior.failures:
                break
        return self._finish(behavior.headers, response, scope)

    async def _ask_edge(self, function: str, request: "_Request") -> Response | None:
        """Let CloudFront's own function change the request; a response where it answers in its place."""
        outcome = await self._invoke(function, orjson.dumps(request.edge_event()))
        answer = orjson.loads(outcome.payload)
        if outcome.error is not None or not isinstance(answer, dict):
            self._log.note(f"{function:<28} {outcome.error}: {outcome.payload[:500].decode(errors='replace')}")
            return Response(503, [(b"content-type", b"text/plain")], b"The function of CloudFront failed")
        if "statusCode" in answer:
            headers = [(name.encode(), item["value"].encode()) for name, item in answer.get("headers", {}).items()]
            return Response(int(answer["statusCode"]), headers, b"")
        request.take(answer)
        return None

    async def _from(self, origin: Origin, request: "_Request", behavior: Behavior) -> Response:
        if isinstance(origin, Bucket):
            keep = origin == self._distribution.site
            return await self._objects.read(origin.name, request.key, keep=keep)
        return await self._rendered(origin, request, behavior)

    async def _rendered(self, origin: FunctionUrl, request: "_Request", behavior: Behavior) -> Response:
        """A function's answer; one that it does not give in time, or at all, is CloudFront's 502 or 504."""
        started = time.perf_counter()
        scope = request.origin_scope(behavior.forwarded)
        match = Match(Route("$default", "", origin.function), {})
        outcome = await self._invoke(origin.function, build_event(scope, b"", match, str(uuid.uuid4())))
        response = self._read(outcome, origin.function)
        milliseconds = (time.perf_counter() - started) * 1000
        self._log.request(
            origin.function, f"{request.method} {request.page}", str(response.status), milliseconds, init=outcome.init
        )
        return response

    def _read(self, outcome: Outcome, name: str) -> Response:
        if outcome.error is not None:
            said = outcome.payload[:500].decode(errors="replace")
            self._log.note(f"{name:<28} {outcome.error}: {said}")
            return Response(504 if outcome.error == "timeout" else 502, [], b"")
        try:
            return read_answer(outcome.payload)
        except InvalidAnswerError as error:
            self._log.note(f"{name:<28} {error}")
            return Response(502, [], b"")

    def _finish(self, policy: HeadersPolicy, response: Response, scope: Scope) -> Response:
        """The response with the policy's headers; compressed for who takes that, without a body where none is due."""
        added = {name: _BUCKET_ORIGIN.sub(self._uploads, value) for name, value in policy.added.items()}
        left_out = policy.removed | set(added)
        headers = [(name, value) for name, value in response.headers if name not in left_out]
        headers += added.items()
        asked = dict(scope["headers"])
        etag = dict(response.headers).get(b"etag")
        if etag is not None and asked.get(b"if-none-match") == etag:
            return Response(304, headers, b"")
        body = response.body
        if scope["method"] == "HEAD":
            return Response(response.status, headers, b"")
        if _is_compressible(response) and b"gzip" in asked.get(b"accept-encoding", b""):
            headers += [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
            body = self._gzip(etag, body)
        return Response(response.status, headers, body)

    def _gzip(self, etag: bytes | None, body: bytes) -> bytes:
        if etag is None:
            return gzip.compress(body, 6, mtime=0)
        if etag not in self._compressed:
            if len(self._compressed) >= _KEPT_COMPRESSED:
                self._compressed.clear()
            self._compressed[etag] = gzip.compress(body, 6, mtime=0)
        return self._compressed[etag]


def _is_compressible(response: Response) -> bool:
    headers = dict(response.headers)
    known = headers.get(b"content-type", b"").startswith(_COMPRESSIBLE)
    return known and len(response.body) >= _COMPRESSED_FROM and b"content-encoding" not in headers


class _Request:
    """A request on its way to an origin, which CloudFront's own function may change."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.method: str = scope["method"]
        self.uri: str = scope["raw_path"].decode("latin-1")
        self.page = self.uri if self.uri.isprintable() else repr(self.uri)
        self.query = list(_pairs(scope["query_string"].decode("latin-1")))
        self.headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}

    @property
    def key(self) -> str:
        """Of an object."""
        return unquote(self.uri).removeprefix("/")

    def edge_event(self) -> dict[str, Any]:
        """The event of a function that CloudFront runs; each name of the query once, as in the last of its values."""
        return {
            "version": "1.0",
            "context": {"eventType": "viewer-request", "distributionId": "local", "requestId": str(uuid.uuid4())},
            "viewer": {"ip": self._scope["client"][0]},
            "request": {
                "method": self.method,
                "uri": self.uri,
                "querystring": {name: {"value": value} for name, value in self.query},
                "headers": {name: {"value": value} for name, value in self.headers.items() if name != "cookie"},
                "cookies": {},
            },
        }

    def take(self, changed: Mapping[str, Any]) -> None:
        """Become the request that such a function gave."""
        self.uri = changed["uri"]
        left = changed["querystring"]
        self.query = [(name, value) for name, value in self.query if name in left]
        self.headers = {name.lower(): item["value"] for name, item in changed["headers"].items()}

    def origin_scope(self, forwarded: frozenset[str]) -> Scope:
        """The request as a function at a URL sees it: without cookies, tokens, and whatever else is not passed on."""
        host, port = self._scope["client"]
        known = self.headers | {"cloudfront-viewer-address": f"{host}:{port}"}
        headers = {"host": "render", "user-agent": "Amazon CloudFront"}
        headers |= {name: value for name, value in known.items() if name in forwarded}
        return {
            **self._scope,
            "path": self.uri,
            "raw_path": self.uri.encode("latin-1"),
            "query_string": "&".join(f"{name}={value}" for name, value in self.query).encode("latin-1"),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        }


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        yield name, value
