"""What functions log, as CloudWatch would get it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from shared.log import logger


@contextmanager
def recorded() -> Iterator[io.StringIO]:
    """The JSON lines logged inside the block. (The logger keeps the stdout that it found first, so pytest's own
    capture misses it in later tests.)
    """
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logger().registered_formatter)
    logger().addHandler(handler)
    try:
        yield stream
    finally:
        logger()._logger.removeHandler(handler)
