"""Bucket: an uploaded product file has arrived under `imports/`."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote_plus
from uuid import UUID

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from functions.catalog.service import importing
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="catalog")
    startup.connect()


_KEY: Final = re.compile(r"imports/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.csv")
_MILLISECONDS_FOR_A_BATCH: Final = 20_000


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Imports each file that the event names. Raises where an import is to be delivered again."""
    summaries = [_import(record["s3"], context) for record in event["Records"]]
    return {"imports": [summary for summary in summaries if summary is not None]}


def _import(record: dict[str, Any], context: LambdaContext) -> dict[str, Any] | None:
    bucket = record["bucket"]["name"]
    key = unquote_plus(record["object"]["key"])
    named = _KEY.fullmatch(key)
    if named is None:
        logger().warning("an object that no import wrote", extra={"key": key})
        return None
    row = importing.run(
        UUID(named[1]),
        bucket=bucket,
        key=key,
        time_is_left=lambda: context.get_remaining_time_in_millis() > _MILLISECONDS_FOR_A_BATCH,
    )
    if row is None:
        return None
    summary = {
        "import_id": str(row.id),
        "status": row.status,
        "rows": row.rows,
        "products_created": row.products_created,
        "products_updated": row.products_updated,
        "products_unchanged": row.products_unchanged,
        "errors": row.error_count,
    }
    metrics.add_metric(name="ImportedRows", unit=MetricUnit.Count, value=row.rows)
    metrics.add_metric(name="ImportRowErrors", unit=MetricUnit.Count, value=row.error_count)
    logger().info("import finished", extra=summary)
    return summary
