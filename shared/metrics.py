"""Metrics of functions, in the embedded metric format: written to the log at the end of an invocation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

NAMESPACE = "ShareStack"


def count(name: str, value: int = 1) -> None:
    """Add to a number of things."""
    _metrics().add_metric(name, MetricUnit.Count, value)


def seconds(name: str, value: float) -> None:
    """Add a duration in seconds."""
    _metrics().add_metric(name, MetricUnit.Seconds, value)


def milliseconds(name: str, value: float) -> None:
    """Add a duration in milliseconds."""
    _metrics().add_metric(name, MetricUnit.Milliseconds, value)


@contextmanager
def flushed() -> Iterator[None]:
    """The metrics of the block are written at its end, also where it raises."""
    try:
        yield
    finally:
        if _metrics().metric_set:  # Powertools warns of an empty set
            _metrics().flush_metrics()


@cache
def _metrics() -> Metrics:
    """Of the context that POWERTOOLS_SERVICE_NAME names."""
    return Metrics(namespace=NAMESPACE)
