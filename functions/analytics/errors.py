"""Errors of analytics."""

from __future__ import annotations

from shared.errors import ValidationError


class InvalidRangeError(ValidationError):
    """The range has no days, or too many."""

    code, title = "invalid_range", "The range of days is not valid"
