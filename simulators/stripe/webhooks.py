"""Stripe's webhooks: which endpoints an event goes to, and how it is written and signed."""

import json
import time

import httpx

from simulators.kit.deliveries import WebhookRequest
from simulators.kit.state import Record
from simulators.stripe.documents import Document
from simulators.stripe.signatures import signature_header
from simulators.stripe.state import State

_FIRST_ERROR_STATUS = 300


class StripeWebhooks:
    """The `Webhooks` of Stripe: events and endpoints are resources of the account."""

    def __init__(self, state: State) -> None:
        self._state = state

    def request(self, delivery: Record) -> WebhookRequest | None:
        """The event as it is now, signed with the endpoint's secrets."""
        event, endpoint = self._event(delivery), self._endpoint(delivery)
        if event is None or endpoint is None:
            return None
        payload = json.dumps(event, indent=2)
        # The real time: the receiver, whose clock is not ours, refuses a signature from another.
        timestamp = int(time.time())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signature_header(payload, timestamp, self._state.hidden[endpoint["id"]]["secrets"]),
        }
        return WebhookRequest(endpoint["url"], headers, payload.encode())

    def accepts(self, answer: httpx.Response) -> bool:
        return answer.status_code < _FIRST_ERROR_STATUS

    def succeeded(self, delivery: Record) -> None:
        event = self._event(delivery)
        if event is not None:
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)

    def _event(self, delivery: Record) -> Document | None:
        return self._state.resources.get("event", {}).get(delivery["event"])

    def _endpoint(self, delivery: Record) -> Document | None:
        return self._state.resources.get("webhook_endpoint", {}).get(delivery["endpoint"])


def wants(endpoint: Document, event_type: str) -> bool:
    """Whether an endpoint is enabled and subscribed to events of this type."""
    subscribed: list[str] = endpoint["enabled_events"]
    return endpoint["status"] == "enabled" and ("*" in subscribed or event_type in subscribed)
