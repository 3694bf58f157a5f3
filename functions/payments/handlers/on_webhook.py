"""Queue of verified webhooks: each has its effects once, in one transaction; a poison message fails alone."""

from __future__ import annotations

import time

from shared import startup

with startup.initializing():
    from shared.worker import Failure, QueueRecord, message_worker
    from functions.payments import providers
    from functions.payments.service.provider_events.dispatch import handle
    from shared import metrics
    from shared.log import logger

    providers.preload()
    startup.connect()


def apply(body: str, record: QueueRecord) -> None:
    """Applies the provider's event. The lag is how long ago it occurred."""
    # A message from before providers were named is of the default one.
    provider = providers.of(record.attributes.get("provider") or providers.DEFAULT)
    event = provider.parse_event(body)
    outcome = handle(event, provider)
    lag = max(0.0, time.time() - event.occurred_at.timestamp())
    metrics.seconds("WebhookLag", lag)
    metrics.count(f"Webhooks{outcome.value.title().replace('_', '')}")
    logger().info(
        "webhook",
        extra={"event_id": event.id, "event_type": event.type, "outcome": outcome.value, "lag_seconds": round(lag, 1)},
    )


handler = message_worker(apply, failure=Failure("webhook failed", metric="WebhooksFailed"))
