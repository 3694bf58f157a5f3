"""What every invocation but an HTTP request has in common, whatever woke the function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from shared import log, metrics, process
from shared.correlation import correlated
from shared.publishing import published_together

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

HasTime: TypeAlias = Callable[[], bool]
"""Whether a further batch of the work may be begun."""


@contextmanager
def invocation(correlation_id: str | None) -> Iterator[None]:
    """Run under this correlation id, or a new one where it is None or malformed. Events are put on the bus and metrics
    written at the end, also where the block raises.
    """
    try:
        with metrics.flushed(), correlated(correlation_id), log.scope(), published_together():
            yield
    finally:
        process.end_invocation()


def time_left(context: LambdaContext, *, reserve: float) -> HasTime:
    """Whether the invocation has more than `reserve` seconds left."""
    return lambda: bool(context.get_remaining_time_in_millis() > reserve * 1000)
