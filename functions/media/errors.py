"""Errors of media."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError, TooManyRequestsError, ValidationError


class MediaNotFoundError(NotFoundError):
    """Also for an upload of another owner."""

    code, title = "media_not_found", "There is no such upload"


class MediaInUseError(ConflictError):
    code, title = "media_in_use", "A product or a review shows it"


class TooManyOpenUploadsError(TooManyRequestsError):
    code, title = "too_many_open_uploads", "Too many uploads were asked for and have not arrived"


class UploadAllowanceError(TooManyRequestsError):
    code, title = "upload_allowance_used_up", "No more can be uploaded today"


class UploadNotValidError(ValidationError):
    code, title = "invalid_upload", "The upload is not valid"


class ProcessingInProgressError(Exception):
    """Another worker processes this picture; the event is delivered again later."""
