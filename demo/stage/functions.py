"""The functions, invoked in this process with the events that AWS would invoke them with."""

from __future__ import annotations

import base64
import gzip
import importlib
import json
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from demo.client import DemoError, request_parts
from demo.stage import cloud
from demo.stage.cloud import Cloud, Message
from demo.stage.provider import Provider

# By the first part of a path, below `/admin` as well.
_CONTEXTS: Final = {
    "auth": "identity",
    "categories": "catalog",
    "products": "catalog",
    "reviews": "catalog",
    "wishlist": "catalog",
    "cart": "ordering",
    "coupons": "ordering",
    "orders": "ordering",
    "returns": "ordering",
    "shipments": "ordering",
    "shipping": "ordering",
    "tax": "ordering",
    "payments": "payments",
    "payment-methods": "payments",
    "users": "profiles",
    "follow-requests": "profiles",
    "posts": "community",
    "comments": "community",
    "polls": "community",
    "tickers": "community",
    "bookmarks": "community",
    "groups": "community",
    "media": "media",
    "reports": "moderation",
    "appeals": "moderation",
    "keyword-rules": "moderation",
}
_PATHS: Final = {"/api/v1/users/me/pinned-post": "community", "/api/v1/users/me/addresses": "ordering"}
WEBHOOK_PATH: Final = "/api/v1/payments/webhook"
_ACCOUNT: Final = "123456789012"


def variables(database_url: str, aws: Cloud, provider: Provider, address: str) -> dict[str, str]:
    """The environment of the functions."""
    return {
        "ENVIRONMENT": "dev",
        "SERVICE": "demo",
        "DATABASE_URL": database_url,
        "EVENT_BUS_NAME": cloud.BUS,
        "TABLE_NAME": cloud.TABLE,
        "IMPORTS_BUCKET": cloud.BUCKET,
        "DOWNLOADS_BUCKET": cloud.BUCKET,
        "MEDIA_BUCKET": cloud.BUCKET,
        "SIGNING_KEYS_SECRET_ARN": cloud.SIGNING_KEYS_SECRET,
        "STRIPE_SECRET_ARN": cloud.STRIPE_SECRET,
        "STRIPE_WEBHOOK_SECRET_ARN": cloud.WEBHOOK_SECRET,
        "STRIPE_API_BASE": provider.address,
        "WEBHOOK_QUEUE_URL": aws.webhook_queue_url,
        "AWS_ENDPOINT_URL": aws.address,
        "PASSWORD_HASH_COST": "4",  # the customers' password is public
        "NEW_ACCOUNT_LIMITS": "off",  # a month passes within a minute
        "PUBLIC_URL": address,
        "FETCH_LOOPBACK_PICTURES": "true",
        "POWERTOOLS_SERVICE_NAME": "demo",
        "POWERTOOLS_METRICS_NAMESPACE": "demo",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "LOG_LEVEL": "WARNING",
    }


class Context:
    """What a handler is told of its invocation."""

    function_name = "demo"
    function_version = "$LATEST"
    memory_limit_in_mb = 512
    invoked_function_arn = f"arn:aws:lambda:{cloud.REGION}:{_ACCOUNT}:function:demo"
    aws_request_id = "00000000-0000-4000-8000-000000000000"

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


def invoke(function: str, event: Mapping[str, Any]) -> Any:
    """Run `context.handler`; the environment must hold its variables. Raises what it raises."""
    context, _, name = function.partition(".")
    handler: Callable[[Mapping[str, Any], Context], Any] = importlib.import_module(
        f"functions.{context}.handlers.{name}"
    ).handler
    return handler(event, Context())


def work_off(function: str, messages: Sequence[Message]) -> None:
    """Run a queue's worker. Raises DemoError where it leaves a message."""
    records = [
        {
            "messageId": str(uuid.uuid4()),
            "receiptHandle": "none",
            "body": message.body,
            "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": str(int(time.time() * 1000))},
            "messageAttributes": message.attributes,
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:{cloud.REGION}:{_ACCOUNT}:demo",
            "awsRegion": cloud.REGION,
        }
        for message in messages
    ]
    answer = invoke(function, {"Records": records})
    if answer["batchItemFailures"]:
        raise DemoError(f"{function} could not work off {len(answer['batchItemFailures'])} messages")


@dataclass(frozen=True, slots=True)
class FunctionClient:
    """Calls the API by invoking the function that serves the path."""

    token: str | None = None
    network: str = "203.0.113.7"
    country: str | None = None
    """Where the caller is, as CloudFront would say."""

    def call(self, method: str, path: str, document: object = None, *, key: str | None = None) -> Any:
        headers, body = request_parts(document, token=self.token, key=key)
        if self.country is not None:
            headers["cloudfront-viewer-country"] = self.country
        return self.send(method, path, body, headers)

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Any:
        """The JSON of the answer to a request as it is. Raises DemoError for any status but 2xx."""
        function = "payments.receive_webhook" if path == WEBHOOK_PATH else f"{_context(path)}.api"
        answer = invoke(function, _http_event(method, path, headers, body, self.network))
        text = answer.get("body") or ""
        raw = base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode()
        if answer.get("headers", {}).get("content-encoding") == "gzip":
            raw = gzip.decompress(raw)
        if not 200 <= answer["statusCode"] < 300:
            raise DemoError(f"{method} {path}: {answer['statusCode']} {raw.decode()}")
        return json.loads(raw or b"null")

    def signed_in(self, token: str) -> FunctionClient:
        return replace(self, token=token)


def _context(path: str) -> str:
    if path in _PATHS:
        return _PATHS[path]
    if path.startswith("/api/v1/admin/users"):
        return "identity"
    return _CONTEXTS[path.removeprefix("/api/v1/").removeprefix("admin/").partition("/")[0].partition("?")[0]]


def _http_event(method: str, path: str, headers: Mapping[str, str], body: bytes | None, network: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"""
    route, _, query = path.partition("?")
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": route,
        "rawQueryString": query,
        "headers": {"host": "shop.example", **headers},
        "requestContext": {
            "accountId": _ACCOUNT,
            "apiId": "demo",
            "domainName": "shop.example",
            "http": {"method": method, "path": route, "protocol": "HTTP/1.1", "sourceIp": network,
                     "userAgent": "demo"},
            "requestId": uuid.uuid4().hex,
            "routeKey": "$default",
            "stage": "$default",
            "authorizer": {"lambda": {"origin": "cloudfront"}},
            "timeEpoch": int(time.time() * 1000),
        },
        "isBase64Encoded": body is not None,
    }  # fmt: skip
    if body is not None:
        event["body"] = base64.b64encode(body).decode()
    return event
