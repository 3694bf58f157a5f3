"""AWS services by their JSON protocols over the standard library's HTTP client, signed with Signature Version 4.

Only for a function that cannot afford boto3, whose import and client cost several times the INIT of everything else
that the webhook ingest does; all others use `shared.clients.aws`. The signature follows the IAM user guide, "Create a
signed AWS API request", and is compared with botocore's own in tests.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import ssl
import time
from functools import cache
from urllib.parse import urlsplit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

TIMEOUT_SECONDS = 3.0
_ALGORITHM = "AWS4-HMAC-SHA256"
_FIRST_ERROR_STATUS = 300


class AwsError(Exception):
    """The service could not be reached or refused; `code` is the service's error code, or the transport's error."""

    def __init__(self, operation: str, code: str) -> None:
        super().__init__(f"{operation}: {code}")
        self.code = code


class Service:
    """One AWS service over one kept-alive connection, which is opened at the first call.

    `name` is the service's name in signatures and endpoints (`sqs`), `target` the prefix of its operations
    (`AmazonSQS`), `version` that of the JSON protocol. Credentials are those that Lambda puts into the environment;
    AWS_ENDPOINT_URL leads elsewhere, as it does for boto3.
    """

    def __init__(self, name: str, *, target: str, version: str = "1.0") -> None:
        self.name = name
        self.target = target
        self.media_type = f"application/x-amz-json-{version}"
        self.region = os.environ["AWS_REGION"]
        endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL") or _endpoint(name, self.region))
        self.host = endpoint.netloc
        self._connection: http.client.HTTPConnection
        if endpoint.scheme == "https":
            self._connection = http.client.HTTPSConnection(self.host, timeout=TIMEOUT_SECONDS, context=_trust())
        else:
            self._connection = http.client.HTTPConnection(self.host, timeout=TIMEOUT_SECONDS)

    def call(self, operation: str, document: Mapping[str, Any]) -> dict[str, Any]:
        """The service's answer. Tried twice where the connection breaks (idle ones are closed by the service).

        Raises AwsError.
        """
        body = json.dumps(document).encode()
        try:
            status, answer = self._send(operation, body)
        except (OSError, http.client.HTTPException):
            self._connection.close()
            try:
                status, answer = self._send(operation, body)
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                raise AwsError(operation, type(error).__name__) from error
        if status >= _FIRST_ERROR_STATUS:
            raise AwsError(operation, _error_code(status, answer))
        parsed: dict[str, Any] = json.loads(answer)
        return parsed

    def _send(self, operation: str, body: bytes) -> tuple[int, bytes]:
        self._connection.request("POST", "/", body, self.headers(operation, body, now=time.time()))
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def headers(self, operation: str, body: bytes, *, now: float) -> dict[str, str]:
        """The headers of one signed call, made at `now` (epoch seconds)."""
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
        signed = {
            "content-type": self.media_type,
            "host": self.host,
            "x-amz-date": stamp,
            "x-amz-target": f"{self.target}.{operation}",
        }
        if token := os.environ.get("AWS_SESSION_TOKEN"):
            signed["x-amz-security-token"] = token
        names = ";".join(sorted(signed))
        lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        request = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
        scope = f"{stamp[:8]}/{self.region}/{self.name}/aws4_request"
        to_sign = f"{_ALGORITHM}\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signature = hmac.new(self._key(stamp[:8]), to_sign.encode(), hashlib.sha256).hexdigest()
        credential = f"{os.environ['AWS_ACCESS_KEY_ID']}/{scope}"
        authorization = f"{_ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}"
        return {**signed, "authorization": authorization}

    def _key(self, day: str) -> bytes:
        key = f"AWS4{os.environ['AWS_SECRET_ACCESS_KEY']}".encode()
        for part in (day, self.region, self.name, "aws4_request"):
            key = hmac.digest(key, part.encode(), hashlib.sha256)
        return key


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
