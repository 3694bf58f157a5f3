"""Errors of community."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError


class PostNotFoundError(NotFoundError):
    """Also what somebody may not read: whether it exists is not told."""

    code, title = "post_not_found", "There is no such post"


class TickerNotFoundError(NotFoundError):
    code, title = "ticker_not_found", "There is no such ticker"


class HashtagNotFoundError(NotFoundError):
    code, title = "hashtag_not_found", "Nobody has used this hashtag"


class TooManyTopicsError(ConflictError):
    code, title = "too_many_topics", "Too many topics are followed"
