"""Webhook endpoints, of loopback addresses only: nothing of the simulator leaves this machine."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from simulators.kit.loopback import is_loopback
from simulators.stripe.documents import Document, new_document
from simulators.stripe.errors import invalid_request
from simulators.stripe.settings import WebhookTarget


def configured_endpoint(position: int, target: WebhookTarget, created: int) -> Document:
    """An endpoint of the settings; its id depends on its position only, so deliveries survive a change of port.

    Raises ApiError when its address is not of this machine.
    """
    check_loopback(target.url)
    identifier = f"we_{hashlib.sha256(f'configured {position}'.encode()).hexdigest()[:24]}"
    return new_endpoint(identifier, target.url, list(target.enabled_events), created)


def check_loopback(url: str) -> None:
    """Raise ApiError (400) unless the address is HTTP(S) on this machine."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise invalid_request("Invalid URL: An explicit scheme (such as https) must be provided.", param="url")
    if not is_loopback(parts.hostname):
        raise invalid_request(
            f"Invalid URL: the Stripe simulator delivers to this machine only, not to {parts.hostname}.",
            code="url_invalid",
            param="url",
        )


def new_endpoint(identifier: str, url: str, enabled_events: list[Any], created: int) -> Document:
    return new_document(
        "webhook_endpoint",
        id=identifier,
        created=created,
        enabled_events=enabled_events,
        metadata={},
        status="enabled",
        url=url,
    )
