"""POST /api/v1/payments/webhook: Stripe's events, verified and put on the queue. The worker does the rest."""

from __future__ import annotations

import base64
import binascii
import json
import os
import time

from functions.payments.service.ingest import Ingest, IngestError
from shared import correlation
from shared.clients.aws_json import AwsError
from shared.http_headers import PRIVATE_CACHE_CONTROL, PROBLEM_MEDIA_TYPE, SECURITY_HEADERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_RETRY_AFTER_SECONDS = "5"


def _ingest() -> Ingest:
    names = ("AWS_REGION", "STRIPE_WEBHOOK_SECRET_ARN", "WEBHOOK_QUEUE_URL")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise RuntimeError(f"missing environment variables: {', '.join(missing)}")
    made = Ingest(queue_url=os.environ["WEBHOOK_QUEUE_URL"], secret_arn=os.environ["STRIPE_WEBHOOK_SECRET_ARN"])
    try:
        made.warm()
    except AwsError as error:  # not now, then at the first webhook; INIT must not fail for it
        _log("WARNING", "signing secrets not readable in INIT", error=str(error))
    return made


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """An HTTP API event (payload 2.0) in, its answer out. Stripe sends again whatever is not answered with 2xx."""
    started = time.perf_counter()
    headers = event.get("headers") or {}
    correlation_id = correlation.accept(headers.get("x-correlation-id"))
    seen: dict[str, Any] = {}
    method = event.get("requestContext", {}).get("http", {}).get("method", "POST")
    try:
        if method != "POST":
            raise IngestError(405, "method_not_allowed", "Method not allowed", "Webhooks are posted")
        seen = INGEST.take(_body(event), headers.get("stripe-signature"))
        answer = _answer(200, {"received": True}, "application/json")
    except IngestError as error:
        answer = _problem(error, str(event.get("rawPath", "")))
        _log("WARNING", "webhook refused", code=error.code, detail=error.detail)
    answer["headers"]["X-Correlation-Id"] = correlation_id
    elapsed = round((time.perf_counter() - started) * 1000, 1)
    _log("INFO", "request", method=method, endpoint=event.get("rawPath"), status_code=answer["statusCode"],
         response_time_ms=elapsed, event_id=seen.get("id"), event_type=seen.get("type"))  # fmt: skip
    return answer


def _body(event: dict[str, Any]) -> bytes:
    text = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(text).encode()
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise IngestError(400, "malformed_event", "The body is not an event", "The body is not base64") from error


def _answer(status: int, document: dict[str, Any], media_type: str) -> dict[str, Any]:
    headers = {**SECURITY_HEADERS, "Cache-Control": PRIVATE_CACHE_CONTROL, "Content-Type": media_type}
    return {"statusCode": status, "headers": headers, "body": json.dumps(document), "isBase64Encoded": False}


def _problem(error: IngestError, path: str) -> dict[str, Any]:
    """RFC 9457, in the same shape as `shared.web.problems` makes it."""
    document = {
        "type": f"urn:sharestack:problem:{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": path,
        "code": error.code,
        "correlation_id": correlation.current(),
    }
    answer = _answer(error.status, document, PROBLEM_MEDIA_TYPE)
    if error.status == 503:
        answer["headers"]["Retry-After"] = _RETRY_AFTER_SECONDS
    if error.status == 405:
        answer["headers"]["Allow"] = "POST"
    return answer


def _log(level: str, message: str, **fields: Any) -> None:
    """One JSON line, in the shape of the other functions' logger, which would cost its import."""
    line = {
        "level": level,
        "message": message,
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "service": os.environ.get("SERVICE", "payments"),
        "correlation_id": correlation.current(),
        **fields,
    }
    print(json.dumps(line))  # noqa: T201 - standard output is a function's log


INGEST = _ingest()
