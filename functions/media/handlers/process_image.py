"""Bucket: a picture has arrived under `uploads/`."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote_plus
from uuid import UUID

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.media.service import processing
    from shared.clients import storage
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="media")
    startup.connect()

_KEY: Final = re.compile(r"uploads/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@metrics.log_metrics
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Looks at each file that the event names. Raises where one is to be delivered again."""
    outcomes = [_process(record["s3"]) for record in event["Records"]]
    return {"media": [outcome for outcome in outcomes if outcome is not None]}


def _process(record: dict[str, Any]) -> dict[str, str] | None:
    bucket = record["bucket"]["name"]
    key = unquote_plus(record["object"]["key"])
    named = _KEY.fullmatch(key)
    if named is None:
        logger().warning("an object that no upload brought", extra={"key": key})
        storage.delete(bucket, key)
        return None
    outcome = processing.run(UUID(named[1]), bucket=bucket, key=key)
    if outcome is None:
        return None
    metrics.add_metric(name=f"Pictures{outcome.title()}", unit=MetricUnit.Count, value=1)
    summary = {"media_id": named[1], "status": outcome}
    logger().info("picture looked at", extra=summary)
    return summary
