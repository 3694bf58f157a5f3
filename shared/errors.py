"""Errors that services raise. Each class is one kind of problem: an HTTP status and a stable, machine-readable code.

The HTTP edge maps them to RFC 9457 problem documents (`shared.web.problems`); workers let them fail the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, NamedTuple, Self


class FieldError(NamedTuple):
    """One wrong field: its path in the document that a use case was given, and what is wrong with it.

    `source` is the part of the request that the document came in; the web layer writes both as an address
    (`body.variants.3.sku`).
    """

    path: tuple[str | int, ...]
    message: str
    source: Literal["body", "query", "path", "header"] = "body"

    @property
    def address(self) -> str:
        """The path with dots, without its source."""
        return ".".join(str(part) for part in self.path)


class ProblemError(Exception):
    """Base of all expected errors. `detail` is shown to the caller and must not name anything internal.

    `field` is for an error that is about one field alone: it is among the `errors`, and the detail names it.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    title: ClassVar[str] = "Bad request"

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        field: FieldError | None = None,
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        if field is not None:
            detail, errors = f"{field.address}: {field.message}", (field, *errors)
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = list(errors)
        self.field = field
        self.headers = dict(headers or {})
        self.extra = extra

    @classmethod
    def about(cls, errors: Sequence[FieldError]) -> Self:
        """The error of these fields, at least one; the detail names the first."""
        return cls(field=errors[0], errors=errors[1:])


class NotFoundError(ProblemError):
    status, code, title = 404, "not_found", "Not found"


class ConflictError(ProblemError):
    status, code, title = 409, "conflict", "Conflict"


class VersionConflictError(ConflictError):
    """Carries `version`: the present one."""

    code, title = "version_conflict", "The document was changed in the meantime"

    def __init__(self, *, current_version: int) -> None:
        super().__init__(f"The present version is {current_version}", version=current_version)


class ValidationError(ProblemError):
    status, code, title = 422, "validation_failed", "The request is not valid"


class NotAuthenticatedError(ProblemError):
    status, code, title = 401, "not_authenticated", "Authentication is required"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class InvalidTokenError(NotAuthenticatedError):
    code, title = "invalid_token", "The access token is not valid"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail)
        self.headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


class PermissionDeniedError(ProblemError):
    status, code, title = 403, "permission_denied", "Permission denied"


class UnsupportedMediaTypeError(ProblemError):
    """The body is of none of the media types that the route takes (RFC 9110, section 15.5.16)."""

    status, code, title = 415, "unsupported_media_type", "Unsupported media type"

    def __init__(self, *accepted: str) -> None:
        super().__init__(f"This route takes {' or '.join(accepted)}", headers={"Accept-Post": ", ".join(accepted)})


class TooManyRequestsError(ProblemError):
    status, code, title = 429, "rate_limited", "Too many requests"


class UnavailableError(ProblemError):
    """Something behind us does not answer; trying again later is right."""

    status, code, title = 503, "temporarily_unavailable", "Temporarily unavailable"

    def __init__(self, detail: str | None = None, *, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
