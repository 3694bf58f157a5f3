"""What a Lambda environment keeps between invocations, forgotten: the next call is a cold start."""

from __future__ import annotations

from shared import keys, settings
from shared.clients import aws, database, secrets
from shared.web import rate_limits


def forget() -> None:
    """Connections, clients, cached settings, keys, secrets and rate windows."""
    database.close()
    aws._client.cache_clear()
    settings.forget()
    secrets._cache.clear()
    forget_keys()
    rate_limits._windows.clear()


def forget_keys() -> None:
    """Keys read from a database that was emptied since."""
    keys._public_keys.clear()
    keys._loaded_at = float("-inf")
    keys.service_key.cache_clear()
