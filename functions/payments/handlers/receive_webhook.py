"""POST /api/v1/payments/webhooks/{provider}: events, verified and put on the queue. The worker does the rest.

`/api/v1/payments/webhook` is Stripe's.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import time

from functions.payments import providers
from functions.payments.service.webhook_ingest import Ingest, IngestError, check_provider
from shared import correlation
from shared.clients.aws_json import AwsError
from shared.http_headers import PRIVATE_CACHE_CONTROL, PROBLEM_MEDIA_TYPE, SECURITY_HEADERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_RETRY_AFTER_SECONDS = "5"
_BY_NAME = "/payments/webhooks/"


def _ingest() -> Ingest:
    variables = {name: providers.webhooks_of(name).arn_variable for name in providers.names()}
    missing = [name for name in ("AWS_REGION", *variables.values(), "WEBHOOK_QUEUE_URL") if not os.environ.get(name)]
    if missing:
        raise RuntimeError(f"missing environment variables: {', '.join(missing)}")
    ingest = Ingest(
        queue_url=os.environ["WEBHOOK_QUEUE_URL"],
        secret_arns={name: os.environ[variable] for name, variable in variables.items()},
    )
    try:
        ingest.warm()
    except AwsError as error:  # not now, then at the first webhook; INIT must not fail for it
        _log("WARNING", "signing secrets not readable in INIT", error=str(error))
    return ingest


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """An HTTP API event (payload 2.0) in, its answer out. Providers send again what is not answered with 2xx."""
    started = time.perf_counter()
    headers = event.get("headers") or {}
    correlation_id = correlation.accept(headers.get("x-correlation-id"))
    method = event.get("requestContext", {}).get("http", {}).get("method", "POST")
    path = str(event.get("rawPath", ""))
    received = None
    try:
        provider = _provider(path)
        check_provider(provider)
        if method != "POST":
            raise IngestError(405, "method_not_allowed", "Method not allowed", "Webhooks are posted")
        received = INGEST.take(provider, _body(event), headers)
        answer = _answer(200, received.answer, "application/json")
    except IngestError as error:
        answer = _problem(error, path)
        _log("WARNING", "webhook refused", code=error.code, detail=error.detail)
    except Exception as error:
        from shared import error_reports

        error_reports.report(error, "http", context={"method": method, "path": path})
        raise
    answer["headers"]["X-Correlation-Id"] = correlation_id
    elapsed = round((time.perf_counter() - started) * 1000, 1)
    _log("INFO", "request", method=method, endpoint=event.get("rawPath"), status_code=answer["statusCode"],
         response_time_ms=elapsed, event_id=received and received.event_id,
         event_type=received and received.event_type)  # fmt: skip
    return answer


def _provider(path: str) -> str:
    _, by_name, name = path.partition(_BY_NAME)
    return name if by_name else providers.DEFAULT


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
