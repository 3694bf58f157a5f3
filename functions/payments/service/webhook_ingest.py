"""Taking in a webhook: prove that it is the provider's and now, and hand it to the queue. Nothing else; no database.

Everything here is paid in the INIT of a function that must start quickly: standard library only.
"""

from __future__ import annotations

import json
import re
import time

from functions.payments import providers
from functions.payments.providers.webhooks import SignatureError, WrongSignatureError
from shared import correlation
from shared.clients.aws_json import AwsError, Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from functions.payments.providers.webhooks import WebhookScheme

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


class Received:
    """An event that was queued: what to call it in the log, and what its provider wants to be answered."""

    def __init__(self, identity: tuple[str, str], answer: dict[str, Any]) -> None:
        self.event_id, self.event_type = identity
        self.answer = answer


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
    """Verifies webhooks of every provider and queues them; one per process, made in INIT."""

    def __init__(self, *, queue_url: str, secret_arns: Mapping[str, str]) -> None:
        """`secret_arns` has the secret of each provider, by its name."""
        self._queue_url = queue_url
        self._queue = Service("sqs", target="AmazonSQS")
        manager = Service("secretsmanager", target="secretsmanager", version="1.1")
        self._secrets = {name: SigningSecrets(manager, arn) for name, arn in secret_arns.items()}

    def warm(self) -> None:
        """Read the secrets ahead of the first webhook. Raises AwsError."""
        for secrets in self._secrets.values():
            secrets.current()

    def take(self, provider: str, body: bytes, headers: Mapping[str, str]) -> Received:
        """Queue an event of a registered provider under the current correlation id. Header names are in lower case.

        Raises IngestError.
        """
        scheme = providers.webhooks_of(provider)
        if len(body) > BODY_LIMIT_BYTES:
            detail = f"This route takes bodies of up to {BODY_LIMIT_BYTES} bytes"
            raise IngestError(413, "body_too_large", "The body is too large", detail)
        try:
            self._verify(scheme, self._secrets[provider], body, headers)
        except SignatureError as error:
            raise IngestError(400, "invalid_signature", "The signature is not valid", str(error)) from error
        event, text = _parse(body)
        identity = scheme.identify(event)
        if identity is None:
            detail = "The body is not an object with an id and a type"
            raise IngestError(400, "malformed_event", "The body is not an event", detail)
        self._enqueue(provider, text)
        return Received(identity, scheme.accepted)

    def _enqueue(self, provider: str, text: str) -> None:
        attributes = {"correlation_id": correlation.current(), "provider": provider}
        try:
            self._queue.call("SendMessage", {
                "QueueUrl": self._queue_url,
                "MessageBody": text,
                "MessageAttributes": {
                    name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
                },
            })  # fmt: skip
        except AwsError as error:
            raise _unavailable("The event cannot be queued at the moment") from error

    def _verify(self, scheme: WebhookScheme, secrets: SigningSecrets, body: bytes, headers: Mapping[str, str]) -> None:
        scheme.check_form(headers)
        try:
            try:
                scheme.verify(body, headers, secrets.current(), now=time.time())
            except WrongSignatureError:
                renewed = secrets.renewed()
                if renewed is None:
                    raise
                scheme.verify(body, headers, renewed, now=time.time())
        except AwsError as error:
            raise _unavailable("The signature cannot be checked at the moment") from error


def check_provider(name: str) -> None:
    """Raises IngestError where no provider has this name."""
    if name not in providers.names():
        detail = "No payment provider has this name"
        raise IngestError(404, "provider_not_found", "There is no such payment provider", detail)


def _unavailable(detail: str) -> IngestError:
    return IngestError(503, "temporarily_unavailable", "Temporarily unavailable", detail)


def _parse(body: bytes) -> tuple[Any, str]:
    """The document, and the text to queue: the body as it came, or escaped where SQS would refuse a character of it."""
    try:
        text = body.decode()
        event = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise IngestError(400, "malformed_event", "The body is not an event", "The body is not JSON") from error
    return event, text if _QUEUEABLE.fullmatch(text) else json.dumps(event)
