"""Secrets Manager, read once and cached for a while so that a rotated secret is picked up without a deploy.

While Secrets Manager does not answer, what was read last goes on being used.
"""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from shared import process
from shared.clients import aws_json
from shared.clients.aws import is_outage
from shared.log import logger

TTL_SECONDS = 300.0
RETRY_SECONDS = 10.0
"""How long an outdated secret is used before it is asked for again, when asking failed."""

_cache: dict[str, tuple[float, dict[str, Any]]] = {}


def read(arn: str, *, fresh: bool = False) -> dict[str, Any]:
    """The JSON object in the secret; at most TTL_SECONDS old, or read now with `fresh`. Older in an outage."""
    cached = _cache.get(arn)
    if cached is not None and not fresh and time.monotonic() - cached[0] < TTL_SECONDS:
        return cached[1]
    try:
        value: dict[str, Any] = json.loads(_call("GetSecretValue", SecretId=arn)["SecretString"])
    except Exception as error:
        if cached is None or fresh or not is_outage(error):
            raise
        logger().warning("secret not readable, the last known one is used", exc_info=True)
        _cache[arn] = (time.monotonic() - TTL_SECONDS + RETRY_SECONDS, cached[1])
        return cached[1]
    _cache[arn] = (time.monotonic(), value)
    return value


def write(arn: str, value: dict[str, Any]) -> None:
    """Store a new version of the secret."""
    _call("PutSecretValue", SecretId=arn, SecretString=json.dumps(value), ClientRequestToken=str(uuid.uuid4()))
    _cache[arn] = (time.monotonic(), value)


def reset() -> None:
    """Read every secret again at its next use."""
    _cache.clear()


process.on_reset(reset, before_snapshot=True)


def _call(operation: str, **parameters: str) -> dict[str, Any]:
    return aws_json.service("secretsmanager").call(operation, parameters)
