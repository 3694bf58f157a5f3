"""Errors of profiles."""

from __future__ import annotations

from shared.errors import ConflictError, FieldError, NotFoundError, ValidationError


class UserNotFoundError(NotFoundError):
    """There is no such person for the caller: never was, left, is banned, or has blocked the caller."""

    code, title = "user_not_found", "No such user"


class ReservedUsernameError(ValidationError):
    """A word of our addresses, or somebody that the person could be taken for."""

    def __init__(self) -> None:
        super().__init__(field=FieldError(("username",), "this name is reserved"))


class UsernameTakenError(ConflictError):
    """Carries `suggestions`: free names like it."""

    code, title = "username_taken", "Somebody has this username, or one that looks like it"


class AlreadyOnboardedError(ConflictError):
    code, title = "already_onboarded", "A username is chosen already"


class OneselfError(ConflictError):
    code, title = "oneself", "This is the caller"


class BlockingError(ConflictError):
    code, title = "blocking", "The caller blocks this person"


class FollowLimitError(ConflictError):
    code, title = "follow_limit", "Nobody follows more people"


class FollowRequestNotFoundError(NotFoundError):
    code, title = "follow_request_not_found", "There is no such request"


class FilterLimitError(ConflictError):
    code, title = "filter_limit", "Nobody has more filters"


class WatchlistFullError(ConflictError):
    code, title = "watchlist_full", "The watchlist is full"


class WordFilterNotFoundError(NotFoundError):
    code, title = "word_filter_not_found", "There is no such word filter"


class WordFilterExistsError(ConflictError):
    """Carries `word_filter_id`: the one for the same words."""

    code, title = "word_filter_exists", "There is a filter for these words"
