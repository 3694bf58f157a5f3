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


class ActionNotFoundError(NotFoundError):
    """Also an action that concerns somebody else."""

    code, title = "action_not_found", "There is no such action"


class AppealNotPossibleError(ConflictError):
    """The action is undone, or nothing that one appeals against."""

    code, title = "appeal_not_possible", "There is nothing to appeal against"


class AppealTooLateError(ConflictError):
    code, title = "appeal_too_late", "The time for an appeal is over"


class AlreadyAppealedError(ConflictError):
    """Carries `appeal_id`."""

    code, title = "already_appealed", "There is an appeal against this action"


class AppealNotFoundError(NotFoundError):
    code, title = "appeal_not_found", "There is no such appeal"


class AppealDecidedError(ConflictError):
    code, title = "appeal_decided", "The appeal is decided"


class OwnActionError(PermissionDeniedError):
    """Who acted does not decide about it, as long as there is somebody else."""

    code, title = "own_action", "Another moderator decides about this action"


class RuleNotFoundError(NotFoundError):
    code, title = "keyword_rule_not_found", "There is no such rule"


class PhraseTakenError(ConflictError):
    code, title = "phrase_taken", "There is a rule with this phrase"


class InvalidPhraseError(ValidationError):
    code, title = "invalid_phrase", "The phrase cannot be looked for"
