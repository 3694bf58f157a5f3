"""Structured JSON logs, one logger per process. Never pass it tokens, passwords, card data or e-mail bodies."""

from __future__ import annotations

from functools import cache

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    """The process's logger; the service name comes from POWERTOOLS_SERVICE_NAME, the level from LOG_LEVEL."""
    return Logger(use_rfc3339=True, utc=True)
