"""Errors forwarded to Sentry, where a DSN is set; without one its library is not even imported."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from functions.operations.settings import ForwardingSettings
from shared import process, settings
from shared.log import logger

if TYPE_CHECKING:
    import sentry_sdk
    from sentry_sdk.envelope import Envelope

    from shared.contexts.operations.events import ErrorReported, ReportedException

_CONNECT_SECONDS: Final = 3.0
_READ_SECONDS: Final = 8.0
_NO_RELEASE: Final = "unknown"
_LATER: Final = (408, 429)
_FIRST_ERROR: Final = 400
_FIRST_SERVER_ERROR: Final = 500


class NotForwardedError(Exception):
    """Sentry could not be reached, failed, or takes no more at the moment."""


def prepare() -> None:
    """Make the client in INIT, where there is a DSN."""
    if os.environ.get("SENTRY_DSN"):
        _client()


def forward(event: ErrorReported, *, report_id: UUID, occurred_at: datetime, correlation_id: str) -> bool:
    """Forward an error; False where there is no DSN. Sentry takes a report once, however often it is forwarded.

    Raises NotForwardedError.
    """
    if not settings.load(ForwardingSettings).sentry_dsn:
        return False
    client = _client()
    # The library swallows what goes wrong in a transport, so this one keeps it.
    transport: Any = client.transport
    transport.failure = None
    client.capture_event(_sentry_event(event, report_id, occurred_at, correlation_id))
    if transport.failure is not None:
        raise NotForwardedError(transport.failure)
    return True


@cache
def _client() -> sentry_sdk.Client:
    """Reports what it is given: it watches nothing by itself, has no threads, and adds nothing about this machine."""
    from sentry_sdk import Client

    configuration = settings.load(ForwardingSettings)
    return Client(
        dsn=configuration.sentry_dsn,
        environment=configuration.environment,
        release=_NO_RELEASE,  # or the library asks Git for one
        transport=_transport(),
        default_integrations=False,
        auto_enabling_integrations=False,
        auto_session_tracking=False,
        send_client_reports=False,
        send_default_pii=False,
        max_breadcrumbs=0,
    )


process.on_reset(_client.cache_clear)


def _transport() -> type[Any]:
    import urllib3
    from sentry_sdk.consts import EndpointType
    from sentry_sdk.transport import Transport

    class QueuedTransport(Transport):
        """Sends at once, in this thread: a function is frozen between messages, so that a background thread's work
        would wait, or be lost. The queue repeats what failed.
        """

        failure: str | None = None

        def __init__(self, options: dict[str, Any]) -> None:
            super().__init__(options)
            assert self.parsed_dsn is not None
            self.auth = self.parsed_dsn.to_auth("sharestack/1")
            timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS)
            self.pool = urllib3.PoolManager(num_pools=1, timeout=timeout, retries=False)

        def capture_envelope(self, envelope: Envelope) -> None:
            headers = {"Content-Type": "application/x-sentry-envelope", "X-Sentry-Auth": str(self.auth.to_header())}
            address = self.auth.get_api_url(EndpointType.ENVELOPE)
            try:
                answer = self.pool.request("POST", address, body=envelope.serialize(), headers=headers)
            except urllib3.exceptions.HTTPError as error:
                self.failure = type(error).__name__
                return
            if answer.status in _LATER or answer.status >= _FIRST_SERVER_ERROR:
                self.failure = f"status {answer.status}"
            elif answer.status >= _FIRST_ERROR:  # it would be refused again
                logger().error("Sentry refused an error", extra={"status": answer.status})

    return QueuedTransport


def _sentry_event(event: ErrorReported, report_id: UUID, occurred_at: datetime, correlation_id: str) -> Any:
    """Sentry, "Event Payloads". Exceptions are told from the cause to the error, calls from the outermost one on."""
    context = dict(event.context)
    request = {"method": context.get("method"), "url": context.get("url") or context.get("path")}
    return {
        "event_id": report_id.hex,
        "timestamp": occurred_at.isoformat(),
        "platform": "javascript" if event.error_source == "client" else "python",
        "level": event.level,
        "server_name": event.function,
        "transaction": context.get("route") or event.function,
        "release": event.release or _NO_RELEASE,
        "fingerprint": [event.fingerprint],
        "exception": {"values": [_exception(one) for one in reversed(event.exceptions)]},
        "tags": {"source": event.error_source, "function": event.function, "correlation_id": correlation_id},
        "contexts": {"occurrence": {**context, "count": event.count}},
        **({"user": {"id": str(event.user_id)}} if event.user_id else {}),
        **({"request": request} if request["url"] else {}),
    }


def _exception(exception: ReportedException) -> dict[str, Any]:
    frames = [
        {"module": frame.module, "filename": frame.module, "function": frame.function, "lineno": frame.line,
         "in_app": frame.in_app}
        for frame in exception.frames
    ]  # fmt: skip
    return {"type": exception.type, "value": exception.message, "stacktrace": {"frames": frames}}
