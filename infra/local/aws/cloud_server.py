"""The process of the AWS server (moto), with what the local system adds to it.

Started by ``infra.local.aws.cloud`` as ``python -m infra.local.aws.cloud_server <socket fd> <secrets file>``.
"""

import base64
import email
import email.policy
import io
import json
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from pydantic import ValidationError
from werkzeug.serving import make_server

from infra.local.aws.cloud_faults import CloudFault, CloudFaults, refusal
from infra.local.aws.naming import ACCOUNT, REGION

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

MAIL_LIMIT: Final = 1000
_SECRET_WRITES: Final = frozenset(
    f"secretsmanager.{action}"
    for action in ("CreateSecret", "PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage")
)


class CloudApplication:
    """moto, one call at a time, with a mailbox, a secrets file, a look into the queues, and faults on request.

    moto's models are not made for threads (a message sent while another is deleted can be lost), so every call but the
    long poll for messages is made alone. Nothing is lost by that: Python runs one of them at a time anyway.
    """

    def __init__(self, secrets_file: Path) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._lock = threading.RLock()
        self._secrets_file = secrets_file
        self._mail: list[dict[str, Any]] = []
        self._faults = CloudFaults()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one call."""
        path = environ["PATH_INFO"]
        if path.startswith("/_local/"):
            return self._answer_own(environ, path, start_response)
        if (status := self._faults.meet(environ)) is not None:
            return _refuse(status, environ, start_response)
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if target == "AmazonSQS.ReceiveMessage":
            return self._moto(environ, start_response)  # type: ignore[no-any-return]
        body = _body(environ)
        environ["wsgi.input"] = io.BytesIO(body)
        line_sent = ""

        def note_status(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal line_sent
            line_sent = line
            return start_response(line, headers, *rest)

        with self._lock:
            answer = self._moto(environ, note_status)
            if line_sent.startswith("200"):
                self._after(environ["REQUEST_METHOD"], path, target, body)
        return answer  # type: ignore[no-any-return]

    def _after(self, method: str, path: str, target: str, body: bytes) -> None:
        if method == "POST" and path == "/v2/email/outbound-emails":
            self._mail.append(read_mail(json.loads(body)))
            del self._mail[:-MAIL_LIMIT]
        elif target in _SECRET_WRITES:
            self._save_secrets()

    def _save_secrets(self) -> None:
        """Write every secret's current value, at once: what is signed or encrypted with one must stay readable."""
        from moto.secretsmanager.models import secretsmanager_backends

        backend = secretsmanager_backends[ACCOUNT][REGION]
        values = {}
        for secret in backend.secrets.values():
            version = secret.versions.get(secret.default_version_id or "", {})
            if "secret_string" in version:
                values[secret.name] = version["secret_string"]
        draft = self._secrets_file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(values, indent=2))
        draft.replace(self._secrets_file)

    def _answer_own(self, environ: Environ, path: str, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        status = "200 OK"
        answer: object
        with self._lock:
            if path == "/_local/mail":
                if method == "DELETE":
                    self._mail.clear()
                answer = self._mail
            elif path == "/_local/messages":
                answer = _undelivered_messages()
            elif path == "/_local/faults":
                status, answer = self._change_faults(method, _body(environ))
            else:
                status, answer = "404 Not Found", {}
            body = json.dumps(answer).encode()
        start_response(status, [("content-type", "application/json"), ("content-length", str(len(body)))])
        return [body]

    def _change_faults(self, method: str, body: bytes) -> tuple[str, object]:
        """POST adds one, DELETE ends all; gives the status and what is in force then."""
        if method == "DELETE":
            self._faults.clear()
        elif method == "POST":
            try:
                self._faults.add(CloudFault.model_validate_json(body))
            except ValidationError as error:
                return "400 Bad Request", {"error": str(error)}
        return "200 OK", {"faults": self._faults.listed()}


def _body(environ: Environ) -> bytes:
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return body


def _refuse(status: int, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    _body(environ)  # the connection is used again
    media_type, document = refusal(environ)
    headers = [("content-type", media_type), ("content-length", str(len(document)))]
    start_response(f"{status} Refused", headers)
    return [document]


def _undelivered_messages() -> dict[str, list[dict[str, Any]]]:
    """Undeleted messages, in flight or not, by queue, in the form that SendMessage takes."""
    from moto.sqs.models import sqs_backends

    queues = sqs_backends[ACCOUNT][REGION].queues.values()
    return {queue.name: [_message_request(message) for message in list(queue._messages)] for queue in queues}


def _message_request(message: Any) -> dict[str, Any]:
    attributes = {
        name: {"DataType": value["DataType"], "StringValue": value["StringValue"]}
        for name, value in message.message_attributes.items()
        if "StringValue" in value
    }
    return {"MessageBody": message.body, "MessageAttributes": attributes}


def read_mail(request: dict[str, Any]) -> dict[str, Any]:
    """What a SendEmail request of SES v2 would deliver: simple content, or a raw MIME message.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
    """
    destination = request.get("Destination", {})
    mail: dict[str, Any] = {
        "sent_at": datetime.now(UTC).isoformat(),
        "from": request.get("FromEmailAddress", ""),
        "to": destination.get("ToAddresses", []),
        "cc": destination.get("CcAddresses", []),
        "bcc": destination.get("BccAddresses", []),
        "reply_to": request.get("ReplyToAddresses", []),
        "subject": "",
        "text": None,
        "html": None,
        "headers": {},
        "tags": {tag["Name"]: tag["Value"] for tag in request.get("EmailTags", [])},
    }
    content = request["Content"]
    if "Raw" in content:
        return mail | _raw_content(base64.b64decode(content["Raw"]["Data"]), mail)
    simple = content["Simple"]
    body = simple["Body"]
    mail["subject"] = simple["Subject"]["Data"]
    mail["text"] = body.get("Text", {}).get("Data")
    mail["html"] = body.get("Html", {}).get("Data")
    mail["headers"] = {header["Name"]: header["Value"] for header in simple.get("Headers", [])}
    return mail


def _raw_content(data: bytes, envelope: dict[str, Any]) -> dict[str, Any]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return {
        "from": envelope["from"] or str(message.get("From", "")),
        "to": envelope["to"] or [str(address) for address in message.get_all("To", [])],
        "subject": str(message.get("Subject", "")),
        "text": text.get_content() if text else None,
        "html": html.get_content() if html else None,
        "headers": {name: str(value) for name, value in message.items()},
    }


class QuietHandler(MotoRequestHandler):
    """moto's handler without a line per request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def main() -> None:
    """Serve on the inherited socket until SIGTERM."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    descriptor, secrets_file = int(sys.argv[1]), Path(sys.argv[2])
    application = CloudApplication(secrets_file)
    port = socket.socket(fileno=socket.dup(descriptor)).getsockname()[1]
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=QuietHandler, fd=descriptor)

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    server.serve_forever()


if __name__ == "__main__":
    main()
