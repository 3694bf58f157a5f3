"""AWS services by their JSON protocols over the standard library's HTTP client.

For what requests wait for: counters, events, secrets, and the webhook's queue. boto3's import and one of its clients
cost some 220 ms of processor time, at a function's share of a processor most of a second, at the first request that
needs them. What is seldom or has another protocol (objects, mail) uses `shared.clients.aws`.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import ssl
import threading
import time
from functools import cache
from urllib.parse import urlsplit

from shared import process
from shared.clients import aws_signature

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

TIMEOUT_SECONDS = 3.0
_RETRY_AFTER_SECONDS = 0.05
_BUSY = ("ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottledException")
_FIRST_ERROR_STATUS = 300


class AwsError(Exception):
    """The service could not be reached or refused; `code` is the service's error code, or the transport's error."""

    def __init__(self, operation: str, code: str) -> None:
        super().__init__(f"{operation}: {code}")
        self.code = code

    @property
    def is_outage(self) -> bool:
        """Whether the service did not answer, failed, or limits us: trying again later is right."""
        status = self.code[:3]
        return not status.isdigit() or status >= "500" or any(busy in self.code for busy in _BUSY)


class Service:
    """One AWS service over one kept-alive connection, which is opened at the first call.

    `name` is the service's name in signatures and endpoints (`sqs`), `target` the prefix of its operations
    (`AmazonSQS`), `version` that of the JSON protocol. AWS_ENDPOINT_URL leads elsewhere, as it does for boto3.
    """

    def __init__(self, name: str, *, target: str, version: str = "1.0", timeout: float = TIMEOUT_SECONDS) -> None:
        self.name = name
        self.target = target
        self.media_type = f"application/x-amz-json-{version}"
        self.region = os.environ["AWS_REGION"]
        endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL") or _endpoint(name, self.region))
        self.host = endpoint.netloc
        self._alone = threading.Lock()
        self._connection: http.client.HTTPConnection
        if endpoint.scheme == "https":
            self._connection = http.client.HTTPSConnection(self.host, timeout=timeout, context=_trust())
        else:
            self._connection = http.client.HTTPConnection(self.host, timeout=timeout)

    def call(self, operation: str, document: Mapping[str, Any]) -> dict[str, Any]:
        """The service's answer. One call at a time.

        Tried twice where the connection breaks (idle ones are closed by the service), and where the service is busy.
        Raises AwsError.
        """
        body = json.dumps(document).encode()
        with self._alone:
            status, answer = self._exchange(operation, body)
            if status >= _FIRST_ERROR_STATUS and AwsError(operation, _error_code(status, answer)).is_outage:
                time.sleep(_RETRY_AFTER_SECONDS)
                status, answer = self._exchange(operation, body)
        if status >= _FIRST_ERROR_STATUS:
            raise AwsError(operation, _error_code(status, answer))
        parsed: dict[str, Any] = json.loads(answer) if answer else {}
        return parsed

    def _exchange(self, operation: str, body: bytes) -> tuple[int, bytes]:
        try:
            return self._send(operation, body)
        except (OSError, http.client.HTTPException):
            self._connection.close()
        try:
            return self._send(operation, body)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise AwsError(operation, type(error).__name__) from error

    def _send(self, operation: str, body: bytes) -> tuple[int, bytes]:
        self._connection.request("POST", "/", body, self.headers(operation, body, now=time.time()))
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def headers(self, operation: str, body: bytes, *, now: float) -> dict[str, str]:
        """The headers of one signed call, made at `now` (epoch seconds)."""
        given = aws_signature.credentials()
        stamp = aws_signature.timestamp(now)
        signed = {
            "content-type": self.media_type,
            "host": self.host,
            "x-amz-date": stamp,
            "x-amz-target": f"{self.target}.{operation}",
        }
        if given.token:
            signed["x-amz-security-token"] = given.token
        names = ";".join(sorted(signed))
        lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        request = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
        signature = aws_signature.signature(
            given.secret, stamp=stamp, region=self.region, service=self.name, canonical_request=request
        )
        credential = f"{given.key_id}/{aws_signature.scope(stamp, self.region, self.name)}"
        authorization = (
            f"{aws_signature.ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}"
        )
        return {**signed, "authorization": authorization}

    def close(self) -> None:
        """Drop the connection; the next call opens another."""
        self._connection.close()


# Prefix of operations, version of the protocol, and seconds that a caller can wait: counters do without sooner.
_SERVICES = {
    "dynamodb": ("DynamoDB_20120810", "1.0", 1.0),
    "events": ("AWSEvents", "1.1", 2.0),
    "secretsmanager": ("secretsmanager", "1.1", 2.0),
    "sqs": ("AmazonSQS", "1.0", 2.0),
}
_services: dict[str, Service] = {}


def service(name: str) -> Service:
    """The process's client of one of the services above."""
    if name not in _services:
        target, version, timeout = _SERVICES[name]
        _services[name] = Service(name, target=target, version=version, timeout=timeout)
    return _services[name]


def reset() -> None:
    """Drop every connection and client (before a snapshot; tests, which change addresses)."""
    for known in _services.values():
        known.close()
    _services.clear()


process.on_reset(reset, before_snapshot=True)


@cache
def _trust() -> ssl.SSLContext:
    """The authorities of this machine; reading them is the dearest part of INIT, so all services share them."""
    return ssl.create_default_context()


def _endpoint(name: str, region: str) -> str:
    """The region's public endpoint of the service."""
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"https://{name}.{region}.{domain}"


def _error_code(status: int, answer: bytes) -> str:
    try:
        return f"{status} {json.loads(answer)['__type']}"
    except (ValueError, KeyError, TypeError):
        return str(status)
