"""Secrets Manager, read once and cached for a while so that a rotated secret is picked up without a deploy."""

from __future__ import annotations

import json
import time
from typing import Any

from shared.clients.aws import client

TTL_SECONDS = 300.0

_cache: dict[str, tuple[float, dict[str, Any]]] = {}


def read(arn: str, *, fresh: bool = False) -> dict[str, Any]:
    """The JSON object in the secret; at most TTL_SECONDS old, or read now with `fresh`."""
    cached = _cache.get(arn)
    if cached is not None and not fresh and time.monotonic() - cached[0] < TTL_SECONDS:
        return cached[1]
    value: dict[str, Any] = json.loads(client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])
    _cache[arn] = (time.monotonic(), value)
    return value


def write(arn: str, value: dict[str, Any]) -> None:
    """Store a new version of the secret."""
    client("secretsmanager").put_secret_value(SecretId=arn, SecretString=json.dumps(value))
    _cache[arn] = (time.monotonic(), value)
