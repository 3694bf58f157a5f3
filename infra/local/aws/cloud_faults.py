"""Failures of AWS services, on request: calls that are refused, late, or never answered in time."""

import json
import re
import threading
import time
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

ServiceName = Literal["dynamodb", "events", "s3", "secretsmanager", "ses", "sqs"]

_CODE: Final = "ServiceUnavailable"
_MESSAGE: Final = "This failure was asked for."
_SIGNED_FOR: Final = re.compile(r"Credential=[^/]+/\d{8}/[^/]+/([a-z0-9-]+)/aws4_request")


class CloudFault(BaseModel):
    """A failure of the calls of one service.

    operation: only these calls, by the operation's name (`SendMessage`) or, where the protocol has none (S3 and SES),
    by the HTTP method. status: what they are answered with; None lets them through, only delayed. delay_seconds: how
    long each waits first. times: how many calls fail; None means all until the faults are cleared.
    """

    model_config = ConfigDict(extra="forbid")

    service: ServiceName
    operation: str | None = None
    status: int | None = Field(default=503, ge=400, le=599)
    delay_seconds: float = Field(default=0.0, ge=0, le=60)
    times: int | None = Field(default=None, ge=1)

    def matches(self, service: str, operation: str) -> bool:
        return self.service == service and self.operation in (None, operation)


class CloudFaults:
    """The failures that are asked for at the moment; calls come from several threads."""

    def __init__(self) -> None:
        self._faults: list[CloudFault] = []
        self._lock = threading.Lock()

    def add(self, fault: CloudFault) -> None:
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def listed(self) -> list[dict[str, Any]]:
        with self._lock:
            return [fault.model_dump() for fault in self._faults]

    def meet(self, environ: dict[str, Any]) -> int | None:
        """Let the call meet its fault, if there is one: waits, and gives the status to refuse it with."""
        service, operation = called(environ)
        fault = self._take(service, operation)
        if fault is None:
            return None
        time.sleep(fault.delay_seconds)
        return fault.status

    def _take(self, service: str, operation: str) -> CloudFault | None:
        with self._lock:
            for fault in self._faults:
                if fault.matches(service, operation):
                    if fault.times is not None:
                        fault.times -= 1
                        if fault.times <= 0:
                            self._faults.remove(fault)
                    return fault
        return None


def called(environ: dict[str, Any]) -> tuple[str, str]:
    """The service that a call is signed for, and its operation. An unsigned call is nobody's."""
    signed = _SIGNED_FOR.search(environ.get("HTTP_AUTHORIZATION", ""))
    operation = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2] or environ["REQUEST_METHOD"]
    return (signed[1] if signed else ""), operation


def refusal(environ: dict[str, Any]) -> tuple[str, bytes]:
    """Media type and body of an error in the service's protocol."""
    service, _ = called(environ)
    if service == "s3":
        return "application/xml", f"<Error><Code>{_CODE}</Code><Message>{_MESSAGE}</Message></Error>".encode()
    return "application/json", json.dumps({"__type": _CODE, "message": _MESSAGE}).encode()
