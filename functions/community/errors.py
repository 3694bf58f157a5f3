"""Errors of community."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError, PermissionDeniedError, ProblemError, TooManyRequestsError


class PostNotFoundError(NotFoundError):
    """Also what somebody may not read: whether it exists is not told."""

    code, title = "post_not_found", "There is no such post"


class GroupNotFoundError(NotFoundError):
    """Also one that somebody may not know of."""

    code, title = "group_not_found", "There is no such group"


class NotAMemberError(PermissionDeniedError):
    code, title = "not_a_member", "Only members write in this group"


class CommentNotFoundError(NotFoundError):
    """Also one whose author, or whose post, the caller may not read."""

    code, title = "comment_not_found", "There is no such comment"


class ReplyNotAllowedError(PermissionDeniedError):
    """Carries `reply_policy`: who may answer this post."""

    code, title = "reply_not_allowed", "The author lets others answer this post"


class PostLockedError(ConflictError):
    code, title = "post_locked", "Nobody comments on this post any more"


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


class RepostNotAllowedError(ConflictError):
    """The post is for some only."""

    code, title = "repost_not_allowed", "Only what everybody may read is passed on"


class FolderNotFoundError(NotFoundError):
    code, title = "folder_not_found", "There is no such folder"


class FolderNameTakenError(ConflictError):
    code, title = "folder_name_taken", "Another folder has this name"


class TooManyFoldersError(ConflictError):
    code, title = "too_many_folders", "There are as many folders as there may be"


class PollNotFoundError(NotFoundError):
    """Also one in a post that the caller may not read."""

    code, title = "poll_not_found", "There is no such poll"


class PollOverError(ConflictError):
    code, title = "poll_over", "The poll is over"


class AlreadyVotedError(ConflictError):
    """Carries `vote`: the option that was chosen."""

    code, title = "already_voted", "One vote each, which stays"


class NewAccountVotesError(TooManyRequestsError):
    code, title = "new_account_limit", "New accounts vote in some polls a day"
