"""One log line per request. Written straight to the output, because a record that goes through `logging` and the
formatter costs as much as routing the request does; its members are those that all our lines have.
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, datetime

import orjson

from shared.log import logger


def write(message: str, members: dict[str, object]) -> None:
    """A line at level INFO, unless LOG_LEVEL is above it."""
    if logger().log_level > logging.INFO:
        return
    line = {
        "level": "INFO",
        "message": message,
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "service": logger().service,
        **members,
    }
    trace = os.environ.get("_X_AMZN_TRACE_ID")
    if trace:
        line["xray_trace_id"] = trace.removeprefix("Root=").partition(";")[0]
    sys.stdout.write(orjson.dumps(line, default=str).decode() + "\n")
    sys.stdout.flush()
