"""What a Lambda environment keeps between invocations, forgotten: the next call is a cold start."""

from __future__ import annotations

from functions.catalog.service import facets, purging
from functions.payments.providers import stripe
from shared import keys, outbox, settings
from shared.clients import aws, aws_json, database, secrets
from shared.web import rate_limits


def forget() -> None:
    """Connections, clients, cached settings, keys, secrets and rate windows."""
    database.close()
    aws._client.cache_clear()
    aws_json.forget()
    settings.forget()
    secrets.forget()
    forget_keys()
    rate_limits._windows.clear()
    facets.forget()
    purging._distribution.cache_clear()
    stripe.provider.cache_clear()
    rate_limits._store_failed_at = outbox._bus_failed_at = float("-inf")


def forget_keys() -> None:
    """Keys read from a database that was emptied since."""
    keys.forget()
    keys.service_key.cache_clear()
