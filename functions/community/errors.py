"""Errors of community."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError, PermissionDeniedError, ProblemError, TooManyRequestsError


class PostNotFoundError(NotFoundError):
    """Also what somebody may not read: whether it exists is not told."""

    code, title = "post_not_found", "There is no such post"


class GroupNotFoundError(NotFoundError):
    """Also one by invitation, for who has none."""

    code, title = "group_not_found", "There is no such group"


class GroupPersonNotFoundError(NotFoundError):
    code, title = "person_not_found", "There is no such person"


class GroupSlugTakenError(ConflictError):
    code, title = "slug_taken", "Another group has this slug"


class TooManyGroupsError(ConflictError):
    code, title = "too_many_groups", "You own as many groups as you may"


class GroupClosedError(ConflictError):
    code, title = "group_closed", "Nobody writes in this group any more"


class GroupAccessError(ConflictError):
    """What was written for members is never shown to everybody."""

    code, title = "group_stays_private", "A group that is not public cannot become public"


class GroupRoleRequiredError(PermissionDeniedError):
    """Carries `role`: the least that is needed."""

    code, title = "group_role_required", "Your role in the group does not allow that"


class MembersOnlyError(PermissionDeniedError):
    code, title = "members_only", "Only members may read that"


class BannedFromGroupError(PermissionDeniedError):
    """Carries `until` (null: for ever) and `reason`."""

    code, title = "banned_from_group", "You are banned from the group"


class LastOwnerError(ConflictError):
    """Somebody else has to become an owner first, or the group be closed."""

    code, title = "last_owner", "An open group has at least one owner"


class PersonBannedError(ConflictError):
    code, title = "person_banned", "The person is banned from the group"


class AlreadyMemberError(ConflictError):
    code, title = "already_member", "The person is a member already"


class TooManyPinsError(ConflictError):
    code, title = "too_many_pins", "The group has as many pinned posts as it may have"


class FlairNotFoundError(NotFoundError):
    code, title = "flair_not_found", "The group has no such flair"


class FlairNameTakenError(ConflictError):
    code, title = "flair_name_taken", "The group has a flair of this name"


class TooManyFlairsError(ConflictError):
    code, title = "too_many_flairs", "The group has as many flairs as it may have"


class CommentNotFoundError(NotFoundError):
    """Also one whose author, or whose post, the caller may not read."""

    code, title = "comment_not_found", "There is no such comment"


class NotAuthorError(PermissionDeniedError):
    code, title = "not_author", "Only its author may do that"


class HiddenByPlatformError(ConflictError):
    """Moderators of a group reinstate what they have hidden themselves; its owners open what they have closed."""

    code, title = "hidden_by_platform", "The platform's moderators have hidden it"


class ReplyNotAllowedError(PermissionDeniedError):
    """Carries `reply_policy`: who may answer this post."""

    code, title = "reply_not_allowed", "The author lets others answer this post"


class NotAMemberError(PermissionDeniedError):
    code, title = "not_a_member", "Only members of the group write there"


class PostLockedError(ConflictError):
    code, title = "post_locked", "Nobody comments on this post any more"


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


class TickerNotFoundError(NotFoundError):
    code, title = "ticker_not_found", "There is no such ticker"


class HashtagNotFoundError(NotFoundError):
    code, title = "hashtag_not_found", "Nobody has used this hashtag"


class TooManyTopicsError(ConflictError):
    code, title = "too_many_topics", "Too many topics are followed"


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


class ImportNotFoundError(NotFoundError):
    """Also somebody else's."""

    code, title = "import_not_found", "There is no such import"


class ImportRunningError(ConflictError):
    code, title = "import_running", "Another import of yours is running"


class TooManyImportsError(TooManyRequestsError):
    code, title = "too_many_imports", "Too many imports in a day"


class PictureMissingError(NotFoundError):
    """Of an item of an archive: it is not in there, or larger than pictures may be."""

    code, title = "picture_missing", "The archive lacks a picture"


class ImportInProgressError(ConflictError):
    """Another worker reads this file; its event is to be delivered again."""

    code, title = "import_in_progress", "The import is being worked on"
