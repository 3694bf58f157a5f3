"""Errors of moderation."""

from __future__ import annotations

from shared.errors import (
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    TooManyRequestsError,
    ValidationError,
)


class TargetNotFoundError(NotFoundError):
    """Also what the reporter may not read: whether it exists is not told."""

    code, title = "target_not_found", "There is nothing there to report"


class OwnTargetError(ValidationError):
    code, title = "own_target", "One's own cannot be reported"


class TooManyReportsError(TooManyRequestsError):
    code, title = "too_many_reports", "Too many reports in a day"


class CaseNotFoundError(NotFoundError):
    code, title = "case_not_found", "There is no such case"


class CaseClaimedError(ConflictError):
    """Carries `claimed_by` and `claimed_until`."""

    code, title = "case_claimed", "Another moderator has this case"


class CaseDecidedError(ConflictError):
    """Carries `case_status`."""

    code, title = "case_decided", "The case is decided"


class OwnCaseError(PermissionDeniedError):
    """Moderators decide nothing about themselves."""

    code, title = "own_case", "The case is about the moderator who looks at it"


class ActionNotPossibleError(ConflictError):
    code, title = "action_not_possible", "That cannot be done to this target"


class StaffTargetError(PermissionDeniedError):
    """Only administrators sanction moderators and administrators."""

    code, title = "staff_target", "Only an administrator may do that to a member of the staff"


class RemovedForGoodError(PermissionDeniedError):
    code, title = "removed_for_good", "Only an administrator shows again what was removed"


class InvalidActionError(ValidationError):
    code, title = "invalid_action", "The action is not complete"
