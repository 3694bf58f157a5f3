"""HTTP requests as events and answers of functions as HTTP responses: API Gateway's payload format 2.0.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import binascii
import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

import orjson

from infra.local.aws.naming import ACCOUNT
from infra.local.aws.routing import Match

ORIGIN_SECRET: Final = "local"  # noqa: S105 -- nothing is secret on a developer's computer
"""What the function that renders pages shows the API."""

_TEXT_TYPES: Final = (b"text/", b"application/json", b"application/javascript", b"application/xml")
_DROPPED_HEADERS: Final = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive"})


class InvalidAnswerError(Exception):
    """A function's answer that API Gateway cannot turn into a response."""


@dataclass(frozen=True)
class Response:
    """A response, its header names in lower case."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


def build_event(scope: MutableMapping[str, Any], body: bytes, match: Match, request_id: str) -> bytes:
    """The event, as JSON, of an ASGI request that a route takes."""
    headers, cookies = _headers(scope)
    forwarded = headers.get("x-forwarded-for")
    source_address = _source_address(scope, headers)
    headers["x-forwarded-for"] = f"{forwarded}, {source_address}" if forwarded else source_address
    headers["x-forwarded-port"] = str(scope["server"][1])
    headers["x-forwarded-proto"] = "http"
    path = unquote(scope["raw_path"].decode("latin-1"))
    query = scope["query_string"].decode("latin-1")
    route_key = "$default" if match.route.method == "$default" else f"{match.route.method} {match.route.path}"
    now = time.time()
    domain = headers.get("host", "")
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "local",
            "domainName": domain.partition(":")[0],
            "domainPrefix": "local",
            "http": {
                "method": scope["method"],
                "path": path,
                "protocol": f"HTTP/{scope['http_version']}",
                "sourceIp": source_address,
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": request_id,
            "routeKey": route_key,
            "stage": "$default",
            "time": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(now * 1000),
        },
        "isBase64Encoded": False,
    }
    if cookies:
        event["cookies"] = cookies
    if query:
        event["queryStringParameters"] = _query_parameters(query)
    if match.parameters:
        event["pathParameters"] = match.parameters
    if body:
        event["body"], event["isBase64Encoded"] = _body(body, scope["headers"])
    return orjson.dumps(event)


def read_answer(payload: bytes) -> Response:
    """The response that a function's answer (JSON) stands for. Raises InvalidAnswerError."""
    try:
        answer = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise InvalidAnswerError("The function's answer is not JSON") from error
    if not isinstance(answer, dict) or "statusCode" not in answer:
        # A plain answer is taken for the body of a 200.
        body = answer.encode() if isinstance(answer, str) else orjson.dumps(answer)
        return Response(200, [(b"content-type", b"application/json")], body)
    try:
        status = int(answer["statusCode"])
        headers = _response_headers(answer)
        text = answer.get("body") or ""
        text = text if isinstance(text, str) else orjson.dumps(text).decode()
        body = base64.b64decode(text, validate=True) if answer.get("isBase64Encoded") else text.encode()
    except (TypeError, ValueError, AttributeError, binascii.Error, UnicodeEncodeError) as error:
        raise InvalidAnswerError(f"The function's answer is malformed: {error}") from error
    if not 100 <= status <= 599:
        raise InvalidAnswerError(f"The function answered with the status {status}")
    return Response(status, headers, body)


def _source_address(scope: MutableMapping[str, Any], headers: dict[str, str]) -> str:
    """Whose request it is. The function that renders pages asks for a visitor, whom the API counts in its place, as it
    does behind CloudFront.
    """
    if headers.get("x-origin-secret") == ORIGIN_SECRET and (forwarded := headers.get("x-forwarded-for")):
        return forwarded.rpartition(",")[2].strip()
    address: str = scope["client"][0]
    return address


def _headers(scope: MutableMapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Headers with repeated ones joined by commas, and the cookies, which are not among the headers."""
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if name == "cookie":
            cookies += [cookie.strip() for cookie in value.split(";") if cookie.strip()]
        elif name in headers:
            headers[name] = f"{headers[name]},{value}"
        else:
            headers[name] = value
    return headers, cookies


def _query_parameters(query: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        parameters[name] = f"{parameters[name]},{value}" if name in parameters else value
    return parameters


def _body(body: bytes, headers: list[tuple[bytes, bytes]]) -> tuple[str, bool]:
    """Text as it is, anything else in base64; whether it is in base64."""
    kinds = {name: value for name, value in headers if name in (b"content-type", b"content-encoding")}
    kind = kinds.get(b"content-type", b"").lower()
    is_text = kind.startswith(_TEXT_TYPES) or kind.partition(b";")[0].rstrip().endswith((b"+json", b"+xml"))
    if is_text and b"content-encoding" not in kinds:
        try:
            return body.decode(), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(body).decode(), True


def _response_headers(answer: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    headers = []
    for raw_name, value in (answer.get("headers") or {}).items():
        name = raw_name.lower()
        if name not in _DROPPED_HEADERS:
            headers.append((name.encode("latin-1"), _header_value(value)))
    headers += [(b"set-cookie", _header_value(cookie)) for cookie in answer.get("cookies") or []]
    if not any(name == b"content-type" for name, _ in headers):
        headers.append((b"content-type", b"text/plain;charset=UTF-8"))
    return headers


def _header_value(value: object) -> bytes:
    encoded = str(value).encode("latin-1")
    if b"\r" in encoded or b"\n" in encoded:
        raise ValueError("a header value spans lines")
    return encoded
