"""Calls an HTTP handler as API Gateway does: an HTTP API event (payload 2.0) in, its answer out."""

from __future__ import annotations

import base64
import gzip
import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.support import database_logins

Handler = Callable[[dict[str, Any], Any], Any]


@dataclass(frozen=True)
class Answer:
    """What the caller gets. Header names are in lower case; the body is decoded as the caller's client would."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Context:
    """The part of the Lambda context that Powertools and Mangum read."""

    function_name = "test"
    function_version = "$LATEST"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:test"
    aws_request_id = "00000000-0000-4000-8000-000000000000"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


class LambdaClient:
    """`LambdaClient(handler).get("/api/v1/products")`; default headers are sent with every request."""

    def __init__(
        self, handler: Handler, headers: Mapping[str, str] | None = None, source_ip: str = "203.0.113.7"
    ) -> None:
        self.handler = handler
        self.headers = dict(headers or {})
        self.source_ip = source_ip

    def signed_in(self, authorization: Mapping[str, str]) -> LambdaClient:
        """The same client with these headers as well."""
        return LambdaClient(self.handler, {**self.headers, **authorization}, self.source_ip)

    def get(self, path: str, **options: Any) -> Answer:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> Answer:
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> Answer:
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Answer:
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        return self.request("DELETE", path, **options)

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        body: bytes | str | None = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; `json` is encoded and typed, `body` is sent as it is."""
        sent = {name.lower(): value for name, value in {**self.headers, **(headers or {})}.items()}
        event = http_event(
            method,
            path,
            body=_encode(json, body, sent),
            headers=sent,
            query=query or {},
            cookies=cookies or {},
            source_ip=self.source_ip,
        )
        database_logins.log_in_for(self.handler)
        return decode(self.handler(event, Context()))


def http_event(
    method: str,
    path: str,
    *,
    headers: Mapping[str, str],
    query: Mapping[str, Any],
    cookies: Mapping[str, str],
    source_ip: str,
    body: bytes | None,
) -> dict[str, Any]:
    """The event of an HTTP API with payload format 2.0."""
    route, _, given_query = path.partition("?")
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": route,
        "rawQueryString": given_query or urlencode(query, doseq=True),
        "headers": {"host": "api.example.com", "accept-encoding": "gzip", **headers},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api",
            "domainName": "api.example.com",
            "http": {
                "method": method,
                "path": route,
                "protocol": "HTTP/1.1",
                "sourceIp": source_ip,
                "userAgent": headers.get("user-agent", "tests"),
            },
            "requestId": uuid.uuid4().hex,
            "routeKey": "$default",
            "stage": "$default",
            "timeEpoch": int(time.time() * 1000),
        },
        "isBase64Encoded": False,
    }
    if cookies:
        event["cookies"] = [f"{name}={value}" for name, value in cookies.items()]
    if body is not None:
        event["body"] = base64.b64encode(body).decode()
        event["isBase64Encoded"] = True
    return event


def _encode(document: Any, body: bytes | str | None, headers: dict[str, str]) -> bytes | None:
    if document is not None:
        headers.setdefault("content-type", "application/json")
        return json.dumps(document).encode()
    return body.encode() if isinstance(body, str) else body


def decode(answer: dict[str, Any]) -> Answer:
    """What the gateway makes of a handler's answer, and a client of that."""
    headers = {name.lower(): value for name, value in answer.get("headers", {}).items()}
    body = answer.get("body") or ""
    raw = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
    if headers.get("content-encoding") == "gzip":
        raw = gzip.decompress(raw)
    return Answer(answer["statusCode"], headers, list(answer.get("cookies", [])), raw)
