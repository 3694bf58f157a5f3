"""Errors of community."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError, PermissionDeniedError, ProblemError


class PostNotFoundError(NotFoundError):
    """Also what somebody may not read: whether it exists is not told."""

    code, title = "post_not_found", "There is no such post"


class GroupNotFoundError(NotFoundError):
    """Also one that somebody may not know of."""

    code, title = "group_not_found", "There is no such group"


class NotAMemberError(PermissionDeniedError):
    code, title = "not_a_member", "Only members write in this group"


class GroupClosedError(ConflictError):
    code, title = "group_closed", "Nobody writes in this group any more"


class QuoteTooWideError(ProblemError):
    """More people would read the quote than may read the quoted post."""

    status, code, title = 422, "quote_too_wide", "The quoted post is for fewer people than the quote"


class TooManyDraftsError(ConflictError):
    code, title = "too_many_drafts", "Publish or delete a draft first"


class QuestionFrozenError(ConflictError):
    """Votes would answer another question."""

    code, title = "question_frozen", "People have voted: the question of the poll stays as it is"


class PostHiddenError(ConflictError):
    """As moderators judged it."""

    code, title = "post_hidden", "A hidden post cannot be changed"


class PersonNotFoundError(NotFoundError):
    code, title = "user_not_found", "There is no such person"
