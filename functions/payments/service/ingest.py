"""Taking in a webhook: prove that it is Stripe's and now, and hand it to the queue. Nothing else; no database.

Everything here is paid in the INIT of a function that must start quickly: standard library only.
"""

from __future__ import annotations

import json
import re
import time

from functions.payments.service import stripe_signature
from functions.payments.service.stripe_signature import SignatureError, WrongSignatureError
from shared import correlation
from shared.clients.aws_json import AwsError, Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BODY_LIMIT_BYTES = 255 * 1024
"""SQS takes 256 KiB per message, its attributes included; Stripe's events are a few KiB."""
SECRETS_LIVE_SECONDS = 300.0
SECRETS_RETRY_SECONDS = 10.0
"""Forged signatures make us read the secrets anew, for they might be rotated; but not more often than this."""

# The characters that SQS takes (SendMessage, MessageBody): those of XML 1.0.
_QUEUEABLE = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


class IngestError(Exception):
    """Why a webhook was not taken: HTTP status, stable code, title, detail."""

    def __init__(self, status: int, code: str, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail


class SigningSecrets:
    """The webhook's signing secrets (several while one is rotated), kept for a while."""

    def __init__(self, manager: Service, arn: str) -> None:
        self._manager = manager
        self._arn = arn
        self._secrets: list[str] = []
        self._read_at = float("-inf")
        self._tried_at = float("-inf")

    def current(self) -> list[str]:
        """The secrets, at most SECRETS_LIVE_SECONDS old; older ones where Secrets Manager does not answer."""
        stale = time.monotonic() - self._read_at > SECRETS_LIVE_SECONDS
        if not self._secrets or (stale and not self._tried_lately()):
            try:
                self._read()
            except AwsError:
                if not self._secrets:
                    raise
        return self._secrets

    def renewed(self) -> list[str] | None:
        """The secrets read now, or None where that was tried just before."""
        if self._tried_lately():
            return None
        self._read()
        return self._secrets

    def _tried_lately(self) -> bool:
        return time.monotonic() - self._tried_at < SECRETS_RETRY_SECONDS

    def _read(self) -> None:
        self._tried_at = time.monotonic()
        answer = self._manager.call("GetSecretValue", {"SecretId": self._arn})
        self._secrets = list(json.loads(answer["SecretString"])["signing_secrets"])
        self._read_at = time.monotonic()


class Ingest:
    """Verifies webhooks and queues them; one per process, made in INIT."""

    def __init__(self, *, queue_url: str, secret_arn: str) -> None:
        self._queue_url = queue_url
        self._queue = Service("sqs", target="AmazonSQS")
        self._secrets = SigningSecrets(Service("secretsmanager", target="secretsmanager", version="1.1"), secret_arn)

    def warm(self) -> None:
        """Read the secrets ahead of the first webhook. Raises AwsError."""
        self._secrets.current()

    def take(self, body: bytes, signature: str | None) -> dict[str, Any]:
        """Queue the event under the current correlation id, and return it. Raises IngestError."""
        if len(body) > BODY_LIMIT_BYTES:
            detail = f"This route takes bodies of up to {BODY_LIMIT_BYTES} bytes"
            raise IngestError(413, "body_too_large", "The body is too large", detail)
        try:
            self._verify(body, signature)
        except SignatureError as error:
            raise IngestError(400, "invalid_signature", "The signature is not valid", str(error)) from error
        event, text = _parse(body)
        try:
            self._queue.call("SendMessage", {
                "QueueUrl": self._queue_url,
                "MessageBody": text,
                "MessageAttributes": {
                    "correlation_id": {"DataType": "String", "StringValue": correlation.current()}
                },
            })  # fmt: skip
        except AwsError as error:
            raise _unavailable("The event cannot be queued at the moment") from error
        return event

    def _verify(self, body: bytes, signature: str | None) -> None:
        stripe_signature.parse(signature)  # what is not even signed costs no reading of secrets
        try:
            try:
                stripe_signature.verify(body, signature, self._secrets.current(), now=time.time())
            except WrongSignatureError:
                renewed = self._secrets.renewed()
                if renewed is None:
                    raise
                stripe_signature.verify(body, signature, renewed, now=time.time())
        except AwsError as error:
            raise _unavailable("The signature cannot be checked at the moment") from error


def _unavailable(detail: str) -> IngestError:
    return IngestError(503, "temporarily_unavailable", "Temporarily unavailable", detail)


def _parse(body: bytes) -> tuple[dict[str, Any], str]:
    """The event, and the text to queue: the body as it came, or escaped where SQS would refuse a character of it."""
    try:
        text = body.decode()
        event = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise IngestError(400, "malformed_event", "The body is not an event", "The body is not JSON") from error
    if not isinstance(event, dict) or not all(isinstance(event.get(name), str) for name in ("id", "type")):
        detail = "The body is not an object with an id and a type"
        raise IngestError(400, "malformed_event", "The body is not an event", detail)
    return event, text if _QUEUEABLE.fullmatch(text) else json.dumps(event)
