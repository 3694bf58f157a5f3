"""Structured JSON logs, one logger per process. Never pass it tokens, passwords, card data or e-mail bodies.

Every line carries the correlation id in force and the fields of the scope that it is written in.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Final

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

from shared import correlation

# PostgreSQL quotes the row: `DETAIL:  Key (email)=(ada@example.com) already exists.`
_DETAIL: Final = re.compile(r"^(DETAIL: ).*$", re.MULTILINE)

_fields: ContextVar[dict[str, object] | None] = ContextVar("log_fields", default=None)


@cache
def logger() -> Logger:
    """The process's logger; the service name comes from POWERTOOLS_SERVICE_NAME, the level from LOG_LEVEL."""
    formatter = _Formatter(use_rfc3339=True, utc=True, json_default=_as_text)
    process_logger = Logger(logger_formatter=formatter)
    process_logger.addFilter(_add_context)
    return process_logger


class _Formatter(LambdaPowertoolsFormatter):
    """Withholds what errors of the database quote of a row: it may be about a person."""

    def formatException(self, ei: Any) -> str:
        return _withheld(super().formatException(ei))


def _as_text(value: object) -> str:
    return _withheld(str(value))


def _withheld(text: str) -> str:
    return _DETAIL.sub(r"\1withheld", text)


@contextmanager
def scope(**fields: object) -> Iterator[None]:
    """Every line of the block carries these fields, those of the scopes around it, and what `add_fields` adds."""
    token = _fields.set({**(_fields.get() or {}), **fields})
    try:
        yield
    finally:
        _fields.reset(token)


def add_fields(**fields: object) -> None:
    """Lines from here to the end of the innermost scope carry these fields as well. Raises LookupError outside one."""
    current = _fields.get()
    if current is None:
        raise LookupError("there is no log scope")
    current.update(fields)


def fields() -> dict[str, object]:
    """What lines carry here: ids and counts, by name."""
    return dict(_fields.get() or {})


def _add_context(record: logging.LogRecord) -> bool:
    """A filter that lets every record pass. What a call gives as `extra` counts more than the scope's fields."""
    correlation_id = correlation.existing()
    context = {"correlation_id": correlation_id} if correlation_id else {}
    for name, value in {**context, **(_fields.get() or {})}.items():
        record.__dict__.setdefault(name, value)
    return True
