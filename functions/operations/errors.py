"""Errors of operations."""

from __future__ import annotations

from collections.abc import Mapping

from shared.errors import NotFoundError, ProblemError


class NotReadyError(ProblemError):
    """Carries `checks`, where the caller may see it: what was asked, whether it answered, and how long that took."""

    status, code, title = 503, "not_ready", "Something that requests need does not answer"

    def __init__(self, detail: str | None = None, *, checks: Mapping[str, object] | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "5"})
        if checks is not None:
            self.extra["checks"] = checks


class AuditEntryNotFoundError(NotFoundError):
    code, title = "audit_entry_not_found", "There is no such entry"


class ErrorLogEntryNotFoundError(NotFoundError):
    code, title = "error_not_found", "There is no such error"


class SeedRefusedError(ProblemError):
    """The seed would have to do something that nobody asked for."""

    code, title = "seed_refused", "The seed was refused"


class MalformedReportError(ProblemError):
    status, code, title = 400, "malformed_json", "The body is not JSON"
