"""Errors of analytics."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError, ValidationError


class InvalidRangeError(ValidationError):
    """The range has no days, or too many."""

    code, title = "invalid_range", "The range of days is not valid"


class MetricExportTooLargeError(ConflictError):
    code, title = "export_too_large", "The rows are too many for one answer"


class MetricExportNotFoundError(NotFoundError):
    code, title = "export_not_found", "There is no such export"
